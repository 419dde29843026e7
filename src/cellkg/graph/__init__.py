"""The front door: a graph that can be asked, and what it says of studies, records and evidence."""

"""The graphs in every format that RDF libraries read."""

"""Tables, one a kind of record, with a data dictionary."""

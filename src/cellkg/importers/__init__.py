"""One source format each: from the words of others to records, blind to store and querying."""

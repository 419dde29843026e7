"""The whole described: for catalogues, and as a research object with its files."""

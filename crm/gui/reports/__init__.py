"""The report of what was done for a search, to look at and save."""

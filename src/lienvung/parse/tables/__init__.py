"""Any statistical table of a sheet: found, read by its words, and a recipe proposed for it."""

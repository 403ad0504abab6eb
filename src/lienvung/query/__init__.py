"""5 Select from what is published, as it stood on any day of either clock."""

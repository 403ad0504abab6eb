"""What provinces are good at, copy from each other, depend on, and could take up next."""

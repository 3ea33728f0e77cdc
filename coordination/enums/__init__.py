"""States and codes, by subject; imported from their own modules."""

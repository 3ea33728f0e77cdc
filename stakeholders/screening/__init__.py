"""Comparing names with a consolidated list of sanctions: reading the list, and names made comparable."""

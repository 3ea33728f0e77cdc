"""Gives real workers of tests a kind that may be turned off and asks nothing."""

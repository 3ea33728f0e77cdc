"""The demonstration: what a newcomer finds in the portal on their own machine. Never in production."""

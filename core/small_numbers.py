"""Numbers that could point at few people: told from five up; below that, only that they are few."""

FEWEST = 5


def suppress_if_small(number: int) -> int | None:
    """The number, or None where it is too small to be told."""
    return number if number >= FEWEST else None

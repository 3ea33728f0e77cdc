"""Numbers that could point at few people: told from five up; below that, only that they are few."""

from collections.abc import Mapping

FEWEST = 5


def suppress_if_small(number: int) -> int | None:
    """The number, or None where it is too small to be told."""
    return number if number >= FEWEST else None


def groups_to_hide(counts: Mapping[str, int]) -> set[str]:
    """Return the groups that are not told: those below five, and the next ones until they hold five together.

    Else the total would tell of a single small group.
    """
    hidden: set[str] = set()
    number = 0
    for group in sorted(counts, key=lambda group: (counts[group], group)):
        if counts[group] >= FEWEST and (not number or number >= FEWEST):
            break
        if counts[group]:
            hidden.add(group)
            number += counts[group]
    return hidden


def merge_small_groups(counts: Mapping[tuple[str, ...], int]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return for each group of attributes what is told of it: no group that is told holds fewer than five.

    A group that is too small is told without its last attribute, else without another, else without any.
    Where fewer than five would be left without any, the smallest of the others join them.
    """
    merged = {group: group for group, number in counts.items() if number >= FEWEST}
    width = len(next(iter(counts), ()))
    for place in reversed(range(width)):
        coarser: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
        for group in counts.keys() - merged.keys():
            coarser.setdefault((*group[:place], "", *group[place + 1 :]), []).append(group)
        for target, groups in coarser.items():
            if sum(counts[group] for group in groups) >= FEWEST:
                merged |= dict.fromkeys(groups, target)
    nothing = ("",) * width
    merged |= {group: nothing for group in counts if group not in merged}

    def number_in(target: tuple[str, ...]) -> int:
        return sum(counts[group] for group, shown in merged.items() if shown == target)

    while 0 < number_in(nothing) < FEWEST and set(merged.values()) != {nothing}:
        smallest = min(set(merged.values()) - {nothing}, key=lambda target: (number_in(target), target))
        merged |= {group: nothing for group, shown in merged.items() if shown == smallest}
    return merged

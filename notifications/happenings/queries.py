"""What is still its person's to see, asked for a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from notifications.hooks import kinds


def still_visible(told: Iterable[Any]) -> set[int]:
    """The ids of those messages or notices that may still be shown; their users must be loaded.

    A kind that can answer for a whole batch is asked once, the others once per message.
    """
    of_kind: dict[str, list[Any]] = defaultdict(list)
    for one in told:
        of_kind[one.kind].append(one)
    visible: set[int] = set()
    for name, ones in of_kind.items():
        if name not in kinds:
            continue
        seen = kinds[name].seen
        if seen is None:
            visible.update(one.pk for one in ones if one.still_visible(one.user))
            continue
        pairs = {(one.user_id, one.subject_id) for one in ones if one.user_id and one.subject_id}
        allowed = seen(pairs)
        visible.update(one.pk for one in ones if (one.user_id, one.subject_id) in allowed)
    return visible

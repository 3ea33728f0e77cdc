"""What is still its person's to see, asked for a batch at a time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from notifications.hooks import kinds


def still_visible(rows: Iterable[Any]) -> set[int]:
    """Return the ids of the messages or notices that may still be shown; their users must be loaded.

    A kind that can answer for a whole batch is asked once, the others once per message.
    """
    of_kind: dict[str, list[Any]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    visible: set[int] = set()
    for name, rows_of_kind in of_kind.items():
        if name not in kinds:
            continue
        visible_pairs = kinds[name].visible_pairs
        if visible_pairs is None:
            visible.update(row.pk for row in rows_of_kind if row.still_visible(row.user))
            continue
        pairs = {(row.user_id, row.subject_id) for row in rows_of_kind if row.user_id and row.subject_id}
        allowed = visible_pairs(pairs)
        visible.update(row.pk for row in rows_of_kind if (row.user_id, row.subject_id) in allowed)
    return visible

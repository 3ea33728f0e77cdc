"""What the library holds of a meeting, or of an event and its meetings."""

from collections.abc import Mapping
from typing import Any

from events.models import Event, LibraryEntry, Proposal
from resources.library.queries_pages import among

MOST = 20


def held_of(user: Any, event: Event, meeting: Proposal | None = None) -> Mapping[str, Any] | None:
    """The records that the person reads, the newest first; of an event those of its meetings too."""
    rows = LibraryEntry.objects.filter(event=event)
    if meeting is not None:
        rows = rows.filter(proposal=meeting)
    lines = among(user, rows.values("resource"), most=MOST)
    return {"lines": lines} if lines else None

"""What the desk says of an event from sources: its documents, and how many took part as counted by whom."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from events.events.actions import lock_for_change, seen_anew
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument


def save_source_row(
    row: EventDocument | Attendance, *, actor: User, version: int, values: Mapping[str, Any]
) -> None:
    """Keep a document or a number, new or changed. From then on loading content/ leaves it alone."""
    with transaction.atomic():
        event = lock_for_change(row.event, actor, version)
        for name, value in values.items():
            setattr(row, name, value)
        if row.code:
            row.edited_by_hand, row.gone_since = True, None
        if row.pk is None and isinstance(row, Attendance):
            row.written_by = actor
        row.save()
        _changed(event, row, actor)


def remove_source_row(row: EventDocument | Attendance, *, actor: User) -> None:
    """Take it away. The event is the desk's from then on, so that loading content/ brings nothing back."""
    with transaction.atomic():
        event = lock_for_change(row.event, actor)
        event.edited_by_hand |= bool(row.code)
        row.delete()
        _changed(event, row, actor)


def _changed(event: Event, row: EventDocument | Attendance, actor: User) -> None:
    event.version += 1
    event.updated_at = now()
    event.save(update_fields=["version", "updated_at", "edited_by_hand"])
    fields = "documents" if isinstance(row, EventDocument) else "attendance"
    record(event, "events.event.change", actor=actor, fields=fields)
    seen_anew(event)

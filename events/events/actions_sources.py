"""What the desk says of an event from sources: its documents, and how many took part as counted by whom."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from events.events.actions import lock_for_change, refresh_index_and_pages
from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument


def save_source_row(
    row: EventDocument | Attendance, *, actor: User, version: int, values: Mapping[str, Any]
) -> None:
    """Save a document or a number, new or changed. From then on loading content/ does not change it."""
    with transaction.atomic():
        event = lock_for_change(row.event, actor, version)
        for name, value in values.items():
            setattr(row, name, value)
        if row.code:
            row.edited_by_hand, row.gone_since = True, None
        if row.pk is None and isinstance(row, Attendance):
            row.written_by = actor
        row.save()
        _record_change(event, row, actor)


def remove_source_row(row: EventDocument | Attendance, *, actor: User) -> None:
    """Delete the row. From then on the desk keeps the event, so that loading content/ restores nothing."""
    with transaction.atomic():
        event = lock_for_change(row.event, actor)
        event.edited_by_hand |= bool(row.code)
        row.delete()
        _record_change(event, row, actor)


def _record_change(event: Event, row: EventDocument | Attendance, actor: User) -> None:
    event.version += 1
    event.updated_at = now()
    event.save(update_fields=["version", "updated_at", "edited_by_hand"])
    fields = "documents" if isinstance(row, EventDocument) else "attendance"
    record(event, "events.event.change", actor=actor, fields=fields)
    refresh_index_and_pages(event)

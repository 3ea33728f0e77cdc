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
    one: EventDocument | Attendance, *, actor: User, version: int, values: Mapping[str, Any]
) -> None:
    """Keep a document or a number, new or changed. From then on loading content/ leaves it alone."""
    with transaction.atomic():
        kept = lock_for_change(one.event, actor, version)
        for name, value in values.items():
            setattr(one, name, value)
        if one.code:
            one.edited_by_hand, one.gone_since = True, None
        if one.pk is None and isinstance(one, Attendance):
            one.written_by = actor
        one.save()
        _changed(kept, one, actor)


def remove_source_row(one: EventDocument | Attendance, *, actor: User) -> None:
    """Take it away. The event is the desk's from then on, so that loading content/ brings nothing back."""
    with transaction.atomic():
        kept = lock_for_change(one.event, actor)
        kept.edited_by_hand |= bool(one.code)
        one.delete()
        _changed(kept, one, actor)


def _changed(event: Event, one: EventDocument | Attendance, actor: User) -> None:
    event.version += 1
    event.updated_at = now()
    event.save(update_fields=["version", "updated_at", "edited_by_hand"])
    fields = "documents" if isinstance(one, EventDocument) else "attendance"
    record(event, "events.event.change", actor=actor, fields=fields)
    seen_anew(event)

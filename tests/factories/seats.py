"""Who has a confirmed place at an event."""

from typing import Any

from events.registrations.models import Registration


def people_with_seats(event: Any) -> set[int]:
    """Their numbers."""
    held = Registration.objects.filter(rules__event=event, status="confirmed")
    return set(held.values_list("user_id", flat=True))

"""Words and looks of registrations for templates."""

from typing import Any

from django import template

from events.enums import RefusedFor
from events.queries.registrations import mine

register = template.Library()

LOOKS = {
    "received": "waiting", "pending": "waiting", "waiting": "waiting", "offered": "info",
    "confirmed": "done", "declined": "refused", "cancelled": "quiet", "expired": "quiet",
}  # fmt: skip


@register.simple_tag
def registration_reason(code: str) -> str:
    """How a reason for declining reads in the language in use."""
    return str(dict(RefusedFor.choices).get(code, code))


@register.filter
def registration_look(status: str) -> str:
    return LOOKS.get(status, "quiet")


@register.simple_tag
def own_registrations(user: Any) -> list[Any]:
    """The person's registrations for what is still to come, for My work."""
    return mine(user)

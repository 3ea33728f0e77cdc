"""Words and looks of registrations for templates."""

from django import template

from events.registrations.enums import RefusedFor

register = template.Library()

LOOKS = {
    "received": "waiting",
    "pending": "waiting",
    "waiting": "waiting",
    "offered": "info",
    "confirmed": "done",
    "declined": "refused",
    "cancelled": "quiet",
    "expired": "quiet",
}


@register.simple_tag
def registration_reason(code: str) -> str:
    """Return how a reason for declining reads in the language in use."""
    return str(dict(RefusedFor.choices).get(code, code))


@register.filter
def registration_look(status: str) -> str:
    return LOOKS.get(status, "quiet")

"""Words and looks of registrations for templates."""

from django import template

from events.registrations.enums import RefusedFor

register = template.Library()


@register.simple_tag
def registration_reason(code: str) -> str:
    """Return how a reason for declining reads in the language in use."""
    return str(dict(RefusedFor.choices).get(code, code))

from django import template
from django.utils.functional import Promise

from reviews.contributions.enums import CONSEQUENCES, CONSEQUENCES_TOLD, Visibility

register = template.Library()


@register.filter
def consequence(code: str) -> str | Promise:
    """What follows from a visibility, in words; "" where none is chosen."""
    return CONSEQUENCES.get(Visibility(code), "") if code in Visibility.values else ""


@register.filter
def consequence_told(code: str) -> str | Promise:
    """As `consequence`, for those who read what somebody else chose."""
    return CONSEQUENCES_TOLD.get(Visibility(code), "") if code in Visibility.values else ""


@register.filter
def contribution_kind(status: str) -> str:
    """Return the badge of a contribution's status."""
    looks = {
        "published": "done",
        "desk_only": "done",
        "declined": "refused",
        "hidden": "refused",
        "removed": "refused",
        "draft": "quiet",
        "withdrawn": "quiet",
    }
    return looks.get(status, "waiting")

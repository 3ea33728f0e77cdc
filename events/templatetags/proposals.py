"""Small tags for proposals. None of them asks the database."""

from django import template

register = template.Library()

_LOOKS = {
    "accepted": "done",
    "declined": "refused",
    "cancelled": "refused",
    "draft": "quiet",
    "withdrawn": "quiet",
    "merged": "quiet",
}


@register.filter
def proposal_look(status: str) -> str:
    """Which badge the state of a proposal gets."""
    return _LOOKS.get(status, "waiting")


@register.filter
def answer_look(status: str) -> str:
    """Which badge the answer of a co-organizer or a speaker gets."""
    return {"confirmed": "done", "declined": "refused"}.get(status, "waiting")

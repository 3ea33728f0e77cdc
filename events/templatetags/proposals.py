"""Small tags for proposals. None of them asks the database."""

from django import template

from events.proposals.enums import PROPOSAL_MOVES, DeclineReason

register = template.Library()

_LOOKS = {
    "accepted": "done",
    "declined": "refused",
    "cancelled": "refused",
    "hidden": "refused",
    "removed": "refused",
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


@register.filter
def move_label(name: str) -> str:
    """What a move is called, as on its button."""
    return str(PROPOSAL_MOVES[name].label) if name in PROPOSAL_MOVES else name


@register.filter
def decline_label(code: str) -> str:
    return str(dict(DeclineReason.choices).get(code, code))

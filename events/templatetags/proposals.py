"""Small tags for proposals. None of them asks the database."""

from django import template

from events.proposals.enums import PROPOSAL_MOVES, DeclineReason

register = template.Library()


@register.filter
def answer_look(status: str) -> str:
    """Return the badge of the answer of a co-organizer or speaker."""
    return {"confirmed": "done", "declined": "refused"}.get(status, "waiting")


@register.filter
def move_label(name: str) -> str:
    """Return the name of a move, as on its button."""
    return str(PROPOSAL_MOVES[name].label) if name in PROPOSAL_MOVES else name


@register.filter
def decline_label(code: str) -> str:
    return str(dict(DeclineReason.choices).get(code, code))

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format

from reviews.dialogues.enums import LINE_MOVES, REASONS, LineStatus

register = template.Library()


@register.filter
def line_state(status: str) -> str:
    """What the state of a line is called."""
    return str(LineStatus(status).label) if status in LineStatus.values else status


@register.filter
def reason_class(code: str) -> str:
    """What a class of reason reads as; the code where it is not known."""
    return str(REASONS.get(code, code))


@register.filter
def cell(numbers: Any, key: str) -> Any:
    """Return the number under `key`."""
    return numbers.get(key, 0)


@register.filter
def parsed_day(day: str) -> str:
    """Return an ISO day in the reader's format."""
    return date_format(date.fromisoformat(day)) if day else ""


@register.filter
def line_move(name: str) -> str:
    """What a move is called."""
    return str(LINE_MOVES[name].label) if name in LINE_MOVES else name

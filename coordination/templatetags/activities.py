"""How activities are told on pages. None of these asks the database."""

from django import template

from coordination.period_reports.queries_numbers import ReportRow

register = template.Library()

LOOKS = {"planned": "waiting", "held": "info", "reported": "done", "cancelled": "refused"}


@register.filter
def activity_look(status: str) -> str:
    """Which badge the state of an activity gets."""
    return LOOKS.get(status, "quiet")


@register.filter
def cells(row: ReportRow) -> list[tuple[int | None, int]]:
    """The numbers of a row with the lengths of their bars."""
    return list(zip(row.numbers, row.shares, strict=True))

"""How activities are told on pages. None of these asks the database."""

from django import template

from coordination.period_reports.queries_numbers import ReportRow, ReportTable

register = template.Library()

LOOKS = {"planned": "waiting", "held": "info", "reported": "done", "cancelled": "refused"}


@register.filter
def activity_look(status: str) -> str:
    """Which badge the state of an activity gets."""
    return LOOKS.get(status, "quiet")


@register.filter
def cells(row: ReportRow, table: ReportTable) -> list[tuple[int | None, int, str]]:
    """The numbers of a row with the lengths of their bars, and the heads of the table if it has its own."""
    heads = table.heads or [""] * len(row.numbers)
    return list(zip(row.numbers, row.shares, heads, strict=True))

"""The desk's list of reports."""

from typing import Any

from django.db.models import QuerySet

from stakeholders.models import Report, Stakeholder

OPEN, ANSWERED = "open", "answered"


def reports(user: Any, state: str = OPEN) -> QuerySet[Report]:
    """Those that wait, the oldest first; or those answered, the newest first."""
    rows = Report.objects.visible_to(user)
    if state == ANSWERED:
        return rows.answered().order_by("-answered_at", "-pk")
    return rows.open().order_by("at", "pk")


def for_page(user: Any) -> QuerySet[Report]:
    return Report.objects.visible_to(user).select_related(
        "stakeholder", "conversation__sender", "reporter", "answered_by"
    )


def reported(user: Any, pk: int) -> Stakeholder | None:
    """The entry as `user` may see it; None where it is not theirs to see."""
    return Stakeholder.objects.visible_to(user).select_related("country").filter(pk=pk).first()

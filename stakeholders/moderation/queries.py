"""The desk's list of reports, and what they are about."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from notifications.inbox.models import Notice
from stakeholders.hooks import reportable
from stakeholders.moderation.models import Report

OPEN, ANSWERED = "open", "answered"


def reports(user: Any, state: str = OPEN, kind: str = "") -> QuerySet[Report]:
    """Return the pending reports, the oldest first; or the answered ones, the newest first.

    Each with `is_new` (the reader has not opened it) and `others`, the reports about the same that wait too.
    """
    unread_notices = Notice.objects.unread().filter(
        user=user.pk, subject_kind=Report._meta.label_lower, subject_id=OuterRef("pk")
    )
    same = (
        Report.objects.visible_to(user)
        .open()
        .filter(subject_kind=OuterRef("subject_kind"), subject_id=OuterRef("subject_id"))
    )
    counted = same.order_by().values("subject_kind").annotate(number=Count("pk")).values("number")
    rows = Report.objects.visible_to(user).annotate(
        is_new=Exists(unread_notices), others=Coalesce(Subquery(counted), 0)
    )
    if kind:
        rows = rows.filter(subject_kind=kind)
    if state == ANSWERED:
        return rows.answered().order_by("-answered_at", "-pk")
    return rows.open().order_by("at", "pk")


def for_page(user: Any) -> QuerySet[Report]:
    return Report.objects.visible_to(user).select_related(
        "stakeholder", "conversation__sender", "reporter", "answered_by"
    )


def about_the_same(user: Any, report: Report) -> QuerySet[Report]:
    """Return the other reports about what this one is about, the newest first."""
    rows = Report.objects.visible_to(user).exclude(pk=report.pk)
    return rows.filter(subject_kind=report.subject_kind, subject_id=report.subject_id).order_by("-at", "-pk")


def reported_thing(user: Any, kind: str, pk: int) -> Any | None:
    """Return the subject as `user` may see it; None where they may not, or where no link reports it."""
    if kind not in reportable or not reportable[kind].by_link:
        return None
    return reportable[kind].find(user, pk)


def news_for(user: Any, report: Report) -> QuerySet[Notice]:
    """Return the notices that tell this person of the report and were not opened."""
    return Notice.objects.unread().filter(
        user=user, subject_kind=report._meta.label_lower, subject_id=report.pk
    )


def log(user: Any) -> Iterator[Report]:
    """Yield each report, for the columns of the log."""
    yield from Report.objects.visible_to(user).order_by("at", "pk").iterator(chunk_size=1000)

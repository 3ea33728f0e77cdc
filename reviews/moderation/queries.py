"""What waits for screening, and everything the desk reads before it decides."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution, ScreeningRule
from workflow.items.models import ItemRequest, WorkItem
from workflow.items.queries import with_subjects, work_on
from workflow.moves.models import Decision

# What may be asked about beside the questions of the call, in the order of the page.
BESIDE = ("visibility", "language", "links", "evidence")


def queue(user: Any) -> QuerySet[WorkItem]:
    """Open work on contributions, what waits longest first; what waits for its author is at the end."""
    return work_on(user, Contribution.objects.visible_to(user)).order_by("paused_since", "since", "pk")


def with_contributions(items: Iterable[WorkItem]) -> list[tuple[WorkItem, Contribution]]:
    rows = Contribution.objects.select_related("call", "stakeholder__country", "language")
    return with_subjects(items, rows)


def sent_to(call: Call, user: Any) -> QuerySet[Contribution]:
    """Return the contributions that were sent to the call and are no drafts, the latest first."""
    return (
        Contribution.objects.visible_to(user)
        .filter(call=call)
        .exclude(status=ContributionStatus.DRAFT)
        .select_related("stakeholder__country", "language", "declined_by_rule")
        .order_by("-submitted_at", "-pk")
    )


def rules_in_use() -> QuerySet[ScreeningRule]:
    return ScreeningRule.objects.in_use().in_order()


def fields_to_ask(contribution: Contribution) -> list[tuple[str, str]]:
    """Return (field, label) of everything that the desk may ask about."""
    beside = {
        "visibility": _("Who reads it"),
        "language": _("Language of the text"),
        "links": _("Links to evidence"),
        "evidence": _("Files"),
    }
    questions = [(question.field, question.text) for question in contribution.call.questions.all()]
    return [*questions, *((name, beside[name]) for name in BESIDE)]


def with_labels(rows: Iterable[ItemRequest], contribution: Contribution) -> list[tuple[str, ItemRequest]]:
    labels = dict(fields_to_ask(contribution))
    return [(labels.get(row.field, row.field), row) for row in rows]


def requests_on(contribution: Contribution) -> list[ItemRequest]:
    """Return the questions of every round, the oldest first."""
    return list(ItemRequest.objects.about(contribution).order_by("asked_at", "pk"))


def notes_on(contribution: Contribution) -> list[Decision]:
    """Return every decision of the desk with a note or reason, the oldest first."""
    decisions = Decision.objects.about(contribution).exclude(note="", reason="")
    return list(decisions.select_related("actor").order_by("at", "pk"))

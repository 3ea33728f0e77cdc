"""What waits for the desk at each event: proposals to review, registrations to decide, reports to publish."""

from typing import Any, NamedTuple

from django.db.models import Count

from events.models import Event, Proposal, Registration, Report
from workflow.items.models import WorkItem


class Waiting(NamedTuple):
    event: Event
    proposals: int
    registrations: int
    reports: list[Report]


def waiting_at_events(user: Any) -> list[Waiting]:
    """Events at which something waits that the person may see, the next one first. Four statements."""
    items = WorkItem.objects.visible_to(user).open()

    def ids(kind: str, what: str) -> Any:
        return items.filter(subject_kind=kind, what=what).values("subject_id")

    proposals = dict(
        Proposal.objects.filter(pk__in=ids("events.proposal", "review"))
        .order_by()
        .values_list("event_id")
        .annotate(n=Count("pk"))
    )
    registrations = dict(
        Registration.objects.filter(pk__in=ids("events.registration", "decide"))
        .order_by()
        .values_list("rules__event_id")
        .annotate(n=Count("pk"))
    )
    reports: dict[int, list[Report]] = {}
    for report in Report.objects.filter(pk__in=ids("events.report", "publish")).select_related("proposal"):
        reports.setdefault(report.event_id, []).append(report)
    rows = Event.objects.visible_to(user).filter(pk__in={*proposals, *registrations, *reports})
    return [
        Waiting(event, proposals.get(event.pk, 0), registrations.get(event.pk, 0), reports.get(event.pk, []))
        for event in rows.order_by("starts_at", "pk")
    ]

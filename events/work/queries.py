"""What waits around events: for a person, and for the desk at each event."""

from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from events.board.queries import desk_part as board_part
from events.events import queries as events_queries
from events.events.models import Event
from events.hooks import LoadedPart, Part, load_parts
from events.meeting_reports import queries as meeting_reports_queries
from events.meeting_reports.models import Report
from events.proposals import queries_own as proposals_queries_own
from events.proposals.models import Proposal
from events.registrations import queries as registrations_queries
from events.registrations.models import Registration
from workflow.hooks import MyPart, Task
from workflow.items.models import WorkItem

# What the subjects tell on the desk's page of one event.
DESK_PARTS = (
    Part(10, board_part, "events/board/_part.html"),
    Part(20, registrations_queries.desk_part, "events/registrations/_desk.html"),
    Part(30, proposals_queries_own.desk_part, "events/proposals/_desk.html"),
    Part(30, meeting_reports_queries.part_of, "events/meeting_reports/_part.html"),
)


def parts_at_desk(user: Any, event: Event) -> list[LoadedPart]:
    return load_parts(DESK_PARTS, user, event)


def my_work(user: Any) -> MyPart:
    """A fixed number of statements, whatever there is."""
    own = proposals_queries_own.my_proposals(user)
    registered = registrations_queries.my_registrations(user)
    returned = events_queries.own_events(user).filter(status="returned")
    tasks = [
        *(_offer(one) for one in registered if one.is_offered),
        *(_returned(one) for one in returned),
        *(_partner(one) for one in own.asked),
        *(_merger(one) for one in own.mergers),
        *(_proposal(one, _("Proposal to authorize"), _("Look and authorize")) for one in own.to_authorize),
        *(_to_write(one) for one in own.waiting),
    ]
    said = {"registrations": registered, "proposals": own.others}
    return MyPart(tasks, "events/work/_me.html", said if any(said.values()) else {}, position=30)


def _offer(one: Any) -> Task:
    title, language = one.event.told_title
    what = _("A place at an event is offered to you")
    return Task(title, one.get_absolute_url(), what, _("Accept or leave"), one.offer_until, language)


def _returned(event: Any) -> Task:
    url = reverse("events:own", args=[event.pk])
    what = _("Event with questions for the organizer")
    facts = [event.organizer.name]
    return Task(event.title, url, what, pgettext("button", "Answer"), None, event.language_id, facts)


def _partner(one: Any) -> Task:
    asks = _("%(lead)s asks %(name)s") % {"lead": one.proposal.lead.name, "name": one.stakeholder.name}
    return Task(
        str(one.proposal),
        reverse("events:partner", args=[one.pk]),
        _("Meeting to organize together"),
        _("Read and answer"),
        None,
        one.proposal.language_id or "",
        [one.proposal.event.told_title[0], asks],
    )


def _merger(one: Any) -> Task:
    into = _("with “%(title)s”") % {"title": one.into}
    url = reverse("events:proposal", args=[one.proposal_id])
    language = one.proposal.language_id or ""
    return Task(str(one.proposal), url, _("Merger to answer"), _("Read and answer"), None, language, [into])


def _proposal(one: Any, what: str, do: str, due: Any = None) -> Task:
    facts = [str(one.get_status_display()), one.event.told_title[0], one.lead.name]
    return Task(str(one), one.get_absolute_url(), what, do, due, one.language_id or "", facts)


def _to_write(one: Any) -> Task:
    do = pgettext("draft", "Continue") if one.status == "draft" else _("Complete it now")
    return _proposal(one, _("Proposal for a meeting"), do, one.complete_by or one.rules.closes_at)


# -----------------------------------------------------------------------------------------------------
# What waits for the desk at each event: proposals to review, registrations to decide, reports to publish.


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


def page_of_proposals(user: Any) -> str:
    """Where proposals wait: of one event its list, of several the list of these lists."""
    at = [one.event.pk for one in waiting_at_events(user) if one.proposals]
    return reverse("eventdesk:proposals", args=at) if len(at) == 1 else f"{reverse('eventdesk:home')}#waiting"

"""What waits around events: for a person, and for the desk at each event."""

from typing import Any, NamedTuple

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _

from core.time_display import VIENNA
from events.board.queries import desk_part as board_part
from events.events.dates import when
from events.events.enums import EventStatus
from events.events.models import Event
from events.hooks import LoadedPart, Part, load_parts
from events.meeting_reports import queries as meeting_reports_queries
from events.meeting_reports.models import Report
from events.proposals import queries_own as proposals_queries_own
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from events.registrations import queries as registrations_queries
from events.registrations.enums import RegistrationStatus
from events.registrations.models import Registration
from stakeholders.entries.models import entries_of
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task
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


_EVENT = ("title", "translations", "language", "status", "starts_at", "ends_at", "whole_days", "zone")


def my_rows(user: Any) -> dict[str, OwnRows]:
    registrations = registrations_queries.live_registrations(user)
    columns = ("status", "received_at", "offer_until", *(f"rules__event__{name}" for name in _EVENT))
    rows = {"registrations": OwnRows(registrations.only(*columns))}
    if not (entries := entries_of(user)):
        return rows
    states = (EventStatus.RETURNED, *EventStatus.WITH_DESK)
    events = Event.objects.filter(organizer__in=entries, status__in=states).select_related("organizer")
    events = events.only("title", "language", "status", "updated_at", "organizer__name")
    rows["events"] = OwnRows(events.order_by("-updated_at", "-pk"))
    return rows | proposals_queries_own.my_rows(user)


def my_work(user: Any, rows: Rows) -> MyPart:
    own = proposals_queries_own.my_proposals(user, rows)
    user.ask_once("registrations", lambda: rows["registrations"])
    registrations = registrations_queries.those_to_come(rows["registrations"])
    events = rows["events"]
    tasks = [
        *(_offer(registration) for registration in registrations if registration.is_offered),
        *(_returned(event) for event in events if event.status == EventStatus.RETURNED),
        *map(_partner, own.asked),
        *map(_merger, own.mergers),
        *map(_to_authorize, own.to_authorize),
        *map(_to_write, own.waiting),
    ]
    sent = [
        *(_registered(registration) for registration in registrations if not registration.is_offered),
        *map(_proposed, own.others),
        *(_sent(event) for event in events if event.status in EventStatus.WITH_DESK),
    ]
    return MyPart(tasks, sent, position=30)


def _registered(one: Registration) -> Submission:
    """What it waits for; a confirmed one leads to its ticket."""
    title, language = one.event.told_title
    turns = {
        RegistrationStatus.CONFIRMED: _("Your ticket is ready"),
        RegistrationStatus.PENDING: _("With the WhatsOn team"),
        RegistrationStatus.RECEIVED: _("With the WhatsOn team"),
    }
    return Submission(
        title,
        one.get_absolute_url(),
        _("Registration for an event"),
        one.status,
        one.get_status_display(),
        one.received_at,
        turns.get(RegistrationStatus(one.status), ""),
        language,
        [when(one.event).told],
        "calendar-check",
    )


def _proposed(one: Any) -> Submission:
    turn = _("With the WhatsOn team") if one.status in ProposalStatus.WITH_DESK else ""
    number = [_("Number %(number)s") % {"number": one.number}] if one.number else []
    return Submission(
        str(one),
        one.get_absolute_url(),
        _("Proposal for a meeting"),
        one.status,
        one.get_status_display(),
        one.submitted_at,
        turn,
        one.language_id or "",
        [*number, one.event.told_title[0], one.lead.name],
        "easel",
    )


def _sent(event: Event) -> Submission:
    url, turn = reverse("events:own", args=[event.pk]), _("With the WhatsOn team")
    told = event.get_status_display()
    what, facts = _("Event for the calendar"), [event.organizer.name] if event.organizer else []
    return Submission(
        event.title,
        url,
        what,
        event.status,
        told,
        event.updated_at,
        turn,
        event.language_id,
        facts,
        "calendar-event",
    )


def _offer(one: Any) -> Task:
    title, language = one.event.told_title
    what = _("A place at an event is offered to you")
    do, url = _("Accept or decline the place"), one.get_absolute_url()
    return Task(title, url, what, do, one.offer_until, language, icon="calendar-check")


def _returned(event: Any) -> Task:
    url = reverse("events:own", args=[event.pk])
    what, do = _("Event with questions for the organizer"), _("Answer the questions")
    facts = [event.organizer.name] if event.organizer else []
    return Task(event.title, url, what, do, None, event.language_id, facts, "calendar-event")


def _partner(one: Any) -> Task:
    asks = _("%(lead)s asks %(name)s") % {"lead": one.proposal.lead.name, "name": one.stakeholder.name}
    return Task(
        str(one.proposal),
        reverse("events:partner", args=[one.pk]),
        _("Meeting to organize together"),
        _("Answer the invitation"),
        None,
        one.proposal.language_id or "",
        [one.proposal.event.told_title[0], asks],
        "easel",
    )


def _merger(one: Any) -> Task:
    into = _("with “%(title)s”") % {"title": one.into}
    url = reverse("events:proposal", args=[one.proposal_id])
    language = one.proposal.language_id or ""
    what, do = _("Merger to answer"), _("Answer the request")
    return Task(str(one.proposal), url, what, do, None, language, [into], "easel")


def _proposal(one: Any, what: str, do: str, due: Any = None, zone: str = VIENNA.key) -> Task:
    facts = [str(one.get_status_display()), one.event.told_title[0], one.lead.name]
    return Task(str(one), one.get_absolute_url(), what, do, due, one.language_id or "", facts, "easel", zone)


def _to_authorize(one: Any) -> Task:
    return _proposal(one, _("Proposal to authorize"), _("Authorize the proposal"))


def _to_write(one: Any) -> Task:
    do = _("Continue the proposal") if one.status == "draft" else _("Complete the proposal")
    due, zone = one.complete_by or one.rules.closes_at, one.rules.zone
    return _proposal(one, _("Proposal for a meeting"), do, due, zone)


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

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
from events.hooks import EventPart, LoadedPart, load_parts
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
    EventPart(10, board_part, "events/board/_part.html"),
    EventPart(20, registrations_queries.desk_part, "events/registrations/_desk.html"),
    EventPart(30, proposals_queries_own.desk_part, "events/proposals/_desk.html"),
    EventPart(30, meeting_reports_queries.part_of, "events/meeting_reports/_part.html"),
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
        *(_returned_event_task(event) for event in events if event.status == EventStatus.RETURNED),
        *map(_partner, own.invitations),
        *map(_merger, own.mergers),
        *map(_to_authorize, own.to_authorize),
        *map(_to_write, own.waiting),
    ]
    sent = [
        *(
            _registration_submission(registration)
            for registration in registrations
            if not registration.is_offered
        ),
        *map(_proposal_submission, own.others),
        *(_event_submission(event) for event in events if event.status in EventStatus.WITH_DESK),
    ]
    return MyPart(tasks, sent, position=30)


def _registration_submission(registration: Registration) -> Submission:
    """Return the registration with what it waits for; a confirmed one links to its ticket."""
    title, language = registration.event.told_title
    turns = {
        RegistrationStatus.CONFIRMED: _("Your ticket is ready"),
        RegistrationStatus.PENDING: _("With the WhatsOn team"),
        RegistrationStatus.RECEIVED: _("With the WhatsOn team"),
    }
    return Submission(
        title,
        registration.get_absolute_url(),
        _("Registration for an event"),
        registration.status,
        registration.get_status_display(),
        registration.received_at,
        turns.get(RegistrationStatus(registration.status), ""),
        language,
        [when(registration.event).text],
        "calendar-check",
    )


def _proposal_submission(proposal: Any) -> Submission:
    turn = _("With the WhatsOn team") if proposal.status in ProposalStatus.WITH_DESK else ""
    number = [_("Number %(number)s") % {"number": proposal.number}] if proposal.number else []
    return Submission(
        str(proposal),
        proposal.get_absolute_url(),
        _("Proposal for a meeting"),
        proposal.status,
        proposal.get_status_display(),
        proposal.submitted_at,
        turn,
        proposal.language_id or "",
        [*number, proposal.event.told_title[0], proposal.lead.name],
        "easel",
    )


def _event_submission(event: Event) -> Submission:
    url, turn = reverse("events:own", args=[event.pk]), _("With the WhatsOn team")
    status_label = event.get_status_display()
    label, facts = _("Event for the calendar"), [event.organizer.name] if event.organizer else []
    return Submission(
        event.title,
        url,
        label,
        event.status,
        status_label,
        event.updated_at,
        turn,
        event.language_id,
        facts,
        "calendar-event",
    )


def _offer(registration: Any) -> Task:
    title, language = registration.event.told_title
    label = _("A place at an event is offered to you")
    do, url = _("Accept or decline the place"), registration.get_absolute_url()
    return Task(title, url, label, do, registration.offer_until, language, icon="calendar-check")


def _returned_event_task(event: Any) -> Task:
    url = reverse("events:own", args=[event.pk])
    label, do = _("Event with questions for the organizer"), _("Answer the questions")
    facts = [event.organizer.name] if event.organizer else []
    return Task(event.title, url, label, do, None, event.language_id, facts, "calendar-event")


def _partner(partner: Any) -> Task:
    asks = _("%(lead)s asks %(name)s") % {
        "lead": partner.proposal.lead.name,
        "name": partner.stakeholder.name,
    }
    return Task(
        str(partner.proposal),
        reverse("events:partner", args=[partner.pk]),
        _("Meeting to organize together"),
        _("Answer the invitation"),
        None,
        partner.proposal.language_id or "",
        [partner.proposal.event.told_title[0], asks],
        "easel",
    )


def _merger(merger: Any) -> Task:
    into = _("with “%(title)s”") % {"title": merger.into}
    url = reverse("events:proposal", args=[merger.proposal_id])
    language = merger.proposal.language_id or ""
    label, do = _("Merger to answer"), _("Answer the request")
    return Task(str(merger.proposal), url, label, do, None, language, [into], "easel")


def _proposal(proposal: Any, label: str, do: str, due: Any = None, zone: str = VIENNA.key) -> Task:
    facts = [str(proposal.get_status_display()), proposal.event.told_title[0], proposal.lead.name]
    return Task(
        str(proposal),
        proposal.get_absolute_url(),
        label,
        do,
        due,
        proposal.language_id or "",
        facts,
        "easel",
        zone,
    )


def _to_authorize(proposal: Any) -> Task:
    return _proposal(proposal, _("Proposal to authorize"), _("Authorize the proposal"))


def _to_write(proposal: Any) -> Task:
    do = _("Continue the proposal") if proposal.status == "draft" else _("Complete the proposal")
    due, zone = proposal.complete_by or proposal.rules.closes_at, proposal.rules.zone
    return _proposal(proposal, _("Proposal for a meeting"), do, due, zone)


# -----------------------------------------------------------------------------------------------------
# What waits for the desk at each event: proposals to review, registrations to decide, reports to publish.


class Waiting(NamedTuple):
    event: Event
    proposals: int
    registrations: int
    reports: list[Report]


def waiting_at_events(user: Any) -> list[Waiting]:
    """Return the events at which something waits that the person may see, the next one first."""
    items = WorkItem.objects.visible_to(user).open()

    def ids(kind: str, work: str) -> Any:
        return items.filter(subject_kind=kind, what=work).values("subject_id")

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

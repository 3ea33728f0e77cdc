"""What waits around events, on the page of tasks, and what a stakeholder takes down when it hides."""

from typing import Any

from django.utils.timezone import now
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from core.desk_cards import desk_card
from events.events.models import Event
from events.proposals.actions import cancel
from events.proposals.models import Proposal
from events.rescheduling.actions import cancel_event
from events.work import queries
from stakeholders.hooks import PublishedBy, published_by
from workflow.hooks import MyWork, my_work

my_work.register("events", MyWork(queries.my_rows, queries.my_work))

desk_card(
    "eventdesk:home",
    group="events",
    position=20,
    part="#waiting",
    title=_("Proposals for meetings"),
    text=_("Meetings that stakeholders propose for an event, to be reviewed."),
    permission="events.run_events",
    work=("review",),
    kind="events.proposal",
    do=_("Review proposal"),
)


def _events_of(stakeholder: Any) -> Any:
    return Event.objects.filter(organizer=stakeholder, status="published").coming()


def _cancel_event(event: Event, actor: Any) -> None:
    cancel_event(event, actor=actor, note=_t("Cancelled by the organizer."))


def _meetings_of(stakeholder: Any) -> Any:
    led = Proposal.objects.accepted().filter(lead=stakeholder, public_at__isnull=False)
    return led.filter(event__ends_at__gte=now()).select_related("event").order_by("number")


def _cancel_meeting(meeting: Proposal, actor: Any) -> None:
    cancel(meeting, actor=actor, note=_t("Cancelled by the organizer."))


published_by.register(
    "events.events",
    PublishedBy(
        _("Events"),
        _("Cancel the events that are still to come"),
        _events_of,
        "events.cancel_event",
        _cancel_event,
    ),
)
published_by.register(
    "events.meetings",
    PublishedBy(
        _("Meetings"),
        _("Cancel the meetings that you lead"),
        _meetings_of,
        "events.cancel_proposal",
        _cancel_meeting,
    ),
)

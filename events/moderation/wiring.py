"""Events and meetings in moderation, and their part of a stakeholder's dossier."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from accounts.people.enums import Role
from events.events.models import Event
from events.moderation import queries
from events.moderation.actions import moderate_event, moderate_proposal
from events.proposals.models import Proposal
from stakeholders.hooks import Reportable, by_desk_moves, dossier_sections, reportable


def _event(user: Any, pk: int) -> Event | None:
    rows = Event.objects.visible_to(user).select_related("organizer__country")
    return rows.filter(pk=pk).first()


def _meeting(user: Any, pk: int) -> Proposal | None:
    rows = Proposal.objects.visible_to(user).select_related("event", "lead__country")
    return rows.filter(pk=pk).first()


def _page_of(meeting: Proposal) -> str:
    """In the programme, once it has a number."""
    if meeting.number is None:
        return meeting.get_absolute_url()
    event = meeting.event
    return reverse("events:meeting", args=[event.pk, event.slug, meeting.number])


for _key, _label, _find, _party_of, _page, _act in (
    ("events.event", _("Event"), _event, lambda event: event.organizer, None, moderate_event),
    (
        "events.proposal",
        _("Meeting of a programme"),
        _meeting,
        lambda proposal: proposal.lead,
        _page_of,
        moderate_proposal,
    ),
):
    reportable.register(
        _key,
        Reportable(
            label=_label,
            find=_find,
            stakeholder_of=_party_of,
            roles=(Role.EVENTS,),
            page=_page,
            **by_desk_moves(_act),
        ),
    )
for _name, _title, _about, _rows in (
    ("events", _("Events"), _("What the stakeholder organizes, and what was decided."), queries.events),
    (
        "proposals",
        _("Proposals for meetings"),
        _("What was proposed, and what was decided."),
        queries.proposals,
    ),
    (
        "registrations",
        _("Registrations for events"),
        _("For which events people registered for the stakeholder, without who they are."),
        queries.registrations,
    ),
):
    dossier_sections.register(_name, Section(_title, _about, _rows))

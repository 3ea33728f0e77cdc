"""What a stakeholder organizes, proposes and takes part in, as far as its own people may read it."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from core.personal_data import DataField, data_field, data_fields
from events.events.models import Event
from events.proposals.models import Proposal
from events.registrations.models import Registration
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.queries_dossiers import decisions_on


def events(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    events = list(Event.objects.filter(organizer=stakeholder).select_related("country").order_by("pk"))
    for event in events:
        yield [
            data_field("id", _("number"), event.pk),
            *data_fields(
                event, "kind", "title", "about", "status", "starts_at", "ends_at", "zone", "mode", "city"
            ),
            *data_fields(event, "country", "url"),
        ]
    yield from decisions_on(events)


def proposals(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = Proposal.objects.filter(lead=stakeholder).select_related("event", "language")
    proposals = list(rows.order_by("pk"))
    for proposal in proposals:
        yield [
            data_field("id", _("number"), proposal.pk),
            data_field("event", _("event"), proposal.event.title),
            *data_fields(
                proposal, "title", "summary", "language", "status", "number", "submitted_at", "authorized_at"
            ),
        ]
    yield from decisions_on(proposals)


def registrations(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    """Yield events and states of the stakeholder's registrations, without the persons."""
    rows = Registration.objects.filter(stakeholder=stakeholder).select_related("rules__event")
    for registration in rows.order_by("pk"):
        yield [
            data_field("event", _("event"), registration.rules.event.title),
            *data_fields(registration, "mode", "status", "received_at", "attended_at"),
        ]

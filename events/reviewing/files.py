"""The proposals of an event as a table with a column for each question."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.spreadsheet_cells import field_head, join_values
from core.spreadsheets import Column, instant_column
from events.proposals.models import Proposal
from events.proposals.queries import ASKABLE, SENSITIVE, facts, for_page, label_of

BATCH = 200
INSTANTS = ("authorized_at", "submitted_at", "complete_by", "decided_at")


def rows_of(proposals: QuerySet[Proposal]) -> Iterator[Any]:
    """Yield the proposals, each with its facts by name as `texts`; some hundred are read at a time."""
    for proposal in for_page(proposals).order_by("submitted_at", "pk").iterator(chunk_size=BATCH):
        row: Any = proposal
        row.texts = {fact.field: fact.text for fact in facts(proposal)}
        yield row


def columns_of(*, sensitive: bool) -> list[Column]:
    def field(name: str, value: Any) -> Column:
        return Column(field_head(Proposal, name), value)

    names = [name for name in ASKABLE if name != "speakers" and (sensitive or name not in SENSITIVE)]
    return [
        field("number", lambda proposal: proposal.number or ""),
        field("status", lambda proposal: proposal.get_status_display()),
        field("lead", lambda proposal: proposal.lead.name),
        Column(_("Kind"), lambda proposal: proposal.lead.get_kind_display()),
        Column(
            _("Country or area"), lambda proposal: proposal.lead.country.name if proposal.lead.country else ""
        ),
        Column(_("Organizers"), _partners),
        field("author", lambda proposal: proposal.author.name if proposal.author else ""),
        *(instant_column(Proposal, name) for name in INSTANTS),
        *map(_fact, names),
        Column(label_of("speakers"), _speakers),
        Column(
            _("Address"),
            lambda proposal: settings.SITE_URL + reverse("eventdesk:proposal", args=[proposal.pk]),
        ),
    ]


def _fact(name: str) -> Column:
    return Column(label_of(name), lambda proposal: proposal.texts.get(name, ""))


def _partners(proposal: Proposal) -> str:
    return join_values(
        f"{each.stakeholder.name}: {each.get_status_display()}" for each in proposal.partners.all()
    )


def _speakers(proposal: Proposal) -> str:
    """Return the speakers without gender and without their addresses, which are shown to nobody."""
    return join_values(
        ", ".join(part for part in (f"{each.get_role_display()}: {each.name}", each.affiliation) if part)
        for each in proposal.speakers.all()
    )

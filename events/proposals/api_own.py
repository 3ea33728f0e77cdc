"""Proposals of one's own for meetings at an event, for programs, by the same form and acts as the pages."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from api.fields import PageUrlField, ResourceSerializer
from api.own import Drafts
from api.writing import answers_serializer, new_serializer
from events.events.models import Event
from events.proposals import actions
from events.proposals.enums import ProposalStatus
from events.proposals.forms import PROPOSAL, WriteForm
from events.proposals.models import Proposal
from events.proposals.queries import for_page
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import open_requests
from workflow.receipts.api import receipt_field, reference_of

NUMBERS = ("event", "lead")
DOC = (
    "Of what is to be completed only the fields that are `asked` about are here, and of an accepted meeting "
    "that lacks it only the link. Co-organizers, and speakers by e-mail, are asked on the page."
)


class OwnProposalLineSerializer(ResourceSerializer):
    """A proposal that a stakeholder leads that one writes for."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    event = serializers.IntegerField(source="event_id")
    lead = serializers.IntegerField(source="lead_id")
    title = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=ProposalStatus)
    submitted_at = serializers.DateTimeField(allow_null=True)


class OwnProposalResource(Drafts):
    """Proposals for meetings at events, from the draft on, the latest first; `lead` is the stakeholder."""

    queryset = Proposal.objects.all()
    serializer_class = OwnProposalLineSerializer
    answers_schema = answers_serializer(
        "OwnProposal",
        WriteForm,
        *NUMBERS,
        doc=DOC,
        status=serializers.ChoiceField(choices=ProposalStatus, required=False),
        asked=serializers.DictField(child=serializers.CharField(), required=False),
        receipt=receipt_field(),
    )
    new_schema = new_serializer("OwnProposal", WriteForm, *NUMBERS, doc=DOC, is_draft=True)
    belongs_to = NUMBERS
    draft = PROPOSAL

    def get_queryset(self) -> Any:
        user = self.request.user
        own = written_for_by(user).order_by().values("pk")
        rows = Proposal.objects.visible_to(user).filter(lead__in=own).order_by("-pk")
        return for_page(rows) if self.detail else rows

    def fixed_of(self, row: Proposal) -> dict[str, Any]:
        return {
            "event": row.event_id,
            "lead": row.lead_id,
            "status": row.status,
            "asked": open_requests(row),
            "receipt": reference_of(row),
        }

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Any:
        user = self.request.user
        if name == "lead":
            return written_for_by(user).filter(pk=pk).first()
        return Event.objects.visible_to(user).shown().filter(pk=pk, round__isnull=False).first()

    def begin(self, **parents: Any) -> Proposal:
        return actions.begin(parents["event"], parents["lead"], actor=self.request.user)

"""Contributions of one's own for programs, by the same form and acts as the pages."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers

from api.fields import PageUrlField, ResourceSerializer
from api.own import Drafts
from api.writing import answers_serializer, new_serializer
from reviews.calls.models import Call
from reviews.calls.queries import stakeholders_of
from reviews.contributions import actions
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.forms import CONTRIBUTION, WriteForm
from reviews.contributions.models import Contribution
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import open_requests
from workflow.receipts.api import receipt_field, reference_of

NUMBERS = ("call", "stakeholder")
DOC = (
    "The answer to each question of the call is in `question_N`, N being the number that `calls` gives it. "
    "Of what was returned only the fields that are `asked` about are here. Files and co-signatories are "
    "added on the page."
)


class OwnContributionLineSerializer(ResourceSerializer):
    """A contribution of a stakeholder that one writes for."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    call = serializers.IntegerField(source="call_id")
    stakeholder = serializers.IntegerField(source="stakeholder_id")
    status = serializers.ChoiceField(choices=ContributionStatus)
    submitted_at = serializers.DateTimeField(allow_null=True)


class OwnContributionResource(Drafts):
    """Contributions to calls, from the draft on: one of each stakeholder to each call, the latest first."""

    queryset = Contribution.objects.all()
    serializer_class = OwnContributionLineSerializer
    answers_schema = answers_serializer(
        "OwnContribution",
        WriteForm,
        *NUMBERS,
        doc=DOC,
        status=serializers.ChoiceField(choices=ContributionStatus, required=False),
        asked=serializers.DictField(child=serializers.CharField(), required=False),
        receipt=receipt_field(),
    )
    new_schema = new_serializer("OwnContribution", WriteForm, *NUMBERS, doc=DOC, is_draft=True)
    belongs_to = NUMBERS
    draft = CONTRIBUTION

    def get_queryset(self) -> Any:
        user = self.request.user
        own = written_for_by(user).order_by().values("pk")
        rows = Contribution.objects.visible_to(user).filter(stakeholder__in=own)
        return rows.select_related("call").order_by("-pk")

    def fixed_of(self, row: Contribution) -> dict[str, Any]:
        return {
            "call": row.call_id,
            "stakeholder": row.stakeholder_id,
            "status": row.status,
            "asked": open_requests(row),
            "receipt": reference_of(row),
        }

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Any:
        user = self.request.user
        if name == "call":
            return Call.objects.visible_to(user).exclude(status="draft").filter(pk=pk).first()
        return stakeholders_of(user, chosen["call"]).filter(pk=pk).first()

    def begin(self, **parents: Any) -> Contribution:
        return actions.begin(parents["call"], parents["stakeholder"], actor=self.request.user)

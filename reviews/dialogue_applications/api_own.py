"""Applications of one's own to dialogues, for programs, by the same form and acts as the pages."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from rest_framework import serializers

from api.fields import PageUrlField, ResourceSerializer
from api.own import Drafts
from api.writing import answers_serializer, new_serializer
from reviews.dialogue_applications import actions
from reviews.dialogue_applications.forms import APPLICATION, ApplicationForm
from reviews.dialogue_applications.queries import for_page
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import DialogueApplication
from stakeholders.entries.queries import written_for_by
from workflow.receipts.api import receipt_field, reference_of

DOC = (
    "What one knows of each topic of the dialogues is in `topic_CODE`. `dialogues` are chosen among those "
    "that are open to the applicant; `states` tell what became of each. What is prepared for a colleague is "
    "written on the page until they are asked to confirm it."
)


class DialogueStateSerializer(serializers.Serializer[Any]):
    """What became of one dialogue of an application."""

    dialogue = serializers.IntegerField()
    status = serializers.ChoiceField(choices=LineStatus)


class OwnDialogueApplicationLineSerializer(ResourceSerializer):
    """An application of one's own for a stakeholder."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    stakeholder = serializers.IntegerField(source="stakeholder_id")
    submitted_at = serializers.DateTimeField(allow_null=True)


class OwnDialogueApplicationResource(Drafts):
    """Applications to dialogues, from the draft on, the latest first; one form serves several dialogues."""

    queryset = DialogueApplication.objects.all()
    serializer_class = OwnDialogueApplicationLineSerializer
    answers_schema = answers_serializer(
        "OwnDialogueApplication",
        ApplicationForm,
        "stakeholder",
        doc=DOC,
        submitted_at=serializers.DateTimeField(required=False, allow_null=True),
        states=DialogueStateSerializer(many=True, required=False),
        receipt=receipt_field(),
    )
    new_schema = new_serializer(
        "OwnDialogueApplication", ApplicationForm, "stakeholder", doc=DOC, is_draft=True
    )
    draft = APPLICATION

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = DialogueApplication.objects.visible_to(user).filter(applicant=user).order_by("-pk")
        return for_page(rows) if self.detail else rows

    def get_object(self) -> DialogueApplication:
        row: DialogueApplication = super().get_object()
        if not self.request.user.has_perm("reviews.change_dialogueapplication", row):
            raise Http404
        return row

    def fixed_of(self, row: DialogueApplication) -> dict[str, Any]:
        return {
            "stakeholder": row.stakeholder_id,
            "submitted_at": row.submitted_at and row.submitted_at.isoformat(),
            "states": [{"dialogue": line.dialogue_id, "status": line.status} for line in row.lines.all()],
            "receipt": reference_of(row),
        }

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Any:
        return written_for_by(self.request.user).filter(pk=pk).first()

    def begin(self, **parents: Any) -> DialogueApplication:
        return actions.begin(parents["stakeholder"], actor=self.request.user)

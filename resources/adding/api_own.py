"""Suggestions of one's own for the library, for programs, by the same form and acts as the pages."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from api.fields import ResourceSerializer
from api.own import Drafts
from api.writing import answers_serializer, new_serializer
from resources.adding import actions
from resources.curation.forms_record import OF_THE_DESK, RecordForm
from resources.records.enums import ResourceStatus
from resources.records.models import Resource
from resources.suggestions.forms import SUGGESTION
from stakeholders.entries.queries import written_for_by
from workflow.items.queries import open_requests

DOC = (
    "Of what is on hold with questions only the fields that are `asked` about are here. Files are added on "
    "the page; so are changes of what is published."
)


class OwnSuggestionLineSerializer(ResourceSerializer):
    """A suggestion of a stakeholder that one writes for."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField()
    stakeholder = serializers.IntegerField(source="suggested_for_id")
    title = serializers.CharField(allow_blank=True)
    status = serializers.ChoiceField(choices=ResourceStatus)
    submitted_at = serializers.DateTimeField(allow_null=True)

    def get_url(self, row: Resource) -> str:
        return settings.SITE_URL + reverse("resources:suggestion", args=[row.pk])


class OwnSuggestionResource(Drafts):
    """Suggestions of resources for the library, from the draft on, the latest first."""

    queryset = Resource.objects.all()
    serializer_class = OwnSuggestionLineSerializer
    lines = ("authors",)
    answers_schema = answers_serializer(
        "OwnSuggestion",
        RecordForm,
        "stakeholder",
        without=OF_THE_DESK,
        lines=lines,
        doc=DOC,
        status=serializers.ChoiceField(choices=ResourceStatus, required=False),
        asked=serializers.DictField(child=serializers.CharField(), required=False),
    )
    new_schema = new_serializer(
        "OwnSuggestion", RecordForm, "stakeholder", without=OF_THE_DESK, lines=lines, doc=DOC, is_draft=True
    )
    draft = SUGGESTION

    def get_queryset(self) -> Any:
        user = self.request.user
        own = written_for_by(user).order_by().values("pk")
        return Resource.objects.visible_to(user).filter(suggested_for__in=own).order_by("-pk")

    def fixed_of(self, row: Resource) -> dict[str, Any]:
        return {"stakeholder": row.suggested_for_id, "status": row.status, "asked": open_requests(row)}

    def parent(self, name: str, pk: int, chosen: Mapping[str, Any]) -> Any:
        return written_for_by(self.request.user).filter(pk=pk).first()

    def begin(self, **parents: Any) -> Resource:
        return actions.begin(actor=self.request.user, stakeholder=parents["stakeholder"])

    def is_new(self, row: Resource) -> bool:
        return True  # a stakeholder suggests as many as it likes

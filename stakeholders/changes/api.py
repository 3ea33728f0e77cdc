"""One's own profiles for programs: what changes at once, by the same forms and act as the pages."""

from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from rest_framework import serializers

from api.fields import PageUrlField, ResourceSerializer
from api.own import OwnResource
from api.writing import answers_serializer
from stakeholders.applications.api import fact_fields
from stakeholders.changes import actions
from stakeholders.changes.enums import DIRECT, PARTS
from stakeholders.changes.forms import WholeForm
from stakeholders.entries.api import editable_entry, entries_edited_by
from stakeholders.entries.enums import MOST_ROWS, Kind, Status
from stakeholders.entries.models import Stakeholder


class OwnProfileLineSerializer(ResourceSerializer):
    """A profile that one may change."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=Kind)
    standing = serializers.ChoiceField(choices=Status, source="status")
    url = PageUrlField()


class OwnProfileResource(OwnResource):
    """Profiles of one's own: what of them changes at once. The desk decides on the rest, on the pages."""

    queryset = Stakeholder.objects.all()
    serializer_class = OwnProfileLineSerializer
    answers_schema = answers_serializer(
        "OwnProfile", WholeForm, only=[*DIRECT, *sum(PARTS.values(), ())], **fact_fields(required=False)
    )
    most_rows = MOST_ROWS

    def get_queryset(self) -> Any:
        return entries_edited_by(self.request.user)

    def get_object(self) -> Stakeholder:
        return editable_entry(self.request.user, self.kwargs["pk"])

    def form_of(self, row: Stakeholder, data: QueryDict | None = None) -> forms.Form:
        return WholeForm(data, stakeholder=row)

    def save(self, row: Stakeholder, form: Any) -> None:
        version = parse_datetime(row.updated_at.isoformat()) or row.updated_at
        actions.edit(row, actor=self.request.user, version=version, answers=form.answers())

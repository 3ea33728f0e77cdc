"""Projects of one's own profiles for programs, by the same form and act as the pages."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import Http404, QueryDict
from rest_framework import serializers

from api.fields import ResourceSerializer
from api.own import OwnResource, answers_serializer
from stakeholders.entries.api import changed_by, edited
from stakeholders.entries.enums import MOST_ROWS
from stakeholders.projects import actions
from stakeholders.projects.forms import ProjectForm
from stakeholders.projects.models import Project, ProjectText


class OwnProjectLineSerializer(ResourceSerializer):
    """A project of a profile that one may change."""

    id = serializers.IntegerField(source="pk")
    stakeholder = serializers.IntegerField(source="stakeholder_id")
    title = serializers.CharField(source="its_title")


class OwnProjectResource(OwnResource):
    """Projects of one's own profiles."""

    queryset = Project.objects.all()
    serializer_class = OwnProjectLineSerializer
    form_class = ProjectForm
    lines = ("partners",)
    answers_schema = answers_serializer("OwnProject", ProjectForm, "stakeholder", lines=lines)
    lookup_value_regex = "[0-9]{1,18}"
    most_rows = MOST_ROWS

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = Project.objects.visible_to(user).filter(
            stakeholder__in=changed_by(user).order_by().values("pk")
        )
        title = ProjectText.objects.filter(project=OuterRef("pk")).order_by("pk").values("title")[:1]
        return rows.annotate(its_title=Subquery(title)).order_by("stakeholder", "position", "pk")

    def get_object(self) -> Project:
        row = self.get_queryset().select_related("stakeholder").filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        edited(self.request.user, row.stakeholder_id)
        found: Project = row
        return found

    def stakeholder_of(self, row: Project) -> int:
        return row.stakeholder_id

    def form_of(self, row: Project, data: QueryDict | None = None) -> forms.Form:
        return ProjectForm(data, project=row)

    def save(self, row: Project, form: Any) -> None:
        actions.change_project(row, actor=self.request.user, version=row.version, said=form.said())

"""Projects of one's own profiles for programs, by the same form and acts as the pages."""

from typing import Any

from django import forms
from django.db.models import OuterRef, Subquery
from django.http import QueryDict
from rest_framework import serializers

from api.fields import ResourceSerializer
from api.writing import answers_serializer, new_serializer
from stakeholders.entries.api import OfProfile, entries_edited_by
from stakeholders.entries.enums import MOST_ROWS
from stakeholders.projects import actions
from stakeholders.projects.forms import ProjectForm
from stakeholders.projects.models import Project, ProjectText


class OwnProjectLineSerializer(ResourceSerializer):
    """A project of a profile that one may change."""

    id = serializers.IntegerField(source="pk")
    stakeholder = serializers.IntegerField(source="stakeholder_id")
    title = serializers.CharField(source="its_title")


class OwnProjectResource(OfProfile):
    """Projects of one's own profiles."""

    queryset = Project.objects.all()
    serializer_class = OwnProjectLineSerializer
    lines = ("partners",)
    answers_schema = answers_serializer("OwnProject", ProjectForm, "stakeholder", lines=lines)
    new_schema = new_serializer("OwnProject", ProjectForm, "stakeholder", lines=lines, blank=("language",))
    most_rows = MOST_ROWS

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = Project.objects.visible_to(user).filter(
            stakeholder__in=entries_edited_by(user).order_by().values("pk")
        )
        title = ProjectText.objects.filter(project=OuterRef("pk")).order_by("pk").values("title")[:1]
        return rows.annotate(its_title=Subquery(title)).order_by("stakeholder", "position", "pk")

    def form_of(self, row: Project | None, data: QueryDict | None = None) -> forms.Form:
        return ProjectForm(data, project=row)

    def add(self, form: Any, **parents: Any) -> Project:
        return actions.add_project(parents["stakeholder"], actor=self.request.user, answers=form.answers())

    def save(self, row: Project, form: Any) -> None:
        actions.change_project(row, actor=self.request.user, version=row.version, answers=form.answers())

    def remove(self, row: Project) -> None:
        actions.remove_project(row, actor=self.request.user, version=row.version)

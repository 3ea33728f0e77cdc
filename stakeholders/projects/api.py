"""Projects of a stakeholder, for programs."""

from typing import Any

from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exchange.api import EntryLinkSerializer
from stakeholders.projects.filters import ProjectFilter
from stakeholders.projects.models import Project
from stakeholders.projects.queries import projects_of, with_parts
from taxonomy.names.api import TermsField, WithNames, codes_of
from taxonomy.places.models import Country


class ProjectTextSerializer(serializers.Serializer[Any]):
    """What is said of it in one language; the first one is its own."""

    language = serializers.CharField()
    title = serializers.CharField()
    aim = serializers.CharField(allow_blank=True)
    results = serializers.CharField(allow_blank=True)


class PartnerSerializer(serializers.Serializer[Any]):
    """Another body that took part; `id` where it stands in the directory."""

    id = serializers.IntegerField(source="pk", allow_null=True)
    name = serializers.CharField()


class LinkSerializer(serializers.Serializer[Any]):
    """Where more can be read."""

    label = serializers.CharField()
    url = serializers.CharField()


class ProjectSerializer(ResourceSerializer):
    """What a stakeholder did or does. Days may be years or months alone, as they were given."""

    id = serializers.IntegerField(source="pk")
    starts = serializers.CharField(allow_blank=True)
    ends = serializers.CharField(allow_blank=True)
    texts = ProjectTextSerializer(many=True, source="its_texts")
    countries = TermsField(Country, source="country_codes")
    partners = PartnerSerializer(many=True, source="its_partners")
    links = LinkSerializer(many=True, source="its_links")


def projects_for_programs(user: Any, stakeholder: Stakeholder) -> Any:
    """Return the projects as on their page, with the codes of the countries."""
    return _with_codes(projects_of(user, stakeholder))


def _with_codes(rows: Any) -> Any:
    return rows.annotate(country_codes=codes_of(Project.countries, "project", "country_id"))


class ListedProjectSerializer(ProjectSerializer):
    """A project, and whose it is."""

    url = PageUrlField()
    stakeholder = EntryLinkSerializer()


class ProjectResource(WithNames, Resource):
    """Projects that stand on the profiles of stakeholders, by the number of the stakeholder."""

    queryset = Project.objects.all()
    serializer_class = ListedProjectSerializer
    filterset_class = ProjectFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.DIRECTORY,)
    lists = (Country,)

    def version(self) -> str:
        return str(DirectoryVersion.objects.current())

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(stakeholder__merged_into=None).select_related("stakeholder")
        return _with_codes(with_parts(self.request.user, rows)).order_by("stakeholder", "position", "pk")

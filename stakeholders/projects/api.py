"""Projects of a stakeholder, for programs."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from rest_framework import serializers

from api.fields import ResourceSerializer
from stakeholders.entries.models import Stakeholder
from stakeholders.projects.models import Project
from stakeholders.projects.queries import projects_of
from taxonomy.names.api import TermsField
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
    """As its page has them, with the codes of the countries. One statement."""
    countries = Project.countries.through.objects.filter(project=OuterRef("pk"))
    return projects_of(user, stakeholder).annotate(
        country_codes=ArraySubquery(countries.values("country_id"))
    )

"""Topics for programs: the list of codes that filters take, with their names."""

from typing import Any

from rest_framework import serializers

from api.fields import NameField, ResourceSerializer
from api.resources import Resource
from taxonomy.places.models import CountryPageChange
from taxonomy.terms.enums import TopicKind
from taxonomy.terms.models import Topic


class TopicSerializer(ResourceSerializer):
    code = serializers.CharField(source="pk")
    name = NameField()
    kind = serializers.ChoiceField(choices=TopicKind)
    working_group = serializers.BooleanField()
    parent = serializers.CharField(source="parent_id", allow_null=True)


class TopicResource(Resource):
    """What stakeholders and resources work on: crime types, and subjects of working groups."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    scopes = ()

    def version(self) -> str:
        return CountryPageChange.objects.version()

    def get_queryset(self) -> Any:
        return super().get_queryset().offered().in_order()

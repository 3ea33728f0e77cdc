"""Networks for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from coordination.networks import queries
from coordination.networks.enums import NetworkKind, NetworkRole
from coordination.networks.filters import NetworkFilter
from coordination.networks.models import Network
from taxonomy.names.api import TermField, TermsField, WithNames, codes_of
from taxonomy.places.models import Country, Region
from taxonomy.terms.models import Topic


class NetworkSerializer(ResourceSerializer):
    """A group of stakeholders that plans its own work."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    kind = serializers.ChoiceField(choices=NetworkKind)
    name = serializers.CharField()
    about = serializers.CharField(help_text="Markdown.")
    language = serializers.CharField(source="language_id", help_text="Of the description.")
    region = TermField(Region, source="region_id", allow_null=True)
    country = TermField(Country, source="country_id", allow_null=True)
    parent = serializers.IntegerField(
        source="parent_id", allow_null=True, help_text="The network that it belongs to."
    )
    topics = TermsField(Topic, source="topic_codes")
    source = serializers.CharField(allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField(allow_null=True)


class NetworkMemberSerializer(serializers.Serializer[Any]):
    """A stakeholder that is in it."""

    name = serializers.CharField(source="member.stakeholder.name")
    id = serializers.SerializerMethodField(help_text="Null where the reader may not open its profile.")
    role = serializers.ChoiceField(choices=NetworkRole, source="member.role")

    def get_id(self, line: Any) -> int | None:
        return line.member.stakeholder_id if line.url else None


class NetworkDetailSerializer(NetworkSerializer):
    """A network with its members, as far as the reader may see them."""

    ended_at = serializers.DateTimeField(allow_null=True)
    members = serializers.SerializerMethodField()

    @extend_schema_field(NetworkMemberSerializer(many=True))
    def get_members(self, network: Network) -> Any:
        rows = queries.members_of(self.context["request"].user, network)
        return NetworkMemberSerializer(rows, many=True, context=self.context).data


class NetworkResource(WithNames, Resource):
    """Networks of stakeholders that are going; those that ended by their number alone."""

    queryset = Network.objects.all()
    serializer_class = NetworkSerializer
    detail_serializer_class = NetworkDetailSerializer
    filterset_class = NetworkFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.DIRECTORY,)
    lists = (Topic, Country, Region)

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = super().get_queryset() if self.detail else queries.networks(user).select_related(None)
        return rows.annotate(topic_codes=codes_of(Network.topics, "network", "topic_id"))

    def filters_of(self, params: Any, rows: Any) -> NetworkFilter:
        return NetworkFilter(params, rows)

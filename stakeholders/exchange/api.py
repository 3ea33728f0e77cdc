"""Offers and needs for programs."""

from typing import Any

from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from stakeholders.entries.models import DirectoryVersion
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.filters import ExchangeFilter
from stakeholders.exchange.models import Offer, today
from stakeholders.exchange.queries import listed_offers, names, with_codes
from taxonomy.names.api import TermField, TermsField, WithNames
from taxonomy.places.models import Country
from taxonomy.terms.models import EngagementArea, Language, Topic


class EntryLinkSerializer(serializers.Serializer[Any]):
    """Another row's stakeholder."""

    id = serializers.IntegerField(source="pk")
    name = serializers.CharField()
    url = PageUrlField()


class OfferSerializer(ResourceSerializer):
    """What a stakeholder offers to others or needs from them."""

    id = serializers.IntegerField(source="pk")
    direction = serializers.ChoiceField(choices=Direction)
    stakeholder = EntryLinkSerializer()
    area = TermField(EngagementArea, source="area_id", allow_null=True)
    topic = TermField(Topic, source="topic_id", allow_null=True)
    text = serializers.CharField()
    languages = TermsField(Language, source="language_codes")
    countries = TermsField(Country, source="country_codes")
    audience = serializers.ChoiceField(choices=OfferAudience)
    until = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()


class OfferResource(WithNames, Resource):
    """Offers and needs that stand, the newest first."""

    queryset = Offer.objects.all()
    serializer_class = OfferSerializer
    filterset_class = ExchangeFilter
    scopes = (TokenScope.DIRECTORY,)
    lists = (EngagementArea, Topic, Language, Country)

    def version(self) -> str:
        return f"{DirectoryVersion.objects.current()}:{today():%Y%m%d}"  # some end with the day

    def get_queryset(self) -> Any:
        return with_codes(super().get_queryset())

    def filters_of(self, parameters: Any, rows: Any) -> ExchangeFilter:
        return ExchangeFilter(parameters, names=names())

    def find_rows(self, rows: Any, filters: ExchangeFilter) -> Any:
        return listed_offers(self.request.user, filters.question)

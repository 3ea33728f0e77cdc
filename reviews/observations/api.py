"""Observations for programs."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from reviews.contributions.models import Contribution
from reviews.observations.enums import ObservationKind
from reviews.observations.filters import ObservationFilter
from reviews.observations.models import Observation
from reviews.observations.queries import find_observations
from taxonomy.law.models import Article
from taxonomy.names.api import TermField, TermsField, WithNames, codes_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic


class ObservationSerializer(ResourceSerializer):
    """One gap, good practice, suggestion or need for assistance that a public document tells of."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    country = TermField(Country, source="country_id")
    kind = serializers.ChoiceField(choices=ObservationKind)
    article = TermField(Article, source="article_id")
    topics = TermsField(Topic, source="topic_codes")
    text = serializers.CharField()
    language = serializers.CharField(source="language_id")
    source = serializers.CharField()
    source_url = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField()
    contributions = serializers.ListField(
        child=serializers.IntegerField(), source="heard", help_text="Published contributions on it."
    )
    published_at = serializers.DateTimeField()


class ObservationResource(WithNames, Resource):
    """Published observations, by country and article."""

    queryset = Observation.objects.all()
    serializer_class = ObservationSerializer
    filterset_class = ObservationFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country, Article, Topic)

    def get_queryset(self) -> Any:
        return _annotate_codes(super().get_queryset().shown())

    def find_rows(self, rows: Any, filters: ObservationFilter) -> Any:
        return _annotate_codes(find_observations(self.request.user, filters.question))


def _annotate_codes(rows: Any) -> Any:
    heard = Contribution.objects.published().filter(observations=OuterRef("pk")).order_by("pk")
    return rows.annotate(
        topic_codes=codes_of(Observation.topics, "observation", "topic_id"),
        heard=ArraySubquery(heard.values("pk")),
    )

"""Calls for contributions, for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from reviews.call_pages.filters import CallFilter, offered_choices
from reviews.calls.enums import Answerers, CallStatus
from reviews.calls.models import Call
from reviews.calls.queries import public_calls
from taxonomy.law.models import Article
from taxonomy.names.api import TermField, TermsField, WithNames, codes_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic


class CallSerializer(ResourceSerializer):
    """A call for contributions to a phase of the review, or on a theme."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    title = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=CallStatus)
    phase = serializers.CharField(source="cluster_id", allow_null=True, help_text="Null for a theme.")
    countries = TermsField(Country, source="country_codes", help_text="None for all.")
    articles = TermsField(Article, source="article_codes")
    topics = TermsField(Topic, source="topic_codes")
    answerers = serializers.ChoiceField(choices=Answerers)
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField()
    zone = serializers.CharField(help_text="The clock by which it closes.")
    published_at = serializers.DateTimeField(allow_null=True)

    def get_title(self, call: Call) -> str:
        return call.told_title[0]


class QuestionSerializer(serializers.Serializer[Any]):
    """What is asked."""

    id = serializers.IntegerField(source="pk")
    text = serializers.SerializerMethodField()
    article = TermField(Article, source="article_id", allow_null=True)
    is_required = serializers.BooleanField()
    most_words = serializers.IntegerField()

    def get_text(self, question: Any) -> str:
        return str(question.told_text[0])


class CallDetailSerializer(CallSerializer):
    """A call with what it asks."""

    guidance = serializers.CharField(allow_blank=True, help_text="Markdown.")
    language = serializers.CharField(source="language_id")
    summary = serializers.CharField(allow_blank=True, help_text="Of what was contributed; Markdown.")
    summary_at = serializers.DateTimeField(allow_null=True)
    most_words = serializers.IntegerField(allow_null=True)
    questions = serializers.SerializerMethodField()

    @extend_schema_field(QuestionSerializer(many=True))
    def get_questions(self, call: Call) -> Any:
        rows = list(call.questions.all())
        for question in rows:
            question.call = call
        return QuestionSerializer(rows, many=True, context=self.context).data


class CallResource(WithNames, Resource):
    """Calls that were published, those that close last first."""

    queryset = Call.objects.all()
    serializer_class = CallSerializer
    detail_serializer_class = CallDetailSerializer
    filterset_class = CallFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country, Article, Topic)

    def get_queryset(self) -> Any:
        rows = super().get_queryset() if self.detail else public_calls().order_by("-closes_at", "-pk")
        return rows.annotate(
            country_codes=codes_of(Call.countries, "call", "country_id"),
            article_codes=codes_of(Call.articles, "call", "article_id"),
            topic_codes=codes_of(Call.topics, "call", "topic_id"),
        )

    def filters_of(self, parameters: Any, rows: Any) -> CallFilter:
        return CallFilter(parameters, rows, offered=offered_choices())

"""Contributions for programs: what is published, and one's own."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from reviews.contributions.enums import ContributionStatus, Signing, Visibility
from reviews.contributions.filters import ContributionFilter
from reviews.contributions.models import Answer, Contribution, CoSignature
from taxonomy.names.api import TermsField, WithNames, codes_of
from taxonomy.places.models import Country


class AnswerSerializer(serializers.Serializer[Any]):
    """What it says to one question of its call."""

    question = serializers.IntegerField(help_text="The number of the question.")
    text = serializers.CharField()


class ContributionSerializer(ResourceSerializer):
    """One stakeholder's answers to one call."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    call = serializers.IntegerField(source="call_id")
    status = serializers.ChoiceField(choices=ContributionStatus)
    visibility = serializers.ChoiceField(choices=Visibility, allow_blank=True)
    stakeholders = serializers.SerializerMethodField(
        help_text="The lead, then who signed this very text; none where it is shown without the name."
    )
    countries = TermsField(Country, source="country_codes", help_text="None for those of the call.")
    language = serializers.CharField(source="language_id", allow_null=True)
    answers = AnswerSerializer(many=True, source="its_answers")
    submitted_at = serializers.DateTimeField(allow_null=True)
    published_at = serializers.DateTimeField(allow_null=True)

    @extend_schema_field({"type": "array", "items": {"type": "string"}})
    def get_stakeholders(self, row: Any) -> list[str]:
        return [row.stakeholder.name, *row.signers] if row.shows_author else []


class ContributionResource(WithNames, Resource):
    """Contributions that are published, the latest first; with a token also one's own and those to sign."""

    queryset = Contribution.objects.all()
    serializer_class = ContributionSerializer
    filterset_class = ContributionFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country,)

    def get_queryset(self) -> Any:
        answers = Answer.objects.filter(contribution=OuterRef("pk")).order_by("question__position", "pk")
        signed = CoSignature.objects.named_to(self.request.user).filter(
            contribution=OuterRef("pk"), status=Signing.CONFIRMED, digest=OuterRef("digest")
        )
        rows = super().get_queryset().named_to(self.request.user).select_related("stakeholder")
        return rows.annotate(
            country_codes=codes_of(Contribution.countries, "contribution", "country_id"),
            its_answers=ArraySubquery(answers.values(one=JSONObject(question="question_id", text="text"))),
            signers=ArraySubquery(signed.order_by("pk").values("stakeholder__name")),
        ).order_by(F("published_at").desc(nulls_last=True), "-pk")

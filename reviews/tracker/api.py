"""Country reviews, what is recorded of their steps, their documents, and published figures, for programs."""

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.pages import Pages, RowReader
from api.resources import Resource
from reviews.mechanism.enums import Publicity, SourceKind, StepStatus
from reviews.mechanism.models import DocumentKind, StepKind
from reviews.tracker.filters import DocumentFilter, FigureFilter, StepFilter, TrackerFilter, offered_choices
from reviews.tracker.models import CountryReview, Measure, ReviewDocument, Snapshot, StepRecord
from reviews.tracker.queries import find_reviews, lines, published_version, tracker_data
from reviews.tracker.queries_country import review_of
from taxonomy.law.models import Instrument
from taxonomy.names.api import TermField, WithNames
from taxonomy.places.models import Country


class StepSerializer(ResourceSerializer):
    """What a source says of one step of one phase. A correction is a newer record."""

    id = serializers.IntegerField(source="pk")
    country = TermField(Country, source="review.country_id")
    phase = serializers.CharField(source="cluster_id")
    step = TermField(StepKind, source="step_id")
    instrument = TermField(
        Instrument, source="instrument_id", allow_null=True, help_text="Null for all under review."
    )
    status = serializers.ChoiceField(choices=StepStatus)
    date = serializers.CharField(allow_blank=True, help_text="A year or a month, where no more is known.")
    source_kind = serializers.ChoiceField(choices=SourceKind)
    source = serializers.CharField()
    source_url = serializers.CharField(allow_blank=True)
    source_date = serializers.CharField(allow_blank=True)
    note = serializers.CharField(allow_blank=True)
    recorded_at = serializers.DateTimeField()


class StepResource(WithNames, Resource):
    """Records of steps, the newest first; `current=true` for what holds now."""

    queryset = StepRecord.objects.all()
    serializer_class = StepSerializer
    filterset_class = StepFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country, StepKind, Instrument)

    def version(self) -> str:
        return published_version()

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("review").order_by("-recorded_at", "-pk")


class DocumentSerializer(ResourceSerializer):
    """A document of one review, or of a phase for all countries."""

    id = serializers.IntegerField(source="pk")
    country = TermField(Country, source="review.country_id", allow_null=True, default=None)
    phase = serializers.CharField(source="cluster_id", allow_null=True)
    kind = TermField(DocumentKind, source="kind_id")
    symbol = serializers.CharField(allow_blank=True)
    title = serializers.CharField(allow_blank=True)
    date = serializers.CharField(allow_blank=True)
    publicity = serializers.ChoiceField(choices=Publicity, allow_blank=True)
    links = serializers.SerializerMethodField(help_text="Language code → address.")
    source = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField(allow_null=True)

    @extend_schema_field({"type": "object", "additionalProperties": {"type": "string"}})
    def get_links(self, row: ReviewDocument) -> dict[str, str]:
        return dict(row.links)


class DocumentResource(WithNames, Resource):
    """Documents of the reviews."""

    queryset = ReviewDocument.objects.all()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country, DocumentKind)

    def version(self) -> str:
        return published_version()

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("review")
        return rows.order_by("cluster__position", "date", "pk")


class FigureSerializer(ResourceSerializer):
    """One figure as one source gave it. Sources that disagree each have their own row."""

    code = serializers.CharField(source="pk")
    measure = TermField(Measure, source="measure_id")
    as_of = serializers.CharField()
    groups = serializers.ListField(child=serializers.CharField(), help_text="Empty for all.")
    instrument = TermField(Instrument, source="instrument_id", allow_null=True)
    value = serializers.IntegerField()
    out_of = serializers.IntegerField(allow_null=True)
    source = serializers.CharField()
    source_date = serializers.DateField(allow_null=True)


class FigureResource(WithNames, Resource):
    """Published figures of the mechanism, by measure, the oldest first."""

    queryset = Snapshot.objects.all()
    serializer_class = FigureSerializer
    filterset_class = FigureFilter
    scopes = (TokenScope.REVIEWS,)
    lists = (Measure, Instrument)

    def version(self) -> str:
        return published_version()

    def get_queryset(self) -> Any:
        return Snapshot.objects.order_by("measure__position", "measure_id", "as_of", "pk")


class LatestSerializer(serializers.Serializer[Any]):
    """The latest known step of a phase; null where no public source was found."""

    phase = serializers.CharField(source="cluster")
    step = serializers.CharField(source="record.step_id", allow_null=True, default=None)
    status = serializers.ChoiceField(
        choices=StepStatus, source="record.status", allow_null=True, default=None
    )
    date = serializers.CharField(source="record.date", allow_null=True, default=None)
    source_url = serializers.CharField(source="record.source_url", allow_null=True, default=None)


class ReviewLineSerializer(ResourceSerializer):
    """What the sources say of one country. Countries are put in order by name, region or date alone."""

    country = TermField(Country, source="iso3")
    url = serializers.SerializerMethodField()
    group = serializers.CharField(allow_blank=True, help_text="Of the review; empty where not known.")
    group_source = serializers.CharField(allow_blank=True)
    starts = serializers.CharField(source="start", allow_blank=True)
    actual_start = serializers.CharField(allow_blank=True)
    phases = LatestSerializer(many=True, source="cells")

    def get_url(self, line: Any) -> str:
        return PageUrlField().to_representation(CountryReview(country_id=line.iso3).get_absolute_url())


class ReviewSerializer(ResourceSerializer):
    """The review of one country; its steps and documents have lists of their own."""

    country = TermField(Country, source="country_id")
    url = PageUrlField()
    group = serializers.CharField(source="group_id", allow_null=True)
    starts = serializers.CharField(source="start", allow_blank=True)
    actual_start = serializers.CharField(allow_blank=True)
    actual_start_source = serializers.CharField(allow_blank=True)
    source = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField(allow_null=True)
    focal_point = serializers.CharField(
        source="focal_point.name", allow_blank=True, default="", help_text="Only where it is published."
    )


class ReviewResource(WithNames, Resource):
    """The tracker: a line for each country, and the review of each by its code (ISO 3166, three letters)."""

    queryset = CountryReview.objects.all()
    serializer_class = ReviewLineSerializer
    detail_serializer_class = ReviewSerializer
    filterset_class = TrackerFilter
    pagination_class = Pages  # lines are made of many rows, which tell their changes as steps and documents
    lookup_field = "country"
    lookup_url_kwarg = "iso3"
    lookup_value_regex = "[A-Z]{3}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Country,)

    def version(self) -> str:
        return published_version()

    def filters_of(self, parameters: Any, rows: Any) -> TrackerFilter:
        self.data = tracker_data(self.request.user)
        return TrackerFilter(parameters, offered=offered_choices(self.data), request=self.request)

    def find_rows(self, rows: Any, filters: TrackerFilter) -> RowReader:
        user, query = self.request.user, filters.question
        reviews = find_reviews(user, self.data, query)
        return RowReader(
            lambda: len(reviews), lambda start, end: lines(user, self.data, query, reviews[start:end])
        )

    def get_object(self) -> Any:
        review = review_of(self.request.user, self.kwargs["iso3"])
        if review is None:
            raise Http404
        return review

"""Published reports for programs, with their figures as they were published."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import ResourceSerializer
from api.pages import Pages
from api.resources import Resource
from coordination.period_reports.models import PeriodReport
from coordination.period_reports.queries import frozen_tables


class ReportFigureRowSerializer(serializers.Serializer[Any]):
    """A row of a table: a number for each column, null where it is suppressed."""

    code = serializers.CharField(allow_blank=True)
    label = serializers.CharField()
    about = serializers.CharField(allow_blank=True, help_text="The definition of a figure.")
    numbers = serializers.ListField(child=serializers.IntegerField(allow_null=True))


class ReportFiguresSerializer(serializers.Serializer[Any]):
    """A table of a report."""

    name = serializers.CharField()
    title = serializers.CharField()
    about = serializers.CharField(allow_blank=True)
    heads = serializers.ListField(
        child=serializers.CharField(), help_text="Of its columns; none: the periods of the report."
    )
    head_codes = serializers.ListField(child=serializers.CharField())
    rows = ReportFigureRowSerializer(many=True)


class ReportSerializer(ResourceSerializer):
    """A published report for a period."""

    id = serializers.IntegerField(source="pk")
    url = serializers.SerializerMethodField(help_text="Page on the portal.")
    title = serializers.CharField()
    language = serializers.CharField(source="language_id", help_text="Of its words and figures.")
    place = serializers.CharField(
        allow_blank=True, help_text="Code of a region (M49) or country (ISO 3166-1); none: everywhere."
    )
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    other_first_day = serializers.DateField(
        allow_null=True, help_text="Of the period that it is compared with."
    )
    other_last_day = serializers.DateField(allow_null=True)
    counted_at = serializers.DateTimeField(
        allow_null=True, help_text="When its participation was counted; null: when it was published."
    )
    published_at = serializers.DateTimeField()

    def get_url(self, report: PeriodReport) -> str:
        return f"{settings.SITE_URL}{report.public_url}"


class ReportDetailSerializer(ReportSerializer):
    """A published report with its words and figures."""

    narrative = serializers.CharField(help_text="Markdown.", allow_blank=True)
    tables = serializers.SerializerMethodField()

    @extend_schema_field(ReportFiguresSerializer(many=True))
    def get_tables(self, report: PeriodReport) -> Any:
        return ReportFiguresSerializer(frozen_tables(report), many=True).data


class ReportResource(Resource):
    """Published reports, the latest period first."""

    queryset = PeriodReport.objects.all()
    serializer_class = ReportSerializer
    detail_serializer_class = ReportDetailSerializer
    pagination_class = Pages
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.EVENTS,)

    def get_queryset(self) -> Any:
        return super().get_queryset().published()

"""Stories for programs."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from news.stories import queries
from news.stories.filters import StoryFilter
from news.stories.models import Story
from stakeholders.entries.models import name_column
from taxonomy.names.api import TermsField, WithNames, codes_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic


class StorySerializer(ResourceSerializer):
    """A line of the news: of its versions the one in the language of the answer, else the first."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    title = serializers.CharField()
    summary = serializers.CharField(allow_blank=True)
    language = serializers.CharField(source="language_id")
    published_at = serializers.DateTimeField(source="publish_at")
    stakeholder = serializers.CharField(
        source="stakeholder_name",
        allow_null=True,
        help_text="Whose story it is; null for the United Nations.",
    )
    topics = TermsField(Topic, source="topic_codes")
    countries = TermsField(Country, source="country_codes")


class ImageSerializer(serializers.Serializer[Any]):
    """A picture in the text, where `[image N]` stands."""

    number = serializers.IntegerField()
    url = serializers.SerializerMethodField()
    alt = serializers.CharField()
    caption = serializers.CharField(allow_blank=True)
    credit = serializers.CharField(allow_blank=True)

    def get_url(self, image: Any) -> str:
        return settings.SITE_URL + reverse("core:file", args=["story-image", image.pk])


class VersionSerializer(serializers.Serializer[Any]):
    """The same story in another language."""

    id = serializers.IntegerField(source="pk")
    language = serializers.CharField(source="language_id")
    url = PageUrlField()


class StoryDetailSerializer(StorySerializer):
    """A story with its text."""

    text = serializers.CharField(allow_blank=True, help_text="Markdown.")
    images = ImageSerializer(many=True, source="images.all")
    videos = serializers.ListField(child=serializers.CharField())
    versions = serializers.SerializerMethodField()

    @extend_schema_field(VersionSerializer(many=True))
    def get_versions(self, story: Story) -> Any:
        others = [
            version
            for version in queries.versions_of(self.context["request"].user, story)
            if version.pk != story.pk
        ]
        return VersionSerializer(others, many=True, context=self.context).data


class StoryResource(WithNames, Resource):
    """Stories, the newest first; those of the archive by their number alone."""

    queryset = Story.objects.all()
    serializer_class = StorySerializer
    detail_serializer_class = StoryDetailSerializer
    filterset_class = StoryFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.RESOURCES,)
    lists = (Topic, Country)

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = super().get_queryset().prefetch_related("images") if self.detail else queries.current(user)
        return rows.annotate(
            stakeholder_name=name_column(user, "stakeholder"),
            topic_codes=codes_of(Story.topics, "story", "topic_id"),
            country_codes=codes_of(Story.countries, "story", "country_id"),
        )

    def filters_of(self, params: Any, rows: Any) -> StoryFilter:
        stakeholders = queries.stakeholders_with_stories(self.request.user)
        return StoryFilter(params, rows, stakeholders=stakeholders, request=self.request)

    def find_rows(self, rows: Any, filters: StoryFilter) -> Any:
        return queries.one_of_each(filters.qs).order_by("-publish_at", "-pk")

    def withdrawn(self) -> str:
        gone = Story.objects.tombstones().filter(pk=self.kwargs["pk"]).exists()
        return _("This story was withdrawn.") if gone else ""

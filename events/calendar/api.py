"""Events for programs."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer, wants_all_languages
from api.resources import Resource
from events.calendar.filters import EventFilter
from events.calendar.queries import countries_on_it, events_on_calendar
from events.events.enums import EventKind, EventStatus, Mode
from events.events.models import Body, Event
from stakeholders.entries.api import EntryNameField
from taxonomy.names.api import TermField, TermsField, WithNames, codes_of
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic


class EventSerializer(ResourceSerializer):
    """A line of the calendar. Moments are in UTC; `zone` is the clock by which the event is told."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    kind = serializers.ChoiceField(choices=EventKind)
    status = serializers.ChoiceField(choices=EventStatus)
    title = serializers.SerializerMethodField(
        help_text="In the language of the answer where it is translated; with `lang=all` in every language."
    )
    body = TermField(Body, source="body_id", allow_null=True)
    starts_at = serializers.DateTimeField(allow_null=True, help_text="Null where no source gives a date.")
    ends_at = serializers.DateTimeField(allow_null=True)
    whole_days = serializers.BooleanField()
    zone = serializers.CharField()
    mode = serializers.ChoiceField(choices=Mode, allow_blank=True)
    city = serializers.CharField(allow_blank=True)
    country = TermField(Country, source="country_id", allow_null=True)
    organizer = EntryNameField(allow_null=True, help_text="Null for the United Nations.")
    topics = TermsField(Topic, source="topic_codes")
    languages = TermsField(Language, source="language_codes")
    published_at = serializers.DateTimeField(allow_null=True)
    changed_at = serializers.DateTimeField(source="updated_at")

    @extend_schema_field({"oneOf": [{"type": "string"}, {"type": "object"}]})
    def get_title(self, event: Event) -> Any:
        if not wants_all_languages(self.context):
            return event.told_title[0]
        titles = {code: texts.get("title", "") for code, texts in event.translations.items()}
        return {event.language_id: event.title} | {code: title for code, title in titles.items() if title}


class EventDetailSerializer(EventSerializer):
    """An event with what its page tells of it."""

    about = serializers.SerializerMethodField(help_text="Markdown.")
    venue = serializers.CharField(allow_blank=True)
    website = serializers.CharField(source="url", allow_blank=True)
    part_of = serializers.IntegerField(source="part_of_id", allow_null=True)
    has_programme = serializers.BooleanField()
    source = serializers.CharField(allow_blank=True)
    source_url = serializers.CharField(allow_blank=True)
    source_date = serializers.DateField(allow_null=True)

    def get_about(self, event: Event) -> str:
        return event.told_about[0]


class EventResource(WithNames, Resource):
    """What is on the calendar: what comes, the next first; with `when=past` what was, the latest first.

    Side events are found by their number alone.
    """

    queryset = Event.objects.all()
    serializer_class = EventSerializer
    detail_serializer_class = EventDetailSerializer
    filterset_class = EventFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.EVENTS,)
    lists = (Body, Country, Topic, Language)

    def get_queryset(self) -> Any:
        user = self.request.user
        rows = super().get_queryset().select_related("organizer") if self.detail else events_on_calendar(user)
        return rows.annotate(
            topic_codes=codes_of(Event.topics, "event", "topic_id"),
            language_codes=codes_of(Event.languages, "event", "language_id"),
        )

    def filters_of(self, query: Any, rows: Any) -> EventFilter:
        return EventFilter(query, rows, countries=countries_on_it(self.request.user), request=self.request)

    def find_rows(self, rows: Any, filters: EventFilter) -> Any:
        return filters.qs.past() if filters.is_past else filters.qs.coming()

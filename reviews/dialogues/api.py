"""Constructive dialogues for programs."""

from typing import Any

from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.resources import Resource
from events.events.enums import EventStatus, Mode
from events.events.models import Event
from reviews.dialogues.models import Dialogue
from taxonomy.names.api import TermsField, WithNames, codes_of
from taxonomy.terms.models import Language, Topic


class DialogueSerializer(ResourceSerializer):
    """A constructive dialogue, when it is held and until when one may apply."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    event = serializers.IntegerField(source="event_id")
    title = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=EventStatus, source="event.status")
    starts_at = serializers.DateTimeField(source="event.starts_at", allow_null=True)
    ends_at = serializers.DateTimeField(source="event.ends_at", allow_null=True)
    mode = serializers.ChoiceField(choices=Mode, source="event.mode", allow_blank=True)
    city = serializers.CharField(source="event.city", allow_blank=True)
    topics = TermsField(Topic, source="topic_codes")
    languages = TermsField(Language, source="language_codes")
    opens_at = serializers.DateTimeField(allow_null=True)
    closes_at = serializers.DateTimeField(allow_null=True)
    zone = serializers.CharField()
    places = serializers.IntegerField(allow_null=True)

    def get_title(self, dialogue: Dialogue) -> str:
        return dialogue.event.told_title[0]


class DialogueDetailSerializer(DialogueSerializer):
    """A dialogue with its call."""

    call_text = serializers.CharField(help_text="Markdown.")
    language = serializers.CharField(source="language_id", help_text="Of the call.")
    promised_on = serializers.DateField()


class DialogueResource(WithNames, Resource):
    """Constructive dialogues, the latest first."""

    queryset = Dialogue.objects.all()
    serializer_class = DialogueSerializer
    detail_serializer_class = DialogueDetailSerializer
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.REVIEWS,)
    lists = (Topic, Language)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().select_related("event").order_by("-event__starts_at", "-pk")
        return rows.annotate(
            topic_codes=codes_of(Event.topics, "event", "topic_id", key="event"),
            language_codes=codes_of(Event.languages, "event", "language_id", key="event"),
        )

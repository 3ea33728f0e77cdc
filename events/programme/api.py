"""Meetings of released programmes, for programs."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import ResourceSerializer
from api.resources import Resource
from events.programme.filters import MeetingFilter
from events.programme.models import Shown
from events.proposals.enums import ProposalStatus
from stakeholders.entries.api import EntryNameField
from taxonomy.names.api import TermField, WithNames
from taxonomy.terms.models import Topic


class MeetingSerializer(ResourceSerializer):
    """A side event or another meeting, where and when it is held as last released."""

    id = serializers.IntegerField(source="pk")
    event = serializers.IntegerField(source="proposal.event_id")
    number = serializers.IntegerField(source="proposal.number", help_text="In its programme.")
    url = serializers.SerializerMethodField()
    title = serializers.CharField(source="proposal.title")
    summary = serializers.CharField(source="proposal.summary", allow_blank=True)
    language = serializers.CharField(source="proposal.language_id", help_text="Of title and summary.")
    lead = EntryNameField(source="proposal.lead", help_text="The stakeholder that holds it.")
    theme = TermField(Topic, source="proposal.theme_id", allow_null=True)
    room = serializers.CharField(source="room.name")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    is_off = serializers.SerializerMethodField(help_text="Cancelled, or taken out of the programme.")
    changed_at = serializers.DateTimeField()

    def get_is_off(self, shown: Shown) -> bool:
        return shown.is_off or shown.proposal.status == ProposalStatus.CANCELLED

    def get_url(self, shown: Shown) -> str:
        meeting = shown.proposal
        return settings.SITE_URL + reverse(
            "events:meeting", args=[meeting.event_id, meeting.event.slug, meeting.number]
        )


class MeetingResource(WithNames, Resource):
    """Meetings of the programmes that were released, by time and room."""

    queryset = Shown.objects.all()
    serializer_class = MeetingSerializer
    filterset_class = MeetingFilter
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.EVENTS,)
    lists = (Topic,)

    def get_queryset(self) -> Any:
        rows = super().get_queryset().filter(proposal__status__in=ProposalStatus.NUMBERED)
        return rows.select_related("proposal__event", "proposal__lead", "room").order_by(
            "starts_at", "room__position", "pk"
        )

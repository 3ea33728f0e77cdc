"""The directory for programs: the list of the page, and each entry with what its page tells."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from pyroaring import BitMap
from rest_framework import serializers

from accounts.tokens.enums import TokenScope
from api.fields import PageUrlField, ResourceSerializer
from api.pages import RowReader
from api.resources import Resource
from search.facets import used_order
from stakeholders.applications.api import fact_fields
from stakeholders.directory.filters import DirectoryFilter
from stakeholders.directory.queries import DirectoryQuery, shown_to
from stakeholders.directory.queries_profile import (
    OFFERS,
    PROJECTS,
    merged_to,
    missions,
    present_parts,
    profile,
    profile_details,
    was_public,
)
from stakeholders.directory.queries_rows import CardRow, cards, rows_of, rows_onward
from stakeholders.directory.queries_sets import answer_to
from stakeholders.entries.enums import ContactAudience, ContactKind, Descriptor, Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.exchange.api import OfferSerializer
from stakeholders.exchange.enums import Direction
from stakeholders.exchange.models import Offer
from stakeholders.exchange.queries import standing_for, with_codes
from stakeholders.logos.models import logo_url
from stakeholders.projects.api import ProjectSerializer, projects_for_programs
from taxonomy.law.models import Article
from taxonomy.names.api import TermField, TermsField, WithNames
from taxonomy.places.models import Country
from taxonomy.terms.models import EngagementArea, Language, Topic


class TextSerializer(serializers.Serializer[Any]):
    """A text in the language in which it was written."""

    language = serializers.CharField(allow_blank=True)
    text = serializers.CharField()


class EntrySerializer(ResourceSerializer):
    """A line of the directory."""

    id = serializers.IntegerField(source="pk")
    url = PageUrlField()
    kind = serializers.ChoiceField(choices=Kind)
    standing = serializers.ChoiceField(choices=Status, source="status")
    listing = serializers.ChoiceField(
        choices=Listing, help_text="Who may find it; what is not `public` is not to be passed on."
    )
    name = serializers.CharField()
    name_latin = serializers.CharField(allow_blank=True)
    acronym = serializers.CharField(allow_blank=True)
    country = TermField(Country, source="country_id")
    city = serializers.CharField(allow_blank=True)
    mission = serializers.SerializerMethodField(help_text="In its own language.")
    topics = TermsField(Topic, source="topic_codes")
    offers_count = serializers.SerializerMethodField(help_text="How many of its offers stand.")
    needs_count = serializers.SerializerMethodField(help_text="How many of its needs stand.")
    logo = serializers.SerializerMethodField(help_text="The address of its picture, or empty.")
    confirmed_at = serializers.DateTimeField(allow_null=True)
    source_date = serializers.DateField(allow_null=True)

    @extend_schema_field(TextSerializer(allow_null=True))
    def get_mission(self, row: Any) -> dict[str, str] | None:
        return {"language": row.mission_language_id or "", "text": row.mission} if row.mission else None

    def get_offers_count(self, row: Any) -> int:
        return int(row.directions.count(Direction.OFFER))

    def get_needs_count(self, row: Any) -> int:
        return int(row.directions.count(Direction.NEED))

    def get_logo(self, row: Any) -> str:
        path = logo_url(row.logo_pk)
        return f"{settings.SITE_URL}{path}" if path else ""


class FormerNameSerializer(TextSerializer):
    """How it was called once; `until` where the change was approved here."""

    until = serializers.DateTimeField(allow_null=True)


class OfficeSerializer(serializers.Serializer[Any]):
    """Where else it sits."""

    country = TermField(Country)
    city = serializers.CharField(allow_blank=True)


class ContactSerializer(serializers.Serializer[Any]):
    """A way to reach it, as far as the reader may read it."""

    kind = serializers.ChoiceField(choices=ContactKind)
    value = serializers.CharField()
    audience = serializers.ChoiceField(choices=ContactAudience)


class SourceSerializer(serializers.Serializer[Any]):
    """A public source that names it, and when it was read there."""

    name = serializers.CharField()
    url = serializers.CharField(allow_blank=True)
    seen_on = serializers.DateField(allow_null=True)


class PublicationSerializer(serializers.Serializer[Any]):
    """What it published."""

    title = serializers.CharField()
    year = serializers.IntegerField(allow_null=True)
    url = serializers.CharField(allow_blank=True)


class PersonSerializer(serializers.Serializer[Any]):
    """Somebody who acts for it and chose to be named."""

    name = serializers.CharField()
    position = serializers.CharField(allow_blank=True)


class ProfileSerializer(EntrySerializer):
    """An entry with all that its page tells."""

    website = serializers.CharField(allow_blank=True)
    missions = TextSerializer(
        many=True, source="its_missions", help_text="In each language in which it was written."
    )
    other_names = TextSerializer(many=True, source="details.other_names")
    former_names = FormerNameSerializer(many=True, source="details.former_names")
    offices = OfficeSerializer(many=True, source="details.offices")
    contacts = ContactSerializer(many=True, source="details.contacts")
    articles = TermsField(Article, source="article_codes")
    engagement_areas = TermsField(EngagementArea, source="area_codes")
    works_in = TermsField(Country, source="works_in_codes")
    languages = TermsField(Language, source="language_codes")
    descriptors = serializers.ListField(child=serializers.ChoiceField(choices=Descriptor))
    ror_id = serializers.CharField(allow_blank=True)
    wikidata = serializers.CharField(allow_blank=True)
    lei = serializers.CharField(allow_blank=True)
    orcid = serializers.CharField(allow_blank=True)
    sources = SourceSerializer(
        many=True, source="its_sources", help_text="Of an entry that comes from public sources."
    )
    publications = PublicationSerializer(many=True, source="details.publications")
    people = PersonSerializer(many=True, source="details.people")
    projects = ProjectSerializer(many=True, source="its_projects")
    offers = OfferSerializer(many=True, source="its_offers")

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | fact_fields()


class StakeholderResource(WithNames, Resource):
    """The directory of stakeholders, as far as the reader may see it."""

    queryset = Stakeholder.objects.all()
    serializer_class = EntrySerializer
    detail_serializer_class = ProfileSerializer
    filterset_class = DirectoryFilter
    unfiltered = DirectoryQuery()
    lookup_value_regex = "[0-9]{1,18}"
    scopes = (TokenScope.DIRECTORY,)

    def version(self) -> str:
        return str(DirectoryVersion.objects.current())

    @property
    def lists(self) -> Any:  # type: ignore[override]
        return (Country, Topic, Article, EngagementArea, Language) if self.detail else (Country, Topic)

    def listed(self) -> Any:
        return shown_to(self.request.user)

    def lines(self, rows: Any) -> Any:
        return cards(self.request.user, rows)

    def find_rows(self, rows: Any, filters: DirectoryFilter) -> RowReader:
        """As the page finds them, with the words as they stand: no other spelling is tried."""
        user, question = self.request.user, filters.question
        answer = cache(partial(answer_to, user, question))  # asked for once a response
        return RowReader(
            lambda: len(answer()),
            partial(_part, user, question, answer),
            partial(rows_onward, user, question),
        )

    def get_object(self) -> Any:
        user: Any = self.request.user
        row: Any = profile(user, int(self.kwargs["pk"]))
        if row is None or row.merged_into_id:
            raise Http404
        parts = present_parts(row.pk)
        row.details = details = profile_details(user, row, parts)
        row.its_missions = missions(row, details)
        row.logo_pk = details.logo["pk"] if details.logo else None
        row.topic_codes = _codes(details.topics)
        row.article_codes = _codes(details.articles)
        row.area_codes = _codes(details.engagement_areas)
        row.works_in_codes = _codes(details.works_in)
        row.language_codes = _codes(details.languages)
        own = {"name": row.source_name, "url": row.source_url, "seen_on": row.source_date}
        row.its_sources = [*([own] if row.source_name else []), *details.further_sources]
        row.its_projects = list(projects_for_programs(user, row)) if PROJECTS in parts else []
        standing = standing_for(user).filter(stakeholder=row) if OFFERS in parts else Offer.objects.none()
        row.its_offers = list(with_codes(standing).order_by("-direction", "-created_at", "-pk"))
        row.directions = [offer.direction for offer in row.its_offers]
        return row

    def moved_to(self) -> int | None:
        further = merged_to(self.request.user, int(self.kwargs["pk"]))
        return further[0] if further else None

    def withdrawn(self) -> str:
        return _("This profile was withdrawn.") if was_public(int(self.kwargs["pk"])) else ""


def _codes(terms: list[dict[str, str]]) -> list[str]:
    return [term["code"] for term in terms]


def _part(
    user: Any, question: DirectoryQuery, answer: Callable[[], BitMap], start: int, end: int
) -> list[CardRow]:
    entries = answer()
    ordered = replace(question, sort=used_order(question, len(entries)))
    return rows_of(user, ordered, start, end, answer=entries)

"""What the front page shows: a little of everything that is new, comes, or closes soon.

Of two statements the first brings what is short and everybody's, with the versions of the rest. The page is
kept under what it brought, so that no act has to say that it changed, and no clock has to strike.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from operator import attrgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import F
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.union_queries import Few, fetch_together
from events.calendar.queries import coming_up, held_last
from events.events.models import Event
from events.registrations.enums import Admission
from news.elsewhere.models import NewsLink
from news.stories.models import Story
from news.stories.queries import current, one_of_each
from portal.home.queries import Numbers, places
from resources.library.queries_pages import latest_of
from resources.records.models import LibraryVersion
from resources.records.queries_lines import Line, lines
from reviews.call_pages.queries import open_now
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Language

FEW, FEW_STORIES = 5, 3
SOON = timedelta(days=60)
_TITLE = ("title", "language_id", "translations")
_EVENT = (*_TITLE, "kind", "starts_at", "ends_at", "whole_days", "zone", "mode", "city")
_STORY = ("title", "language_id", "summary", "publish_at", "is_demo", "by_desk", "whose")
_LINK = ("title", "publisher", "published_on", "language_id", "summary")
_ENTRY = ("name", "slug", "kind", "city", "country_id")


@dataclass(frozen=True, slots=True)
class Closing:
    """What can still be handed in, or joined, until an instant."""

    title: str
    language: str
    url: str
    what: str | Promise
    at: datetime
    zone: str


class Front:
    """The front page for one reader. Four statements when nothing is kept."""

    def __init__(self, user: Any) -> None:
        self.user = user
        at = now()
        shown = Event.objects.visible_to(AnonymousUser()).filter(status="published")
        asked = [
            Few(DirectoryVersion.objects.filter(pk=1), ("n",)),
            Few(coming_up(AnonymousUser()).select_related(None), _EVENT),
            Few(
                one_of_each(current(AnonymousUser()))
                .annotate(whose=F("stakeholder__name"))
                .order_by("-publish_at", "-pk")[:FEW_STORIES],
                _STORY,
            ),
            Few(held_last(AnonymousUser(), FEW_STORIES).select_related(None), _EVENT),
            Few(NewsLink.objects.visible_to(AnonymousUser())[:FEW_STORIES], _LINK),
            Few(open_now(FEW), (*_TITLE, "closes_at", "zone")),
            Few(_closing(shown, "round", at), (*_TITLE, "closes_at", "closes_in")),
            Few(
                _closing(
                    shown.filter(starts_at__gt=at).exclude(
                        registration_rules__admission=Admission.INVITATION
                    ),
                    "registration_rules",
                    at,
                ),
                (*_TITLE, "closes_at", "closes_in"),
            ),
            Few(
                _closing(shown, "dialogue", at).annotate(call=F("dialogue__pk")),
                (*_TITLE, "closes_at", "closes_in", "call"),
            ),
        ]
        found, (library,) = fetch_together(*asked, values=[LibraryVersion()])
        versions, coming, stories, held, elsewhere, calls, rounds, registering, dialogues = found
        self.directory: int = versions[0].n if versions else 0
        self.coming: list[Event] = coming
        self.stories: list[Story] = stories
        # What stands in where nothing comes, and where no story was told.
        self.held: list[Event] = [] if coming else held
        self.elsewhere: list[NewsLink] = [] if stories else elsewhere
        self.closing = sorted(
            [
                *(_told(one, _("Call for contributions"), one.closes_at, one.zone) for one in calls),
                *(
                    _told(one, _("Proposals for meetings"), _moment(one.closes_at), one.closes_in)
                    for one in rounds
                ),
                *(
                    _told(one, _("Registration"), _moment(one.closes_at), one.closes_in)
                    for one in registering
                ),
                *(
                    _told(
                        one,
                        _("Applications to a constructive dialogue"),
                        _moment(one.closes_at),
                        one.closes_in,
                        reverse("dialogues:dialogue", args=[one.call]),
                    )
                    for one in dialogues
                ),
            ],
            key=attrgetter("at"),
        )[:FEW]
        # Everything that was read: where it is the same, so is the page.
        read = [
            (one.__class__.__name__, sorted((k, str(v)) for k, v in vars(one).items() if k != "_state"))
            for rows in (coming, stories, self.held, self.elsewhere, calls, rounds, registering, dialogues)
            for one in rows
        ]
        self.version = sha256(repr((self.directory, library, read)).encode()).hexdigest()

    @property
    def latest_stories(self) -> list[tuple[Story, str]]:
        """Each with the name of its language where that is not the reader's."""
        own = content_language()
        return [
            (one, "" if one.language_id == own else self.languages.get(one.language_id, ""))
            for one in self.stories
        ]

    @property
    def numbers(self) -> Numbers:
        return places(self.directory)

    @cached_property
    def _newest(self) -> tuple[list[Stakeholder], list[Line]]:
        entries = Stakeholder.objects.visible_to(self.user).order_by("-created_at", "-pk")[:FEW]
        library = latest_of(self.user)
        (newest, records), _none = fetch_together(Few(entries, _ENTRY), library)
        for one in newest:
            one.place = self.countries.get(one.country_id, "")
        return newest, lines(records, language_names=self.languages)

    @property
    def latest(self) -> list[Stakeholder]:
        return self._newest[0]

    @property
    def in_library(self) -> list[Line]:
        return self._newest[1]

    @cached_property
    def _names(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        countries, languages = choices_of(Country, Language)
        return dict(countries), dict(languages)

    @property
    def countries(self) -> Mapping[str, str]:
        return self._names[0]

    @property
    def languages(self) -> Mapping[str, str]:
        return self._names[1]


def _closing(rows: Any, window: str, at: datetime) -> Any:
    """Events of which a window of theirs is open now and closes soon."""
    open_now = {f"{window}__opens_at__lte": at, f"{window}__closes_at__gte": at}
    soon = {f"{window}__closes_at__lte": at + SOON}
    rows = rows.filter(**open_now, **soon)
    rows = rows.annotate(closes_at=F(f"{window}__closes_at"), closes_in=F(f"{window}__zone"))
    return rows.order_by("closes_at", "pk")[:FEW]


def _told(one: Any, what: str | Promise, at: datetime, zone: str, url: str = "") -> Closing:
    title, language = one.told_title
    return Closing(title, language, url or one.get_absolute_url(), what, at, zone)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)

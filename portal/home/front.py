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
from django.db.models import F, OuterRef, Subquery
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from core.union_queries import Few, fetch_together
from events.calendar.queries import coming_up, held_last
from events.events.models import Event
from events.registrations.enums import Admission
from news.elsewhere.models import NewsLink
from news.stories.models import Story, StoryImage
from news.stories.queries import current, one_of_each
from portal.home.queries import Numbers, places
from resources.library.queries_pages import latest_of
from resources.records.models import LibraryVersion
from resources.records.queries_lines import Line, lines
from reviews.call_pages.queries import open_now
from reviews.mechanism.models import Phase
from reviews.mechanism.queries import PHASE_FIELDS, review_line
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Language

FEW, FEW_STORIES, MOST_CLOSING = 4, 3, 6
SOON = timedelta(days=60)
_TITLE = ("title", "language_id", "translations")
_EVENT = (*_TITLE, "kind", "starts_at", "ends_at", "whole_days", "zone", "mode", "city")
_STORY = ("title", "language_id", "summary", "publish_at", "is_demo", "by_desk", "whose", "image")
_WINDOW = (*_TITLE, "opens", "closes_at", "closes_in")
_LINK = ("title", "publisher", "published_on", "language_id", "summary")
_ENTRY = ("name", "slug", "kind", "city", "country_id")


@dataclass(frozen=True, slots=True)
class Closing:
    """What can still be handed in, or joined, until an instant."""

    told_title: tuple[str, str]  # with the language it is in
    url: str
    what: str | Promise
    icon: str
    opens_at: datetime
    at: datetime
    zone: str

    @property
    def days_left(self) -> int:
        """Whole days; 0 on the last one."""
        return max(0, (localdate(self.at) - localdate()).days)

    @property
    def passed(self) -> int:
        """Percent of the time it is open."""
        whole = (self.at - self.opens_at).total_seconds()
        return min(100, max(0, round((now() - self.opens_at).total_seconds() / whole * 100))) if whole else 0


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
                .annotate(whose=F("stakeholder__name"), image=_first_image())
                .order_by("-publish_at", "-pk")[:FEW_STORIES],
                _STORY,
            ),
            Few(held_last(AnonymousUser(), FEW_STORIES).select_related(None), _EVENT),
            Few(NewsLink.objects.visible_to(AnonymousUser())[:FEW_STORIES], _LINK),
            Few(open_now(FEW), (*_TITLE, "opens_at", "closes_at", "zone")),
            Few(_closing(shown, "round", at), _WINDOW),
            Few(
                _closing(
                    shown.filter(starts_at__gt=at).exclude(
                        registration_rules__admission=Admission.INVITATION
                    ),
                    "registration_rules",
                    at,
                ),
                _WINDOW,
            ),
            Few(_closing(shown, "dialogue", at).annotate(call=F("dialogue__pk")), (*_WINDOW, "call")),
            Few(Phase.objects.order_by("group", "cluster__position"), PHASE_FIELDS),
        ]
        found, (library,) = fetch_together(*asked, values=[LibraryVersion()])
        versions, coming, stories, held, elsewhere, calls, rounds, registering, dialogues, phases = found
        self.directory: int = versions[0].n if versions else 0
        self.coming: list[Event] = coming
        self.stories: list[Story] = stories
        # What stands in where nothing comes, and where no story was told.
        self.held: list[Event] = [] if coming else held
        self.elsewhere: list[NewsLink] = [] if stories else elsewhere
        self.review_line = review_line(phases, localdate())
        self.closing = sorted(
            [
                *map(_call, calls),
                *(_window(one, _("Proposals for meetings"), "easel") for one in rounds),
                *(_window(one, _("Registration"), "calendar-check") for one in registering),
                *map(_dialogue, dialogues),
            ],
            key=attrgetter("at"),
        )[:MOST_CLOSING]
        # Everything that was read: where it is the same, so is the page.
        told = coming, stories, self.held, self.elsewhere, calls, rounds, registering, dialogues, phases
        read = [
            (one.__class__.__name__, sorted((k, str(v)) for k, v in vars(one).items() if k != "_state"))
            for rows in told
            for one in rows
        ]
        self.version = sha256(repr((self.directory, library, localdate(), read)).encode()).hexdigest()

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
    rows = rows.annotate(
        opens=F(f"{window}__opens_at"), closes_at=F(f"{window}__closes_at"), closes_in=F(f"{window}__zone")
    )
    return rows.order_by("closes_at", "pk")[:FEW]


def _call(one: Any) -> Closing:
    what = _("Call for contributions")
    return Closing(
        one.told_title,
        one.get_absolute_url(),
        what,
        "chat-square-text",
        one.opens_at,
        one.closes_at,
        one.zone,
    )


def _dialogue(one: Any) -> Closing:
    url = reverse("dialogues:dialogue", args=[one.call])
    return _window(one, _("Applications to a constructive dialogue"), "people", url)


def _window(one: Any, what: str | Promise, icon: str, url: str = "") -> Closing:
    opens_at, closes_at = map(datetime.fromisoformat, (one.opens, one.closes_at))
    url = url or one.get_absolute_url()
    return Closing(one.told_title, url, what, icon, opens_at, closes_at, one.closes_in)


def _first_image() -> Subquery:
    return Subquery(StoryImage.objects.filter(story=OuterRef("pk")).order_by("number").values("pk")[:1])

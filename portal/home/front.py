"""What the front page shows: a little of everything that is new, comes, or closes soon.

Of two statements the first brings what is short and everybody's, with the version of the numbers. The page is
kept until the database notes that something of it changed, as the pages about countries are.
"""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.utils.functional import cached_property
from django.utils.timezone import localdate, now

from core.union_queries import Few, fetch_together
from events.calendar.queries import coming_up, held_last
from events.events.models import Event
from news.elsewhere.models import NewsLink
from news.stories.models import Story, StoryImage
from news.stories.queries import current, one_of_each
from portal.home.queries import Numbers, places
from portal.opportunities import queries as opportunities
from resources.library.queries_pages import latest_of
from resources.records.queries_lines import Line, lines
from reviews.mechanism.models import Phase
from reviews.mechanism.queries import PHASE_FIELDS, review_line
from stakeholders.entries.models import DirectoryVersion, Stakeholder, name_column
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Language

FEW, FEW_STORIES, MOST_CLOSING = 4, 3, 6
_TITLE = ("title", "language_id", "translations")
_EVENT = (*_TITLE, "kind", "starts_at", "ends_at", "whole_days", "zone", "mode", "city")
_STORY = ("title", "language_id", "summary", "publish_at", "by_desk", "whose", "image")
_LINK = ("title", "publisher", "published_on", "language_id", "summary")
_ENTRY = ("name", "slug", "kind", "city", "country_id")


class Front:
    """The front page for one reader. Four statements when nothing is kept."""

    def __init__(self, user: Any) -> None:
        self.user = user
        at = now()
        asked = [
            Few(DirectoryVersion.objects.filter(pk=1), ("n",)),
            Few(coming_up(AnonymousUser()).select_related(None), _EVENT),
            Few(
                one_of_each(current(AnonymousUser()))
                .annotate(whose=name_column(AnonymousUser(), "stakeholder"), image=_first_image())
                .order_by("-publish_at", "-pk")[:FEW_STORIES],
                _STORY,
            ),
            Few(held_last(AnonymousUser(), FEW_STORIES).select_related(None), _EVENT),
            Few(NewsLink.objects.visible_to(AnonymousUser())[:FEW_STORIES], _LINK),
            Few(Phase.objects.order_by("group", "cluster__position"), PHASE_FIELDS),
            *opportunities.parts(at, is_open=True, most=MOST_CLOSING),
        ]
        found, _none = fetch_together(*asked)
        versions, coming, stories, held, elsewhere, phases, *windows = found
        self.directory: int = versions[0].n if versions else 0
        self.coming: list[Event] = coming
        self.stories: list[Story] = stories
        # What stands in where nothing comes, and where no story was told.
        self.held: list[Event] = [] if coming else held
        self.elsewhere: list[NewsLink] = [] if stories else elsewhere
        self.review_line = review_line(phases, localdate())
        self.closing = opportunities.made_of(windows)[:MOST_CLOSING]

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


def _first_image() -> Subquery:
    return Subquery(StoryImage.objects.filter(story=OuterRef("pk")).order_by("number").values("pk")[:1])

"""What the front page shows: a little of everything that is new, coming up or closing soon.

Most of it is the same for everybody and cached until something of it changes, like the pages about countries.
The newest entries and resources are read for each reader.
"""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import OuterRef, Subquery
from django.utils.timezone import localdate

from events.calendar.queries import coming_up, held_last
from events.events.models import Event
from news.elsewhere.models import NewsLink
from news.stories.models import Story, StoryImage
from news.stories.queries import current, one_of_each
from portal.home.queries import Numbers, directory_version, places
from portal.opportunities import queries as opportunities
from portal.opportunities.queries import Opportunity
from resources.library.queries_pages import latest_of
from resources.records.queries_lines import ResourceLine, lines
from reviews.mechanism.models import Phase
from reviews.mechanism.queries import ReviewLine, review_line
from stakeholders.entries.models import Stakeholder, name_column
from taxonomy.names.models import choices_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Language

FEW, FEW_STORIES, MOST_CLOSING = 4, 3, 6
VISITOR = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Front:
    """What the front page shows everybody. Each story has the name of its language where that is not the
    reader's.

    Past events are shown where no event is coming up, links to news elsewhere where there is no story.
    """

    numbers: Numbers
    closing: list[Opportunity]
    review_line: ReviewLine | None
    coming: list[Event]
    past: list[Event]
    stories: list[tuple[Story, str]]
    elsewhere: list[NewsLink]


def read_front() -> Front:
    coming = list(coming_up(VISITOR).select_related(None))
    stories = _newest_stories()
    return Front(
        numbers=places(directory_version()),
        closing=opportunities.fetch(is_open=True, most=MOST_CLOSING)[:MOST_CLOSING],
        review_line=review_line(Phase.objects.order_by("group", "cluster__position"), localdate()),
        coming=coming,
        past=[] if coming else list(held_last(VISITOR, FEW_STORIES).select_related(None)),
        stories=stories,
        elsewhere=[] if stories else list(NewsLink.objects.visible_to(VISITOR)[:FEW_STORIES]),
    )


def _newest_stories() -> list[tuple[Story, str]]:
    images = StoryImage.objects.filter(story=OuterRef("pk")).order_by("number")
    stories = one_of_each(current(VISITOR)).annotate(
        byline=name_column(VISITOR, "stakeholder"), image=Subquery(images.values("pk")[:1])
    )
    own, languages = content_language(), dict(Language.objects.for_choices())
    return [
        (story, "" if story.language_id == own else languages.get(story.language_id, ""))
        for story in stories.defer("text").order_by("-publish_at", "-pk")[:FEW_STORIES]
    ]


class Newest(NamedTuple):
    """What is new in the directory, each entry with the name of its `place`, and in the library."""

    entries: list[Stakeholder]
    records: list[ResourceLine]


def read_newest(user: Any) -> Newest:
    countries, languages = map(dict, choices_of(Country, Language))
    columns = ("name", "slug", "kind", "city", "country_id", "logo__status")
    rows = Stakeholder.objects.visible_to(user).select_related("logo").only(*columns)
    entries: list[Any] = list(rows.order_by("-created_at", "-pk")[:FEW])
    for entry in entries:
        entry.place = countries.get(entry.country_id, "")
    return Newest(entries, lines(list(latest_of(user)), language_names=languages))

"""Read stories for pages, lists, feeds and the index, and what is pending with their writers."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from news.hooks import ItemText
from news.stories.enums import HeldFor, StoryStatus
from news.stories.models import Story, StoryImage, StoryQuerySet
from news.stories.texts import Difference, differences, differences_of_lists, plain
from search.enums import Audience
from search.hooks import Entry
from stakeholders.entries.models import Stakeholder, entries_of
from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country
from taxonomy.terms.models import Topic
from taxonomy.terms.queries import topics_in_order
from workflow.hooks import MyPart, OwnRows, Rows, Submission, Task

MOST_IN_FEED = 50
FEW = 3


def with_lines(rows: QuerySet[Story]) -> QuerySet[Story]:
    """Add what a line of a list shows."""
    first = StoryImage.objects.order_by("number")
    return rows.select_related("language", "stakeholder").prefetch_related(
        Prefetch("images", first), topics_in_order()
    )


def current(user: Any) -> StoryQuerySet:
    return Story.objects.visible_to(user).current()


def one_of_each(rows: QuerySet[Story], language: str = "") -> QuerySet[Story]:
    """Return the version of each story of `rows` in the reader's language, else the one written first."""
    language = language or content_language()
    ranked: dict[str, Any] = {
        "in_group": Coalesce("original_id", "pk"),
        "rank": Case(When(language=language, then=0), When(original=None, then=1), default=2),
    }
    others: Any = rows.order_by().alias(**ranked)
    better = others.filter(in_group=OuterRef("in_group")).filter(
        Q(rank__lt=OuterRef("rank")) | Q(rank=OuterRef("rank"), pk__lt=OuterRef("pk"))
    )
    return rows.alias(**ranked).exclude(Exists(better))


def versions_of(user: Any, story: Story) -> list[Story]:
    """Return all versions that the reader may see, this one among them, the first written first."""
    rows = Story.objects.visible_to(user).filter(Q(pk=story.group) | Q(original=story.group))
    return list(rows.select_related("language").order_by(F("original").asc(nulls_first=True), "pk"))


def for_feed(rows: QuerySet[Story], language: str = "") -> QuerySet[Story]:
    """Return the stories that were published last in one language."""
    latest = rows.filter(language=language or content_language()).order_by("-publish_at", "-pk")
    return latest.select_related("stakeholder").prefetch_related(topics_in_order())[:MOST_IN_FEED]


def for_sitemap() -> QuerySet[Story]:
    rows = current(AnonymousUser()).only("pk", "title", "updated_at")
    return rows.order_by("pk")


def facet_counts(rows: QuerySet[Story], name: str) -> dict[str, int]:
    """Map codes of topics, countries or languages to the number of these stories."""
    if name == "language":
        # Each version counts in its own language.
        return dict(rows.order_by().values_list("language_id").annotate(number=Count("pk")))
    through: Any = getattr(Story, {"topic": "topics", "country": "countries"}[name]).through
    counted = (
        through.objects.filter(story__in=rows.order_by().values("pk"))
        .values_list(f"{name}_id")
        .annotate(number=Count("pk"))
    )
    return dict(counted)


def stakeholders_with_stories(user: Any) -> list[tuple[str, str]]:
    """Return (number, name) of stakeholders with stories, as far as the reader sees the entry."""
    with_stories = current(user).exclude(stakeholder=None).order_by().values("stakeholder")
    rows = Stakeholder.objects.visible_to(user).filter(pk__in=with_stories).order_by("sort_key", "pk")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


# --- Panels -------------------------------------------------------------------------------------------------
def of_stakeholder(user: Any, stakeholder: Any) -> dict[str, Any] | None:
    """Return the latest stories of a stakeholder, for its profile; None where there are none."""
    rows = one_of_each(current(user).filter(stakeholder=stakeholder)).select_related("language")
    stories = list(rows.order_by("-publish_at", "-pk")[: FEW + 1])
    if not stories:
        return None
    return {"stakeholder": stakeholder, "stories": stories[:FEW], "more": len(stories) > FEW}


def in_country(user: Any, country: Any) -> dict[str, Any] | None:
    """Return the latest stories about a country or area, for its page; None where there are none."""
    about = Story.countries.through.objects.filter(country=country).values("story")
    rows = one_of_each(current(user).filter(pk__in=about)).select_related("language", "stakeholder")
    stories = list(rows.order_by("-publish_at", "-pk")[: FEW + 1])
    if not stories:
        return None
    return {"country": country, "stories": stories[:FEW], "more": len(stories) > FEW}


# --- Those who write ----------------------------------------------------------------------------------------
def own_stories(user: Any) -> QuerySet[Story]:
    """Return stories of the person's stakeholders, the latest change first."""
    rows = Story.objects.visible_to(user).filter(stakeholder__in=entries_of(user))
    return rows.select_related("stakeholder", "language").order_by("-updated_at", "-pk")


# --- Who hears of it ----------------------------------------------------------------------------------------
def is_shown(_user: Any, pk: int | None) -> bool:
    return pk is not None and Story.objects.shown().filter(pk=pk).exists()


def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    """Return all of the people, since what is shown is everybody's; none where it is not."""
    return people if is_shown(None, pk) else people.none()


def visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    shown_pks = set(
        Story.objects.shown().filter(pk__in={pk for _person, pk in pairs}).values_list("pk", flat=True)
    )
    return {pair for pair in pairs if pair[1] in shown_pks}


def item_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """Return by story its text in each language, with the address there, for the newsletter."""
    groups = Story.objects.filter(pk__in=ids).annotate(its=Coalesce("original_id", "pk")).values("its")
    shown: Any = current(AnonymousUser())
    rows = list(shown.alias(its=Coalesce("original_id", "pk")).filter(its__in=groups).order_by("pk"))
    texts: dict[int, dict[str, ItemText]] = {}
    for story in rows:
        text = ItemText(story.title, story.summary or story.text, (story.pk, story.slug))
        texts.setdefault(story.group, {}).setdefault(story.language_id, text)
    return {story.pk: texts[story.group] for story in rows if story.pk in ids}


# --- The index ----------------------------------------------------------------------------------------------
def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield shown stories as entries of the index, each version in its own language."""
    rows = current(AnonymousUser()).filter(pk__in=ids).select_related("stakeholder")
    for story in rows.prefetch_related("topics", "countries", "images"):
        countries = list(story.countries.all())
        parts = [
            story.summary,
            plain(story.text),
            story.stakeholder.name if story.stakeholder and story.stakeholder.is_named_publicly else "",
            *(f"{image.alt} {image.caption}" for image in story.images.all()),
            " · ".join(topic.name_en for topic in story.topics.all()),
            " · ".join(country.name_en for country in countries),
        ]
        yield Entry(
            object_id=story.pk,
            name=story.title,
            text="\n".join(filter(None, parts)),
            language=story.language_id,
            audience=Audience.PUBLIC,
            country=countries[0].pk if len(countries) == 1 else "",
            facets=[
                *(f"topic:{topic.pk}" for topic in story.topics.all()),
                *(f"country:{country.pk}" for country in countries),
            ],
            url_name="news:story",
            url_args=[story.pk, story.slug],
            sort_key=story.publish_at.isoformat() if story.publish_at else "",
        )


# --- What waits for a person among stories: what the desk asks about ---------------------------------


def my_rows(user: Any) -> dict[str, OwnRows]:
    if not (entries := entries_of(user)):
        return {}
    stories = Story.objects.filter(stakeholder__in=entries, status__in=StoryStatus.WITH_DESK)
    shown = ("title", "language", "status", "held_for", "updated_at", "stakeholder__name")
    stories = stories.select_related("stakeholder").only(*shown)
    return {"stories": OwnRows(stories.order_by("-updated_at", "-pk"))}


def my_work(_user: Any, rows: Rows) -> MyPart:
    tasks, sent = [], []
    for story in rows["stories"]:
        if story.held_for == HeldFor.AUTHOR:
            tasks.append(_question_task(story))
        else:
            sent.append(_submission_of(story))
    return MyPart(tasks, sent)


def _question_task(story: Story) -> Task:
    return Task(
        story.title,
        reverse("news:own_story", args=[story.pk]),
        _("Story with questions for the author"),
        _("Answer the questions"),
        language=story.language_id,
        facts=[story.stakeholder.name] if story.stakeholder else [],
        icon="newspaper",
    )


def _submission_of(story: Story) -> Submission:
    return Submission(
        story.title,
        reverse("news:own_story", args=[story.pk]),
        pgettext("news", "Story"),
        story.status,
        story.get_status_display(),
        story.updated_at,
        _("With the WhatsOn team"),
        story.language_id,
        [story.stakeholder.name] if story.stakeholder else [],
        "newspaper",
    )


class ChangeRow:
    """One field of a change, before and after."""

    def __init__(self, name: str, before: Any, after: Any, names: dict[str, str]) -> None:
        self.name = name
        self.label = Story._meta.get_field(name).verbose_name  # type: ignore[union-attr]
        self.parts: list[Difference]
        if isinstance(before, list):
            self.parts = differences_of_lists(
                *([names.get(str(code), str(code)) for code in side] for side in (before, after))
            )
            self.is_list = True
        else:
            self.parts = differences(str(before or ""), str(after or ""))
            self.is_list = False


ORDER = ("title", "summary", "text", "language", "topics", "countries", "videos")


def change_rows(before: dict[str, Any], after: dict[str, Any]) -> list[ChangeRow]:
    """Return the fields that differ, each with its labels before and after."""
    names: dict[str, str] = {}
    if "topics" in after:
        names |= dict(Topic.objects.for_choices())
    if "countries" in after:
        names |= dict(Country.objects.for_choices())
    return [ChangeRow(name, before.get(name), after[name], names) for name in ORDER if name in after]


def revision_rows(changes: dict[str, list[Any]]) -> list[ChangeRow]:
    return change_rows(
        {name: pair[0] for name, pair in changes.items()}, {name: pair[1] for name, pair in changes.items()}
    )

"""Real content with which the portal begins: one pack for each kind of thing, from content/*.csv."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.admin.utils import NestedObjects
from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import Model

from events.events.models import Event
from events.events.models_sources import Attendance, EventDocument
from events.seed import load_sourced_events
from news.elsewhere.models import NewsLink
from news.seed import load_news_links
from portal.facts.models import ProgrammeFact
from portal.facts.queries import FACTS
from resources.collections.models import CollectionItem
from resources.records.models import Edition, Resource, SuggestedArticle
from resources.seed import load_library
from search.actions import index_many, rebuild
from stakeholders.entries.models import DirectoryVersion
from stakeholders.seed import load_directory
from taxonomy.law.models import ArticleText
from taxonomy.law.queries import ARTICLE
from taxonomy.seed import load_lists

FOLDER = Path(settings.BASE_DIR) / "content"
Report = dict[str, Any]


def load_articles(folder: Path) -> Report:
    """The text of each article. Needs the reference data."""
    return _load_list(folder, "articles.csv", ArticleText, indexed_as=ARTICLE)


def load_events(folder: Path) -> Report:
    """Events with their documents and numbers. Needs the reference data."""
    report = load_sourced_events(folder)
    _remove_twice()
    return report


def load_programme(folder: Path) -> Report:
    """What public pages say of the programme."""
    return _load_list(folder, "programme_facts.csv", ProgrammeFact, indexed_as=FACTS)


def _load_list(folder: Path, file: str, model: type[Model], *, indexed_as: str) -> Report:
    report = load_lists(((file, model),), folder)
    if report[file].created or report[file].updated:
        rebuild(indexed_as)
    return report


PACKS: dict[str, Callable[[Path], Report]] = {
    "articles": load_articles,
    "library": load_library,
    "directory": load_directory,
    "events": load_events,
    "news": load_news_links,
    "programme": load_programme,
}


# Events that a file of an earlier release had twice, under two codes.
TWICE = ("whatson-launch-2021",)


def load_content(names: Iterable[str] = PACKS, *, folder: Path = FOLDER, dry_run: bool = False) -> Report:
    """Bring these packs to what their files say, each whole or not at all; answers counts by file.

    Safe to repeat: what the desk edited stays, and so does what no file names any more. Raises BadRow.
    """
    report: Report = {}
    for name in names:
        with transaction.atomic():
            report |= PACKS[name](folder)
            transaction.set_rollback(dry_run)
    return report


def _remove_twice() -> None:
    """Take out events that another row describes too, where nobody edited or uses them."""
    events = Event.objects.filter(code__in=TWICE, edited_by_hand=False, documents=None, attendance=None)
    rows: list[Model] = list(events)
    if _remove_unused(rows):
        index_many("events.event", [row.pk for row in rows])
        DirectoryVersion.objects.bump()


# Pack → the rows that it brings; those that the desk edited, or that anything of others hangs on, stay.
REMOVABLE: dict[str, tuple[type[Model], str]] = {
    "articles": (ArticleText, ARTICLE),
    "library": (Resource, "resources.resource"),
    "events": (Event, "events.event"),
    "news": (NewsLink, "news.newslink"),
    "programme": (ProgrammeFact, FACTS),
}
# What hangs on these rows and came with them.
PARTS = (Edition, SuggestedArticle, EventDocument, Attendance)


@transaction.atomic
def remove_content(name: str) -> tuple[int, int]:
    """Take out what a pack brought: (rows removed, rows that stay)."""
    model, kind = REMOVABLE[name]
    rows = model._default_manager.filter(edited_by_hand=False)
    if hasattr(model, "code"):
        rows = rows.exclude(code="")
    own = list(rows.order_by("-pk"))
    removed = _remove_unused(own)
    rebuild(kind)
    return removed, len(own) - removed


def _remove_unused(rows: list[Model]) -> int:
    """Delete the rows that nothing else refers to; returns how many.

    Asking about each row alone takes minutes for a whole pack. So all are asked about at once; where any of
    them is referred to, each half in turn.
    """
    if not rows:
        return 0
    if not _are_referred_to(rows):
        type(rows[0])._default_manager.filter(pk__in=[row.pk for row in rows]).delete()
        return len(rows)
    if len(rows) == 1:
        return 0
    half = len(rows) // 2
    return _remove_unused(rows[:half]) + _remove_unused(rows[half:])


def _are_referred_to(rows: list[Model]) -> bool:
    """Whether deleting them would take along, change or break anything that their pack did not bring."""
    collector = NestedObjects(using=DEFAULT_DB_ALIAS)
    collector.collect(rows)
    own = {type(rows[0]), *PARTS}
    others = [
        related_row
        for model, collected in collector.data.items()
        if model not in own and not model._meta.auto_created
        for related_row in collected
        if not (isinstance(related_row, CollectionItem) and related_row.collection.code)
    ]
    return bool(others or collector.protected or collector.field_updates)

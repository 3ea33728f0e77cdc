"""Real content with which the portal begins: one pack for each kind of thing, from content/*.csv."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Model

from events.seed import load_sourced_events
from news.seed import load_news_links
from portal.facts.models import ProgrammeFact
from portal.facts.queries import FACTS
from resources.seed import load_library
from search.actions import rebuild
from stakeholders.seed import load_directory
from taxonomy.law.models import ArticleText
from taxonomy.law.queries import ARTICLE
from taxonomy.seed import load_lists

FOLDER = Path(settings.BASE_DIR) / "content"
Report = dict[str, Any]


def load_articles(folder: Path) -> Report:
    """The text of each article. Needs the reference data."""
    return _load_list(folder, "articles.csv", ArticleText, indexed_as=ARTICLE)


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
    "events": load_sourced_events,
    "news": load_news_links,
    "programme": load_programme,
}


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

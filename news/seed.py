"""Loads links to news elsewhere from content/: one act, safe to repeat, and what the desk edited stays."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import override

from core.spreadsheet_cells import SEPARATOR
from core.text import clean_block, clean_line
from news.elsewhere.models import NewsLink
from search.actions import index_many
from stakeholders.entries.forms import web_address
from taxonomy.names.enums import Confidence
from taxonomy.places.models import Country
from taxonomy.seed import BadRow, Counts, living_codes, mark_gone, read_rows
from taxonomy.terms.models import Language, Topic

type Terms = dict[str, set[str]]

FILE, LOW = "news_links.csv", "low"
TERMS = ("topics", "countries")
LINES = ("title", "publisher", "published_on", "summary", "url", "source", "confidence")
FIELDS = (*LINES, "title_is_ours", "language_id", "source_date", "note", "gone_since")


def load_news_links(folder: Path) -> dict[str, Counts]:
    """All or nothing; returns counts by file name. Needs the reference data. Raises BadRow.

    A row whose address another link has is skipped. One of low confidence is hidden, and waits until the desk
    shows it or leaves it hidden.
    """
    counts = Counts()
    with transaction.atomic():
        holders = dict(NewsLink.objects.values_list("url", "pk"))
        present = NewsLink.objects.exclude(code="").prefetch_related(*TERMS)
        by_code = {link.code: link for link in present}
        new, changed, terms_of = [], [], {}
        rows = list(_read_links(folder / FILE))
        for row, terms in rows:
            old = by_code.get(row.code)
            terms_of[row.code] = terms
            holder = holders.get(row.url)
            if holder is not None and (old is None or holder != old.pk):
                counts.skipped += 1
            elif old is None:
                new.append(row)
            elif terms == _terms_of(old) and _is_same(old, row):
                counts.unchanged += 1
            elif old.edited_by_hand:
                counts.skipped += 1
            else:
                row.pk = old.pk
                changed.append(row)
        NewsLink.objects.bulk_create(new)
        NewsLink.objects.bulk_update(changed, FIELDS)
        for name in TERMS:
            _file_under(name, terms_of, new, changed)
        mark_gone(NewsLink, [row.code for row, _terms in rows])
        if touched := [row.pk for row in (*new, *changed)]:
            index_many("news.newslink", touched)
        counts.created, counts.updated = len(new), len(changed)
    return {FILE: counts}


def _is_same(old: NewsLink, row: NewsLink) -> bool:
    return all(getattr(old, name) == getattr(row, name) for name in FIELDS)


def _terms_of(link: NewsLink) -> Terms:
    return {name: {term.pk for term in getattr(link, name).all()} for name in TERMS}


def _file_under(name: str, terms_of: dict[str, Terms], new: list[NewsLink], changed: list[NewsLink]) -> None:
    field: Any = getattr(NewsLink, name)
    through, term = field.through, field.field.m2m_reverse_field_name()
    through.objects.filter(newslink__in=changed).delete()
    through.objects.bulk_create(
        through(newslink_id=row.pk, **{f"{term}_id": code})
        for row in (*new, *changed)
        for code in sorted(terms_of[row.code][name])
    )


def _read_links(path: Path) -> Iterator[tuple[NewsLink, Terms]]:
    """Each row as it should be, with the codes of its terms; a topic that was merged is where it leads."""
    languages = set(Language.objects.values_list("pk", flat=True))
    known = {
        "topics": living_codes(Topic),
        "countries": {code: code for code in Country.objects.values_list("pk", flat=True)},
    }
    used: set[tuple[str, str]] = set()
    with override("en"):
        for line, cells in read_rows(path):
            row = NewsLink(code=cells["code"], title_is_ours=cells["title_is_ours"] == "y")
            codes = {name: {code for code in cells.get(name, "").split(SEPARATOR) if code} for name in TERMS}
            for name in LINES:
                setattr(row, name, clean_line(cells[name]))
            row.note, row.language_id = clean_block(cells["note"]), cells["language"]
            if row.confidence == LOW:
                row.hidden = row.is_waiting = True
                row.confidence = Confidence.MEDIUM
                row.note = f"Of low confidence. {row.note}"
            twice = next((name for name in ("code", "url") if (name, getattr(row, name)) in used), "")
            unknown = next((name for name in TERMS if not codes[name] <= known[name].keys()), "")
            column = twice or ("" if row.language_id in languages else "language") or unknown
            if column:
                raise BadRow(path.name, line, column, "It is not known, or stands twice.")
            try:
                row.source_date = date.fromisoformat(cells["source_date"])
                web_address(row.url)
                row.clean_fields(exclude=["language"])
            except (ValidationError, ValueError) as wrong:
                raise BadRow(path.name, line, "(all)", str(wrong)) from wrong
            used |= {("code", row.code), ("url", row.url)}
            yield row, {name: {known[name][code] for code in codes[name]} for name in TERMS}

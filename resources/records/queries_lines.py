"""What one line of the library says, made ready so that its template only prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import OuterRef
from django.db.models.functions import JSONObject, Left
from django.utils.safestring import SafeString

from core.text import plain
from resources.records.enums import Audience, ResourceKind
from resources.records.identifiers import date_in_words
from resources.records.models import Edition, ResourceQuerySet
from search.hits import Passage, marked_in
from search.parse import parse
from stakeholders.directory.queries_cards import mark_words, snippet
from taxonomy.names.sorting import content_language


@dataclass(frozen=True, slots=True)
class Line:
    """A resource in the edition that its reader gets; `languages`: (code, name) of all its editions.

    Where an edition has no title or abstract of its own, those of the original stand in for it.
    """

    resource: Any
    url: str
    title: SafeString
    plain_title: str
    title_language: str
    abstract_language: str
    language: str
    language_name: str
    is_fallback: bool
    kind: Any
    date: str
    languages: list[tuple[str, str]]
    abstract: SafeString
    passages: Sequence[Passage]
    audience: Any


def lines(
    rows: Sequence[Any], *, language_names: Mapping[str, str], text: str = "", missing: int = 0
) -> list[Line]:
    """The lines of rows that come by `for_lines`, in their order. One statement where there are words."""
    question = parse(text)
    words, others = question.plain_words, question.other_words
    found = marked_in(INDEXED, [row.pk for row in rows], text, missing) if text and rows else {}
    kinds, audiences = dict(ResourceKind.choices), dict(Audience.choices)
    made = []
    for row in rows:
        edition = chosen_edition(row.said)
        original = row.said[0] if row.said else _NOTHING
        titled = original if edition["title"] == original["title"] else edition
        described = edition if edition["abstract"] else original
        told = found.get(row.pk)
        abstract = snippet(plain(described["abstract"]), words, others)
        passages = told[1] if told else ()
        if told and "<mark>" not in abstract and "<mark>" in told[0] and not passages:
            abstract = told[0]  # the words stand further down, or in another edition
        made.append(
            Line(
                resource=row,
                # Its page shows what was found inside, too.
                url=row.get_absolute_url() + (f"?{urlencode({'q': text})}" if passages else ""),
                title=mark_words(edition["title"], words, others),
                plain_title=edition["title"],
                title_language=titled["language"],
                abstract_language=described["language"],
                language=edition["language"],
                language_name=language_names.get(edition["language"], edition["language"]),
                is_fallback=edition["language"] != content_language(),
                kind=kinds.get(row.kind, row.kind),
                date=date_in_words(row.published_on, row.precision),
                languages=[(one["language"], language_names.get(one["language"], "")) for one in row.said],
                abstract=abstract,
                passages=passages,
                audience=audiences.get(row.audience) if row.audience != Audience.PUBLIC else "",
            )
        )
    return made


def chosen_edition(said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of the editions the one in the language in use, else the original, which comes first."""
    wanted = content_language()
    return next((one for one in said if one["language"] == wanted), said[0] if said else _NOTHING)


_NOTHING: dict[str, Any] = {"language": "", "title": "", "abstract": "", "original": True}


def for_lines(rows: ResourceQuerySet) -> ResourceQuerySet:
    """Only what a line shows, with `said`: language, title and beginning of the abstract by edition."""
    editions = Edition.objects.filter(resource=OuterRef("pk")).order_by("-is_original", "pk")
    said = JSONObject(
        language="language_id",
        title="title",
        abstract=Left("abstract", LONGEST_ABSTRACT),
        original="is_original",
    )
    rows = rows.annotate(said=ArraySubquery(editions.values(one=said)))
    return rows.only(*OF_A_LINE).fetch_mode(models.FETCH_RAISE)


OF_A_LINE = ("kind", "title", "audience", "publisher", "published_on", "precision", "published_at")

INDEXED = "resources.resource"
LONGEST_ABSTRACT = 2000  # characters that a line of the list draws on

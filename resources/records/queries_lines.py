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
from search.hits import Passage, marked_texts
from search.parse import parse
from stakeholders.directory.queries_cards import mark_words, snippet
from taxonomy.names.sorting import content_language


@dataclass(frozen=True, slots=True)
class ResourceLine:
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
) -> list[ResourceLine]:
    """Return the lines of rows that `for_lines` loaded, in their order."""
    question = parse(text)
    words, others = question.plain_words, question.other_words
    excerpts = marked_texts(INDEXED, [row.pk for row in rows], text, missing) if text and rows else {}
    kinds, audiences = dict(ResourceKind.choices), dict(Audience.choices)
    resource_lines = []
    for row in rows:
        edition = chosen_edition(row.its_texts)
        original = row.its_texts[0] if row.its_texts else _NOTHING
        titled = original if edition["title"] == original["title"] else edition
        described = edition if edition["abstract"] else original
        excerpt = excerpts.get(row.pk)
        abstract = snippet(plain(described["abstract"]), words, others)
        passages = excerpt[1] if excerpt else ()
        if excerpt and "<mark>" not in abstract and "<mark>" in excerpt[0] and not passages:
            abstract = excerpt[0]  # the words stand further down, or in another edition
        resource_lines.append(
            ResourceLine(
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
                languages=[
                    (other["language"], language_names.get(other["language"], "")) for other in row.its_texts
                ],
                abstract=abstract,
                passages=passages,
                audience=audiences.get(row.audience) if row.audience != Audience.PUBLIC else "",
            )
        )
    return resource_lines


def chosen_edition(editions: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return the edition in the language in use, else the original, which comes first."""
    wanted = content_language()
    return next(
        (edition for edition in editions if edition["language"] == wanted),
        editions[0] if editions else _NOTHING,
    )


_NOTHING: dict[str, Any] = {"language": "", "title": "", "abstract": "", "original": True}


def for_lines(rows: ResourceQuerySet) -> ResourceQuerySet:
    """Load only what a line shows, with `its_texts`: language, title and beginning of each abstract."""
    editions = Edition.objects.filter(resource=OuterRef("pk")).order_by("-is_original", "pk")
    edition_facts = JSONObject(
        language="language_id",
        title="title",
        abstract=Left("abstract", LONGEST_ABSTRACT),
        original="is_original",
    )
    rows = rows.annotate(its_texts=ArraySubquery(editions.values(json=edition_facts)))
    return rows.only(*OF_A_LINE).fetch_mode(models.FETCH_RAISE)


OF_A_LINE = ("kind", "title", "audience", "publisher", "published_on", "precision", "published_at")

INDEXED = "resources.resource"
LONGEST_ABSTRACT = 2000  # characters that a line of the list draws on

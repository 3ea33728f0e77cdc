"""What one line of the library says, made ready so that its template only prints."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from core.text import plain
from resources.dates import spoken
from resources.enums import Audience, ResourceKind
from resources.queries.library import INDEXED
from search.hits import Passage, marked_in
from search.parse import parse
from search.text import fold
from stakeholders.directory.queries_cards import mark_words, snippet
from taxonomy.names.sorting import content_language


@dataclass(frozen=True, slots=True)
class Line:
    """A resource in the edition that its reader gets; `languages`: (code, name) of all its editions."""

    resource: Any
    url: str
    title: SafeString
    plain_title: str
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
    words = [fold(word) for word in parse(text).plain_words] if text else []
    found = marked_in(INDEXED, [row.pk for row in rows], text, missing) if text and rows else {}
    kinds, audiences = dict(ResourceKind.choices), dict(Audience.choices)
    made = []
    for row in rows:
        edition = chosen(row.said)
        told = found.get(row.pk)
        abstract = snippet(plain(edition["abstract"]), words)
        passages = told[1] if told else ()
        if told and "<mark>" not in abstract and "<mark>" in told[0] and not passages:
            abstract = told[0]  # the words stand further down, or in another edition
        made.append(
            Line(
                resource=row,
                # Its page shows what was found inside, too.
                url=row.get_absolute_url() + (f"?{urlencode({'q': text})}" if passages else ""),
                title=mark_words(edition["title"], words),
                plain_title=edition["title"],
                language=edition["language"],
                language_name=language_names.get(edition["language"], edition["language"]),
                is_fallback=edition["language"] != content_language(),
                kind=kinds.get(row.kind, row.kind),
                date=spoken(row.published_on, row.precision),
                languages=[(one["language"], language_names.get(one["language"], "")) for one in row.said],
                abstract=abstract,
                passages=passages,
                audience=audiences.get(row.audience) if row.audience != Audience.PUBLIC else "",
            )
        )
    return made


def chosen(said: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Of the editions the one in the language in use, else the original, which comes first."""
    wanted = content_language()
    return next((one for one in said if one["language"] == wanted), said[0] if said else _NOTHING)


_NOTHING: dict[str, Any] = {"language": "", "title": "", "abstract": "", "original": True}

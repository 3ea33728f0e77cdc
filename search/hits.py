"""The lines of a result page: of each object its own document and the passages that match best, marked."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.database import reading_connection
from core.text_blocks import SENTENCE_END
from search.hooks import documents
from search.models import Document
from search.parse import Question, parse
from search.text import CONFIGS, SIMPLE, is_run, place_words

SNIPPET, SHORTEST_SNIPPET = 180, 60
LONGEST_MARKED = 10_000  # letters of a text in which the database marks words
MOST_PASSAGES = 3
_OPEN, _CLOSE = "\x02", "\x03"


class Passage(NamedTuple):
    """A place within a found object, as a page of its file: what it is called, the marked text, and where
    it opens."""

    part: int
    label: str
    snippet: SafeString
    url: str


class Hit(NamedTuple):
    """One line of a result page: one object. `snippet` is HTML: escaped, with <mark> around what was found.

    `passages`: the places within it that match best, at most `MOST_PASSAGES`.
    """

    kind: str
    object_id: int
    title: str
    url: str
    language: str
    country: str
    facets: Sequence[str]
    snippet: SafeString
    passages: list[Passage]

    @property
    def kind_label(self) -> str | Promise:
        return documents[self.kind].label if self.kind in documents else self.kind


def hits(rows: Iterable[Document], text: str) -> list[Hit]:
    """Return what a result page shows of these few documents, each of another object."""
    return _hits_of([(row.kind, row.object_id) for row in rows], parse(text))


def marked_texts(
    kind: str, ids: Iterable[int], text: str, missing: int = 0
) -> dict[int, tuple[SafeString, Sequence[Passage]]]:
    """Return what of these few objects of one kind matches, for pages with lines of their own.

    The caller has asked whether its reader may see them.
    """
    lines = _hits_of([(kind, pk) for pk in ids], parse(text, missing))
    return {hit.object_id: (hit.snippet, hit.passages) for hit in lines}


def _hits_of(objects: Sequence[tuple[str, int]], question: Question) -> list[Hit]:
    if not objects or not question:
        return []
    objects_sql = "unnest(%s::text[], %s::bigint[]) WITH ORDINALITY AS one (kind, object_id, place)"
    lines, (before, after) = lines_of(objects_sql, question)
    values: list[Any] = [*before, [kind for kind, _ in objects], [pk for _, pk in objects], *after]
    with reading_connection().cursor() as cursor:
        # The rows as JSON, as where they are read together with what is counted.
        row_json = f"json_build_array({COLUMNS})"
        cursor.execute(f"SELECT {row_json} FROM ({lines}) AS x ORDER BY place, part", values)  # noqa: S608
        return make_hits([as_json(row) for (row,) in cursor.fetchall()], question)


def as_json(answer: Any) -> Any:
    """Return the value of a JSON column, which the driver may leave as text."""
    return json.loads(answer) if isinstance(answer, str) else answer


def lines_of(
    objects: str, question: Question, *, marked: bool = True
) -> tuple[str, tuple[list[str], list[str]]]:
    """The statement that reads the lines of `objects` (a relation `one` of kind, object_id and place), in
    their order, and its parameters: before those of the relation, and after them.

    The texts are those of the objects themselves, and of their passages the best that hold what is asked.
    """
    query = question.as_query()
    if not marked:
        return _TITLES.format(objects=objects), ([], [])
    whole = (
        "true" if any(is_run(word) for word in question.plain_words) else f"strpos(headline, '{_OPEN}') = 0"
    )
    return (
        _LINES.format(objects=objects, query=query.sql, whole=whole),
        ([*query.params, *query.params], query.params),
    )


def make_hits(rows: Iterable[Sequence[Any]], question: Question) -> list[Hit]:
    """Return the hits of the rows that the statement of `lines_of` brought."""
    runs = [word for word in question.plain_words if is_run(word)]
    hits_by_object: dict[tuple[str, int], Hit] = {}
    for kind, pk, part, label, title, language, country, facets, name, args, anchor, headline, text in rows:
        snippet = (_run_snippet(text, runs) if runs else None) or _excerpt(headline)
        if "<mark>" not in snippet:
            snippet = _folded_snippet(text, question) or snippet
        if not part:
            url = reverse(name, args=args)
            hits_by_object[kind, pk] = Hit(kind, pk, title, url, language, country, facets, snippet, [])
        elif (kind, pk) in hits_by_object and "<mark>" in snippet:
            url = reverse(name, args=args) + (f"#{anchor}" if anchor else "")
            hits_by_object[kind, pk].passages.append(Passage(part, label, snippet, url))
    return list(hits_by_object.values())


_CONFIG = (
    "(CASE left(language, 2) "
    + " ".join(f"WHEN '{code}' THEN '{config}'" for code, config in CONFIGS.items())
    + f" ELSE '{SIMPLE}' END)::regconfig"
)
_OPTIONS = f"'StartSel={_OPEN}, StopSel={_CLOSE}, HighlightAll=true'"
_HIT_COLUMNS = (
    "kind, object_id, part, part_label, title, language, country, facets, url_name, url_args, anchor"
)
COLUMNS = f"{_HIT_COLUMNS}, headline, text"  # what `make_hits` reads
# The name, which every passage repeats, says nothing about which of them is best. A text goes along only
# where the words stand in it in another form than they were asked.
_LINES = f"""
    SELECT {_HIT_COLUMNS}, headline, CASE WHEN {{whole}} THEN text ELSE '' END AS text, place
    FROM (
        SELECT *, ts_headline({_CONFIG}, left(text, {LONGEST_MARKED}), {{query}}, {_OPTIONS}) AS headline
        FROM (
            SELECT d.*, one.place, row_number() OVER (
                PARTITION BY one.place
                ORDER BY d.part > 0, ts_rank('{{{{1,0.1,0,0}}}}', d.tsv, {{query}}) DESC, d.part
            ) AS nth
            FROM {{objects}} JOIN "{Document._meta.db_table}" AS d USING (kind, object_id)
            WHERE d.part = 0 OR d.tsv @@ {{query}}
        ) AS best WHERE nth <= {1 + MOST_PASSAGES}
    ) AS line
"""  # noqa: S608  names of our own table
_TITLES = f"""
    SELECT {_HIT_COLUMNS}, '' AS headline, '' AS text, place
    FROM {{objects}} JOIN "{Document._meta.db_table}" AS d USING (kind, object_id) WHERE d.part = 0
"""  # noqa: S608  names of our own table


def _run_snippet(text: str, runs: list[str]) -> SafeString | None:
    """Return the sentence with the most runs, which the database does not recognize as words; or None."""
    pattern = re.compile(f"(?:{'|'.join(re.escape(run) for run in runs)})+")
    if pattern.search(text) is None:
        return None
    return _excerpt(pattern.sub(lambda match: f"{_OPEN}{match.group()}{_CLOSE}", text))


def _folded_snippet(text: str, question: Question) -> SafeString | None:
    """Return the sentence with words that are the same once folded; the database marks only exact ones."""
    searched_words = {word for word in (*question.plain_words, *question.other_words) if not is_run(word)}
    piece, at = [], 0
    for begin, end, word in place_words(text):
        if word in searched_words:
            piece += [text[at:begin], _OPEN, text[begin:end], _CLOSE]
            at = end
    return _excerpt("".join([*piece, text[at:]])) if piece else None


def _excerpt(marked: str) -> SafeString:
    """Return the sentence with the most marks, as far as a line has room, and what follows a short one."""
    sentences = [sentence for sentence in SENTENCE_END.split(marked) if sentence.strip()]
    if not sentences:
        return _escape_with_marks("")
    best = max(range(len(sentences)), key=lambda at: sentences[at].count(_OPEN))
    excerpt = sentences[best]
    while len(excerpt) < SHORTEST_SNIPPET and best + 1 < len(sentences):
        best += 1
        excerpt = f"{excerpt} {sentences[best]}"
    if len(excerpt) <= SNIPPET + excerpt.count(_OPEN) * 2:
        return _escape_with_marks(excerpt)
    first = max(0, excerpt.find(_OPEN))
    start = 0 if first < SNIPPET // 2 else excerpt.rfind(" ", 0, first - SNIPPET // 3) + 1
    end = max(excerpt.rfind(" ", start, start + SNIPPET), excerpt.find(_CLOSE, first) + 1)
    end = end if end > start + SNIPPET // 2 else start + SNIPPET
    piece = excerpt[start:end].rstrip()
    piece += _CLOSE if piece.count(_OPEN) > piece.count(_CLOSE) else ""
    return _escape_with_marks(f"{'… ' if start else ''}{piece}{' …' if end < len(excerpt) else ''}")


def _escape_with_marks(piece: str) -> SafeString:
    """Escape first, then turn the two control characters, which no stored text holds, into <mark>."""
    html = escape(piece).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return mark_safe(html)  # noqa: S308  escaped in the line above

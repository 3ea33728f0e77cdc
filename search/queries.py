"""Finding by words, among what the person asking may know of."""

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.search import (
    SearchConfig,
    SearchHeadline,
    SearchQueryCombinable,
    SearchRank,
    TrigramWordSimilarity,
)
from django.db import connection
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from search.models import Document, Word
from search.parse import Question, parse
from search.text import CONFIGS, SIMPLE, is_run, placed, words

ALIKE = 0.5
# Of a word and a likely other: how alike, how far in length they may differ, how many are looked at.
CLOSE, FARTHEST, MOST_NEAR = 0.72, 2, 12
COMMONER = 20  # times as common a word must be to be proposed for one that is known itself
SNIPPET = 180
MOST_PASSAGES = 3
_OPEN, _CLOSE = "\x02", "\x03"


class Passage(NamedTuple):
    """A place within a found object, as a page of its file: what it is called and the marked text."""

    part: int
    label: str
    snippet: SafeString


class Hit(NamedTuple):
    """One line of a result page: one object. `snippet` is HTML: escaped, with <mark> around what was found.

    `passages`: the places within it that match best, at most `MOST_PASSAGES`.
    """

    document: Document
    title: str
    kind_label: str | Promise
    url: str
    language: str
    snippet: SafeString
    passages: list[Passage]


def find(
    user: Any, text: str, kinds: Sequence[str] | None = None, *, country: str = "", facets: Sequence[str] = ()
) -> QuerySet[Document]:
    """The documents that `user` may find for `text`, best first; nothing where the text holds no word.

    One for each object: its own where that matches, else the first of its passages that does.
    """
    found = _matching(user, parse(text), kinds)
    if country:
        found = found.filter(country=country)
    if facets:
        found = found.filter(facets__contains=list(facets))
    return found


def matching_ids(user: Any, text: str, kind: str) -> QuerySet[Document, int]:
    """The ids of the objects of one kind that match, unordered: to be used in `pk__in` of their own queryset.

    An object's own `visible_to` still decides; this only narrows it by words.
    """
    return _matching(user, parse(text), [kind]).order_by().values_list("object_id", flat=True)


def ranked_ids(user: Any, text: str, kind: str, among: QuerySet[Any]) -> QuerySet[Document, int]:
    """The ids of those of `among` (a queryset of the kind's model) that match, best first: slice a page."""
    within = _matching(user, parse(text), [kind]).filter(object_id__in=among.order_by().values("pk"))
    return within.values_list("object_id", flat=True)


def did_you_mean(user: Any, text: str, kind: str = "") -> str | None:
    """The text with unknown words replaced by likely ones that find something for `user`; or None.

    For pages without a result: one query for the words, one more to see that the proposal finds something.
    """
    better = corrected(user, text)
    if not better:
        return None
    known = Document.objects.visible_to(user)
    if kind:
        known = known.filter(kind=kind)
    return better if known.filter(tsv=parse(better).as_query()).exists() else None


def corrected(user: Any, text: str) -> str | None:
    """As `did_you_mean`, for those who find out themselves, and before they tell, that it finds something."""
    question = parse(text)
    asked = [word for word in question.plain_words if not is_run(word)]
    if not asked:
        return None
    near = _near(asked) or _near_in_titles(user, asked)
    proposal = [near.get(word, word) for word in question.plain_words]
    return " ".join(proposal) if proposal != question.plain_words else None


def hits(documents: Iterable[Document], text: str) -> list[Hit]:
    """What a result page shows of these few documents, each of another object. One query."""
    objects = [(document.kind, document.object_id) for document in documents]
    return hits_of(Document.objects.all(), objects, parse(text))


def hits_of(among: QuerySet[Document], objects: Sequence[tuple[str, int]], question: Question) -> list[Hit]:
    """The lines of these objects (kind, id) in their order; those that are not `among` left out. One query.

    The snippets are of the object itself, and of its passages the best that hold what is asked.
    """
    if not objects or not question:
        return []
    query = question.as_query()
    headline = SearchHeadline(
        "text", query, config=_config(), start_sel=_OPEN, stop_sel=_CLOSE, max_words=30, min_words=15
    )
    rows = among.filter(pk__in=_shown_parts(objects, query)).annotate(headline=headline)
    runs = [word for word in question.plain_words if is_run(word)]
    found: dict[tuple[str, int], Hit] = {}
    for row in rows.defer("tsv", "sort_key", "updated_at").order_by("kind", "object_id", "part"):
        snippet = (_run_snippet(row.text, runs) if runs else None) or _marked(row.headline)
        if "<mark>" not in snippet:
            snippet = _folded_snippet(row.text, question) or snippet
        key = row.kind, row.object_id
        if not row.part:
            found[key] = Hit(
                row, row.title, row.kind_label, row.get_absolute_url(), row.language, snippet, []
            )  # fmt: skip
        elif key in found and "<mark>" in snippet:
            found[key].passages.append(Passage(row.part, row.part_label, snippet))
    return [found[key] for key in objects if key in found]


def marked_in(kind: str, ids: Iterable[int], text: str) -> dict[int, tuple[SafeString, Sequence[Passage]]]:
    """What of these few objects of one kind matches, as in a `Hit`; for pages with lines of their own.

    One query. The caller has asked whether its reader may see them.
    """
    lines = hits_of(Document.objects.all(), [(kind, pk) for pk in ids], parse(text))
    return {hit.document.object_id: (hit.snippet, hit.passages) for hit in lines}


def _matching(user: Any, question: Question, kinds: Sequence[str] | None) -> QuerySet[Document]:
    if not question:
        return Document.objects.none()
    documents = Document.objects.visible_to(user)
    if kinds is not None:
        documents = documents.filter(kind=kinds[0]) if len(kinds) == 1 else documents.filter(kind__in=kinds)
    query = question.as_query()
    before = Document.objects.filter(
        kind=OuterRef("kind"), object_id=OuterRef("object_id"), part__lt=OuterRef("part"), tsv=query
    )
    documents = documents.filter(Q(part=0) | ~Exists(before), tsv=query)
    return documents.order_by(SearchRank(F("tsv"), query).desc(), "sort_key", "pk")


def commoner(text: str) -> str | None:
    """The text with rare words replaced by like ones that are far commoner: slips that others made too.

    As `corrected`, to be told only where it finds something for the reader. One query.
    """
    question = parse(text)
    near = _near([word for word in question.plain_words if not is_run(word)], COMMONER)
    proposal = [near.get(word, word) for word in question.plain_words]
    return " ".join(proposal) if proposal != question.plain_words else None


def _near(asked: Sequence[str], times: int = 0) -> dict[str, str]:
    """Word asked → the likeliest that the index knows; itself where it is known. One query.

    With `times`, only one that is so many times as common as the word asked.
    """
    statement = f"""
        WITH known AS (SELECT word, times FROM "{Word._meta.db_table}" WHERE word = ANY(%s))
        SELECT said.word, near.word FROM unnest(%s::text[]) AS said (word)
        CROSS JOIN LATERAL (
            SELECT word, times FROM "{Word._meta.db_table}"
            WHERE word %% said.word AND abs(length(word) - length(said.word)) <= {FARTHEST}
                AND times >= {times} * coalesce((SELECT times FROM known WHERE known.word = said.word), 0)
            ORDER BY similarity(word, said.word) DESC, times DESC LIMIT {MOST_NEAR}
        ) AS near
    """  # noqa: S608  names of our own table and whole numbers
    found: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, [list(asked), list(asked)])
        for said, near in cursor.fetchall():
            found.setdefault(said, []).append(near)
    likely = {said: get_close_matches(said, near, n=1, cutoff=CLOSE) for said, near in found.items()}
    return {said: near[0] for said, near in likely.items() if near}


def _near_in_titles(user: Any, asked: Sequence[str]) -> dict[str, str]:
    """As `_near`, before the words were taken in for the first time; one query for each word."""
    if Word.objects.exists():
        return {}
    known = Document.objects.visible_to(user)
    return {word: near for word in asked if (near := _likely(word, known))}


def _likely(word: str, known: QuerySet[Document]) -> str | None:
    """The word itself where a title has it, else the nearest of a title that holds one like it."""
    titles = (
        known.filter(sort_key__trigram_word_similar=word)
        .annotate(near=TrigramWordSimilarity(word, "sort_key"))
        .order_by("-near", "sort_key")
        .values_list("sort_key", flat=True)[:20]
    )
    candidates = [candidate for title in titles for candidate in words(title)]
    return next(iter(get_close_matches(word, candidates, n=1, cutoff=ALIKE)), None)


def _shown_parts(
    objects: Sequence[tuple[str, int]], query: SearchQueryCombinable
) -> QuerySet[Document, dict[str, int]]:
    """The documents of these objects that are read for their page: the objects and their best passages."""
    by_kind: dict[str, list[int]] = {}
    for kind, pk in objects:
        by_kind.setdefault(kind, []).append(pk)
    ours = reduce(or_, (Q(kind=kind, object_id__in=ids) for kind, ids in by_kind.items()))
    # The name, which every passage repeats, says nothing about which of them is best.
    rank = SearchRank(F("tsv"), query, weights=Value([1.0, 0.1, 0.0, 0.0]))
    among = Document.objects.filter(ours).filter(Q(part=0) | Q(tsv=query))
    order: list[Any] = [Case(When(part=0, then=0), default=1), rank.desc(), F("part")]
    nth = Window(RowNumber(), partition_by=[F("kind"), F("object_id")], order_by=order)
    shown: Any = among.annotate(nth=nth).filter(nth__lte=1 + MOST_PASSAGES)
    return shown.values("pk")


def _config() -> SearchConfig:
    """The text search configuration of a row's language."""
    cases = [When(language__startswith=code, then=Value(config)) for code, config in CONFIGS.items()]
    return SearchConfig(Case(*cases, default=Value(SIMPLE)))


def _run_snippet(text: str, runs: list[str]) -> SafeString | None:
    """The neighbourhood of the first run in the text; the database does not see words in such scripts."""
    pattern = re.compile("|".join(re.escape(run) for run in runs))
    first = pattern.search(text)
    if first is None:
        return None
    start = max(0, first.start() - SNIPPET // 3)
    piece = text[start : start + SNIPPET]
    return _marked(pattern.sub(lambda match: f"{_OPEN}{match.group()}{_CLOSE}", piece))


def _folded_snippet(text: str, question: Question) -> SafeString | None:
    """The neighbourhood of words that are the same once folded; the database marks them only as written."""
    asked = {word for word in question.plain_words if not is_run(word)}
    places = [(start, end) for start, end, word in placed(text) if word in asked]
    if not places:
        return None
    start = max(0, places[0][0] - SNIPPET // 3)
    piece, at = [], start
    for begin, end in places:
        if end > start + SNIPPET:
            break
        piece += [text[at:begin], _OPEN, text[begin:end], _CLOSE]
        at = end
    return _marked("".join([*piece, text[at : start + SNIPPET]]))


def _marked(piece: str) -> SafeString:
    """Escape first, then turn the two control characters, which no stored text holds, into <mark>."""
    html = escape(piece).replace(_OPEN, "<mark>").replace(_CLOSE, "</mark>")
    return mark_safe(html)  # noqa: S308  escaped in the line above

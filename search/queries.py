"""Finding by words, among what the person asking may know of."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django.contrib.postgres.search import SearchRank, TrigramWordSimilarity
from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from search.models import Document, Word
from search.parse import Question, parse
from search.text import is_run, words

ALIKE = 0.5
# Of a word and a likely other: how alike, how far in length they may differ, how many are looked at.
CLOSE, FARTHEST, MOST_NEAR = 0.72, 2, 12
COMMONER = 20  # times as common a word must be to be proposed for one that is known itself


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


def matching_ids(user: Any, text: str, kind: str, missing: int = 0) -> QuerySet[Document, int]:
    """The ids of the objects of one kind that match, unordered: to be used in `pk__in` of their own queryset.

    An object's own `visible_to` still decides; this only narrows it by words.
    """
    return _matching(user, parse(text, missing), [kind]).order_by().values_list("object_id", flat=True)


def ranked_ids(
    user: Any, text: str, kind: str, among: QuerySet[Any], missing: int = 0
) -> QuerySet[Document, int]:
    """The ids of those of `among` (a queryset of the kind's model) that match, best first: slice a page."""
    within = _matching(user, parse(text, missing), [kind]).filter(object_id__in=among.order_by().values("pk"))
    return within.values_list("object_id", flat=True)


def did_you_mean(user: Any, text: str, kind: str = "") -> str | None:
    """The text with unknown words replaced by likely ones that find something for `user`; or None.

    For pages without a result: one query for the words, one more to see that the proposal finds something.
    """
    better = corrected_text(user, text)
    if not better:
        return None
    known = Document.objects.visible_to(user)
    if kind:
        known = known.filter(kind=kind)
    return better if known.filter(tsv=parse(better).as_query()).exists() else None


def corrected_text(user: Any, text: str) -> str | None:
    """As `did_you_mean`, for those who find out themselves, and before they tell, that it finds something."""
    question = parse(text)
    asked = [word for word in question.plain_words if not is_run(word)]
    if not asked:
        return None
    near = _near(asked) or _near_in_titles(user, asked)
    proposal = [near.get(word, word) for word in question.plain_words]
    return " ".join(proposal) if proposal != question.plain_words else None


def is_slip(text: str, better: str) -> bool:
    """Whether each word that was replaced begins as it was typed: that is shown at once, and said so.

    Any other proposal ("collections" for "élections") is another word, and is only offered.
    """
    return all(was[0] == now[0] for was, now in zip(parse(text).plain_words, better.split(), strict=False))


def matching_documents(rows: QuerySet[Document], question: Question) -> QuerySet[Document]:
    """Those of `rows` that match, one for each object: its own document, else the first of its passages.

    What is refused may stand in no part of an object, whichever of them matches.
    """
    query = question.as_query()
    parts = Document.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    first = Q(part=0) | ~Exists(parts.filter(part__lt=OuterRef("part"), tsv=query))
    rows = rows.filter(first, tsv=query)
    return rows.filter(~Exists(parts.filter(tsv=question.refused))) if question.refused else rows


def _matching(user: Any, question: Question, kinds: Sequence[str] | None) -> QuerySet[Document]:
    if not question:
        return Document.objects.none()
    documents = Document.objects.visible_to(user)
    if kinds is not None:
        documents = documents.filter(kind=kinds[0]) if len(kinds) == 1 else documents.filter(kind__in=kinds)
    rank = SearchRank(F("tsv"), question.as_query())
    return matching_documents(documents, question).order_by(rank.desc(), "sort_key", "pk")


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

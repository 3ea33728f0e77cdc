"""Finding by words, among what the person asking may know of."""

from collections.abc import Sequence
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.expressions import CombinedExpression
from django.utils.translation import get_language

from search.hooks import EDITION
from search.models import Document
from search.parse import Question, parse

# Added to the rank (at most 1 by its words) of what is not in another language than the reader's.
SPOKEN = 0.25


def find(
    user: Any, text: str, kinds: Sequence[str] | None = None, *, country: str = "", facets: Sequence[str] = ()
) -> QuerySet[Document]:
    """Return the documents that `user` may find for `text`, best first; none without a word.

    One for each object: its own where that matches, else the first of its passages that does.
    """
    rows = _documents_matching(user, parse(text), kinds)
    if country:
        rows = rows.filter(country=country)
    if facets:
        rows = rows.filter(facets__contains=list(facets))
    return rows


def matching_ids(user: Any, text: str, kind: str, missing: int = 0) -> QuerySet[Document, int]:
    """Return the ids of the objects of one kind that match, unordered, for `pk__in` of their queryset.

    An object's own `visible_to` still decides; this only narrows it by words.
    """
    return (
        _documents_matching(user, parse(text, missing), [kind]).order_by().values_list("object_id", flat=True)
    )


def ranked_ids(
    user: Any, text: str, kind: str, among: QuerySet[Any], missing: int = 0
) -> QuerySet[Document, int]:
    """Return the ids of those of `among` (a queryset of the kind's model) that match, best first.

    What is not in another language than the reader's comes before others that match nearly as well.
    """
    question, language = parse(text, missing), (get_language() or "")[:2]
    within = _documents_matching(user, question, [kind])
    within = within.filter(object_id__in=among.order_by().values("pk"))
    if question:
        is_spoken = Q(language__in=["", language]) | Q(facets__contains=[f"{EDITION}{language}"])
        spoken = Case(When(is_spoken, then=SPOKEN), default=0.0)
        within = within.order_by((rank_of(question) + spoken).desc(), "sort_key", "pk")
    return within.values_list("object_id", flat=True)


def matching_documents(rows: QuerySet[Document], question: Question) -> QuerySet[Document]:
    """Return those of `rows` that match, one for each object: its document, else its first passage.

    What is refused may stand in no part of an object, whichever of them matches.
    """
    query = question.as_query()
    parts = Document.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
    first = Q(part=0) | ~Exists(parts.filter(part__lt=OuterRef("part"), tsv=query))
    rows = rows.filter(first, tsv=query)
    return rows.filter(~Exists(parts.filter(tsv=question.refused))) if question.refused else rows


def _documents_matching(user: Any, question: Question, kinds: Sequence[str] | None) -> QuerySet[Document]:
    if not question:
        return Document.objects.none()
    documents = Document.objects.visible_to(user)
    if kinds is not None:
        documents = documents.filter(kind=kinds[0]) if len(kinds) == 1 else documents.filter(kind__in=kinds)
    return matching_documents(documents, question).order_by(rank_of(question).desc(), "sort_key", "pk")


def rank_of(question: Question) -> CombinedExpression:
    """Return how well a document matches; what is called exactly as typed comes first."""
    called = Case(When(**question.called, then=2.0), default=0.0)
    return SearchRank(F("tsv"), question.as_query()) + called

"""One page of the search over everything: how many there are of each kind, what narrows them, and one page.

Counting all that holds a common word would take longer than any reader waits: of each kind so many are
looked at as a number is told for (`MOST_OF_EACH`, of a chosen kind `MOST`); where there are more, that is
said, and they are ranked among themselves. What is told as a plain number is exact.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from core.database import reading_connection
from search.hits import COLUMNS, Hit, as_json, lines_of, make_hits
from search.hooks import EDITION, LAST_DAY, YEAR, documents
from search.models import Document
from search.parse import Question, parse
from search.queries import SPOKEN, matching_documents, rank_of

PAGE, MOST_OF_EACH, MOST = 20, 1_000, 10_000
# Added to the rank (at most 1 by its words, 2 more where it is called so) of what is about a topic or of a
# country, or is of a kind, that the words name.
ABOUT = 0.5


class Count(NamedTuple):
    """`more`: there are more than `number`."""

    number: int = 0
    more: bool = False


NOTHING = Count()


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What narrows a search beside its words. `countries` None: anywhere; `topic`, `language`: codes.

    `since`: what is over before this day is left out, and what has no day; `year`: likewise by its year.
    """

    countries: Sequence[str] | None = None
    topic: str = ""
    language: str = ""
    since: date | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SearchResults:
    """`counts` by kind; `total`: of the kind that was chosen, else of all; `number`: of the page.

    `facets`: "country", "language", "topic" → code → how many of `total`; empty where there are more.
    """

    counts: Mapping[str, Count] = field(default_factory=dict)
    total: Count = NOTHING
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    hits: Sequence[Hit] = ()
    number: int = 1

    def __bool__(self) -> bool:
        return self.total.number > 0

    @property
    def page(self) -> "Page[int]":
        """Return the page for a pager; the database has sliced already."""
        return Paginator(range(self.total.number), PAGE).page(self.number)


def search_results(
    user: Any,
    text: str,
    kind: str = "",
    within: Narrowing | None = None,
    number: int = 1,
    *,
    missing: int = 0,
    marked: bool = True,
) -> SearchResults:
    """Return what `user` may find for `text`; nothing where the text holds no word.

    So many of the words may be `missing`. Not `marked`: the hits say neither texts nor passages.
    """
    question = parse(text, missing)
    if not question or (within is not None and within.countries is not None and not within.countries):
        return SearchResults()
    kinds = list(documents)
    last = [documents[each_kind].is_last for each_kind in kinds]
    language = get_language() or ""
    topics = [f"{named.facet}:{named.code}" for named in question.named]
    countries = [named.code for named in question.named if named.facet == "country"]
    liked_kinds = [each_kind for each_kind in kinds if f"kind:{each_kind.rpartition('.')[2]}" in topics]
    liked = [topics, countries, liked_kinds, ["", language[:2]], [f"{EDITION}{language[:2]}"]]
    most = [(MOST if each_kind == kind else MOST_OF_EACH) for each_kind in kinds]
    matching = _documents_of_kind(user, question, within or Narrowing())
    called, its = matching.filter(**question.called).query.sql_with_params()
    others, more = matching.exclude(**question.called).query.sql_with_params()
    lines, (before, after) = lines_of("page AS one", question, marked=marked)
    page = [kind, kind, PAGE, PAGE, max(0, number - 1), PAGE]
    values = [kinds, [limit + 1 for limit in most], last, *its, *more, *liked, *page, *before, *after]
    with reading_connection().cursor() as cursor:
        statement = _STATEMENT.format(
            called=called, others=others, lines=lines, columns=COLUMNS, about=ABOUT, spoken=SPOKEN
        )
        cursor.execute(statement, values)
        by_kind, country, language, topic, rows = (as_json(column) for column in cursor.fetchone() or ())
    limits = dict(zip(kinds, most, strict=True))
    counts = {
        each_kind: Count(min(n, limits[each_kind]), n > limits[each_kind])
        for each_kind, n in (by_kind or {}).items()
    }
    listed = [counts.get(kind, NOTHING)] if kind else list(counts.values())
    total = Count(sum(count.number for count in listed), any(count.more for count in listed))
    facets = {"country": country, "language": language, "topic": topic}
    return SearchResults(
        counts,
        total,
        {} if total.more else {name: numbers or {} for name, numbers in facets.items()},
        make_hits(rows or (), question),
        min(max(1, number), max(1, -(-total.number // PAGE))),
    )


def _documents_of_kind(user: Any, question: Question, within: Narrowing) -> Any:
    """Return documents of the kind `asked.kind` that match, one for each object, in no order."""
    rows = matching_documents(
        Document.objects.visible_to(user).filter(kind=RawSQL("asked.kind", ())), question
    )
    query = question.as_query()
    if within.countries is not None:
        rows = rows.filter(country__in=within.countries)
    if within.topic:
        rows = rows.filter(facets__contains=[f"topic:{within.topic}"])
    if within.language:
        edition = [f"{EDITION}{within.language}"]
        rows = rows.filter(Q(language=within.language) | Q(facets__contains=edition))
    if within.since:
        days = RawSQL("(SELECT max(day) FROM unnest(facets) AS day WHERE starts_with(day, %s))", [LAST_DAY])
        rows = rows.alias(last_day=days).filter(last_day__gte=f"{LAST_DAY}{within.since:%Y-%m-%d}")
    if within.year:
        rows = rows.filter(facets__contains=[f"{YEAR}{within.year}"])
    return rows.values(
        "id",
        "kind",
        "object_id",
        "country",
        "language",
        "facets",
        "sort_key",
        rank=rank_of(question),
        by_title=RawSQL(_BY_TITLE.format(query=query.sql), query.params),  # noqa: S611  our own expression
    )


# What says all of it in its title, the shorter the better.
_BY_TITLE = """
    CASE WHEN ts_filter(tsv, '{{a}}') @@ {query} THEN 10.0 / greatest(20, char_length(title)) ELSE 0 END
"""
_STATEMENT = """
    WITH asked AS (SELECT * FROM unnest(%s::text[], %s::int[], %s::bool[]) AS one (kind, most, is_last)),
    found AS MATERIALIZED (
        SELECT one.*, asked.is_last
        FROM asked CROSS JOIN LATERAL (({called}) UNION ALL ({others} LIMIT asked.most)) AS one
    ),
    shown AS MATERIALIZED (
        SELECT *, rank + CASE WHEN facets::text[] && %s::text[] THEN {about} ELSE 0 END
            + CASE WHEN country = ANY(%s::text[]) THEN {about} ELSE 0 END
            + CASE WHEN kind = ANY(%s::text[]) THEN {about} ELSE 0 END
            + CASE WHEN language = ANY(%s::text[]) OR facets::text[] && %s::text[] THEN {spoken} ELSE 0 END
            + by_title AS score
        FROM found WHERE %s = '' OR kind = %s
    ),
    page AS MATERIALIZED (
        SELECT kind, object_id, row_number() OVER (ORDER BY is_last, score DESC, sort_key, id) AS place
        FROM shown ORDER BY is_last, score DESC, sort_key, id
        LIMIT %s OFFSET %s * greatest(0, least(%s, ((SELECT count(*) FROM shown) - 1) / %s))
    )
    SELECT
        (SELECT jsonb_object_agg(kind, n) FROM (SELECT kind, count(*) AS n FROM found GROUP BY 1) AS x),
        (SELECT jsonb_object_agg(country, n)
            FROM (SELECT country, count(*) AS n FROM shown WHERE country <> '' GROUP BY 1) AS x),
        (SELECT jsonb_object_agg(code, n) FROM (
            SELECT code, count(*) AS n FROM (
                SELECT id, language AS code FROM shown WHERE language <> ''
                UNION SELECT id, substr(facet, 9) FROM shown, unnest(facets) AS facet
                    WHERE starts_with(facet, 'edition:')
            ) AS x GROUP BY 1) AS x),
        (SELECT jsonb_object_agg(substr(code, 7), n) FROM (
            SELECT code, count(*) AS n FROM shown, unnest(facets) AS code WHERE starts_with(code, 'topic:')
            GROUP BY 1) AS x),
        (SELECT json_agg(json_build_array({columns}) ORDER BY place, part) FROM ({lines}) AS x)
"""

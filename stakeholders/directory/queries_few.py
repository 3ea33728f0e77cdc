"""The numbers of words that few entries hold, counted from the rows of those entries.

Joining bits costs the same however few are found, and its long statement takes longer to plan than to answer.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.cache import cache
from django.db import connection

from search.parse import parse
from stakeholders.directory.models import CommonWord
from stakeholders.directory.queries import (
    CODES,
    OFFERS,
    OLDER,
    QUARTER,
    YEAR,
    DirectoryQuery,
    fresh_since,
    links_of,
)
from stakeholders.directory.queries_bitmaps import FACTS_OF_ENTRIES, Words, places_only, shown_listings
from stakeholders.entries.enums import Listing

type Holding = dict[str, dict[str, set[int]]]  # facet → code → the entries that hold it
type Within = Mapping[str, tuple[str, ...]]  # country → the regions that it lies in

FEW = 200
_COMMON, KEPT_SECONDS = "directory:common_words", 600
WORD = "word"
_AND_COMMON_WORDS = f"UNION ALL SELECT '{WORD}', word, '{{}}' FROM \"{CommonWord._meta.db_table}\""  # noqa: S608  our own table


class Few:
    """What answers a question, for one reader, of what its words find."""

    def __init__(self, user: Any, asked: DirectoryQuery, holding: Holding, within: Within) -> None:
        self.holding: Holding = defaultdict(dict, holding)
        self.holding["region"] = _by_region(holding["country"], within)
        self.holding["fresh"] = _by_freshness(holding["confirmed"])
        shown = self._any("listing", shown_listings(user))
        if (places := places_only(user)) is not None:
            shown &= self._any("listing", [Listing.PUBLIC]) | self._any("country", places)
        self.holding["fresh"][OLDER] = shown - self.holding["fresh"][YEAR]
        self.shown = shown
        self.answers = {name: self._any(name, codes) for name in CODES if (codes := asked.codes(name))}

    def _any(self, name: str, codes: Any) -> set[int]:
        return set().union(*(self.holding[name].get(code, ()) for code in codes))

    def found(self, aside: str = "") -> set[int]:
        """What answers to all that is asked but this facet."""
        return self.shown.intersection(*(ids for name, ids in self.answers.items() if name != aside))

    def numbers(self, name: str, aside: str = "") -> Counter[str]:
        """Code → how many of what answers to all but `aside` hold it."""
        found = self.found(aside)
        counted = {code: len(ids & found) for code, ids in self.holding[name].items()}
        return Counter({code: number for code, number in counted.items() if number})


def few_found(user: Any, asked: DirectoryQuery, words: Words, within: Within) -> Few | None:
    """None where the words are common, or find more than a few. One statement, where they seem not to be."""
    common = cache.get(_COMMON)
    # As it was known last, which only saves asking.
    if common is not None and common.issuperset(parse(asked.q, asked.missing).plain_words):
        return None
    links, its = links_of(user, OFFERS)[0].query.sql_with_params()
    statement = f"""
        WITH {", ".join(sql for sql, _params in words.tables)},
        first (id) AS MATERIALIZED (SELECT id FROM matched LIMIT {FEW + 1}),
        late (id) AS MATERIALIZED (SELECT id FROM first WHERE (SELECT count(*) <= {FEW} FROM first)),
        fact (facet, code, id) AS (
            {FACTS_OF_ENTRIES}
            UNION ALL SELECT '{OFFERS}', code, id FROM ({links}) AS link (id, code)
            WHERE id IN (SELECT id FROM late)
        )
        SELECT '', '', NULL FROM are_common WHERE are_all OR (SELECT count(*) > {FEW} FROM first)
        UNION ALL SELECT facet, code, array_agg(id) FROM fact GROUP BY facet, code
        {"" if common is not None else _AND_COMMON_WORDS}
    """  # noqa: S608  names of our own
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(one for _sql, params in words.tables for one in params), *its])
        rows = cursor.fetchall()
    if common is None:
        cache.set(_COMMON, {code for facet, code, _ids in rows if facet == WORD}, KEPT_SECONDS)
    holding: Holding = defaultdict(dict)
    for facet, code, ids in rows:
        if ids is None:
            return None
        holding[facet][code] = set(ids)
    return Few(user, asked, holding, within)


def _by_region(countries: Mapping[str, set[int]], within: Within) -> dict[str, set[int]]:
    regions: dict[str, set[int]] = defaultdict(set)
    for country, ids in countries.items():
        for region in within.get(country, ()):
            regions[region] |= ids
    return regions


def _by_freshness(days: Mapping[str, set[int]]) -> dict[str, set[int]]:
    since = {code: f"{fresh_since(code):%Y-%m-%d}" for code in (QUARTER, YEAR)}
    return {
        code: set().union(*(ids for day, ids in days.items() if day >= first))
        for code, first in since.items()
    }

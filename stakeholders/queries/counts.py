"""How many are behind each choice of the directory, before it is made.

One statement gives the numbers by kind and country, and by topic, kind and country; every facet is a sum
over them, each without its own choice. They are kept in the shared cache under the version of the directory,
which every act that changes what is shown counts up in its own transaction: a kept number is never older than
that. What differs between readers is which listings they see, and so that is part of the key.
"""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from stakeholders.enums import Listing, Status
from stakeholders.models import Stakeholder, StakeholderQuerySet
from stakeholders.queries.directory import Asked, listings_seen, on_topics, shown_to, with_words
from stakeholders.queries.regional import readers_key
from taxonomy.models import Country

KEPT_SECONDS = 600
KEPT_SECONDS_WITH_WORDS = 120  # few ask for the same words again later
FEWEST = 5  # below this the number of those who only count in their country is not told

type Grid = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Tally:
    # (kind, iso3) → number
    grid: Grid
    # topic → the same; one stakeholder may stand under several
    topics: dict[str, Grid]


@dataclass(slots=True)
class Facets:
    """Numbers by code. Those of a facet leave its own choice out of account; `total` takes all into it."""

    total: int = 0
    kind: Counter[str] = field(default_factory=Counter)
    country: Counter[str] = field(default_factory=Counter)
    region: Counter[str] = field(default_factory=Counter)
    topic: Counter[str] = field(default_factory=Counter)


class Counts:
    """The numbers for one reader, at one version of the directory."""

    def __init__(self, user: Any, version: int) -> None:
        self.user, self.version = user, version
        # A part of every key: two regional focal points see the same listings, of different places.
        self.listings = (*listings_seen(user), *readers_key(user))
        self.regions = regions_of_countries()
        self._tallies: dict[str, Tally] = {}

    def facets(self, asked: Asked) -> Facets:
        counted = Facets()
        tally = self._tally(asked.q)
        for (kind, country), number in self._grid(asked).items():
            of_kind = not asked.kind or kind in asked.kind
            in_country = not asked.country or country in asked.country
            regions = self.regions.get(country, ())
            in_region = not asked.region or not set(asked.region).isdisjoint(regions)
            if in_country and in_region:
                counted.kind[kind] += number
            if of_kind and in_region:
                counted.country[country] += number
            if of_kind and in_country:
                counted.region.update(dict.fromkeys(regions, number))
            if of_kind and in_country and in_region:
                counted.total += number
        for topic, grid in tally.topics.items():
            counted.topic[topic] = self._sum(grid, asked)
        return counted

    def total(self, asked: Asked) -> int:
        return self._sum(self._grid(asked), asked)

    def unnamed(self, asked: Asked) -> dict[str, int]:
        """iso3 → how many count in that country's total alone; for whole countries, from five up."""
        if not asked.country or asked != Asked(country=asked.country, sort=asked.sort):
            return {}
        key = f"directory:unnamed:{self.version}"
        numbers = cache.get(key)
        if numbers is None:
            numbers = dict(
                Stakeholder.objects.filter(status__in=Status.SHOWN, listing=Listing.COUNTRY)
                .values_list("country")
                .annotate(number=Count("pk"))
                .filter(number__gte=FEWEST)
            )
            cache.set(key, numbers, KEPT_SECONDS)
        return {code: numbers[code] for code in asked.country if code in numbers}

    def _sum(self, grid: Grid, asked: Asked) -> int:
        return sum(
            number
            for (kind, country), number in grid.items()
            if (not asked.kind or kind in asked.kind)
            and (not asked.country or country in asked.country)
            and (not asked.region or not set(asked.region).isdisjoint(self.regions.get(country, ())))
        )

    def _grid(self, asked: Asked) -> Grid:
        """By kind and country, among those on the topics asked for."""
        if not asked.topic:
            return self._tally(asked.q).grid
        if len(asked.topic) == 1:
            return self._tally(asked.q).topics.get(asked.topic[0], {})
        return _grid(with_words(on_topics(shown_to(self.user), asked.topic), self.user, asked.q))

    def _tally(self, text: str) -> Tally:
        if text not in self._tallies:
            name = sha256(text.encode()).hexdigest() if text else "all"
            key = f"directory:counts:{self.version}:{'+'.join(self.listings)}:{name}"
            tally = cache.get(key)
            if tally is None:
                tally = _tally(with_words(shown_to(self.user), self.user, text))
                cache.set(key, tally, KEPT_SECONDS_WITH_WORDS if text else KEPT_SECONDS)
            self._tallies[text] = tally
        return self._tallies[text]


def _tally(rows: StakeholderQuerySet) -> Tally:
    """Both tables in one statement: finding the rows again for the second costs as much as for the first."""
    found, params = rows.order_by().values("pk", "kind", "country_id").query.sql_with_params()
    through = Stakeholder.topics.through._meta.db_table
    statement = f"""
        WITH found (id, kind, country) AS MATERIALIZED ({found})
        SELECT NULL, kind, country, count(*) FROM found GROUP BY kind, country
        UNION ALL
        SELECT topic_id, kind, country, count(*) FROM "{through}" JOIN found ON stakeholder_id = found.id
        GROUP BY topic_id, kind, country
    """  # noqa: S608  a queryset's own statement, with its parameters apart
    tally = Tally({}, {})
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        for topic, kind, country, number in cursor.fetchall():
            grid = tally.grid if topic is None else tally.topics.setdefault(topic, {})
            grid[kind, country] = number
    return tally


def _grid(rows: StakeholderQuerySet) -> Grid:
    counted = rows.order_by().values_list("kind", "country_id").annotate(Count("pk"))
    return {(kind, country): number for kind, country, number in counted}


def regions_of_countries() -> dict[str, tuple[str, ...]]:
    """iso3 → the M49 codes of the regions it lies in, from the widest to the nearest."""
    key = f"stakeholders:regions:{Country.version()}"
    found = cache.get(key)
    if found is None:
        rows = Country.objects.values_list("pk", "region_id", "subregion_id", "intermediate_region_id")
        found = {pk: tuple(code for code in codes if code) for pk, *codes in rows}
        cache.set(key, found, KEPT_SECONDS)
    return found

"""How many are behind each choice of the directory, before it is made.

One statement reads every entry that the words find once, notes which of the facets asked for it misses, and
counts: an entry that misses none counts everywhere, one that misses a single facet counts beside the choices
of that facet, since those leave their own choice out of account. The numbers of a question are kept in the
shared cache under the version of the directory, which every act that changes what is shown counts up in its
own transaction: a kept number is never older than that. What differs between readers is which listings they
see, and so that is part of the key.

Of a million entries a count takes many seconds. There a reader is told the last numbers, and a worker counts
anew; the entries themselves are always those of now.
"""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import reduce
from hashlib import sha256
from operator import add
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Case, CharField, Count, IntegerField, Q, Value, When

from accounts.people.enums import Role
from core.later import later
from core.small_numbers import FEWEST
from search.facets import FacetCounts
from stakeholders.directory.queries import (
    CODES,
    LINKED,
    OFFERS,
    OLDER,
    QUARTER,
    YEAR,
    DirectoryQuery,
    answering,
    fresh_since,
    links_of,
    listings_seen,
    shown_to,
    with_words,
)
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.models import Country

KEPT_SECONDS = 600
KEPT_SECONDS_WITH_WORDS = 120  # few ask for the same words again later
# How long the last numbers of what takes long to count are kept (STAKEHOLDERS_LONG_COUNT_SECONDS).
LAST_SECONDS = 24 * 60 * 60
NUDGED_SECONDS = 60
LAST = "last"
TASK = "stakeholders.heavy_count"


@dataclass(slots=True)
class Facets(FacetCounts):
    # iso3 → how many of `total` are there
    places: Counter[str] = field(default_factory=Counter)


class Counts:
    """The numbers for one reader, at one version of the directory."""

    def __init__(self, user: Any, version: int) -> None:
        self.user, self.version = user, version
        # Where the numbers of now will stand, of which those of an earlier version were told.
        self.late: list[str] = []
        # A part of every key: two regional focal points see the same listings, of different places.
        self.listings = (*listings_seen(user), *readers_key(user))

    def facets(self, asked: DirectoryQuery) -> Facets:
        """Never older than the version; but of a question that takes long, the last numbers that there are.

        Then `late` of the counts names it, and a worker counts anew.
        """
        key = self._key(asked, str(self.version))
        counted: Facets | None = cache.get(key)
        if (
            counted is None
            and not asked.missing
            and (counted := cache.get(self._key(asked, LAST))) is not None
        ):
            self.late.append(key)
            self._nudge(asked)
        return self.count(asked) if counted is None else counted

    def count(self, asked: DirectoryQuery) -> Facets:
        """Count now, and keep the numbers."""
        began = time.monotonic()
        counted = _counted(self.user, asked)
        kept_for = KEPT_SECONDS_WITH_WORDS if asked.q else KEPT_SECONDS
        cache.set(self._key(asked, str(self.version)), counted, kept_for)
        if time.monotonic() - began > settings.STAKEHOLDERS_LONG_COUNT_SECONDS:
            cache.set(self._key(asked, LAST), counted, LAST_SECONDS)
        return counted

    def is_kept(self, asked: DirectoryQuery) -> bool:
        return self._key(asked, str(self.version)) in cache

    def _key(self, asked: DirectoryQuery, version: str) -> str:
        question = replace(asked, sort="", exact=False).query()
        name = sha256(f"{question} {asked.missing}".encode()).hexdigest()
        return f"directory:facets:{version}:{'+'.join(self.listings)}:{name}"

    def _nudge(self, asked: DirectoryQuery) -> None:
        """One worker at a time for one question."""
        if cache.add(f"{self._key(asked, LAST)}:nudged", 1, NUDGED_SECONDS):
            later(TASK, query=replace(asked, sort="", exact=False).query(), reader=self.user.pk)

    def total(self, asked: DirectoryQuery) -> int:
        return self.facets(asked).total

    def unnamed(self, asked: DirectoryQuery) -> dict[str, int]:
        """iso3 → how many count in that country's total alone; for whole countries, from five up."""
        if not asked.country or asked != DirectoryQuery(country=asked.country, sort=asked.sort):
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


def _counted(user: Any, asked: DirectoryQuery) -> Facets:
    bits = {name: 1 << at for at, name in enumerate(CODES) if getattr(asked, name)}
    counted, regions = Facets(), _kept_regions()
    try:
        statement, params = _statement(user, asked, bits)
    except EmptyResultSet:  # what was typed holds no word
        return counted
    if regions is None:
        # Not kept yet: asked for in the same statement.
        statement = f"{statement} UNION ALL {_REGIONS}"
    regions = regions or {}
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = cursor.fetchall()
        within = {row[1]: tuple(filter(None, row[2:5])) for row in rows if row[0] == WITHIN}
        if within:
            regions = _keep_regions(within)
        for name, code, kind, country, standing, fresh, misses, number in rows:
            if name == WITHIN:
                continue
            if name is not None:
                counted.beside[name][code] = number
                continue
            fresher = (QUARTER, YEAR) if fresh == QUARTER else (fresh,)
            stands = {
                "kind": (kind,),
                "country": (country,),
                "region": regions.get(country, ()),
                "standing": (standing,),
                "fresh": fresher,
            }
            for facet, codes in stands.items():
                if misses in (0, bits.get(facet, 0)):
                    counted.beside[facet].update(dict.fromkeys(codes, number))
            for facet, bit in bits.items():
                if misses in (0, bit):
                    counted.without[facet] += number
            if not misses:
                counted.total += number
                counted.places[country] += number
    return counted


def _statement(user: Any, asked: DirectoryQuery, bits: dict[str, int]) -> tuple[str, tuple[Any, ...]]:
    """The whole count: (facet, code, …, number) for linked facets, (NULL, NULL, kind, …, number) else."""
    missed = [
        Case(When(answering(user, name, getattr(asked, name)), then=Value(0)), default=Value(bit))
        for name, bit in bits.items()
    ]
    rows = with_words(shown_to(user), user, asked).order_by()
    rows = rows.annotate(
        its_misses=reduce(add, missed) if missed else Value(0, IntegerField()),
        its_fresh=Case(
            When(Q(confirmed_at__gte=fresh_since(QUARTER)), then=Value(QUARTER)),
            When(Q(confirmed_at__gte=fresh_since(YEAR)), then=Value(YEAR)),
            default=Value(OLDER),
            output_field=CharField(),
        ),
    )
    found, params = rows.values_list(
        "pk", "kind", "country_id", "status", "its_fresh", "its_misses"
    ).query.sql_with_params()
    columns = "id, kind, country, standing, fresh, misses"
    # A bare comparison would be taken to hold for one entry in two hundred, and the links of each of many
    # thousands would be looked up one by one; `coalesce` counts as one in two.
    only = "WHERE coalesce(misses = ANY(%s), false)" if bits else ""
    statement = f"""
        WITH found ({columns}) AS MATERIALIZED (
            SELECT * FROM ({found} OFFSET 0) AS entry ({columns}) {only}
        )
        SELECT NULL, NULL, kind, country, standing, fresh, misses, count(*) FROM found
        GROUP BY kind, country, standing, fresh, misses
    """  # noqa: S608  a queryset's own statement, with its parameters apart
    params = (*params, [0, *bits.values()]) if bits else params
    for name in (*LINKED, OFFERS):
        links, more = links_of(user, name)[0].query.sql_with_params()
        statement += f"""
            UNION ALL
            SELECT %s, code, NULL, NULL, NULL, NULL, 0, count(*)
            FROM ({links}) AS link (entry, code) JOIN found ON entry = found.id
            {only} GROUP BY code
        """  # noqa: S608  as above
        params = (*params, name, *more, *([[0, bits.get(name, 0)]] if bits else ()))
    return statement, params


type Regions = dict[str, tuple[str, ...]]

WITHIN = "within"
_REGIONS = f"""
    SELECT '{WITHIN}', iso3, region_id, subregion_id, intermediate_region_id, NULL, 0, 0
    FROM "{Country._meta.db_table}"
"""  # noqa: S608  a name of our own table


def regions_of_countries() -> Regions:
    """iso3 → the M49 codes of the regions it lies in, from the widest to the nearest."""
    found = _kept_regions()
    if found is None:
        rows = Country.objects.values_list("pk", "region_id", "subregion_id", "intermediate_region_id")
        found = _keep_regions({pk: tuple(code for code in codes if code) for pk, *codes in rows})
    return found


def _kept_regions() -> Regions | None:
    return cache.get(f"stakeholders:regions:{Country.version()}")


def _keep_regions(found: Regions) -> Regions:
    cache.set(f"stakeholders:regions:{Country.version()}", found, KEPT_SECONDS)
    return found


def readers_key(user: Any) -> tuple[str, ...]:
    """What tells apart readers who see the same listings, of different places: for keys of kept counts."""
    if not (user.is_authenticated and user.is_active) or user.is_desk:
        return ()
    places = user.places_of(Role.REGIONAL)
    if not places or user.has_perm("stakeholders.take_part"):
        return ()
    return ("in:" + sha256(",".join(sorted(places)).encode()).hexdigest(),)

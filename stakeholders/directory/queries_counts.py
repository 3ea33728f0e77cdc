"""How many are behind each choice of the directory, before it is made.

One statement counts all of it from the bits of codes (`queries_bitmaps`), not from the entries found. The
numbers of a question are kept in the shared cache under the version of the directory, which every act that
changes what is shown counts up in its own transaction: a kept number is never older than that. What differs
between readers is which listings they see, and so that is part of the key.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from hashlib import sha256
from operator import itemgetter
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Count

from core.replica import on_primary
from core.small_numbers import FEWEST
from search.facets import FacetCounts
from stakeholders.directory.models import FacetBitmap
from stakeholders.directory.queries import CODES, DirectoryQuery, listings_seen
from stakeholders.directory.queries_bitmaps import found, places_only, words_of
from stakeholders.directory.queries_few import Few, few_found
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.models import Country

KEPT_SECONDS = 600
KEPT_SECONDS_WITH_WORDS = 120  # few ask for the same words again later


@dataclass(slots=True)
class Facets(FacetCounts):
    # iso3 → how many of `total` are there
    places: Counter[str] = field(default_factory=Counter)


class Counts:
    """The numbers for one reader, at one version of the directory."""

    def __init__(self, user: Any, version: int) -> None:
        self.user, self.version = user, version
        # A part of every key: two regional focal points see the same listings, of different places.
        self.listings = (*listings_seen(user), *readers_key(user))

    def facets(self, asked: DirectoryQuery) -> Facets:
        """Never older than the version."""
        question = replace(asked, sort="", exact=False).query()
        name = sha256(f"{question} {asked.missing}".encode()).hexdigest()
        key = f"directory:facets:{self.version}:{'+'.join(self.listings)}:{name}"
        counted: Facets | None = cache.get(key)
        if counted is None:
            counted = _counted(self.user, asked)
            cache.set(key, counted, KEPT_SECONDS_WITH_WORDS if asked.q else KEPT_SECONDS)
        return counted

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
    counted, words = Facets(), words_of(user, asked) if asked.q else None
    regions = _kept_regions()
    if words and regions is not None and (few := few_found(user, asked, words, regions)):
        return _counted_of(few)
    of_facet = [name for name in CODES if asked.codes(name)]
    tables = found(user, asked, ["", *of_facet], words)
    if tables is None:  # what was typed holds no word
        return counted
    # Which answer a facet is counted of: its own choice left out. Countries for their regions and for the
    # map, too.
    aside = {name: name if name in of_facet else "" for name in CODES}
    counting = sorted(
        {(aside[name], name) for name in CODES} | {(aside["region"], "country"), ("", "country")}
    )
    statement = _COUNT.format(tables=tables[0])
    params = [*tables[1], *map(list, zip(*sorted(counting), strict=True))]
    if regions is None:
        # Not kept yet: asked for in the same statement.
        statement = f"{statement} UNION ALL {_REGIONS}"
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        rows = cursor.fetchall()
    if regions is None:
        regions = _keep_regions((row[1], *row[2:]) for row in rows if row[0] == WITHIN)
    for its_aside, name, code, said in rows:
        if its_aside == WITHIN or not said:
            continue
        number = int(said)
        if name is None:
            counted.without.update({its_aside: number} if its_aside else {})
            counted.total += 0 if its_aside else number
            continue
        if its_aside == aside[name]:
            counted.beside[name][code] += number
        if name == "country" and its_aside == aside["region"]:
            counted.beside["region"].update(dict.fromkeys(regions.get(code, ()), number))
        if name == "country" and not its_aside:
            counted.places[code] += number
    return counted


def _counted_of(few: Few) -> Facets:
    without = {name: len(few.found(name)) for name in few.answers}
    return Facets(
        total=len(few.found()),
        beside=defaultdict(Counter, {name: few.numbers(name, name) for name in CODES}),
        without=Counter({name: number for name, number in without.items() if number}),
        places=few.numbers("country"),
    )


# Block by block, and numbers before groups: what is sorted or joined is never the bits of all codes.
_COUNT = f"""
    WITH {{tables}},
    against (aside, facet, block, bits) AS MATERIALIZED (
        SELECT aside, facet, block, bits FROM found JOIN unnest(%s::text[], %s::text[]) AS one (aside, facet)
        USING (aside)
    )
    SELECT aside, NULL, NULL, sum(bit_count(bits)) FROM found GROUP BY aside
    UNION ALL
    SELECT aside, facet, code, sum(number) FROM (
        SELECT aside, facet, code, number FROM against, LATERAL (
            SELECT code, bit_count(kept.bits & against.bits) AS number
            FROM "{FacetBitmap._meta.db_table}" AS kept
            WHERE kept.facet = against.facet AND kept.block = against.block OFFSET 0
        ) AS one
        UNION ALL SELECT aside, facet, code, bit_count(one.bits & against.bits)
        FROM against JOIN (TABLE changed UNION ALL TABLE made) AS one USING (facet, block)
    ) AS one GROUP BY aside, facet, code
"""  # noqa: S608  names of our own


type Regions = dict[str, tuple[str, ...]]

WITHIN = "within"
_REGIONS = f"""
    SELECT '{WITHIN}', iso3, code, place FROM "{Country._meta.db_table}",
        unnest(ARRAY[region_id, subregion_id, intermediate_region_id]) WITH ORDINALITY AS region (code, place)
    WHERE code <> ''
"""  # noqa: S608  a name of our own table


@on_primary()
def regions_of_countries() -> Regions:
    """iso3 → the M49 codes of the regions it lies in, from the widest to the nearest."""
    found = _kept_regions()
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(_REGIONS)
            found = _keep_regions(row[1:] for row in cursor.fetchall())
    return found


def _kept_regions() -> Regions | None:
    return cache.get(f"stakeholders:regions:{Country.version()}")


def _keep_regions(rows: Iterable[tuple[str, str, int]]) -> Regions:
    within: dict[str, list[str]] = defaultdict(list)
    for iso3, code, _place in sorted(rows, key=itemgetter(2)):
        within[iso3].append(code)
    found = {iso3: tuple(codes) for iso3, codes in within.items()}
    cache.set(f"stakeholders:regions:{Country.version()}", found, KEPT_SECONDS)
    return found


def readers_key(user: Any) -> tuple[str, ...]:
    """What tells apart readers who see the same listings, of different places: for keys of kept counts."""
    places = places_only(user)
    return () if places is None else ("in:" + sha256(",".join(places).encode()).hexdigest(),)

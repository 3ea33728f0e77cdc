"""How many are behind each choice of the directory, before it is made: counted from sets (`queries_sets`)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from pyroaring import BitMap

from core.small_numbers import FEWEST
from search.facets import FacetCounts
from stakeholders.directory.queries import CODES, DirectoryQuery, listings_seen, places_only
from stakeholders.directory.queries_sets import Holders, answer_to, holders
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.queries import regions_of

KEPT_SECONDS = 600


@dataclass(slots=True)
class Facets(FacetCounts):
    # iso3 → how many of `total` are there
    places: Counter[str] = field(default_factory=Counter)
    # The numbers of those that answer.
    answer: BitMap = field(default_factory=BitMap)


class Counts:
    """The numbers for one reader, at one version of the directory."""

    def __init__(self, user: Any, version: int) -> None:
        self.user, self.version = user, version
        # What tells readers apart who are shown different numbers, for keys of what is cached.
        self.listings = (*listings_seen(user), *readers_key(user))

    def facets(self, question: DirectoryQuery) -> Facets:
        return count_facets(self.user, question)

    def total(self, question: DirectoryQuery) -> int:
        return len(answer_to(self.user, question))

    def unnamed(self, question: DirectoryQuery) -> dict[str, int]:
        """Return iso3 → how many count in that country's total alone; for whole countries, from five up."""
        if not question.country or question != DirectoryQuery(country=question.country, sort=question.sort):
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
        return {code: numbers[code] for code in question.country if code in numbers}


def count_facets(user: Any, question: DirectoryQuery) -> Facets:
    """Count what answers, and beside each choice what would; the choices of its own facet are left aside."""
    counts = Facets()
    for entries in holders(user, question):
        _count(entries, question, counts)
    return counts


def _count(entries: Holders, question: DirectoryQuery, counts: Facets) -> None:
    answer = entries.answer(question)
    counts.total += len(answer)
    counts.answer |= answer
    places = _numbers(entries.countries, answer)
    counts.places.update(places)
    for name in CODES:
        beside = answer
        if question.codes(name):
            beside = entries.answer(question, aside=name)
            if beside:
                counts.without[name] += len(beside)
        if name == "region":
            numbers: Mapping[str, int] = _in_regions(
                places if beside is answer else _numbers(entries.countries, beside)
            )
        else:
            numbers = _numbers(entries.ids_by_code(name), beside)
        counts.beside[name].update(numbers)


def _in_regions(places: Mapping[str, int]) -> Counter[str]:
    """Add up the numbers of countries: an entry is in one country, so that a region counts it once."""
    numbers, regions = Counter[str](), regions_of()
    for country, number in places.items():
        for region in regions.get(country, ()):
            numbers[region] += number
    return numbers


def _numbers(holding: Any, answer: Any) -> dict[str, int]:
    numbers = ((code, ids.intersection_cardinality(answer)) for code, ids in holding.items())
    return {code: number for code, number in numbers if number}


def readers_key(user: Any) -> tuple[str, ...]:
    """Return the part of a cache key that distinguishes readers of the same listings by their places."""
    places = places_only(user)
    return () if places is None else ("in:" + sha256(",".join(places).encode()).hexdigest(),)

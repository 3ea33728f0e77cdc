"""Countries by region, and the country that somebody names."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from coordination.focal_points.queries import named_for
from portal.opportunities.queries import Opportunity, OpportunityQuery, fetch
from reviews.tracker.models import CountryReview
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import HEIGHT, WIDTH, Mark
from taxonomy.places.models import Country, Region

FEW = 4
WIDE, HIGH = 240, 120


# --- Countries ----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Continent:
    region: Region
    countries: list[Country]


def countries_by_region() -> list[Continent]:
    """All countries and areas that lie in a region, by name within it. One query."""
    found: dict[str, Continent] = {}
    for country in Country.objects.in_order().select_related("region"):
        if country.region is not None:
            found.setdefault(country.region.pk, Continent(country.region, [])).countries.append(country)
    return sorted(found.values(), key=lambda one: getattr(one.region, f"sort_{content_language()}"))


@dataclass(frozen=True)
class WhatToDo:
    """What a stakeholder can do about one country or area now: what to join, and whom to write to."""

    # Those that name the country first; then what is open to all.
    open: list[Opportunity]
    number: int
    # (What a link says, address) of the regional focal points who are named; others may cover it too.
    people: list[tuple[str, str]]
    is_covered: bool
    review: CountryReview | None


def around(mark: Mark) -> str:
    """The part of the map that shows a country or area among its neighbours, as a `viewBox`."""
    x = min(max(mark.x - WIDE / 2, 0), WIDTH - WIDE)
    y = min(max(mark.y - HIGH / 2, 0), HEIGHT - HIGH)
    return f"{x:g} {y:g} {WIDE} {HIGH}"


def what_to_do(user: Any, country: Country) -> WhatToDo:
    """Three statements."""
    asked = OpportunityQuery(kind=("call", "dialogue"), country=(country.pk,))
    found = sorted(filter(asked.finds, fetch(is_open=True)), key=lambda one: not one.country)
    reviews = CountryReview.objects.visible_to(user).filter(country=country).select_related("focal_point")
    people, is_covered = named_for(user, country.pk)
    return WhatToDo(found[:FEW], len(found), people, is_covered, reviews.first())


def country_of(user: Any, iso3: str) -> Country | None:
    return Country.objects.visible_to(user).select_related("region", "subregion").filter(pk=iso3).first()


def country_named(user: Any, words: str) -> str | None:
    """The code of the country of this name, with or without what stands in brackets, or code; in any case.

    Names are those in English and in the language in use.
    """
    asked = slugify(words, allow_unicode=True)
    if not asked:
        return None
    names = Country.objects.visible_to(user).order_by("name_en")
    for iso3, iso2, *called in names.values_list("iso3", "iso2", "name_en", f"name_{content_language()}"):
        said = [part for name in called for part in (name, name.partition(" (")[0])]
        slugs = {slugify(one, allow_unicode=with_accents) for one in said for with_accents in (True, False)}
        if asked in (iso3.lower(), iso2.lower(), *slugs):
            return str(iso3)
    return None

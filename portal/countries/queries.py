"""Countries by name and by region, and the country that somebody names."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.text import slugify

from coordination.focal_points.queries import Coverage, coverage_of
from portal.opportunities.enums import OpportunityKind
from portal.opportunities.queries import Opportunity, OpportunityQuery, fetch
from reviews.tracker.models import CountryReview
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import HEIGHT, WIDTH, Mark
from taxonomy.places.models import Country, Region

FEW = 4
WIDE, HIGH = 240, 120


# --- Countries ----------------------------------------------------------------------------------------
class Part(NamedTuple):
    """Some countries of the list, and the place on the page to which its index jumps."""

    place: str
    title: str
    countries: list[Country]


def countries_by_name() -> list[Part]:
    """All countries and areas that lie in a region, by the first letter of how they sort. One query."""
    found: dict[str, Part] = {}
    for country in countries_in_regions():
        letter = getattr(country, f"sort_{content_language()}")[:1].upper()
        found.setdefault(letter, Part(f"letter-{letter}", letter, [])).countries.append(country)
    return list(found.values())


def countries_by_region() -> list[Part]:
    """The same by region, in each by name. One query."""
    found: dict[Region, Part] = {}
    for country in countries_in_regions():
        region: Any = country.region
        found.setdefault(region, Part(f"region-{region.pk}", region.name, [])).countries.append(country)
    return [found[one] for one in sorted(found, key=lambda one: getattr(one, f"sort_{content_language()}"))]


def countries_in_regions() -> QuerySet[Country]:
    return Country.objects.in_order().filter(region__isnull=False).select_related("region")


@dataclass(frozen=True)
class CountryFacts:
    """What the page of a country or area shows every reader alike, apart from its panels."""

    country: Country
    # Those that name the country first; then what is open to all.
    open: list[Opportunity]
    review: CountryReview | None
    coverage: Coverage


def around(mark: Mark) -> str:
    """The part of the map that shows a country or area among its neighbours, as a `viewBox`."""
    x = min(max(mark.x - WIDE / 2, 0), WIDTH - WIDE)
    y = min(max(mark.y - HIGH / 2, 0), HEIGHT - HIGH)
    return f"{x:g} {y:g} {WIDE} {HIGH}"


def country_facts(iso3: str) -> CountryFacts | None:
    """Return what every reader is shown of a country or area; None where there is none of this code."""
    countries = Country.objects.visible_to(AnonymousUser()).select_related("region", "subregion")
    country = countries.filter(pk=iso3).first()
    if country is None:
        return None
    query = OpportunityQuery(country=(country.pk,))
    kinds = (OpportunityKind.CALL, OpportunityKind.DIALOGUE)
    opportunities = sorted(
        filter(query.finds, fetch(is_open=True, kinds=kinds)), key=lambda opportunity: not opportunity.country
    )
    reviews = CountryReview.objects.visible_to(AnonymousUser()).filter(country=country)
    review = reviews.select_related("focal_point").first()
    return CountryFacts(country, opportunities[:FEW], review, coverage_of(country.pk))


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

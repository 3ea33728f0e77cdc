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
from taxonomy.names.models import names_of
from taxonomy.names.sorting import content_language
from taxonomy.places.map_marks import HEIGHT, WIDTH, Mark
from taxonomy.places.models import Country, Region

FEW = 4
WIDE, HIGH = 240, 120


# --- Countries ----------------------------------------------------------------------------------------
class CountrySection(NamedTuple):
    """Some countries of the list, and the place on the page to which its index jumps."""

    place: str
    title: str
    countries: list[Country]


def countries_by_name() -> list[CountrySection]:
    """Return the countries and areas that lie in a region, by the first letter of their sort key."""
    parts: dict[str, CountrySection] = {}
    for country in countries_in_regions():
        letter = getattr(country, f"sort_{content_language()}")[:1].upper()
        parts.setdefault(letter, CountrySection(f"letter-{letter}", letter, [])).countries.append(country)
    return list(parts.values())


def countries_by_region() -> list[CountrySection]:
    """Return the same countries by region, within a region by name."""
    parts: dict[Region, CountrySection] = {}
    for country in countries_in_regions():
        region: Any = country.region
        parts.setdefault(region, CountrySection(f"region-{region.pk}", region.name, [])).countries.append(
            country
        )
    key = f"sort_{content_language()}"
    return [parts[region] for region in sorted(parts, key=lambda region: getattr(region, key))]


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


_OF_A_COUNTRY = (
    *("un_group", "status", "review__country", "review__nominal_start", "review__group__nominal_start"),
    *(f"review__focal_point__{name}" for name in ("nominated", "name", "name_source")),
)


def country_facts(iso3: str) -> CountryFacts | None:
    """Return what every reader is shown of a country or area; None where there is none of this code."""
    # With its review, which its panel tells too: what is recorded of one is everybody's.
    countries = Country.objects.visible_to(AnonymousUser()).select_related(
        "region", "subregion", "review__group", "review__focal_point"
    )
    names = (*names_of(), *names_of("region"), *names_of("subregion"))
    country = countries.only(*names, *_OF_A_COUNTRY).filter(pk=iso3).first()
    if country is None:
        return None
    query = OpportunityQuery(country=(country.pk,))
    kinds = (OpportunityKind.CALL, OpportunityKind.DIALOGUE)
    opportunities = sorted(
        filter(query.finds, fetch(is_open=True, kinds=kinds)), key=lambda opportunity: not opportunity.country
    )
    review = getattr(country, "review", None)
    return CountryFacts(country, opportunities[:FEW], review, coverage_of(country.pk))


def country_named(user: Any, words: str) -> str | None:
    """Return the code of the country of this name or code, in upper or lower case; None where there is none.

    Names are those in English and in the language in use, with or without what stands in brackets.
    """
    wanted_slug = slugify(words, allow_unicode=True)
    if not wanted_slug:
        return None
    columns = Country.objects.visible_to(user).order_by("name_en")
    for iso3, iso2, *names in columns.values_list("iso3", "iso2", "name_en", f"name_{content_language()}"):
        written = [part for name in names for part in (name, name.partition(" (")[0])]
        slugs = {
            slugify(name, allow_unicode=with_accents) for name in written for with_accents in (True, False)
        }
        if wanted_slug in (iso3.lower(), iso2.lower(), *slugs):
            return str(iso3)
    return None

"""Countries by region, and the country that somebody names."""

from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify

from taxonomy.names.sorting import content_language
from taxonomy.places.models import Country, Region


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


def country_of(user: Any, iso3: str) -> Country | None:
    return Country.objects.visible_to(user).select_related("region", "subregion").filter(pk=iso3).first()


def country_named(user: Any, words: str) -> str | None:
    """The code of the country whose English name, with or without what stands in brackets, or code it is."""
    asked = slugify(words)
    names = Country.objects.visible_to(user).order_by("name_en").values_list("iso3", "name_en")
    for iso3, name in names:
        if asked in (slugify(name), slugify(name.partition(" (")[0]), iso3.lower()):
            return str(iso3)
    return None

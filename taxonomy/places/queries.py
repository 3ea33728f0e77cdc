"""Which country a code stands for, and which regions it lies in."""

from collections.abc import Collection, Mapping

from django.core.cache import cache

from core.database import on_primary
from taxonomy.names.models import KEPT_SECONDS, nearby
from taxonomy.places.enums import AREAS
from taxonomy.places.models import AreaMapping, Country, Region


def place(code: str) -> Country | None:
    """What an ISO alpha-2 or alpha-3 code stands for, or where the desk's mapping puts it.

    None means that nobody has said: an import stops and asks, it never guesses.
    """
    iso3 = codes_placed().get(code.strip().upper())
    return Country.objects.filter(pk=iso3).first() if iso3 else None


@on_primary()
def codes_placed() -> dict[str, str]:
    """Return every code that can be placed (alpha-2, alpha-3, mapped by the desk) → ISO alpha-3.

    For imports of many rows: one query or none. A code that the desk decided to leave out is not in it;
    `codes_left_out()` has those.
    """
    key = f"taxonomy:placed:{Country.version()}"
    codes = cache.get(key)
    if codes is None:
        codes = {iso2: iso3 for iso3, iso2 in Country.objects.values_list("iso3", "iso2")}
        codes |= {iso3: iso3 for iso3 in codes.values()}
        mapped = AreaMapping.objects.exclude(country=None).values_list("code", "country_id")
        codes = dict(mapped) | codes
        cache.set(key, codes, KEPT_SECONDS)
    return codes


def codes_left_out() -> set[str]:
    """Return the codes that the desk decided not to place, whose rows are left out."""
    return set(AreaMapping.objects.filter(country=None).values_list("code", flat=True))


@on_primary()
def regions_of() -> dict[str, tuple[str, ...]]:
    """Return ISO alpha-3 → M49 codes of its regions, from the widest to the nearest; cached."""
    key = f"taxonomy:regions_of:{Country.version()}"
    regions: dict[str, tuple[str, ...]] | None = nearby.get_many([key]).get(key)
    if regions is None:
        rows = Country.objects.values_list("pk", "region_id", "subregion_id", "intermediate_region_id")
        regions = {pk: tuple(code for code in codes if code) for pk, *codes in rows}
        nearby.set_many({key: regions})
    return regions


def countries_within(regions: Collection[str]) -> frozenset[str]:
    """Return the countries and areas of any of these regions or sub-regions (M49)."""
    region_codes = set(regions)
    return frozenset(iso3 for iso3, codes in regions_of().items() if not region_codes.isdisjoint(codes))


@on_primary()
def names_of_places(codes: Collection[str]) -> Mapping[str, str]:
    """Return ISO alpha-3 → names of country, regions and areas in all languages; {} without `codes`."""
    if not codes:
        return {}
    key = f"taxonomy:names_of_places:{Country.version()}:{Region.version()}"
    names_by_code: dict[str, str] | None = nearby.get_many([key]).get(key)
    if names_by_code is None:
        within = ("region", "subregion", "intermediate_region")
        names_by_code = {}
        for country in Country.objects.select_related(*within):
            places = [country, *filter(None, (getattr(country, name) for name in within))]
            names = [name for place in places for name in place.names]
            names += [name for area, countries in AREAS.items() if country.pk in countries for name in area]
            names_by_code[country.pk] = " ".join(names)
        nearby.set_many({key: names_by_code})
    return names_by_code

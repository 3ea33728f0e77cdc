"""Who covers what, and where there is nobody."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from stakeholders.appointments.models import Appointment
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import regions_of


def appointments(user: Any) -> QuerySet[Appointment]:
    return (
        Appointment.objects.visible_to(user)
        .select_related("user", "appointed_by", "ended_by")
        .prefetch_related("regions", "countries")
    )


@dataclass
class SubRegionCoverage:
    """One sub-region: who covers all or a part of it today, and how many of its countries nobody covers."""

    code: str
    name: str
    people: list[str] = field(default_factory=list)
    countries: int = 0
    uncovered: list[str] = field(default_factory=list)

    @property
    def has_nobody(self) -> bool:
        return len(self.uncovered) == self.countries


def coverage() -> list[tuple[str, list[SubRegionCoverage]]]:
    """Return (name of a region, its sub-regions) by appointments in force, in the order of names."""
    region_names, country_names = (dict(choices) for choices in choices_of(Region, Country))
    placed = regions_of()
    covering: dict[str, dict[int, str]] = {}
    in_force = Appointment.objects.in_force().select_related("user")
    for appointment in in_force.prefetch_related("regions", "countries"):
        codes = {region.pk for region in appointment.regions.all()}
        countries = {country.pk for country in appointment.countries.all()}
        for iso3, around in placed.items():
            if iso3 in countries or not codes.isdisjoint(around):
                covering.setdefault(iso3, {})[appointment.user_id] = str(appointment.user)
    tree: dict[str, dict[str, SubRegionCoverage]] = {}
    # In the order of the countries' names, so that the lists of those that nobody covers are in it too.
    for iso3, name in country_names.items():
        region, *nearer = placed.get(iso3) or ("",)
        if not region:
            continue
        sub = nearer[0] if nearer else region
        row = tree.setdefault(region, {}).setdefault(sub, SubRegionCoverage(sub, region_names.get(sub, sub)))
        row.countries += 1
        people = covering.get(iso3, {})
        row.people += [person for person in people.values() if person not in row.people]
        if not people:
            row.uncovered.append(name)
    order = list(region_names)
    return [
        (region_names.get(region, region), sorted(rows.values(), key=lambda row: order.index(row.code)))
        for region, rows in sorted(tree.items(), key=lambda pair: order.index(pair[0]))
    ]


def own_terms(user: Any) -> QuerySet[Appointment]:
    return Appointment.objects.visible_to(user).filter(user=user).in_force().order_by("ends_on", "pk")

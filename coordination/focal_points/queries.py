"""Who covers what, as everybody may know it: by name only those who agreed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from coordination.focal_points.models import Named
from core.database import fetch_rows
from stakeholders.appointments.models import Appointment, AppointmentQuerySet, today
from taxonomy.names.models import choices_of
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import regions_of


@dataclass
class FocalPoint:
    """A person who agreed to be named, with all that their terms cover. `term` is the one to write to."""

    term: int
    user: int
    name: str
    about: str
    places: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class CoveredCountry:
    """One country or area. `people` are those who are named; `has_somebody` counts the others too."""

    iso3: str
    name: str
    mark: Mark | None
    people: list[str]
    has_somebody: bool


@dataclass
class RegionCoverage:
    name: str
    covered: list[CoveredCountry] = field(default_factory=list)
    gaps: list[CoveredCountry] = field(default_factory=list)


def named_terms() -> dict[int, Named]:
    """Map appointments in force to the agreement of their person to be named."""
    terms = _terms().values_list("pk", "user")
    agreements = {agreement.user_id: agreement for agreement in Named.objects.select_related("user")}
    return {pk: agreements[user] for pk, user in terms if user in agreements}


def _terms() -> AppointmentQuerySet:
    """Return terms in force of people whose account is open."""
    return Appointment.objects.in_force().filter(user__is_active=True)


def to_ask(user: Any, stakeholder: Any) -> list[tuple[str, str]]:
    """Return whom to ask about a stakeholder, by its country: those who are named, and the WhatsOn team.

    Where nobody is named, the last says whether somebody covers the country.
    """
    coverage = coverage_of(stakeholder.country_id)
    people, is_covered = coverage.links_for(user), coverage.is_covered
    country = stakeholder.country
    knows = user.is_authenticated and user.has_role(Role.REGIONAL)
    if people or country is None or knows:
        team = _("Ask the WhatsOn team")
    elif is_covered:
        team = _(
            "A regional focal point covers %(country)s, but is not named here. Ask the WhatsOn team instead."
        ) % {"country": country.name}
    else:
        team = _("%(country)s has no regional focal point yet. Ask the WhatsOn team instead.") % {
            "country": country.name
        }
    return [*people, (team, reverse("portal:page", args=["contact"]))]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Who covers a country or area: of those who agreed (person, name, term to write to)."""

    named: list[tuple[int, str, int]]
    # By anybody, named or not.
    is_covered: bool

    def links_for(self, user: Any) -> list[tuple[str, str]]:
        """Return (what a link says, address) of those who are named, except the reader."""
        return [
            (
                _("Write to %(name)s, regional focal point") % {"name": name},
                reverse("regional:write", args=[term]),
            )
            for person, name, term in self.named
            if person != user.pk
        ]


def coverage_of(iso3: str) -> Coverage:
    """Return who covers a country or area, or a region around it, the latest term first."""
    terms = fetch_rows(_COVERING, [today(), today(), iso3, list(regions_of().get(iso3, ()))])
    # Of a person with several terms the last in this order is the one to write to.
    named = {person: (person, name, term) for person, name, term, is_named in terms if is_named}
    return Coverage(list(named.values()), bool(terms))


def named_version() -> tuple[str, Sequence[Any]]:
    """Return an SQL expression that is another after each change of who covers what or is named.

    With it, its values. Cached pages show what `to_ask` returns.
    """
    return _NAMED_VERSION, (today(), today())


# Kept as text since they belong to every profile; a test compares them with `_terms`.
_TERMS = f"""
    FROM {Appointment._meta.db_table} AS term JOIN {User._meta.db_table} AS person ON person.id = term.user_id
    WHERE person.is_active AND term.ended_at IS NULL AND term.ends_on >= %s AND term.starts_on <= %s
"""
_IS_NAMED = f"EXISTS (SELECT FROM {Named._meta.db_table} AS named WHERE named.user_id = person.id)"
_COVERING = f"""
    SELECT person.id, person.name, term.id, {_IS_NAMED} {_TERMS} AND (
        EXISTS (
            SELECT FROM {Appointment.countries.through._meta.db_table} AS place
            WHERE place.appointment_id = term.id AND place.country_id = %s
        ) OR EXISTS (
            SELECT FROM {Appointment.regions.through._meta.db_table} AS place
            WHERE place.appointment_id = term.id AND place.region_id = ANY(%s)
        )
    ) ORDER BY term.starts_on DESC, term.id DESC
"""  # noqa: S608  names of our own tables
_NAMED_VERSION = f"""(
    SELECT string_agg(
        concat_ws('.', term.id, term.version, CASE WHEN {_IS_NAMED} THEN person.name ELSE '' END), ';'
        ORDER BY term.id
    ) {_TERMS}
)"""


def focal_points() -> tuple[list[FocalPoint], list[RegionCoverage]]:
    """Return (people by name, regions with their countries in the order of their names)."""
    regions, countries = (dict(choices) for choices in choices_of(Region, Country))
    placed, known = regions_of(), marks()
    agreements = {agreement.user_id: agreement for agreement in Named.objects.select_related("user")}
    people: dict[int, FocalPoint] = {}
    covering: dict[str, set[int]] = {}
    for term in _terms().order_by("starts_on", "pk").prefetch_related("regions", "countries"):
        its_regions = {region.pk for region in term.regions.all()}
        its_countries = {country.pk for country in term.countries.all()}
        for iso3, around in placed.items():
            if iso3 in its_countries or not its_regions.isdisjoint(around):
                covering.setdefault(iso3, set()).add(term.user_id)
        if agreement := agreements.get(term.user_id):
            person = people.setdefault(
                term.user_id, FocalPoint(term.pk, term.user_id, agreement.user.name, agreement.about)
            )
            names = [regions.get(code, code) for code in sorted(its_regions)]
            names += [countries.get(code, code) for code in sorted(its_countries)]
            person.places += [name for name in names if name not in person.places]
    parts = {code: RegionCoverage(name) for code, name in regions.items()}
    for iso3, name in countries.items():
        region = (placed.get(iso3) or ("",))[0]
        if region not in parts:
            continue
        who = covering.get(iso3, set())
        line = CoveredCountry(
            iso3, name, known.get(iso3), sorted(people[pk].name for pk in who if pk in people), bool(who)
        )
        (parts[region].covered if who else parts[region].gaps).append(line)
    people_by_name = sorted(people.values(), key=lambda person: person.name)
    return people_by_name, [part for part in parts.values() if part.covered or part.gaps]

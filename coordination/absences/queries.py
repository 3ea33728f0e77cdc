"""The places of a term, and the work that its person holds there."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.people.enums import Role
from stakeholders.appointments.models import Appointment
from taxonomy.places.queries import regions_of
from workflow.items.models import WorkItem


def places_of_term(appointment: Appointment) -> frozenset[str]:
    """Return the countries (ISO3) of a term, including those of its regions."""
    regions = set(appointment.regions.values_list("pk", flat=True))
    countries = set(appointment.countries.values_list("pk", flat=True))
    if regions:
        countries |= {iso3 for iso3, around in regions_of().items() if not regions.isdisjoint(around)}
    return frozenset(countries)


def held_work(person: Any, places: frozenset[str]) -> QuerySet[WorkItem]:
    """Return open work in the person's hands: in these countries, or a focal point's of no country."""
    here = Q(scope_country__in=sorted(places)) | Q(scope_country="", waits_for=Role.REGIONAL)
    return WorkItem.objects.open().filter(here, holder=person)

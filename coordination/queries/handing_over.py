"""What goes along when a term passes to somebody else."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.people.enums import Role
from coordination.enums import ActivityStatus, ReportStatus
from coordination.models import Activity, FollowUp, PeriodReport
from coordination.models.period_reports import codes_within
from coordination.registry import handed_over
from stakeholders.appointments.models import Appointment
from stakeholders.entries.enums import SHARED_LISTINGS, ContactFrom, Status
from stakeholders.entries.models import Stakeholder
from taxonomy.places.queries import regions_of
from workflow.items.models import WorkItem


def places_of_term(appointment: Appointment) -> frozenset[str]:
    """The countries (ISO3) of a term, those of its regions too."""
    regions = set(appointment.regions.values_list("pk", flat=True))
    countries = set(appointment.countries.values_list("pk", flat=True))
    if regions:
        countries |= {iso3 for iso3, around in regions_of().items() if not regions.isdisjoint(around)}
    return frozenset(countries)


def held_work(person: Any, places: frozenset[str]) -> QuerySet[WorkItem]:
    """Open work in the person's hands: in these countries, or a regional focal point's of no country."""
    here = Q(scope_country__in=sorted(places)) | Q(scope_country="", waits_for=Role.REGIONAL)
    return WorkItem.objects.open().filter(here, holder=person)


def open_ones(person: Any, places: frozenset[str]) -> dict[str, QuerySet[Any]]:
    """What a person has not closed for these countries: "activities", "follow_ups" and draft "reports".

    An activity is open until it is reported, and as long as something is to be done after it.
    """
    here = Activity.objects.in_countries(sorted(places))
    to_do = FollowUp.objects.waiting().filter(activity=OuterRef("pk"))
    return {
        "activities": here.filter(Q(status__in=ActivityStatus.WRITTEN) | Exists(to_do), author=person),
        "follow_ups": FollowUp.objects.waiting().filter(owner=person, activity__in=here.values("pk")),
        "reports": PeriodReport.objects.filter(
            author=person, status=ReportStatus.DRAFT, place__in=codes_within(places)
        ),
    }


def introduced_from(places: frozenset[str]) -> QuerySet[Stakeholder]:
    """Whose people are told who comes next: active, shown to regional focal points, and taking messages."""
    return Stakeholder.objects.filter(
        status=Status.ACTIVE, listing__in=SHARED_LISTINGS, country__in=sorted(places)
    ).exclude(contact_from=ContactFrom.NOBODY)


def goes_along(appointment: Appointment) -> list[tuple[Any, int]]:
    """(label, number) of the work that others keep, for the look before the act."""
    places = places_of_term(appointment)
    return [(part.label, part.number(appointment.user, places)) for part in handed_over.values()]

"""What goes along when a term passes to somebody else."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from coordination.absences.queries import places_of_term
from coordination.activities.enums import ActivityStatus
from coordination.activities.models import Activity, FollowUp
from coordination.period_reports.enums import ReportStatus
from coordination.period_reports.models import PeriodReport, codes_within
from stakeholders.appointments.models import Appointment
from stakeholders.entries.enums import SHARED_LISTINGS, ContactFrom, Status
from stakeholders.entries.models import Stakeholder


def open_work_of(person: Any, places: frozenset[str]) -> dict[str, QuerySet[Any]]:
    """Return what a person has open for these countries: "activities", "follow_ups", draft "reports".

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


def stakeholders_to_inform(places: frozenset[str]) -> QuerySet[Stakeholder]:
    """Return the stakeholders whose people are told who comes next, as far as they take messages."""
    return Stakeholder.objects.filter(
        status=Status.ACTIVE, listing__in=SHARED_LISTINGS, country__in=sorted(places)
    ).exclude(contact_from=ContactFrom.NOBODY)


def work_counts(appointment: Appointment) -> list[tuple[str, int]]:
    """Return (label, number) of the open work that would go along."""
    querysets = open_work_of(appointment.user, places_of_term(appointment)).values()
    return [(_("Activities and what follows from them"), sum(queryset.count() for queryset in querysets))]

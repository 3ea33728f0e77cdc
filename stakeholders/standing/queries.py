"""What the pages about the standing of an entry show."""

from django.db.models import QuerySet

from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder


def for_standing(stakeholders: QuerySet[Stakeholder]) -> QuerySet[Stakeholder]:
    """Add all that a page about the standing of one entry shows."""
    return stakeholders.select_related("country", "mission_language")


def applications_about(stakeholder: Stakeholder) -> QuerySet[Application]:
    """Return the applications about an entry, the newest first, for the desk."""
    return Application.objects.filter(stakeholder=stakeholder).sent().order_by("-submitted_at", "-pk")

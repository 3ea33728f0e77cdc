"""What waits for the desk."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from stakeholders.models import Application
from workflow.items.models import WorkItem

KIND = "stakeholders.application"


def queue(user: Any) -> QuerySet[WorkItem]:
    """Open work on applications that the person may see, the earliest promise first."""
    return (
        WorkItem.objects.visible_to(user)
        .open()
        .filter(subject_kind=KIND, subject_id__in=Application.objects.visible_to(user).sent().values("pk"))
        .select_related("holder")
        .order_by("until", "pk")
    )


def with_applications(items: Iterable[WorkItem]) -> list[tuple[WorkItem, Application]]:
    """Each item with its application, in one statement for all."""
    items = list(items)
    found = Application.objects.select_related("country", "applicant").in_bulk(
        [item.subject_id for item in items]
    )
    return [(item, found[item.subject_id]) for item in items if item.subject_id in found]


def item_of(application: Application) -> WorkItem | None:
    """The open work on one application, with who holds it."""
    return WorkItem.objects.about(application).open().select_related("holder").first()

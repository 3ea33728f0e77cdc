"""What a stakeholder's people see of their suggestions."""

from typing import Any

from django.db.models import QuerySet

from resources.enums import ResourceStatus
from resources.models import Resource
from workflow.models import Decision
from workflow.queries import decisions_on

# What is told to the suggester of what was decided, with the reason and the note.
TOLD = ("hold", "refuse", "publish", "post", "archive", "withdraw", "restore", "merge")


def own_suggestions(user: Any) -> QuerySet[Resource]:
    """The latest change first."""
    rows = Resource.objects.of_people(user)
    return rows.select_related("suggested_for", "merged_into").order_by("-updated_at", "-pk")


def decided(resource: Resource) -> list[Decision]:
    return [one for one in decisions_on(resource) if one.move in TOLD]


def may_be_written(resource: Resource, requests: dict[str, str]) -> bool:
    """By its suggester: a draft, or what is on hold with questions."""
    return resource.is_draft or (resource.status == ResourceStatus.HOLD and bool(requests))

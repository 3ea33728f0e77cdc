"""Which public sources the unclaimed entries come from."""

from typing import NamedTuple

from django.db.models import Count, Max

from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder


class ListedSource(NamedTuple):
    name: str
    entries: int
    newest: object  # the latest date of the source


def sources() -> list[ListedSource]:
    """Every source with its number of unclaimed entries, in the order of their names."""
    rows = (
        Stakeholder.objects.filter(status=Status.LISTED)
        .values_list("source_name")
        .annotate(Count("pk"), Max("source_date"))
        .order_by("source_name")
    )
    return [ListedSource(*row) for row in rows]

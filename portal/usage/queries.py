"""How often what was used, with what it is called; to all but the desk in numbers of five and more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce, TruncMonth
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from core.small_numbers import suppress_if_small
from events.events.models import Event
from portal.usage.enums import EVENT, KINDS, RESOURCE, STAKEHOLDER, CountedUse
from portal.usage.models import Usage
from resources.records.models import ResourceStakeholder
from search.hooks import documents
from search.models import Document
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of

MOST_TOLD = 100
MONTHS = 12


@dataclass(slots=True)
class UsageLine:
    """One object and its numbers, in the order of `CountedUse`; None is fewer than five.

    `url` is empty where the object is gone or not for the reader.
    """

    kind: str
    object_id: int
    numbers: Sequence[int | None]
    title: str = ""
    url: str = ""

    @property
    def label(self) -> Any:
        return label_of(self.kind)

    @property
    def cells(self) -> list[tuple[Any, int | None]]:
        """The numbers, each with what it counts."""
        return list(zip(CountedUse.labels, self.numbers, strict=True))


def label_of(kind: str) -> Any:
    return documents[kind].label if kind in documents else kind


def within(rows: QuerySet[Usage], since: date, until: date) -> QuerySet[Usage]:
    return rows.filter(day__gte=since, day__lte=until)


def days_back(days: int) -> tuple[date, date]:
    today = localdate()
    return today - timedelta(days=days - 1), today


def first_of_month(months_ago: int) -> date:
    day = localdate().replace(day=1)
    for _month in range(months_ago):
        day = (day - timedelta(days=1)).replace(day=1)
    return day


def year_of(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


_SUMS: dict[str, Any] = {use.value: Coalesce(Sum("times", filter=Q(what=use.value)), 0) for use in CountedUse}


def top(
    rows: QuerySet[Usage], user: Any, *, by: str = CountedUse.VIEW, kind: str = "", small: bool = True
) -> list[UsageLine]:
    """Return the objects of most use. Without `small`, a number below five is None."""
    rows = rows.filter(kind=kind) if kind else rows.filter(kind__in=KINDS)
    counted: Any = rows.values("kind", "object_id").annotate(**_SUMS).order_by(f"-{by}", "kind", "object_id")
    lines = [
        UsageLine(
            row["kind"], row["object_id"], [_shown_number(row[use], small=small) for use in CountedUse.values]
        )
        for row in counted[:MOST_TOLD]
    ]
    return _add_titles(lines, user)


def _shown_number(number: int, *, small: bool) -> int | None:
    return number if small else suppress_if_small(number)


def _add_titles(lines: list[UsageLine], user: Any) -> list[UsageLine]:
    of_lines = Q()
    for kind in {line.kind for line in lines}:
        of_lines |= Q(kind=kind, object_id__in=[line.object_id for line in lines if line.kind == kind])
    visible = (
        Document.objects.visible_to(user).filter(of_lines, part=0) if of_lines else Document.objects.none()
    )
    by_object = {
        (entry.kind, entry.object_id): entry
        for entry in visible.only("kind", "object_id", "title", "url_name", "url_args")
    }
    for line in lines:
        document = by_object.get((line.kind, line.object_id))
        if document is None:
            line.title = _("No longer there (%(number)s)") % {"number": line.object_id}
        else:
            line.title, line.url = document.title, document.get_absolute_url()
    return lines


def by_month(rows: QuerySet[Usage], *, small: bool = True) -> list[tuple[date, str, list[int | None]]]:
    """Return (month, kind, numbers), the earliest month first."""
    counted: Any = (
        rows.filter(kind__in=KINDS)
        .annotate(month=TruncMonth("day"))
        .values("month", "kind")
        .annotate(**_SUMS)
        .order_by("month", "kind")
    )
    return [
        (row["month"], row["kind"], [_shown_number(row[use], small=small) for use in CountedUse.values])
        for row in counted
    ]


def sums_by_month(rows: QuerySet[Usage]) -> list[tuple[date, list[int]]]:
    """Return (month, numbers) of the last twelve months, from the first of them with any use."""
    months = [first_of_month(back) for back in range(MONTHS - 1, -1, -1)]
    counted: Any = (
        within(rows, months[0], localdate())
        .filter(kind__in=KINDS)
        .annotate(month=TruncMonth("day"))
        .values("month")
        .annotate(**_SUMS)
    )
    numbers = {row["month"]: [row[use] for use in CountedUse.values] for row in counted}
    used = [month for month in months if month in numbers]
    return [
        (month, numbers.get(month, [0] * len(CountedUse))) for month in months if used and month >= used[0]
    ]


def years() -> list[int]:
    """Those of which there is a sheet, the latest first."""
    return [day.year for day in Usage.objects.dates("day", "year", order="DESC")]


# --- What belongs to a person's organizations ---------------------------------------------------------------
def own_objects(user: Any) -> list[tuple[str, int]]:
    """Return (kind, number) of the profiles that the person looks after, their resources and events."""
    entries = Stakeholder.objects.filter(pk__in=entries_of(user, *MemberRole.WRITERS))
    ours = list(entries.order_by("pk").values_list("pk", flat=True))
    resources = ResourceStakeholder.objects.filter(stakeholder__in=ours).values_list("resource", flat=True)
    events = Event.objects.visible_to(user).filter(organizer__in=ours).values_list("pk", flat=True)
    return [
        *((STAKEHOLDER, pk) for pk in ours),
        *((RESOURCE, pk) for pk in resources.distinct().order_by("-resource")),
        *((EVENT, pk) for pk in events.order_by("-pk")),
    ]


def own_lines(user: Any, objects: Sequence[tuple[str, int]], since: date, until: date) -> list[UsageLine]:
    """Return the numbers of these objects in a period; a number below five is None."""
    of_objects = Q()
    for kind in {kind for kind, _pk in objects}:
        of_objects |= Q(kind=kind, object_id__in=[pk for name, pk in objects if name == kind])
    rows = within(Usage.objects.filter(of_objects), since, until) if of_objects else Usage.objects.none()
    sums: Any = rows.values("kind", "object_id").annotate(**_SUMS)
    counted = {(row["kind"], row["object_id"]): row for row in sums}
    no_use = dict.fromkeys(CountedUse.values, 0)
    lines = [
        UsageLine(
            kind, pk, [suppress_if_small(counted.get((kind, pk), no_use)[use]) for use in CountedUse.values]
        )
        for kind, pk in objects
    ]
    return _add_titles(lines, user)

"""Applications on the workspace: those that wait, those that were returned, and one page of all."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.core.paginator import Page, Paginator
from django.db.models import BooleanField, ExpressionWrapper

from core.database import reading_connection
from stakeholders.applications.enums import LOOKS, ApplicationStatus
from stakeholders.entries.enums import Kind
from stakeholders.recommendations import queries as recommendations_queries
from stakeholders.recommendations.enums import View
from stakeholders.recommendations.models import Recommendation
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country
from workflow.items.models import WorkItem
from workflow.items.queries import Holding, holding_of

PER_PAGE, MOST_WAITING, MOST_RETURNED = 10, 10, 8
FARTHEST = 10**9
COLUMNS = ("pk", "name", "kind", "status", "country", "submitted_at", "returned_at", "waits")
OF_ITEM = ("waits_for", "since", "until", "paused_since", "paused_for", "level", "passed_at")

# What the person may see is selected once, as `shared_applications()` has it; the rest is chosen from it.
STATEMENT = f"""
    WITH shared ({", ".join(COLUMNS)}) AS MATERIALIZED ({{shared}}),
    chosen AS (
        (SELECT 1 AS part, row_number() OVER (ORDER BY submitted_at, pk) AS place, shared.*
         FROM shared WHERE waits ORDER BY submitted_at, pk LIMIT {MOST_WAITING})
        UNION ALL
        (SELECT 2, row_number() OVER (ORDER BY returned_at, pk), shared.*
         FROM shared WHERE status = '{ApplicationStatus.RETURNED}' ORDER BY returned_at, pk
         LIMIT {MOST_RETURNED})
        UNION ALL
        (SELECT 3, row_number() OVER (ORDER BY submitted_at DESC, pk DESC), shared.*
         FROM shared ORDER BY submitted_at DESC, pk DESC LIMIT {PER_PAGE}
         OFFSET least(%s, greatest((SELECT count(*) FROM shared) - 1, 0) / {PER_PAGE} * {PER_PAGE}))
    )
    SELECT (SELECT count(*) FROM shared), part, {", ".join(f"chosen.{name}" for name in COLUMNS[:-1])},
           opinion.view, {", ".join(f"item.{name}" for name in OF_ITEM)}
    FROM chosen
    LEFT JOIN "{Recommendation._meta.db_table}" AS opinion
           ON opinion.application_id = chosen.pk AND opinion.by_id = %s
    LEFT JOIN "{WorkItem._meta.db_table}" AS item
           ON item.subject_kind = %s AND item.subject_id = chosen.pk AND item.what = %s
          AND item.closed_at IS NULL
    ORDER BY part, place
"""  # noqa: S608  own names


@dataclass(frozen=True, slots=True)
class ApplicationLine:
    """One application in a list of the workspace. `view`: the person's recommendation, or ""."""

    pk: int
    name: str
    kind: str
    status: str
    country: str
    submitted_at: datetime | None
    returned_at: datetime | None
    view: str
    holding: Holding | None

    def get_kind_display(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "waiting")

    def get_status_display(self) -> str:
        return str(ApplicationStatus(self.status).label)

    def get_view_display(self) -> str:
        return str(View(self.view).label)


@dataclass(frozen=True, slots=True)
class Applications:
    waiting: list[ApplicationLine]
    returned: list[ApplicationLine]
    lines: list[ApplicationLine]
    page: "Page[ApplicationLine]"  # tells its number and that of pages in its repr


def applications(user: Any, asked_page: str | None) -> Applications:
    """Return the lists in one query. A page beyond the last is the last one, as in a paginator."""
    names = dict(choices_of(Country)[0])
    parts: dict[int, list[ApplicationLine]] = {1: [], 2: [], 3: []}
    total = 0
    waits = ExpressionWrapper(recommendations_queries.waits_for(user), BooleanField())
    rows = (
        recommendations_queries.shared_applications(user)
        .select_related(None)
        .order_by()
        .annotate(waits=waits)
        .values_list(*COLUMNS)
    )
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:  # a role for no place
        return Applications([], [], [], _page([], 0, asked_page))
    values = [
        *params,
        (_number(asked_page) - 1) * PER_PAGE,
        user.pk,
        recommendations_queries.KIND,
        recommendations_queries.VET,
    ]
    with reading_connection().cursor() as cursor:
        cursor.execute(STATEMENT.format(shared=sql), values)
        for number, part, pk, name, kind, status, iso3, sent, returned, view, *of_item in cursor:
            total = number
            held = None
            if of_item[0] is not None:
                held = holding_of(WorkItem(**dict(zip(OF_ITEM, of_item, strict=True))))
            line = ApplicationLine(
                pk, name, kind, status, names.get(iso3, iso3), sent, returned, view or "", held
            )
            parts[part].append(line)
    return Applications(parts[1], parts[2], parts[3], _page(parts[3], total, asked_page))


def _number(asked_page: str | None) -> int:
    """Return the number of the page; below the first is the last, what is no number the first."""
    try:
        number = int(asked_page or 1)
    except ValueError:
        return 1
    return min(number, FARTHEST) if number > 0 else FARTHEST


def _page(lines: list[ApplicationLine], total: int, asked_page: str | None) -> "Page[ApplicationLine]":
    paginator: Any = Paginator(lines, PER_PAGE)
    paginator.count = total
    page: Page[ApplicationLine] = paginator.get_page(asked_page)
    return page

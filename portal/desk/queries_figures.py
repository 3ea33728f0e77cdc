"""What the desk's figures tell beside its open work: steps of the week, growth, coverage."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.timezone import get_current_timezone, localdate
from django.utils.translation import gettext as _

from core.facets import WIDEST
from core.line_charts import LineChart, LinePoint, line_chart
from events.registrations.models import Registration
from notifications.jobs.queries import statuses
from portal.desk.queries import Desk, Page
from portal.home.queries import NUMBERS_SECONDS, Numbers
from reviews.contributions.models import Contribution
from search.hooks import plural_of
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import regions_of
from workflow.moves.models import Decision

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """A row of a table with its bar; `share` in percent of the longest."""

    label: str
    number: int
    share: int
    facts: Sequence[int] = ()


def queues(desk: Desk) -> list[tuple[Page, int]]:
    """Return the pages of the menu with open work, each with its share of the most, in percent."""
    pages = [(page, page.work.total) for area in desk.areas for page in area.pages if page.work]
    most = max((number for _page, number in pages), default=0)
    return [(page, _share(number, most)) for page, number in pages if number]


def this_week() -> list[tuple[str, str, int, int]]:
    """Return (kind, new state, how often, share of the most) of every step taken since Monday."""
    today = localdate()
    monday = datetime.combine(today - timedelta(days=today.weekday()), time(), get_current_timezone())
    rows = list(
        Decision.objects.filter(at__gte=monday)
        .order_by()
        .values_list("subject_kind", "to_status")
        .annotate(number=Count("pk"))
    )
    most = max((number for _kind, _status, number in rows), default=0)
    return sorted(
        (plural_of(kind), _state(kind, status), number, _share(number, most)) for kind, status, number in rows
    )


def _state(kind: str, status: str) -> str:
    choices = apps.get_model(kind)._meta.get_field("status").flatchoices
    return str(dict(choices).get(status, status))


def late_jobs(user: Any) -> list[str] | None:
    """Return the names of jobs that do not run; None for somebody who may not see them."""
    if not user.has_perm("notifications.view_jobs"):
        return None
    return [status.job.name for status in statuses() if status.is_stale]


def growth(version: int) -> list[Bar]:
    """Return how many of today's public stakeholders there were at the end of each of the last months.

    The same for everybody: cached under the version of the directory.
    """
    key = f"portal:growth:{version}:{localdate():%Y-%m}"
    counts: dict[date, int] | None = cache.get(key)
    if counts is None:
        rows = (
            Stakeholder.objects.visible_to(AnonymousUser())
            .order_by()
            .values_list(TruncMonth("created_at"))
            .annotate(number=Count("pk"))
        )
        counts = {month.date(): number for month, number in rows}
        cache.set(key, counts, NUMBERS_SECONDS)
    months = _last_months()
    sums = [sum(number for month, number in counts.items() if month <= last) for last in months]
    most = max(sums, default=0)
    return [
        Bar(date_format(month, "YEAR_MONTH_FORMAT"), number, _share(number, most), (counts.get(month, 0),))
        for month, number in zip(months, sums, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class MonthlyLine:
    """What came in by month, and how it is drawn."""

    name: str
    title: str
    numbers: list[int]
    chart: LineChart | None


def by_month(user: Any) -> tuple[list[str], list[MonthlyLine]]:
    """Return the last months, and what came in each of them, among what the person may see."""
    months = _last_months()
    labels = [date_format(month, "YEAR_MONTH_FORMAT") for month in months]
    since = datetime.combine(months[0], time(), get_current_timezone())
    counted: list[tuple[str, str, Any, str]] = [
        ("applications", _("Applications"), Application.objects.visible_to(user), "submitted_at"),
        ("contributions", _("Contributions"), Contribution.objects.visible_to(user), "submitted_at"),
        ("registrations", _("Registrations"), Registration.objects.visible_to(user), "received_at"),
    ]
    lines = []
    for name, title, rows, moment in counted:
        by_first_day = dict(
            rows.filter(**{f"{moment}__gte": since})
            .order_by()
            .values_list(TruncMonth(moment))
            .annotate(number=Count("pk", distinct=True))
        )
        of_month = {month.date(): number for month, number in by_first_day.items()}
        numbers = [of_month.get(month, 0) for month in months]
        points = [LinePoint(label, number) for label, number in zip(labels, numbers, strict=True)]
        lines.append(MonthlyLine(name, title, numbers, line_chart(points) if any(numbers) else None))
    return labels, lines


def growth_chart(rows: Sequence[Bar]) -> LineChart | None:
    return line_chart([LinePoint(row.label, row.number) for row in rows])


def _last_months() -> list[date]:
    """The first days of the last months, this one at the end."""
    today = localdate()
    counted = [today.year * 12 + today.month - 1 - back for back in range(MONTHS - 1, -1, -1)]
    return [date(at // 12, at % 12 + 1, 1) for at in counted]


def coverage(counted: Numbers) -> list[Bar]:
    """By region, in the order of names: stakeholders; countries with any, and all that lie there."""
    regions, countries = choices_of(Region, Country)
    lies_in = regions_of()
    all_there, covered = Counter[str](), Counter[str]()
    for code, _name in countries:
        for region in lies_in.get(code, ()):
            all_there[region] += 1
            covered[region] += bool(counted.facets.places.get(code))
    numbers = counted.facets.beside["region"]
    wide = [(code, name) for code, name in regions if code in WIDEST]
    most = max((numbers[code] for code, _name in wide), default=0)
    return [
        Bar(name, numbers[code], _share(numbers[code], most), (covered[code], all_there[code]))
        for code, name in wide
    ]


def _share(number: int, most: int) -> int:
    return round(100 * number / most) if most else 0

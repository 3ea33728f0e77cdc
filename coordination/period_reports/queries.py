"""Reports for a period as a reader may see them, their places, and what was held in their time."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from coordination.activities.models import Activity, FollowUp
from coordination.period_reports.models import PeriodReport, PeriodReportQuerySet, codes_within
from coordination.period_reports.queries_numbers import Numbers, ReportRow, ReportTable, Span
from core.bulk import any_of
from search.enums import Audience
from search.hooks import Entry
from taxonomy.names.models import choices_of
from taxonomy.places.models import Country, Region
from taxonomy.places.queries import countries_within


def spans_of(report: PeriodReport) -> list[Span]:
    """Return the period of a report, and the one that it is compared with."""
    spans = [Span(report.first_day, report.last_day)]
    if report.other_first_day and report.other_last_day:
        spans.append(Span(report.other_first_day, report.other_last_day))
    return spans


def activities_of(report: PeriodReport, user: Any) -> list[Activity]:
    """Return activities of the period and place that `user` may see, with their follow-ups."""
    rows = Activity.objects.visible_to(user).held().filter(spans_of(report)[0].holds("starts_at"))
    places = countries_of(report.place)
    if places is not None:
        rows = rows.in_countries(any_of(sorted(places)))
    follow_ups: Any = Prefetch("follow_ups", FollowUp.objects.select_related("owner"))
    return list(rows.order_by("starts_at", "pk").prefetch_related("countries", follow_ups))


def tables_of(report: PeriodReport, user: Any, *, public: bool = False) -> list[ReportTable]:
    """Return the tables of a report for `user` now; `public`: with no cell under five for anybody."""
    places = countries_of(report.place)
    exactly = user.is_desk and not public
    return Numbers(user, places, spans_of(report), exactly).tables()


def countries_of(place: str) -> frozenset[str] | None:
    """Return the countries (ISO3) of a place; None for everywhere."""
    if not place:
        return None
    return countries_within([place]) if place.isdigit() else frozenset((place,))


def reports(user: Any) -> PeriodReportQuerySet:
    return PeriodReport.objects.visible_to(user).select_related("author")


def places_for(user: Any) -> list[tuple[str, str]]:
    """Return (code, name) of the places that the person may report on; "" is everywhere."""
    regions, countries = choices_of(Region, Country)
    places = None if user.is_desk else user.places_of(Role.REGIONAL)
    if places is None:
        return [("", _("Everywhere")), *regions, *countries]
    codes = codes_within(places)
    return [pair for pair in [*regions, *countries] if pair[0] in codes]


def place_name(code: str) -> str:
    if not code:
        return _("Everywhere")
    regions, countries = (dict(choices) for choices in choices_of(Region, Country))
    return str((regions if code.isdigit() else countries).get(code, code))


def frozen_tables(report: PeriodReport) -> list[ReportTable]:
    """Return the tables as published; labels are those of the language it was published in."""
    return [
        ReportTable(
            row_heading=stored["what"],
            rows=[ReportRow(**row) for row in stored["rows"]],
            **{name: value for name, value in stored.items() if name not in ("what", "rows")},
        )
        for stored in report.figures
    ]


def freeze_tables(tables: list[ReportTable]) -> list[dict[str, Any]]:
    """Return the tables as JSON keeps them: there the heading of the rows is called "what"."""
    return [
        {"what" if name == "row_heading" else name: value for name, value in asdict(table).items()}
        for table in tables
    ]


def reports_for_sitemap() -> QuerySet[PeriodReport]:
    return PeriodReport.objects.published().order_by("pk")


def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield published reports as entries of the index, without their numbers."""
    for report in reports_for_sitemap().filter(pk__in=ids):
        yield Entry(
            object_id=report.pk,
            name=report.title,
            text=report.narrative,
            language=report.language_id,
            audience=Audience.PUBLIC,
            url_name="activities:public_report",
            url_args=[report.pk],
            sort_key=report.title.casefold(),
        )

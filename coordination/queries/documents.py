"""What the index and search engines are told of plans of networks and of published reports."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from coordination.models import NetworkPlan, PeriodReport
from search.enums import Audience
from search.hooks import Entry


def plans_for_sitemap() -> QuerySet[NetworkPlan]:
    return NetworkPlan.objects.visible_to(AnonymousUser()).order_by("pk")


def reports_for_sitemap() -> QuerySet[PeriodReport]:
    return PeriodReport.objects.published().order_by("pk")


def plans(ids: Sequence[int]) -> Iterable[Entry]:
    """Plans and roadmaps that everybody may read, with their objectives and steps. Three queries."""
    rows = plans_for_sitemap().filter(pk__in=ids).select_related("network")
    for one in rows.prefetch_related("goals__steps"):
        said: list[Any] = [row for goal in one.goals.all() for row in (goal, *goal.steps.all())]
        yield Entry(
            object_id=one.pk,
            name=one.title,
            text="\n".join(
                filter(
                    None, [one.network.name, one.about, *(t for row in said for t in (row.title, row.about))]
                )
            ),
            language=one.language_id,
            audience=Audience.PUBLIC,
            country=one.network.country_id or "",
            facets=[f"network:{one.network.kind}"],
            url_name="networks:plan",
            url_args=[one.pk],
            sort_key=one.title.casefold(),
        )


def reports(ids: Sequence[int]) -> Iterable[Entry]:
    """Published reports for a period: their words, not their numbers. One query."""
    for one in reports_for_sitemap().filter(pk__in=ids):
        yield Entry(
            object_id=one.pk,
            name=one.title,
            text=one.narrative,
            language=one.language_id,
            audience=Audience.PUBLIC,
            url_name="activities:public_report",
            url_args=[one.pk],
            sort_key=one.title.casefold(),
        )

"""The parts of the library on pages about a country, an article and a stakeholder, and on the front page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Count, F, Q, Window

from core.union_queries import Few
from resources.models import LibraryVersion, Resource, ResourceQuerySet
from resources.queries.library import OF_A_LINE, for_lines, readable
from resources.queries.lines import Line, lines
from taxonomy.terms.models import Language

FEW = 5
_NEWEST = (F("published_on").desc(nulls_last=True), "-pk")


def _told(rows: ResourceQuerySet, most: int = FEW) -> tuple[list[Line], int]:
    """The first few by date of publication, and how many there are. One statement."""
    first = list(for_lines(rows).annotate(together=Window(Count("pk"))).order_by(*_NEWEST)[:most])
    made = _lines(first)
    return made, first[0].together if first else 0


def on_article(user: Any, article: Any) -> Mapping[str, Any]:
    made, total = _told(readable(user).filter(articles=article))
    return {"lines": made, "total": total, "article": article}


def about_country(user: Any, country: Any) -> Mapping[str, Any] | None:
    made, total = _told(readable(user).filter(countries=country))
    return {"lines": made, "total": total, "country": country} if made else None


def of_stakeholder(user: Any, stakeholder: Any) -> Mapping[str, Any] | None:
    """What it wrote or published, in any of its roles once."""
    made, total = _told(readable(user).filter(pk__in=stakeholder.resource_links.values("resource")))
    return {"lines": made, "total": total} if made else None


def among(user: Any, numbers: Any, *, most: int) -> list[Line]:
    """Of these records (a query of ids) and of those they were merged into, what the person reads."""
    into = Resource.objects.filter(pk__in=numbers, merged_into__isnull=False).values("merged_into")
    return _told(readable(user).filter(Q(pk__in=numbers) | Q(pk__in=into)), most)[0]


def latest_of(user: Any) -> Few:
    """What came last to the library, for the front page, which asks for it among other things."""
    rows = for_lines(readable(user)).order_by(F("published_at").desc(nulls_last=True), "-pk")[:FEW]
    return Few(rows, (*OF_A_LINE, "said"))


def _lines(rows: list[Any]) -> list[Line]:
    return lines(rows, language_names=dict(Language.objects.for_choices())) if rows else []


def version() -> LibraryVersion:
    return LibraryVersion()

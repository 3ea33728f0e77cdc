"""The library as harvesters take it, a page at a time: in three statements, however long the page is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import cache
from django.db.models import Count, F, Func, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject
from django.utils.timezone import now

from core.database import reading_connection
from resources.harvesting.enums import DATACITE
from resources.harvesting.models import HarvestHeader
from resources.records.enums import StakeholderRole
from resources.records.models import Author, Edition, LibraryChange, Resource, ResourceStakeholder
from stakeholders.entries.models import Stakeholder
from taxonomy.names.models import choices_of
from taxonomy.terms.models import Language, Topic

KEPT_SECONDS = 600


@dataclass(frozen=True, slots=True)
class Selection:
    """Which headers a list holds: changed from `since` on, before `before`, in a set, in a format.

    `after`: the instant and number of the last one that was sent; `sent` and `total`: how many were and how
    many there were at the begin.
    """

    prefix: str
    since: datetime | None = None
    before: datetime | None = None
    of_set: str = ""
    after: tuple[datetime, int] | None = None
    sent: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class HarvestRecord:
    """A header with the row that it announces; `row` is None where the header is a tombstone."""

    header: Any
    row: Any


def complete_until() -> datetime:
    """Return until when the list is complete: the begin of the oldest transaction that has written.

    Read before the rows are: what commits in between is then in them or after it.
    """
    with reading_connection().cursor() as cursor:
        cursor.execute(
            "SELECT least(clock_timestamp(), (SELECT min(xact_start) FROM pg_stat_activity "
            "WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()))"
        )
        moment: datetime = cursor.fetchone()[0]
    return moment


def page(selection: Selection, until: datetime, size: int) -> list[Any]:
    """Return headers in the order of their change, one more than `size` where others follow."""
    rows = _matching_headers(selection).filter(changed_at__lte=until)
    if selection.after is None:
        every = rows.order_by().annotate(group=Value(1)).values("group").annotate(total=Count("pk"))
        rows = rows.annotate(total=Subquery(every.values("total")))
    else:
        at, number = selection.after
        later = Q(changed_at__gt=at) | Q(changed_at=at, number__gt=number)
        rows = rows.filter(later, changed_at__gte=at)  # the second lets the index begin there
    return list(rows.order_by("changed_at", "number")[: size + 1])


def _matching_headers(selection: Selection) -> QuerySet[HarvestHeader]:
    rows = HarvestHeader.objects.all()
    if selection.since is not None:
        rows = rows.filter(changed_at__gte=selection.since)
    if selection.before is not None:
        rows = rows.filter(changed_at__lt=selection.before)
    if selection.of_set:
        rows = rows.filter(sets__contains=[selection.of_set])
    return rows.filter(had_datacite=True) if selection.prefix == DATACITE else rows


def header_of(number: int) -> HarvestHeader | None:
    return HarvestHeader.objects.filter(pk=number).first()


def earliest_change() -> datetime:
    first = HarvestHeader.objects.aggregate(first=Min("changed_at"))["first"]
    return first or now()


def harvest_records(
    headers: Sequence[HarvestHeader], prefix: str, *, whole: bool = True
) -> list[HarvestRecord]:
    """Return each header with the row that every visitor sees; without such a row it is a tombstone.

    `whole`: load all that descriptions need, not only whether the row exists.
    """
    live = [header.number for header in headers if header.is_live]
    rows = Resource.objects.visible_to(AnonymousUser()).filter(pk__in=live, is_demo=False).order_by()
    if prefix == DATACITE:
        rows = rows.exclude(Q(doi="") | Q(publisher="") | Q(published_on=None))
    rows_by_number = {row.pk: row for row in (_with_descriptions(rows) if whole else rows.only("pk"))}
    return [HarvestRecord(header, rows_by_number.get(header.number)) for header in headers]


def _with_descriptions(rows: QuerySet[Resource]) -> QuerySet[Resource]:
    editions = Edition.objects.filter(resource=OuterRef("pk")).order_by("-is_original", "pk")
    edition_facts = JSONObject(language="language_id", title="title", abstract="abstract", link="link")
    authors = Author.objects.filter(resource=OuterRef("pk")).order_by("position", "pk")
    links = ResourceStakeholder.objects.filter(
        resource=OuterRef("pk"),
        stakeholder__in=Stakeholder.objects.visible_to(AnonymousUser()),
        stakeholder__merged_into=None,
    ).order_by("role", "stakeholder__sort_key")
    bodies = JSONObject(
        role="role",
        kind="stakeholder__kind",
        name="stakeholder__name",
        ror="stakeholder__ror_id",
        orcid="stakeholder__orcid",
    )
    model: Any = Resource
    names = {
        f"its_{field}": ArraySubquery(
            getattr(model, field)
            .through.objects.filter(resource=OuterRef("pk"))
            .order_by(term)
            .values(name=F(f"{term}__name_en"))
        )
        for field, term in (("topics", "topic"), ("countries", "country"), ("regions", "region"))
    }
    return rows.annotate(
        its_editions=ArraySubquery(editions.values(json=edition_facts)),
        its_authors=ArraySubquery(authors.values("name")),
        its_stakeholders=ArraySubquery(links.values(json=bodies)),
        **names,
    ).only(
        "kind",
        "language",
        "publisher",
        "published_on",
        "precision",
        "symbol",
        "doi",
        "isbn",
        "licence",
        "licence_note",
    )


def of_role(row: Any, role: StakeholderRole) -> list[dict[str, str]]:
    return [stakeholder for stakeholder in row.its_stakeholders if stakeholder["role"] == role]


def sets_in_use() -> list[str]:
    """Return the names of the sets in use, from the cache until the library changes."""

    def read() -> list[str]:
        used = HarvestHeader.objects.filter(is_live=True)
        name: Any = HarvestHeader._meta.get_field("sets")
        set_name = Func(F("sets"), function="unnest", output_field=name.base_field)
        return sorted(used.annotate(set_name=set_name).values_list("set_name", flat=True).distinct())

    key = f"harvested-sets:{LibraryChange.objects.version()}"
    names: list[str] = cache.get_or_set(key, read, KEPT_SECONDS) or []
    return names


def names_of_sets() -> dict[str, dict[str, str]]:
    """Return first part of the name of a set → code → name, in the language in use."""
    topics, languages = choices_of(Topic, Language)
    return {"topic": dict(topics), "language": dict(languages)}

"""Grants and courses for pages, lists, the link checker and whom they concern."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _

from coordination.offerings.enums import MINUTES_EACH, TEAM, OfferingStatus
from coordination.offerings.models import Offering, OfferingQuerySet, OfferingTask
from core.drafts import Gap
from core.personal_data import DataField, data_fields
from resources.records.enums import ResourceKind
from resources.records.models import Resource
from search.enums import Audience
from search.hooks import Entry, facets_of_days
from search.models import Document
from taxonomy.places.queries import regions_of
from workflow.hooks import MyPart, OwnRows, Rows, Submission
from workflow.moves.models import Decision

KIND = "coordination.offering"
S = OfferingStatus
FIGURES_DAYS = 365
# What the desk's page is narrowed to.
STATES = {
    "waiting": Q(status=S.SENT),
    "open": Q(status=S.PUBLISHED),
    "closed": Q(status=S.PUBLISHED),
    "declined": Q(status__in=(S.DECLINED, S.REMOVED)),
}


def is_on() -> bool:
    """Return whether the team lists grants and courses."""
    return OfferingTask.objects.held().exists()


def library_courses() -> QuerySet[Resource]:
    """Return the courses of the library that everybody reads; they are listed from their records."""
    return Resource.objects.shown_to(AnonymousUser()).listed().filter(kind=ResourceKind.COURSE)


def gaps(offering: Offering) -> list[Gap]:
    """Return what is missing before it can be sent."""
    texts = {
        "title": _("Give the title."),
        "provider": _("Name who offers it."),
        "summary": _("Describe in a few sentences what it is and for whom."),
        "link": _("Give the address of the page where it is offered."),
    }
    missing = [Gap(name, text) for name, text in texts.items() if not getattr(offering, name)]
    if not offering.topics.exists():
        missing.append(Gap("topics", _("Choose at least one topic.")))
    if offering.is_grant and offering.closes_at is None:
        missing.append(Gap("closes", _("Give the deadline.")))
    if offering.is_over:
        missing.append(Gap("closes", _("The deadline has passed.")))
    if offering.amount is None and offering.currency:
        missing.append(Gap("amount", _("Give the amount, or leave the currency empty.")))
    if offering.amount is not None and not offering.currency:
        missing.append(Gap("currency", _("Choose the currency of the amount.")))
    if offering.starts_on and offering.closes_at is None:
        missing.append(Gap("closes", _("Give the last day of enrolment.")))
    if offering.link and _is_in_library(offering.link):
        missing.append(Gap("link", _("The library has this page already, so it is listed from there.")))
    return missing


def _is_in_library(address: str) -> bool:
    return library_courses().filter(editions__link=address).exists()


# --- Whom it concerns -------------------------------------------------------------------------------------
def terms_of(offering: Offering) -> list[str]:
    """Return the terms whose followers are told of it, and reminded of its deadline."""
    terms = {f"offering:{offering.pk}"}
    terms.update(f"topic:{code}" for code in offering.topics.values_list("pk", flat=True))
    terms.update(f"region:{code}" for code in offering.regions.values_list("pk", flat=True))
    for code in offering.countries.values_list("pk", flat=True):
        terms.add(f"country:{code}")
        terms.update(f"region:{region}" for region in regions_of().get(code, ()))
    return sorted(terms)


def titles_of(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Return number → title of what is published and the person may see, for those who follow it."""
    numbers = [code for code in codes if code.isdigit()]
    rows = Offering.objects.visible_to(user).filter(pk__in=numbers, status=S.PUBLISHED)
    return {str(pk): title for pk, title in rows.values_list("pk", "title")}


def public_offerings(_user: Any = None) -> OfferingQuerySet:
    return Offering.objects.visible_to(AnonymousUser()).filter(status=S.PUBLISHED)


def readers(people: QuerySet[Any], pk: int | None) -> QuerySet[Any]:
    return people if pk is not None and public_offerings().filter(pk=pk).exists() else people.none()


def visible_pairs(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    visible = public_offerings().filter(pk__in={pk for _person, pk in pairs})
    visible_ids = set(visible.values_list("pk", flat=True))
    return {pair for pair in pairs if pair[1] in visible_ids}


def documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield what is open as entries of the index; courses of the library have those of their records."""
    rows = public_offerings().not_over().filter(pk__in=ids)
    for offering in rows.prefetch_related("topics", "countries", "regions"):
        countries = list(offering.countries.all())
        named = [term.name_en for term in (*offering.topics.all(), *countries, *offering.regions.all())]
        yield Entry(
            object_id=offering.pk,
            name=offering.title,
            url_name="offerings:offering",
            url_args=[offering.pk],
            audience=Audience.PUBLIC,
            text="\n".join(filter(None, [offering.provider, offering.summary, " · ".join(named)])),
            language=offering.language_id or "",
            country=countries[0].pk if len(countries) == 1 else "",
            facets=[
                *(f"topic:{topic.pk}" for topic in offering.topics.all()),
                *facets_of_days(offering.published_at, offering.closes_at),
            ],
        )


def closed_in_search() -> list[int]:
    """Return the numbers of what the search still finds though it is no longer open."""
    documents = Document.objects.filter(kind=KIND)
    is_open = public_offerings().not_over()
    return list(documents.exclude(object_id__in=is_open.values("pk")).values_list("object_id", flat=True))


# --- Pages ------------------------------------------------------------------------------------------------
def last_answer(offering: Offering) -> Decision | None:
    """Return what the team decided last, with reason and note."""
    moves = ("publish", "return", "decline", "remove")
    return Decision.objects.about(offering).filter(move__in=moves).order_by("-pk").first()


def desk_rows(user: Any, state: str) -> QuerySet[Offering]:
    rows = Offering.objects.visible_to(user).filter(STATES[state]).select_related("suggested_by")
    if state == "waiting":
        return rows.order_by("submitted_at", "pk")
    if state == "open":
        return rows.not_over().order_by("closes_at", "pk")
    return (rows.filter(closes_at__lt=now()) if state == "closed" else rows).order_by("-updated_at", "-pk")


@dataclass(frozen=True, slots=True)
class Figures:
    """What grants and courses add to the team's work in a year."""

    waiting: int
    oldest: datetime | None
    sent: int

    @property
    def hours(self) -> float:
        return round(self.sent * MINUTES_EACH / 60, 1)

    @property
    def hours_each(self) -> float:
        return round(self.hours / TEAM, 1)


def figures(user: Any) -> Figures:
    waiting, since = Q(status=S.SENT), now() - timedelta(days=FIGURES_DAYS)
    counts = Offering.objects.visible_to(user).aggregate(
        waiting=Count("pk", filter=waiting),
        oldest=Min("submitted_at", filter=waiting),
        sent=Count("pk", filter=Q(submitted_at__gte=since)),
    )
    return Figures(**counts)


# --- A person's own ---------------------------------------------------------------------------------------
def my_rows(user: Any) -> dict[str, OwnRows]:
    own = Offering.objects.of_people(user).exclude(status=S.REMOVED).order_by("-updated_at", "-pk")
    return {"offerings": OwnRows(own, lambda: own[:10])}


def my_work(_user: Any, rows: Rows) -> MyPart:
    submissions = [
        Submission(
            str(row),
            row.get_absolute_url(),
            row.get_kind_display(),
            row.status,
            row.get_status_display(),
            row.submitted_at or row.created_at,
        )
        for row in rows["offerings"]
    ]
    return MyPart([], submissions, position=14)


def rows_of(user: Any) -> list[list[DataField]]:
    """Return what the person suggested, for "my data"."""
    names = ("kind", "status", "title", "provider", "summary", "link", "closes_at", "submitted_at")
    rows = Offering.objects.filter(suggested_by=user).order_by("pk")
    return [data_fields(row, *names) for row in rows]


# --- Addresses --------------------------------------------------------------------------------------------
def addresses() -> set[str]:
    """Return the addresses that readers are led to now."""
    return set(public_offerings().filter(pk__in=Offering.objects.not_over()).values_list("link", flat=True))


def places(user: Any, urls: set[str]) -> Iterator[tuple[str, str, str]]:
    """Yield (address, title, page) of what is open and leads to one of these."""
    for row in Offering.objects.visible_to(user).filter(status=S.PUBLISHED, link__in=urls).order_by("pk"):
        yield row.link, row.title, reverse("offerings:offering", args=[row.pk])


def old_rows(before: datetime) -> QuerySet[Offering]:
    """Return what was declined or taken out, or was over, before an instant."""
    ended = Q(status__in=(S.DECLINED, S.REMOVED), updated_at__lt=before)
    return Offering.objects.filter(ended | Q(status=S.PUBLISHED, closes_at__lt=before))

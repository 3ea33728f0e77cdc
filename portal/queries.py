"""What the pages of the whole portal show."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Count, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.timezone import now

from accounts.enums import Role
from portal.models import Page
from search.queries import Hit, find, hits
from stakeholders.enums import Kind
from stakeholders.models import Application, DirectoryVersion, Membership, Report, Stakeholder
from taxonomy.models import Country
from taxonomy.sorting import content_language
from workflow.models import WorkItem

NUMBERS_SECONDS = 60 * 60


@dataclass(frozen=True)
class Numbers:
    """How much everybody can find, counted at one instant."""

    stakeholders: int
    countries: int
    counted_at: datetime


def directory_version() -> int:
    """A number that changes with everything that the directory shows."""
    return DirectoryVersion.objects.current()


def numbers(version: int) -> Numbers:
    """Counts over what a visitor may see, kept under `version`: see `directory_version`."""

    def count() -> Numbers:
        found = Stakeholder.objects.visible_to(AnonymousUser()).aggregate(
            stakeholders=Count("pk"), countries=Count("country", distinct=True)
        )
        return Numbers(counted_at=now(), **found)

    kept = cache.get(f"portal:numbers:{version}")
    if kept is None:
        kept = count()
        cache.set(f"portal:numbers:{version}", kept, NUMBERS_SECONDS)
    return kept


def latest_stakeholders(user: Any, *, most: int = 5) -> QuerySet[Stakeholder]:
    """Those that came last, of what the reader may find."""
    return (
        Stakeholder.objects.visible_to(user).select_related("country").order_by("-created_at", "-pk")[:most]
    )


def applications_of(user: Any) -> QuerySet[Application]:
    """A person's own applications, those that wait for the person first, then the latest."""
    return (
        Application.objects.visible_to(user)
        .filter(applicant=user)
        .select_related("country", "stakeholder")
        .order_by("-updated_at", "-pk")
    )


def memberships_of(user: Any) -> QuerySet[Membership]:
    return (
        Membership.objects.visible_to(user)
        .filter(user=user)
        .select_related("stakeholder__country")
        .order_by("stakeholder__sort_key", "pk")
    )


def page_text(user: Any, slug: str, language: str) -> Page | None:
    """The text of a trust page in a language, in English where there is none, or None."""
    return Page.objects.visible_to(user).filter(slug=slug).in_language(language).first()


# --- What search engines are told ---------------------------------------------------------------------
def pages_for_sitemap() -> QuerySet[Page]:
    return Page.objects.visible_to(AnonymousUser()).filter(language="en").order_by("slug")


def stakeholders_for_sitemap() -> QuerySet[Stakeholder]:
    """Those that every visitor may find, in a steady order."""
    return Stakeholder.objects.visible_to(AnonymousUser()).only("pk", "slug", "updated_at").order_by("pk")


def chunk(rows: QuerySet[Any], number: int, size: int) -> Iterator[Any]:
    """The rows of the `number`-th part (from 1) of at most `size` rows each."""
    return iter(rows[(number - 1) * size : number * size])


# --- Search -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Line:
    """One hit, and what tells it from others of a like name."""

    hit: Hit
    facts: list[str]


@dataclass(frozen=True)
class Group:
    """Hits of one kind: the first few, and how many there are in all. `list_name`: the URL of them all."""

    kind: str
    label: str
    hits: list[Line]
    count: int
    list_name: str

    @property
    def has_more(self) -> bool:
        return bool(self.list_name) and self.count > len(self.hits)


GROUP_SIZE = 20
LISTS = {"stakeholders.stakeholder": "stakeholders:list"}


def search(user: Any, text: str) -> list[Group]:
    """What the reader may see of all that holds the text, by kind, best first within a kind."""
    found = find(user, text)
    counts = dict(found.order_by().values_list("kind").annotate(Count("pk")))
    return [
        Group(
            kind,
            str(apps.get_model(kind)._meta.verbose_name_plural),
            _lines(hits(found.filter(kind=kind).annotate(place=_place())[:GROUP_SIZE], text)),
            counts[kind],
            LISTS.get(kind, ""),
        )
        for kind in sorted(counts)
    ]


def _place() -> Subquery:
    """The name of a document's country in the language in use: read with the document, not beside it."""
    its_name = Coalesce(NullIf(f"name_{content_language()}", Value("")), "name_en")
    return Subquery(Country.objects.filter(pk=OuterRef("country")).values(its_name=its_name))


def _lines(found: list[Hit]) -> list[Line]:
    kinds = {f"kind:{code}": str(label) for code, label in Kind.choices}
    return [
        Line(hit, [kinds[one] for one in hit.document.facets if one in kinds] + ([place] if place else []))
        for hit in found
        for place in [getattr(hit.document, "place", "")]
    ]


# --- The desk -----------------------------------------------------------------------------------------
def desk(user: Any) -> dict[str, Any]:
    """What waits at the desk, as far as the person may see it."""
    everything = WorkItem.objects.visible_to(user).open()
    waiting = everything.filter(subject_kind="stakeholders.application")
    first = waiting.order_by("until", "pk").values_list("until", flat=True).first()
    return {
        "may_vet": user.has_role(Role.VETTING, Role.HEAD),
        "may_remove_listed": user.has_perm("stakeholders.remove_listed"),
        "may_read_log": user.has_perm("audit.read_log"),
        "may_see_mail": user.has_perm("notifications.see_mail"),
        "waiting": waiting.count(),
        "changes": everything.filter(subject_kind="workflow.changerequest").count(),
        "mine": waiting.filter(holder=user).count(),
        "oldest": first,
        "reports_waiting": Report.objects.visible_to(user).open().count(),
    }

"""Networks as their pages read them; who is told; documents for the index."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from accounts.people.models import User
from coordination.networks.enums import MemberStatus, NetworkRole, StepStatus
from coordination.networks.models import Network, NetworkMember, open_to
from coordination.networks.models_parts import (
    Announcement,
    NetworkDocument,
    NetworkMeeting,
    NetworkPlan,
    PlanStep,
)
from resources.library.queries import readable_resources
from resources.records.queries_lines import ResourceLine as Told
from resources.records.queries_lines import for_lines, lines
from search.enums import Audience
from search.hooks import Entry
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder, entries_of
from stakeholders.moderation.enums import Standing
from taxonomy.places.queries import regions_of
from taxonomy.terms.models import Language

FEW = 5


# --- Who is told --------------------------------------------------------------------------------------
def coordinators_of(network: Network) -> QuerySet[User]:
    """The people who may look after it, whose accounts are open."""
    rows = Membership.objects.filter(
        role__in=MemberRole.WRITERS,
        stakeholder__status__in=Status.TAKING_PART,
        stakeholder__network_members__network=network,
        stakeholder__network_members__status=MemberStatus.IN,
        stakeholder__network_members__role=NetworkRole.COORDINATOR,
    )
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("pk")


def people_of(network: Network) -> QuerySet[User]:
    """Everybody of the stakeholders that are in it."""
    rows = Membership.objects.filter(
        stakeholder__status__in=Status.TAKING_PART,
        stakeholder__network_members__network=network,
        stakeholder__network_members__status=MemberStatus.IN,
    )
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("pk")


# Announcements with each of those who take part in the network.
_HEARD = Q(
    status=Standing.SHOWN,
    network__members__status=MemberStatus.IN,
    network__members__stakeholder__status__in=Status.TAKING_PART,
)


def announcements_of(user: Any) -> QuerySet[Announcement]:
    """Those of the networks that the person is still in."""
    return Announcement.objects.filter(_HEARD, network__members__stakeholder__memberships__user=user)


def announcements_seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Those of (person, announcement) where the person is still in the network. One query."""
    rows = Announcement.objects.filter(_HEARD, pk__in={pk for _person, pk in pairs})
    return set(rows.values_list("network__members__stakeholder__memberships__user_id", "pk")) & set(pairs)


def memberships_seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """As each person would see them, one by one: such messages are few."""
    people = User.objects.filter(is_active=True).in_bulk({person for person, _pk in pairs})
    found = set()
    for person, user in people.items():
        asked = {pk for one, pk in pairs if one == person}
        rows = NetworkMember.objects.visible_to(user).filter(pk__in=asked)
        found |= {(person, pk) for pk in rows.values_list("pk", flat=True)}
    return found


# --- Lists --------------------------------------------------------------------------------------------
def networks(user: Any) -> QuerySet[Network]:
    """Those that are going, with what a line of the list tells."""
    rows = Network.objects.visible_to(user).filter(ended_at=None)
    return rows.select_related("region", "country", "parent").order_by("kind", "name", "pk")


def with_counts(user: Any, found: Sequence[Network]) -> list[tuple[Network, int]]:
    """Each with how many of its members the reader may find. One query."""
    rows = NetworkMember.objects.visible_to(user).current().filter(network__in=[one.pk for one in found])
    counted = dict(rows.order_by().values_list("network").annotate(n=Count("pk")))
    return [(one, counted.get(one.pk, 0)) for one in found]


def own_rows(user: Any) -> QuerySet[NetworkMember]:
    """What the stakeholders of this person are, ask and are asked; what waits for them first."""
    own = Membership.objects.filter(user=user).values("stakeholder_id")
    rows = NetworkMember.objects.visible_to(user).filter(stakeholder__in=own, status__in=MemberStatus.OPEN)
    return rows.select_related("network", "stakeholder").order_by("-status", "network__name", "pk")


def invitations_to(user: Any) -> QuerySet[NetworkMember]:
    led = entries_of(user, MemberRole.ADMIN)
    rows = NetworkMember.objects.filter(stakeholder__in=led, status=MemberStatus.INVITED)
    return rows.select_related("network", "stakeholder").order_by("asked_at", "pk")


def may_ask_for(user: Any, network: Network) -> list[Stakeholder]:
    """The person's stakeholders that are not in it, and have neither asked nor been asked."""
    there = NetworkMember.objects.filter(network=network, status__in=MemberStatus.OPEN).values("stakeholder")
    rows = Stakeholder.objects.filter(
        memberships__user=user, memberships__role=MemberRole.ADMIN, status__in=Status.TAKING_PART
    )
    return list(rows.exclude(pk__in=there).order_by("sort_key", "pk").distinct())


def waiting_requests(user: Any) -> QuerySet[NetworkMember]:
    """Requests to join, the oldest first, as the desk sees them."""
    rows = NetworkMember.objects.visible_to(user).filter(status=MemberStatus.ASKED)
    return rows.select_related("network", "stakeholder").order_by("asked_at", "pk")


# --- One network --------------------------------------------------------------------------------------
@dataclass(slots=True)
class Line:
    """A member as one reader sees it; `url` is empty where they may not open its profile."""

    member: NetworkMember
    url: str


@dataclass(slots=True)
class Page:
    network: Network
    members: list[Line] = field(default_factory=list)
    parts: list[Network] = field(default_factory=list)
    plans: list[NetworkPlan] = field(default_factory=list)
    meetings: list[NetworkMeeting] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    documents: list[tuple[NetworkDocument, Told]] = field(default_factory=list)
    hides_members: bool = False


def page_of(user: Any, network: Network) -> Page:
    """Everything that the page of a network shows to this reader. Nine queries at most."""
    shown = Network.objects.filter(pk=network.pk).filter(open_to(user, "members_for", "pk")).exists()
    return Page(
        network=network,
        members=members_of(user, network),
        parts=list(Network.objects.visible_to(user).filter(parent=network, ended_at=None).order_by("name")),
        plans=list(NetworkPlan.objects.visible_to(user).filter(network=network)),
        meetings=list(
            NetworkMeeting.objects.visible_to(user).filter(network=network).select_related("event")
        ),
        announcements=list(
            Announcement.objects.visible_to(user).filter(network=network).select_related("by")[:FEW]
        ),
        documents=documents_of(user, network),
        hides_members=not shown,
    )


def documents_of(user: Any, network: Network) -> list[tuple[NetworkDocument, Told]]:
    """What of the library the network works with, as far as the reader may read it. Two queries at most."""
    rows = list(NetworkDocument.objects.visible_to(user).filter(network=network))
    told = {line.resource.pk: line for line in library_lines(user, [row.resource_id for row in rows])}
    return [(row, told[row.resource_id]) for row in rows if row.resource_id in told]


def library_lines(user: Any, ids: Collection[int]) -> list[Told]:
    """Resources as a line of the library tells them."""
    if not ids:
        return []
    rows = list(for_lines(readable_resources(user).filter(pk__in=ids)))
    return lines(rows, language_names=dict(Language.objects.for_choices()))


def members_of(user: Any, network: Network) -> list[Line]:
    """Coordinators first, then by name. Two queries."""
    order = {NetworkRole.COORDINATOR: 0, NetworkRole.MEMBER: 1, NetworkRole.OBSERVER: 2}
    rows = list(
        NetworkMember.objects.visible_to(user)
        .current()
        .filter(network=network)
        .select_related("stakeholder__country", "stakeholder__logo")
        .order_by("stakeholder__sort_key", "pk")
    )
    listed = listed_among(user, [row.stakeholder_id for row in rows])
    lines = [
        Line(row, row.stakeholder.get_absolute_url() if row.stakeholder_id in listed else "") for row in rows
    ]
    return sorted(lines, key=lambda line: order[NetworkRole(line.member.role)])


def listed_among(user: Any, ids: Collection[int]) -> set[int]:
    rows = Stakeholder.objects.visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def asked_and_invited(network: Network, user: Any) -> QuerySet[NetworkMember]:
    rows = NetworkMember.objects.visible_to(user).filter(network=network, status__in=MemberStatus.WAITING)
    return rows.select_related("stakeholder__country", "asked_by").order_by("status", "asked_at", "pk")


def is_below(one: int, other: int) -> bool:
    """Whether network `one` is `other`, or belongs to it over however many steps."""
    parents = dict(Network.objects.exclude(parent=None).values_list("pk", "parent_id"))
    seen: set[int] = set()
    at: int | None = one
    while at is not None and at not in seen:
        if at == other:
            return True
        seen.add(at)
        at = parents.get(at)
    return False


# --- On other pages -----------------------------------------------------------------------------------
def of_stakeholder(user: Any, stakeholder: Any) -> dict[str, Any] | None:
    """The networks of a stakeholder, for its profile. One query."""
    rows = NetworkMember.objects.visible_to(user).current().filter(stakeholder=stakeholder)
    found = list(rows.filter(network__ended_at=None).select_related("network").order_by("network__name"))
    return {"rows": found} if found else None


def placed_in(country: Any) -> QuerySet[Network]:
    """Those of a country or area, and of the regions it lies in."""
    places = Q(country=country) | Q(region__in=regions_of().get(country.pk, ()))
    shown = Network.objects.visible_to(AnonymousUser())  # the panel is kept for everybody
    return shown.filter(places, ended_at=None)


def in_country(_user: Any, country: Any) -> dict[str, Any] | None:
    """One query."""
    found = list(placed_in(country).order_by("kind", "name"))
    return {"networks": found} if found else None


def names_seen(user: Any, codes: Collection[str]) -> dict[str, str]:
    numbers = [int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 10]
    found = Network.objects.visible_to(user).filter(pk__in=numbers)
    return {str(pk): name for pk, name in found.values_list("pk", "name")}


def for_sitemap() -> QuerySet[Network]:
    return Network.objects.visible_to(AnonymousUser()).only("pk", "name", "updated_at").order_by("pk")


def path_of(code: str) -> str:
    return reverse("networks:by_number", args=[code])


def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """What a network says of itself. Its members are found as themselves, as each is listed. Two queries."""
    rows = Network.objects.visible_to(AnonymousUser()).filter(pk__in=ids)
    for one in rows.select_related("country", "region").prefetch_related("topics"):
        yield Entry(
            object_id=one.pk,
            name=one.name,
            text="\n".join(
                filter(
                    None,
                    (
                        one.about,
                        one.country.name_en if one.country else "",
                        one.region.name_en if one.region else "",
                        " · ".join(topic.name_en for topic in one.topics.all()),
                    ),
                )
            ),
            language=one.language_id,
            audience=Audience.PUBLIC,
            country=one.country_id or "",
            facets=[f"network:{one.kind}", *(f"topic:{topic.pk}" for topic in one.topics.all())],
            url_name="networks:network",
            url_args=[one.pk, one.slug],
            sort_key=one.name.casefold(),
        )


def own_steps(user: Any) -> QuerySet[PlanStep]:
    """What the stakeholders of this person are responsible for and have not done, the earliest end first."""
    own = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS).values("stakeholder_id")
    rows = PlanStep.objects.visible_to(user).filter(status__in=StepStatus.OPEN, responsible__in=own)
    return rows.select_related("goal__plan__network").distinct().order_by("ends_on", "pk")

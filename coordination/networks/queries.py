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
from resources.records.queries_lines import ResourceLine, for_lines, lines
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
    """Return the people who may look after a network."""
    rows = Membership.objects.filter(
        role__in=MemberRole.WRITERS,
        stakeholder__status__in=Status.TAKING_PART,
        stakeholder__network_members__network=network,
        stakeholder__network_members__status=MemberStatus.IN,
        stakeholder__network_members__role=NetworkRole.COORDINATOR,
    )
    return User.objects.filter(is_active=True, pk__in=rows.values("user")).order_by("pk")


def people_of(network: Network) -> QuerySet[User]:
    """Return everybody of the stakeholders in a network."""
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
    """Return the announcements of the networks that the person is still in."""
    return Announcement.objects.filter(_HEARD, network__members__stakeholder__memberships__user=user)


def announcements_seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs (person, announcement) whose person is still in the network."""
    rows = Announcement.objects.filter(_HEARD, pk__in={pk for _person, pk in pairs})
    return set(rows.values_list("network__members__stakeholder__memberships__user_id", "pk")) & set(pairs)


def memberships_seen(pairs: Collection[tuple[int, int]]) -> set[tuple[int, int]]:
    """Return the pairs (person, membership) that the person may see; one query a person, as they are few."""
    people = User.objects.filter(is_active=True).in_bulk({person for person, _pk in pairs})
    visible_pairs = set()
    for person, user in people.items():
        pks = {pk for reader, pk in pairs if reader == person}
        rows = NetworkMember.objects.visible_to(user).filter(pk__in=pks)
        visible_pairs |= {(person, pk) for pk in rows.values_list("pk", flat=True)}
    return visible_pairs


# --- Lists --------------------------------------------------------------------------------------------
def networks(user: Any) -> QuerySet[Network]:
    """Return the networks that have not ended, for the list."""
    rows = Network.objects.visible_to(user).filter(ended_at=None)
    return rows.select_related("region", "country", "parent").order_by("kind", "name", "pk")


def with_counts(user: Any, rows: Sequence[Network]) -> list[tuple[Network, int]]:
    """Return each network with the number of its members that the reader may find."""
    members = (
        NetworkMember.objects.visible_to(user).current().filter(network__in=[network.pk for network in rows])
    )
    counted = dict(members.order_by().values_list("network").annotate(n=Count("pk")))
    return [(network, counted.get(network.pk, 0)) for network in rows]


def own_rows(user: Any) -> QuerySet[NetworkMember]:
    """Return memberships, requests and invitations of the person's stakeholders, invitations first."""
    own = Membership.objects.filter(user=user).values("stakeholder_id")
    rows = NetworkMember.objects.visible_to(user).filter(stakeholder__in=own, status__in=MemberStatus.OPEN)
    return rows.select_related("network", "stakeholder").order_by("-status", "network__name", "pk")


def invitations_to(user: Any) -> QuerySet[NetworkMember]:
    led = entries_of(user, MemberRole.ADMIN)
    rows = NetworkMember.objects.filter(stakeholder__in=led, status=MemberStatus.INVITED)
    return rows.select_related("network", "stakeholder").order_by("asked_at", "pk")


def may_ask_for(user: Any, network: Network) -> list[Stakeholder]:
    """Return the person's stakeholders that are neither members, nor asked or invited."""
    involved = NetworkMember.objects.filter(network=network, status__in=MemberStatus.OPEN).values(
        "stakeholder"
    )
    rows = Stakeholder.objects.filter(
        memberships__user=user, memberships__role=MemberRole.ADMIN, status__in=Status.TAKING_PART
    )
    return list(rows.exclude(pk__in=involved).order_by("sort_key", "pk").distinct())


def waiting_requests(user: Any) -> QuerySet[NetworkMember]:
    """Return requests to join, the oldest first."""
    rows = NetworkMember.objects.visible_to(user).filter(status=MemberStatus.ASKED)
    return rows.select_related("network", "stakeholder").order_by("asked_at", "pk")


# --- One network --------------------------------------------------------------------------------------
@dataclass(slots=True)
class MemberLine:
    """A member as one reader sees it; `url` is empty where they may not open its profile."""

    member: NetworkMember
    url: str


@dataclass(slots=True)
class NetworkPage:
    network: Network
    members: list[MemberLine] = field(default_factory=list)
    parts: list[Network] = field(default_factory=list)
    plans: list[NetworkPlan] = field(default_factory=list)
    meetings: list[NetworkMeeting] = field(default_factory=list)
    announcements: list[Announcement] = field(default_factory=list)
    documents: list[tuple[NetworkDocument, ResourceLine]] = field(default_factory=list)
    hides_members: bool = False


def page_of(user: Any, network: Network) -> NetworkPage:
    """Return everything that the page of a network shows to this reader."""
    shown = Network.objects.filter(pk=network.pk).filter(open_to(user, "members_for", "pk")).exists()
    return NetworkPage(
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


def documents_of(user: Any, network: Network) -> list[tuple[NetworkDocument, ResourceLine]]:
    """Return the network's documents that the reader may read, with their lines of the library."""
    rows = list(NetworkDocument.objects.visible_to(user).filter(network=network))
    lines_by_resource = {
        line.resource.pk: line for line in library_lines(user, [row.resource_id for row in rows])
    }
    return [(row, lines_by_resource[row.resource_id]) for row in rows if row.resource_id in lines_by_resource]


def library_lines(user: Any, ids: Collection[int]) -> list[ResourceLine]:
    """Return resources as lines of the library."""
    if not ids:
        return []
    rows = list(for_lines(readable_resources(user).filter(pk__in=ids)))
    return lines(rows, language_names=dict(Language.objects.for_choices()))


def members_of(user: Any, network: Network) -> list[MemberLine]:
    """Return the members that the reader may see, coordinators first, then by name."""
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
        MemberLine(row, row.stakeholder.get_absolute_url() if row.stakeholder_id in listed else "")
        for row in rows
    ]
    return sorted(lines, key=lambda line: order[NetworkRole(line.member.role)])


def listed_among(user: Any, ids: Collection[int]) -> set[int]:
    rows = Stakeholder.objects.visible_to(user).filter(pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def asked_and_invited(network: Network, user: Any) -> QuerySet[NetworkMember]:
    rows = NetworkMember.objects.visible_to(user).filter(network=network, status__in=MemberStatus.WAITING)
    return rows.select_related("stakeholder__country", "asked_by").order_by("status", "asked_at", "pk")


def is_below(network_pk: int, other_pk: int) -> bool:
    """Return whether a network is the other one, or belongs to it over any number of steps."""
    parents = dict(Network.objects.exclude(parent=None).values_list("pk", "parent_id"))
    visited: set[int] = set()
    at: int | None = network_pk
    while at is not None and at not in visited:
        if at == other_pk:
            return True
        visited.add(at)
        at = parents.get(at)
    return False


# --- On other pages -----------------------------------------------------------------------------------
def of_stakeholder(user: Any, stakeholder: Any) -> dict[str, Any] | None:
    """Return the networks of a stakeholder, for its profile."""
    rows = NetworkMember.objects.visible_to(user).current().filter(stakeholder=stakeholder)
    memberships = list(
        rows.filter(network__ended_at=None).select_related("network").order_by("network__name")
    )
    return {"rows": memberships} if memberships else None


def placed_in(country: Any) -> QuerySet[Network]:
    """Return the networks of a country or area, and of the regions around it."""
    places = Q(country=country) | Q(region__in=regions_of().get(country.pk, ()))
    shown = Network.objects.visible_to(AnonymousUser())  # the panel is kept for everybody
    return shown.filter(places, ended_at=None)


def in_country(_user: Any, country: Any) -> dict[str, Any] | None:
    placed = list(placed_in(country).only("kind", "name").order_by("kind", "name"))
    return {"networks": placed} if placed else None


def names_seen(user: Any, codes: Collection[str]) -> dict[str, str]:
    numbers = [int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 10]
    rows = Network.objects.visible_to(user).filter(pk__in=numbers)
    return {str(pk): name for pk, name in rows.values_list("pk", "name")}


def for_sitemap() -> QuerySet[Network]:
    return Network.objects.visible_to(AnonymousUser()).only("pk", "name", "updated_at").order_by("pk")


def path_of(code: str) -> str:
    return reverse("networks:by_number", args=[code])


def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield networks as entries of the index. Members have entries of their own."""
    rows = Network.objects.visible_to(AnonymousUser()).filter(pk__in=ids)
    for network in rows.select_related("country", "region").prefetch_related("topics"):
        yield Entry(
            object_id=network.pk,
            name=network.name,
            text="\n".join(
                filter(
                    None,
                    (
                        network.about,
                        network.country.name_en if network.country else "",
                        network.region.name_en if network.region else "",
                        " · ".join(topic.name_en for topic in network.topics.all()),
                    ),
                )
            ),
            language=network.language_id,
            audience=Audience.PUBLIC,
            country=network.country_id or "",
            facets=[f"network:{network.kind}", *(f"topic:{topic.pk}" for topic in network.topics.all())],
            url_name="networks:network",
            url_args=[network.pk, network.slug],
            sort_key=network.name.casefold(),
        )


def own_steps(user: Any) -> QuerySet[PlanStep]:
    """Return open steps for which the person's stakeholders are responsible, the earliest end first."""
    own = Membership.objects.filter(user=user, role__in=MemberRole.WRITERS).values("stakeholder_id")
    rows = PlanStep.objects.visible_to(user).filter(status__in=StepStatus.OPEN, responsible__in=own)
    return rows.select_related("goal__plan__network").distinct().order_by("ends_on", "pk")

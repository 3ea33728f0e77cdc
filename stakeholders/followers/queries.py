"""What an entry or an offer concerns, and who may hear of it.

Who may see a row is said by its `visible_to(user)`. Telling many asks the same question the other way round,
twice: `*_readers` (which of these people, in SQL) and `*_seen` (which of these pairs, for a batch). The tests
hold the three against each other for every role and every listing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.people.enums import Role, Scope
from accounts.people.models import Grant, User
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Membership, Stakeholder
from taxonomy.places.queries import countries_within, regions_of

Pairs = Collection[tuple[int, int]]
# Never an empty Q: "or nothing" would mean nobody else.
EVERYBODY = Q(is_active=True)
SHARED = (Listing.MEMBERS_STATES, Listing.MEMBERS)


# --- What it concerns ---------------------------------------------------------------------------------
def terms_of(stakeholder: Stakeholder) -> list[str]:
    """Return what an entry concerns, as follows name it: itself, its country and regions, its topics."""
    topics = stakeholder.topics.values_list("pk", flat=True)
    return [
        f"stakeholder:{stakeholder.pk}",
        *terms_of_places([stakeholder.country_id]),
        *(f"topic:{code}" for code in topics),
    ]


def terms_of_places(countries: Collection[str] | QuerySet[Any]) -> list[str]:
    """Return the terms of countries (ISO3) and of the regions around them (M49)."""
    within = regions_of()
    regions = {code: None for iso3 in countries for code in within.get(iso3, ())}
    return [*(f"country:{iso3}" for iso3 in countries), *(f"region:{code}" for code in regions)]


# --- Which of these people ----------------------------------------------------------------------------
def entry_readers(people: QuerySet[User], pk: int | None) -> QuerySet[User]:
    """Return those of `people` who may see this entry, as a query that has not run."""
    entry = Stakeholder.objects.filter(pk=pk).first() if pk else None
    return people.filter(may_see_entry(entry), is_active=True) if entry else people.none()


def may_see_entry(entry: Stakeholder) -> Q:
    always = Q(pk__in=people_with_roles(*Role.DESK)) | Q(pk__in=people_acting_for(entry.pk))
    if entry.status not in Status.SHOWN:
        return always
    if entry.listing == Listing.PUBLIC:
        return EVERYBODY
    if entry.listing not in SHARED:
        return always
    states = Q(pk__in=people_with_roles(Role.STATE))
    shared = Q(pk__in=people_taking_part()) | Q(pk__in=focal_points_of(entry.country_id))
    readers = always | (shared & ~states)
    return readers | states if entry.listing == Listing.MEMBERS_STATES else readers


def people_with_roles(*roles: str) -> QuerySet[Any]:
    return Grant.objects.live().filter(role__in=roles).values("user")


def people_acting_for(stakeholder: int) -> QuerySet[Any]:
    return Membership.objects.filter(stakeholder=stakeholder).values("user")


def people_taking_part() -> QuerySet[Any]:
    return Membership.objects.filter(stakeholder__status__in=Status.TAKING_PART).values("user")


def focal_points_of(country: str) -> QuerySet[Any]:
    places = (
        Q(scope_kind=Scope.GLOBAL)
        | Q(scope_kind=Scope.COUNTRY, scope_code=country)
        | Q(scope_kind=Scope.REGION, scope_code__in=regions_of().get(country, ()))
    )
    return Grant.objects.live().filter(places, role=Role.REGIONAL).values("user")


# --- Which of these pairs -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Reader:
    """What of one person decides who sees what. `places`: as in `User.places_of`, None for everywhere."""

    roles: frozenset[str]
    places: frozenset[str] | None
    acts_for: frozenset[int]
    takes_part: bool

    def sees(self, entry: Stakeholder) -> bool:
        if self.always_sees(entry.pk):
            return True
        if entry.status not in Status.SHOWN or entry.listing not in (Listing.PUBLIC, *SHARED):
            return False
        if entry.listing == Listing.PUBLIC:
            return True
        if Role.STATE in self.roles:
            return entry.listing == Listing.MEMBERS_STATES
        return self.takes_part or self.places is None or entry.country_id in self.places

    def always_sees(self, stakeholder: int) -> bool:
        return stakeholder in self.acts_for or not self.roles.isdisjoint(Role.DESK)


def entries_seen(pairs: Pairs) -> set[tuple[int, int]]:
    """Return those pairs of (person, entry) where the person may see the entry now."""
    entries = Stakeholder.objects.in_bulk({pk for _user, pk in pairs})
    return visible_pairs(pairs, entries, lambda reader, entry: reader.sees(entry))


def visible_pairs(
    pairs: Pairs, rows: dict[int, Any], sees: Callable[[Reader, Any], bool]
) -> set[tuple[int, int]]:
    readers = _readers({user for user, _pk in pairs})
    return {
        (user, pk) for user, pk in pairs if user in readers and pk in rows and sees(readers[user], rows[pk])
    }


def _readers(people: Collection[int]) -> dict[int, Reader]:
    """Return the readers by id, without people whose account is closed."""
    active = User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True)
    roles: dict[int, set[str]] = defaultdict(set)
    regional: dict[int, list[Grant]] = defaultdict(list)
    for grant in Grant.objects.live().filter(user__in=people):
        roles[grant.user_id].add(grant.role)
        if grant.role == Role.REGIONAL:
            regional[grant.user_id].append(grant)
    acting: dict[int, set[int]] = defaultdict(set)
    taking_part = set()
    held = Membership.objects.filter(user__in=people).values_list(
        "user", "stakeholder", "stakeholder__status"
    )
    for user, stakeholder, status in held:
        acting[user].add(stakeholder)
        if status in Status.TAKING_PART:
            taking_part.add(user)
    return {
        pk: Reader(frozenset(roles[pk]), _places_of(regional[pk]), frozenset(acting[pk]), pk in taking_part)
        for pk in active
    }


def _places_of(grants: list[Grant]) -> frozenset[str] | None:
    if any(grant.scope_kind == Scope.GLOBAL for grant in grants):
        return None
    countries = {grant.scope_code for grant in grants if grant.scope_kind == Scope.COUNTRY}
    regions = {grant.scope_code for grant in grants if grant.scope_kind == Scope.REGION}
    return frozenset(countries | countries_within(regions)) if grants else frozenset()


# --- What can be followed -----------------------------------------------------------------------------
def entry_names(user: Any, codes: Collection[str]) -> dict[str, str]:
    """Return number of an entry, as text → its name, for those that `user` may see."""
    numbers = [int(code) for code in codes if code.isascii() and code.isdigit() and len(code) < 19]
    entries = Stakeholder.objects.visible_to(user).filter(pk__in=numbers, merged_into=None)
    return {str(pk): name for pk, name in entries.values_list("pk", "name")}


def own_terms(user: Any) -> list[str]:
    """Return the places of a regional focal point, and countries and topics of the entries of a person."""
    mine = Stakeholder.objects.filter(
        pk__in=Membership.objects.filter(user=user).values("stakeholder"), status__in=Status.LOOKED_AFTER
    ).order_by("sort_key", "pk")
    grants = [grant for grant in user.live_grants if grant.role == Role.REGIONAL and grant.scope_code]
    kinds = {Scope.COUNTRY: "country", Scope.REGION: "region"}
    return [
        *(f"{kinds[Scope(grant.scope_kind)]}:{grant.scope_code}" for grant in grants),
        *(f"country:{code}" for code in mine.values_list("country", flat=True)),
        *(f"topic:{code}" for code in mine.values_list("topics", flat=True) if code),
    ]

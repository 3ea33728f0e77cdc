"""The directory: who is shown to whom, narrowed by what was asked, a page at a time.

What is asked stands in `Asked`; the filter makes it of a query string, tests and feeds make it directly.
Numbers beside the choices come from `queries.counts`.
"""

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import F, OuterRef, Q

from accounts.enums import Role
from search.queries import matching_ids, ranked_ids
from stakeholders.enums import Listing, Status
from stakeholders.models import Stakeholder, StakeholderQuerySet
from taxonomy.models import Country

INDEXED = "stakeholders.stakeholder"
PER_PAGE = 20
# Above so many matches nearly all fit equally well, and putting each in its place costs more than it tells.
MOST_RANKED = 3000
RELEVANCE, NAME, NEWEST, CONFIRMED = "relevance", "name", "newest", "confirmed"
CODES = ("kind", "country", "region", "topic")
_ORDERS: dict[str, tuple[Any, ...]] = {
    NAME: ("sort_key", "pk"),
    NEWEST: ("-created_at", "-pk"),
    CONFIRMED: (F("confirmed_at").desc(nulls_last=True), "sort_key", "pk"),
}
_OF_A_CARD = (
    "kind", "status", "listing", "name", "name_latin", "acronym", "country_id", "city", "mission",
    "mission_language_id", "slug", "confirmed_at", "source_date", "is_demo",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """Words and codes; codes of one field mean "or", fields mean "and"."""

    q: str = ""
    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    sort: str = ""

    @property
    def order(self) -> str:
        """Relevance needs words; without a choice it is the best match, or else the name."""
        if self.sort and (self.q or self.sort != RELEVANCE):
            return self.sort
        return RELEVANCE if self.q else NAME

    @property
    def narrows(self) -> bool:
        return bool(self.q or any(getattr(self, name) for name in CODES))

    def without(self, name: str, code: str = "") -> "Asked":
        """The same question without one of its words or codes."""
        if name == "q":
            return replace(self, q="")
        left: Any = {name: tuple(one for one in getattr(self, name) if one != code)}
        return replace(self, **left)

    def query(self, **more: str) -> str:
        """As a query string, always in one order."""
        pairs = [("q", self.q)] if self.q else []
        pairs += [(name, code) for name in CODES for code in getattr(self, name)]
        pairs += [("sort", self.sort)] if self.sort else []
        return urlencode([*pairs, *more.items()])


def listings_seen(user: Any) -> tuple[str, ...]:
    """The listings that `user` finds in the directory.

    What counts in its country alone, or nowhere, is in nobody's directory, not even the desk's; their own
    people reach it from their work page, the desk by its search.
    """
    if user.is_authenticated and user.is_active:
        if user.is_desk or user.has_role(Role.REGIONAL) or user.has_perm("stakeholders.take_part"):
            return (Listing.PUBLIC, Listing.MEMBERS_STATES, Listing.MEMBERS)
        if user.has_role(Role.STATE):
            return (Listing.PUBLIC, Listing.MEMBERS_STATES)
    return (Listing.PUBLIC,)


def shown_to(user: Any) -> StakeholderQuerySet:
    """Everybody in the directory as `user` sees it."""
    seen = Stakeholder.objects.visible_to(user)
    return seen.filter(status__in=Status.SHOWN, listing__in=listings_seen(user))


def with_words(rows: StakeholderQuerySet, user: Any, text: str) -> StakeholderQuerySet:
    return rows.filter(pk__in=matching_ids(user, text, INDEXED)) if text else rows


def in_regions(rows: StakeholderQuerySet, codes: tuple[str, ...]) -> StakeholderQuerySet:
    """A region (M49) counts with all its sub-regions."""
    if not codes:
        return rows
    within = Q(region__in=codes) | Q(subregion__in=codes) | Q(intermediate_region__in=codes)
    return rows.filter(country__in=Country.objects.filter(within).values("pk"))


def on_topics(rows: StakeholderQuerySet, codes: tuple[str, ...]) -> StakeholderQuerySet:
    if not codes:
        return rows
    on = Stakeholder.topics.through.objects.filter(topic__in=codes)
    return rows.filter(pk__in=on.values("stakeholder_id"))


def narrowed(rows: StakeholderQuerySet, user: Any, asked: Asked) -> StakeholderQuerySet:
    """Those of `rows` that answer the question, in no order."""
    if asked.kind:
        rows = rows.filter(kind__in=asked.kind)
    if asked.country:
        rows = rows.filter(country__in=asked.country)
    return with_words(on_topics(in_regions(rows, asked.region), asked.topic), user, asked.q)


def page_of(user: Any, asked: Asked, total: int, number: str | None) -> "Page[Stakeholder]":
    """One page of what was asked, with what a card shows; `total` is known already and not counted again."""
    paginator: Any = _Counted([], PER_PAGE)
    paginator.count = total
    page: Page[Stakeholder] = paginator.get_page(number)
    start = (page.number - 1) * PER_PAGE
    if asked.order == RELEVANCE and total > MOST_RANKED:
        asked = replace(asked, sort=NAME)
    page.object_list = _rows(user, asked, start, start + PER_PAGE) if total else []
    return page


class _Counted(Paginator):
    count = 0


def _rows(user: Any, asked: Asked, start: int, end: int) -> list[Stakeholder]:
    everybody = shown_to(user)
    if asked.order == RELEVANCE:
        among = narrowed(everybody, user, replace(asked, q=""))
        ids = list(ranked_ids(user, asked.q, INDEXED, among)[start:end])
        # The row is asked for once more under `visible_to`: the index alone shows nothing.
        there = {row.pk: row for row in _cards(everybody.filter(pk__in=ids))}
        return [there[pk] for pk in ids if pk in there]
    return list(_cards(narrowed(everybody, user, asked).order_by(*_ORDERS[asked.order]))[start:end])


def _cards(rows: StakeholderQuerySet) -> StakeholderQuerySet:
    """Only what a card shows; asking a row for anything more is an error, not a slow page."""
    through = Stakeholder.topics.through.objects.filter(stakeholder=OuterRef("pk"))
    rows = rows.annotate(topic_codes=ArraySubquery(through.values("topic_id")))
    return rows.only(*_OF_A_CARD).fetch_mode(models.FETCH_RAISE)

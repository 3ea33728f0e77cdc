"""The directory: who is shown to whom, narrowed by what was asked, a page at a time.

What is asked stands in `DirectoryQuery`; the filter makes it of a query string, tests and exports make it
directly. Numbers beside the choices come from `queries_counts`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any
from urllib.parse import parse_qs, urlencode

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, F, Q, Window
from django.utils.timezone import now
from django.utils.translation import ngettext

from accounts.people.enums import Role
from core.bulk import as_array
from core.facets import current_codes
from search.facets import WordQuery
from search.queries import matching_ids
from stakeholders.directory.enums import OLDER, QUARTER, YEAR
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder, StakeholderQuerySet
from stakeholders.exchange.models import Offer, OfferQuerySet, today
from taxonomy.names.models import names_of
from taxonomy.places.map_marks import Mark, marks
from taxonomy.places.models import Country

INDEXED = "stakeholders.stakeholder"
NAME, NEWEST, CONFIRMED = "name", "newest", "confirmed"
# Facets of which an entry may stand under several choices → the field that holds them; offers have rows.
LINKED = {"topic": "topics", "article": "articles", "area": "engagement_areas", "language": "languages"}
OFFERS = "offers"
CODES = ("kind", "country", "region", *LINKED, OFFERS, "standing", "fresh")
FRESH_DAYS = {QUARTER: 92, YEAR: 366}
ORDERS: dict[str, tuple[Any, ...]] = {
    NAME: ("sort_key", "pk"),
    NEWEST: ("-created_at", "-pk"),
    CONFIRMED: (F("confirmed_at").desc(nulls_last=True), "sort_key", "pk"),
}


@dataclass(frozen=True, slots=True)
class DirectoryQuery(WordQuery):
    facets = CODES
    default_order = NAME

    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    article: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    standing: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()


def listings_seen(user: Any) -> tuple[str, ...]:
    """Return the listings that `user` finds in the directory.

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
    """Return the entries of the directory that `user` may see."""
    visible = Stakeholder.objects.visible_to(user)
    return visible.filter(status__in=Status.SHOWN, listing__in=listings_seen(user))


def places_only(user: Any) -> list[str] | None:
    """Return the countries beyond which a regional focal point sees only what is public; None for others."""
    if not (user.is_authenticated and user.is_active) or user.is_desk:
        return None
    places = user.places_of(Role.REGIONAL)
    if not places or user.has_perm("stakeholders.take_part"):
        return None
    return sorted(places)


def offers_seen(user: Any) -> OfferQuerySet:
    """Return the open offers that the directory shows to `user`; no offer has more readers than its entry.

    Offers of one's own that others do not read are on one's own page, not here, so that readers of one class
    get the same numbers. A regional focal point reads beyond the public ones in their own places alone.
    """
    readable = Q(audience__in=listings_seen(user))
    places = places_only(user)
    if places is not None:
        readable &= Q(audience=Listing.PUBLIC) | Q(stakeholder__country__in=places)
    return Offer.objects.standing().filter(readable)


def offers_statement(user: Any) -> tuple[str, list[Any]]:
    """Return the statement of entry and direction of `offers_seen`, and its values.

    It is kept as text since it is part of every question; a test compares the two.
    """
    places = places_only(user)
    values = [today(), as_array(Status.TAKING_PART), as_array(listings_seen(user))]
    if places is None:
        return _OFFERS, values
    return f"{_OFFERS} AND (offer.audience = '{Listing.PUBLIC}' OR country_id = ANY(%s))", [*values, places]


_OFFERS = f"""
    SELECT stakeholder_id, direction FROM {Offer._meta.db_table} AS offer
    JOIN {Stakeholder._meta.db_table} AS entry ON entry.id = stakeholder_id
    WHERE closed_at IS NULL AND (until IS NULL OR until >= %s)
    AND entry.status = ANY(%s::text[]) AND offer.audience = ANY(%s::text[])
"""  # noqa: S608  names of our own tables


def with_words(rows: StakeholderQuerySet, user: Any, question: DirectoryQuery) -> StakeholderQuerySet:
    return (
        rows.filter(pk__in=matching_ids(user, question.q, INDEXED, question.missing)) if question.q else rows
    )


def facet_condition(user: Any, name: str, codes: tuple[str, ...]) -> Q:
    """Return the condition of one facet for an entry; only that of offers depends on the user."""
    if name in ("kind", "country"):
        return Q(**{f"{name}__in": codes})
    if name == "standing":
        return Q(status__in=codes)
    if name == "region":
        # A region (M49) counts with all its sub-regions.
        within = Q(region__in=codes) | Q(subregion__in=codes) | Q(intermediate_region__in=codes)
        return Q(country__in=Country.objects.filter(within).values("pk"))
    if name == "fresh":
        return reduce(or_, (_freshness_condition(code) for code in codes))
    rows, entry, term = links_of(user, name)
    return Q(pk__in=rows.filter(**{f"{term}__in": codes}).values(entry))


def _freshness_condition(code: str) -> Q:
    if code not in (*FRESH_DAYS, OLDER):
        return Q(pk__in=())
    if code == OLDER:
        return Q(confirmed_at=None) | Q(confirmed_at__lt=fresh_since(YEAR))
    return Q(confirmed_at__gte=fresh_since(code))


def fresh_since(code: str) -> datetime:
    """Return the start of the day since which an entry is fresh, the same for all readers of a day."""
    return now().replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=FRESH_DAYS[code])


def links_of(user: Any, name: str) -> tuple[Any, str, str]:
    """Return the rows that link entries with the choices of a facet, and their columns: entry, code."""
    if name == OFFERS:
        rows = offers_seen(user)
        return rows.values("stakeholder_id", "direction").distinct(), "stakeholder_id", "direction"
    field: Any = Stakeholder._meta.get_field(LINKED[name])
    entry, term = field.m2m_column_name(), field.m2m_reverse_name()
    return field.remote_field.through._default_manager.values(entry, term), entry, term


def matching_entries(rows: StakeholderQuerySet, user: Any, question: DirectoryQuery) -> StakeholderQuerySet:
    """Return those of `rows` that match the question, in no order."""
    for name in CODES:
        if codes := getattr(question, name):
            rows = rows.filter(facet_condition(user, name, codes))
    return with_words(rows, user, question)


def query_of(filters: str) -> DirectoryQuery:
    """Return the question of a stored query string.

    A code that has gone since then finds nobody; leaving it out would find everybody. The code of a merged
    term is replaced by its successor.
    """
    parameters = parse_qs(filters)
    codes: dict[str, Any] = {name: tuple(current_codes(name, parameters.get(name, ()))) for name in CODES}
    return DirectoryQuery(q=parameters.get("q", [""])[0], sort=parameters.get("sort", [""])[0], **codes)


def without_words(filters: str) -> str:
    """Return the filters for the log: codes without words, since these may be somebody's name."""
    question = query_of(filters)
    codes = question.without_words().query()
    return "&".join(part for part in (urlencode({"q": "*"}) if question.q else "", codes) if part)


# -----------------------------------------------------------------------------------------------------
# The directory by place: one line for each country or area with somebody, and its mark where it has one.

# From so many on, a mark is drawn so large: few steps, since the number is told beside it.
STEPS = ((1, 5), (10, 8), (100, 11), (1000, 15))


@dataclass(frozen=True, slots=True)
class Place:
    code: str
    name: str
    count: int
    number: str
    spoken: str
    # The question that finds those who are there.
    query: str
    mark: Mark | None


def places(counted: Mapping[str, int], question: DirectoryQuery, names: Mapping[str, str]) -> list[Place]:
    """Return the countries with entries in the order of `names`, for the map and for its list."""
    return [
        _place(code, name, counted[code], replace(question, country=(code,), region=()).query())
        for code, name in names.items()
        if counted.get(code)
    ]


def _place(code: str, name: str, count: int, query: str) -> Place:
    number = intcomma(count)
    spoken = ngettext("%(name)s: %(number)s stakeholder", "%(name)s: %(number)s stakeholders", count)
    return Place(
        code, name, count, number, spoken % {"name": name, "number": number}, query, marks().get(code)
    )


def mark_size(count: int) -> int:
    return max(size for least, size in STEPS if count >= least)


# --- Who is there in one country, for the pages about it ---------------------------------------------

MOST = 8
_SHORT = ("kind", "name", "slug", "logo__status")


def entries_of_country(user: Any, country: Any) -> Mapping[str, Any] | None:
    """Return the first few entries of a country by name, and how many there are."""
    rows = shown_to(user).filter(country=country.pk).select_related("logo").only(*_SHORT)
    first = list(rows.annotate(together=Window(Count("pk"))).order_by("sort_key", "pk")[:MOST])
    return {"stakeholders": first, "total": first[0].together if first else 0, "country": country}


# --- Who works on one article, for the page about it -------------------------------------------------


def entries_on_article(user: Any, article: Any) -> Mapping[str, Any]:
    """Return the first few entries that work on an article by name, and how many there are."""
    rows = shown_to(user).filter(articles=article).select_related("country", "logo")
    rows = rows.only(*_SHORT, *names_of("country"))
    first = list(rows.annotate(together=Window(Count("pk"))).order_by("sort_key", "pk")[:MOST])
    return {"stakeholders": first, "total": first[0].together if first else 0, "article": article}

"""The library as a reader finds it: narrowed by what was asked, a page at a time.

The filter makes `Asked` of a query string; saved searches and tests make it directly. The numbers beside the
choices come from `queries.counts`.
"""

from dataclasses import replace
from functools import reduce
from operator import and_
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject, Left

from accounts.people.enums import Role
from resources.enums import Audience
from resources.models import Edition, Resource, ResourceQuerySet
from resources.queries.asked import DATE, NEWEST, RELEVANCE, Asked, Codes
from search.queries import matching_ids, ranked_ids
from taxonomy.places.models import Country, Region
from taxonomy.terms.enums import TopicKind

INDEXED = "resources.resource"
PER_PAGE = 20
# Above so many matches nearly all fit equally well, and putting each in its place costs more than it tells.
MOST_RANKED = 3000
LONGEST_ABSTRACT = 2000  # characters that a line of the list draws on
_ORDERS: dict[str, tuple[Any, ...]] = {
    DATE: (F("published_on").desc(nulls_last=True), "-pk"),
    NEWEST: (F("published_at").desc(nulls_last=True), "-pk"),
}
FIELDS = {
    "topic": "topics",
    "crime": "topics",
    "instrument": "instruments",
    "article": "articles",
    "country": "countries",
}
OF_A_LINE = ("kind", "title", "audience", "publisher", "published_on", "precision", "published_at", "is_demo")


def audiences_of(user: Any) -> tuple[str, ...]:
    """The audiences whose resources `user` reads, as `Resource.shown_to` has it."""
    if not (user.is_authenticated and user.is_active):
        return (Audience.PUBLIC,)
    if user.is_desk:
        return tuple(Audience)
    if user.has_role(Role.STATE):
        return (Audience.PUBLIC, Audience.MEMBERS_STATES)
    if user.has_role(Role.REGIONAL):
        return (Audience.PUBLIC, *(Audience(code) for code in Audience.SHARED))
    if user.has_perm("stakeholders.take_part"):
        return (Audience.PUBLIC, Audience.MEMBERS_STATES, Audience.MEMBERS)
    return (Audience.PUBLIC,)


def readable(user: Any) -> ResourceQuerySet:
    """Everything in the library for `user` as a reader, now: nobody's drafts, nothing under embargo."""
    return Resource.objects.shown_to(user).listed()


def with_words(rows: ResourceQuerySet, user: Any, text: str, missing: int = 0) -> ResourceQuerySet:
    return rows.filter(pk__in=matching_ids(user, text, INDEXED, missing)) if text else rows


def answering(name: str, codes: Codes, *, every: bool = False) -> Q:
    """The condition that one facet asks of a resource; `every`: each of the codes, not any."""
    if every:
        return reduce(and_, (answering(name, (code,)) for code in codes))
    if name in ("kind", "publisher"):
        return Q(**{f"{name}__in": codes})
    if name == "year":
        return Q(published_on__year__in=[int(code) for code in codes])
    if name == "region":
        # With all that lies in it: its sub-regions, and its countries.
        family = Region.objects.filter(Q(pk__in=codes) | Q(parent__in=codes) | Q(parent__parent__in=codes))
        within = Q(region__in=codes) | Q(subregion__in=codes) | Q(intermediate_region__in=codes)
        named = Resource.regions.through.objects.filter(region__in=family.values("pk"))
        there = Resource.countries.through.objects.filter(
            country__in=Country.objects.filter(within).values("pk")
        )
        return Q(pk__in=named.values("resource")) | Q(pk__in=there.values("resource"))
    return Q(pk__in=_through(name).filter(**{f"{_column(name)}__in": codes}).values("resource"))


def links_of(name: str, chosen: Codes = ()) -> QuerySet[Any, Any]:
    """(entry, code): which resources stand under which choices of a facet.

    Topics of both kinds may be asked for as "topic"; offered are subjects there, and crime types as "crime".
    """
    if name == "region":
        named, there = Resource.regions.through.objects.all(), Resource.countries.through.objects.all()
        ways = [
            *(_links(named, f"region{above}") for above in ("_id", "__parent_id", "__parent__parent_id")),
            *(
                _links(there, f"country__{level}_id")
                for level in ("region", "subregion", "intermediate_region")
            ),
        ]
        first, *others = (way.exclude(code=None) for way in ways)
        return first.union(*others)
    rows = _through(name)
    if name in ("topic", "crime"):
        kind = TopicKind.CRIME if name == "crime" else TopicKind.SUBJECT
        rows = rows.filter(Q(topic__kind=kind) | Q(topic__in=chosen))
    return _links(rows, _column(name))


def _through(name: str) -> QuerySet[Any]:
    if name == "language":
        return Edition.objects.all()
    field: Any = Resource._meta.get_field(FIELDS[name])
    return field.remote_field.through._default_manager.all()


def _column(name: str) -> str:
    return "topic_id" if name == "crime" else f"{name}_id"


def _links(rows: QuerySet[Any], code: str) -> QuerySet[Any, Any]:
    return rows.order_by().annotate(entry=F("resource_id"), code=F(code)).values("entry", "code")


def narrowed(rows: ResourceQuerySet, user: Any, asked: Asked) -> ResourceQuerySet:
    """Those of `rows` that answer the question, in no order."""
    for name, codes in asked.of.items():
        if codes:
            rows = rows.filter(answering(name, codes, every=asked.needs_every(name)))
    return with_words(without_left_out(rows, asked), user, asked.q, asked.missing)


def without_left_out(rows: ResourceQuerySet, asked: Asked) -> ResourceQuerySet:
    for name, codes in asked.but.items():
        if codes:
            rows = rows.filter(~answering(name, codes))
    return rows


def page_of(user: Any, asked: Asked, total: int, number: str | None) -> "Page[Resource]":
    """One page of what was asked, with what a line shows; `total` is known already and not counted again."""
    paginator: Any = _Counted([], PER_PAGE)
    paginator.count = total
    page: Page[Resource] = paginator.get_page(number)
    start = (page.number - 1) * PER_PAGE
    if asked.order == RELEVANCE and total > MOST_RANKED:
        asked = replace(asked, sort=DATE)
    page.object_list = rows_of(user, asked, start, start + PER_PAGE) if total else []
    return page


class _Counted(Paginator):
    count = 0


def rows_of(user: Any, asked: Asked, start: int, end: int) -> list[Any]:
    """Lines `start` to `end` of what was asked, in its order. One statement; two for the best match."""
    everything = readable(user)
    if asked.order == RELEVANCE:
        among = narrowed(everything, user, replace(asked, q=""))
        ids = list(ranked_ids(user, asked.q, INDEXED, among, asked.missing)[start:end])
        # The row is asked for once more under `visible_to`: the index alone shows nothing.
        there = {row.pk: row for row in for_lines(everything.filter(pk__in=ids))}
        return [there[pk] for pk in ids if pk in there]
    return list(for_lines(narrowed(everything, user, asked).order_by(*_ORDERS[asked.order]))[start:end])


def for_lines(rows: ResourceQuerySet) -> ResourceQuerySet:
    """Only what a line shows, with `said`: language, title and beginning of the abstract by edition."""
    editions = Edition.objects.filter(resource=OuterRef("pk")).order_by("-is_original", "pk")
    said = JSONObject(
        language="language_id",
        title="title",
        abstract=Left("abstract", LONGEST_ABSTRACT),
        original="is_original",
    )
    rows = rows.annotate(said=ArraySubquery(editions.values(one=said)))
    return rows.only(*OF_A_LINE).fetch_mode(models.FETCH_RAISE)

"""The query of the library, and the resources that match it.

`?kind=toolkit&topic=firearms&topic=drugs&topic_all=1&not_country=KEN&q=…&sort=date`: codes of one field mean
"or", with `…_all` "and"; `not_…` leaves out; fields mean "and".
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import and_
from types import MappingProxyType
from typing import Any

from django.db.models import F, Q, QuerySet
from django.http import QueryDict

from accounts.people.enums import Role
from resources.records.enums import Audience, SuggestionStatus
from resources.records.models import Edition, Resource, ResourceQuerySet, SuggestedArticle
from resources.records.queries_lines import INDEXED, for_lines
from search.facets import RELEVANCE, WordQuery
from search.queries import matching_ids, ranked_ids
from taxonomy.places.models import Country, Region
from taxonomy.terms.enums import TopicKind

DATE, NEWEST = "date", "newest"
# Of which a resource has at most one, and of which it may have several.
SINGLE = ("kind", "year", "publisher")
LINKED = ("language", "topic", "crime", "instrument", "article", "country", "region")
CODES = (
    "kind",
    "topic",
    "crime",
    "instrument",
    "article",
    "region",
    "country",
    "language",
    "year",
    "publisher",
)
NOT, ALL = "not_", "_all"
type Codes = tuple[str, ...]
_NOTHING: MappingProxyType[str, Codes] = MappingProxyType({})


@dataclass(frozen=True)
class LibraryQuery(WordQuery):
    """`of`: facet → codes asked; `but`: facet → codes left out; `every`: facets whose codes must all hold."""

    facets = CODES
    default_order = DATE

    of: MappingProxyType[str, Codes] | dict[str, Codes] = field(default_factory=lambda: _NOTHING)
    but: MappingProxyType[str, Codes] | dict[str, Codes] = field(default_factory=lambda: _NOTHING)
    every: frozenset[str] = frozenset()

    def codes(self, name: str) -> Codes:
        return self.of.get(name, ())

    def left_out(self, name: str) -> Codes:
        return self.but.get(name, ())

    def needs_every(self, name: str) -> bool:
        return name in self.every and len(self.codes(name)) > 1

    def without(self, name: str, code: str = "") -> "LibraryQuery":
        remaining = tuple(other for other in self.codes(name) if code and other != code)
        return replace(self, of={**self.of, name: remaining})

    def readmitting(self, name: str, code: str) -> "LibraryQuery":
        """Return the same question without leaving out one code."""
        remaining = tuple(other for other in self.left_out(name) if other != code)
        return replace(self, but={**self.but, name: remaining})

    def with_renamed_code(self, names: Collection[str], old: str, new: str) -> "LibraryQuery":
        """Return the question with `new` in place of the code `old` of these facets."""

        def of(codes_by_facet: Mapping[str, Codes]) -> dict[str, Codes]:
            return {
                name: tuple(sorted({new if code == old else code for code in codes}))
                if name in names
                else codes
                for name, codes in codes_by_facet.items()
            }

        return replace(self, of=of(self.of), but=of(self.but))

    def also(self, name: str, code: str) -> "LibraryQuery":
        return replace(self, of={**self.of, name: (*self.codes(name), code)})

    def alone(self, name: str) -> "LibraryQuery":
        return LibraryQuery(of={name: self.codes(name)}, every=self.every & {name})

    @classmethod
    def of_query(cls, query: str) -> "LibraryQuery":
        """Return the question that `query()` wrote. What people type goes through the filter instead."""
        parameters = QueryDict(query)
        of = {name: tuple(parameters.getlist(name)) for name in CODES if parameters.get(name)}
        but = {name: tuple(parameters.getlist(NOT + name)) for name in CODES if parameters.get(NOT + name)}
        return cls(
            q=parameters.get("q", ""),
            of=of,
            but=but,
            every=frozenset(name for name in LINKED if parameters.get(name + ALL)),
            sort=parameters.get("sort", ""),
            exact=bool(parameters.get("exact")),
        )

    def facet_pairs(self) -> list[tuple[str, str]]:
        pairs = [(name, code) for name in CODES for code in self.codes(name)]
        pairs += [(name + ALL, "1") for name in CODES if self.needs_every(name)]
        return pairs + [(NOT + name, code) for name in CODES for code in self.left_out(name)]


# --- The library as a reader finds it: narrowed by what was asked, a page at a time ------------------
# The filter makes `LibraryQuery` of a query string; saved searches and tests make it directly. The numbers
# beside the choices come from `queries_counts`.

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


def audiences_of(user: Any) -> tuple[str, ...]:
    """Return the audiences whose resources `user` reads, as in `Resource.shown_to`."""
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


def readable_resources(user: Any) -> ResourceQuerySet:
    """Return all that `user` reads in the library now: no drafts, nothing under embargo."""
    return Resource.objects.shown_to(user).listed()


def with_words(rows: ResourceQuerySet, user: Any, text: str, missing: int = 0) -> ResourceQuerySet:
    return rows.filter(pk__in=matching_ids(user, text, INDEXED, missing)) if text else rows


def facet_condition(name: str, codes: Codes, *, every: bool = False) -> Q:
    """Return the condition of one facet. `every`: each of the codes must hold, not any of them."""
    if every:
        return reduce(and_, (facet_condition(name, (code,)) for code in codes))
    if name in ("kind", "publisher"):
        return Q(**{f"{name}__in": codes})
    if name == "year":
        return Q(published_on__year__in=[int(code) for code in codes if code.isdecimal()])
    if name == "region":
        # With all that lies in it: its sub-regions, and its countries.
        family = Region.objects.filter(Q(pk__in=codes) | Q(parent__in=codes) | Q(parent__parent__in=codes))
        within = Q(region__in=codes) | Q(subregion__in=codes) | Q(intermediate_region__in=codes)
        named = Resource.regions.through.objects.filter(region__in=family.values("pk"))
        by_country = Resource.countries.through.objects.filter(
            country__in=Country.objects.filter(within).values("pk")
        )
        return Q(pk__in=named.values("resource")) | Q(pk__in=by_country.values("resource"))
    filed = Q(pk__in=_through(name).filter(**{f"{_column(name)}__in": codes}).values("resource"))
    if name == "article":
        filed |= Q(pk__in=_suggested().filter(article__in=codes).values("resource"))
    return filed


def links_of(name: str, chosen: Codes = ()) -> QuerySet[Any, Any]:
    """Return rows (entry, code): which resources stand under which choices of a facet.

    Topics of both kinds may be asked for as "topic"; offered are subjects there, and crime types as "crime".
    """
    if name == "region":
        named, by_country = Resource.regions.through.objects.all(), Resource.countries.through.objects.all()
        ways = [
            *(_links(named, f"region{above}") for above in ("_id", "__parent_id", "__parent__parent_id")),
            *(
                _links(by_country, f"country__{level}_id")
                for level in ("region", "subregion", "intermediate_region")
            ),
        ]
        first, *others = (way.exclude(code=None) for way in ways)
        return first.union(*others)
    rows = _through(name)
    if name == "article":
        return _links(rows, "article_id").union(_links(_suggested(), "article_id"))
    if name in ("topic", "crime"):
        kind = TopicKind.CRIME if name == "crime" else TopicKind.SUBJECT
        rows = rows.filter(Q(topic__kind=kind) | Q(topic__in=chosen))
    return _links(rows, _column(name))


def _suggested() -> QuerySet[SuggestedArticle]:
    """Return the articles suggested for resources that the desk has neither confirmed nor declined."""
    return SuggestedArticle.objects.filter(status=SuggestionStatus.WAITING)


def _through(name: str) -> QuerySet[Any]:
    if name == "language":
        return Edition.objects.all()
    field: Any = Resource._meta.get_field(FIELDS[name])
    return field.remote_field.through._default_manager.all()


def _column(name: str) -> str:
    return "topic_id" if name == "crime" else f"{name}_id"


def _links(rows: QuerySet[Any], code: str) -> QuerySet[Any, Any]:
    return rows.order_by().annotate(entry=F("resource_id"), code=F(code)).values("entry", "code")


def narrow_resources(rows: ResourceQuerySet, user: Any, question: LibraryQuery) -> ResourceQuerySet:
    """Return those of `rows` that match the query, in no order."""
    for name, codes in question.of.items():
        if codes:
            rows = rows.filter(facet_condition(name, codes, every=question.needs_every(name)))
    return with_words(without_left_out(rows, question), user, question.q, question.missing)


def without_left_out(rows: ResourceQuerySet, question: LibraryQuery) -> ResourceQuerySet:
    for name, codes in question.but.items():
        if codes:
            rows = rows.filter(~facet_condition(name, codes))
    return rows


def rows_of(user: Any, question: LibraryQuery, start: int, end: int) -> list[Any]:
    """Return the matching rows from `start` to `end`, in the order of the query."""
    everything = readable_resources(user)
    if question.order == RELEVANCE:
        among = narrow_resources(everything, user, replace(question, q=""))
        ids = list(ranked_ids(user, question.q, INDEXED, among, question.missing)[start:end])
        # The row is asked for once more under `visible_to`: the index alone shows nothing.
        rows_by_pk = {row.pk: row for row in for_lines(everything.filter(pk__in=ids))}
        return [rows_by_pk[pk] for pk in ids if pk in rows_by_pk]
    return list(
        for_lines(narrow_resources(everything, user, question).order_by(*_ORDERS[question.order]))[start:end]
    )

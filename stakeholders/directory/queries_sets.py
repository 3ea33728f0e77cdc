"""Which entries of the directory hold which code, as sets of their numbers in each process that counts.

A process holds one Roaring bitmap for each code of each facet (`FacetSet`). One query reads of a question, as
of one moment: the state that those sets are in, which entries have changed since (`PendingEntry`), and what
its words and offers find. A process whose sets are in another state reads those that differ and asks again.
An entry that has changed is counted from its row and not from the sets. So an answer is true at the
moment of its query, whenever the sets are written anew (`actions.take_up_changes`).
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, OuterRef, Q, When
from pyroaring import BitMap

from accounts.people.enums import Role
from core.database import fetch_rows
from search.enums import Audience
from search.models import Document
from search.parse import parse
from search.queries import matching_ids
from stakeholders.directory.models import FacetSet, PendingEntry
from stakeholders.directory.queries import (
    INDEXED,
    LINKED,
    OFFERS,
    OLDER,
    QUARTER,
    YEAR,
    DirectoryQuery,
    fresh_since,
    listings_seen,
    offers_statement,
    places_only,
)
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.exchange.enums import Direction
from taxonomy.places.queries import countries_within

# Facets of the sets that are none of the page: who reads an entry, and the day on which it was confirmed.
LISTING, CONFIRMED = "listing", "confirmed"
COLUMNS = {"kind": "kind", "country": "country_id", LISTING: "listing", "standing": "status"}
SHOWN = Q(status__in=Status.SHOWN, listing__in=(Listing.PUBLIC, Listing.MEMBERS_STATES, Listing.MEMBERS))

type Members = Mapping[str, Mapping[str, BitMap]]  # facet → code → the numbers of the entries that hold it


def members_among(ids: Iterable[int]) -> Members:
    """Return the codes of these entries now; those that nobody may see have none."""
    members: defaultdict[str, defaultdict[str, BitMap]] = defaultdict(lambda: defaultdict(BitMap))
    codes = {f"{name}_codes": _codes_of_entry(attribute) for name, attribute in LINKED.items()}
    rows = Stakeholder.objects.filter(SHOWN, pk__in=list(ids)).order_by()
    for row in rows.values("pk", "confirmed_at", *COLUMNS.values(), **codes):
        for name, column in COLUMNS.items():
            members[name][row[column]].add(row["pk"])
        if row["confirmed_at"]:
            members[CONFIRMED][f"{row['confirmed_at']:%Y-%m-%d}"].add(row["pk"])
        for name in LINKED:
            for code in row[f"{name}_codes"]:
                members[name][str(code)].add(row["pk"])
    return members


def _codes_of_entry(attribute: str) -> ArraySubquery:
    field: Any = Stakeholder._meta.get_field(attribute)
    rows = field.remote_field.through._default_manager.filter(**{field.m2m_column_name(): OuterRef("pk")})
    return ArraySubquery(rows.values(field.m2m_reverse_name()))


# --- The sets of this process -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sets:
    """All sets in one state. Threads share them, so they never change: others take their place."""

    state: UUID | None
    members: Members
    stamps: Mapping[UUID, tuple[str, str]]  # stamp of a set → its facet and code


_sets = Sets(None, {}, {})
_reading = Lock()


def read_sets(state: UUID | None) -> Sets:
    """Return the sets in this state, or in the one that has followed it meanwhile."""
    global _sets  # noqa: PLW0603  one for the process
    if _sets.state != state:
        with _reading:
            if _sets.state != state:
                _sets = _read_others(_sets)
    return _sets


def _read_others(known: Sets) -> Sets:
    """Return all sets, of which only those that are not among the known ones are read."""
    unknown = Case(When(~Q(stamp__in=list(known.stamps)), then="members"))
    state, stamps, members = None, {}, defaultdict[str, dict[str, BitMap]](dict)
    rows = FacetSet.objects.order_by().values_list("facet", "code", "stamp", unknown)
    for facet, code, stamp, data in rows:
        if facet == FacetSet.STATE:
            state = stamp
            continue
        stamps[stamp] = (facet, code)
        members[facet][code] = known.members[facet][code] if data is None else BitMap.deserialize(bytes(data))
    return Sets(state, members, stamps)


@dataclass(frozen=True, slots=True)
class PendingSets:
    """The codes of the pending entries, as read after all these changes were committed."""

    state: UUID | None
    changes: Mapping[int, list[int]]  # pending entry → the numbers of its changes
    members: Members


_pending_sets = PendingSets(None, {}, {})


def read_pending_sets(state: UUID | None, changes: Mapping[int, list[int]]) -> Members:
    """Return the codes of these entries; only those that have changed since the last question are read.

    All changes of an entry are compared: they are not committed in the order of their numbers.
    """
    global _pending_sets  # noqa: PLW0603  one for the process
    known = _pending_sets if _pending_sets.state == state else PendingSets(state, {}, {})
    changed = {entry for entry, numbers in changes.items() if known.changes.get(entry) != numbers}
    if changed or len(changes) != len(known.changes):
        left = BitMap(changes) - BitMap(changed)
        members = {
            facet: {code: ids & left for code, ids in codes.items()} for facet, codes in known.members.items()
        }
        for facet, codes in members_among(changed).items() if changed else ():
            for code, ids in codes.items():
                members.setdefault(facet, {})[code] = ids | members.get(facet, {}).get(code, BitMap())
        known = PendingSets(state, changes, members)
    _pending_sets = known
    return known.members


# --- What answers to a question -----------------------------------------------------------------------


class Holders:
    """Of some entries: those that a reader may see, those of each code, and those that match a question."""

    def __init__(self, user: Any, members: Members, moment: "Moment", *, without: BitMap) -> None:
        self.moment, self.countries = moment, members.get("country", {})
        self.everybody = _shown_to(user, members) - without
        self.codes: dict[str, Mapping[str, BitMap]] = {
            **members,
            "fresh": self._by_freshness(members.get(CONFIRMED, {})),
            OFFERS: moment.offers,
        }

    def _by_freshness(self, days: Mapping[str, BitMap]) -> dict[str, BitMap]:
        first = {code: f"{fresh_since(code):%Y-%m-%d}" for code in (QUARTER, YEAR)}
        fresh = {code: _union(ids for day, ids in days.items() if day >= first[code]) for code in first}
        return {**fresh, OLDER: self.everybody - fresh[YEAR]}

    def ids_by_code(self, name: str) -> Mapping[str, BitMap]:
        return self.codes.get(name, {})

    def answer(self, question: DirectoryQuery, aside: str = "") -> BitMap:
        """Return the ids that match the question without its facet `aside`."""
        answer = self.everybody.copy()
        if self.moment.matched is not None:
            answer &= self.moment.matched
        for name in question.facets:
            if name != aside and (chosen := question.codes(name)):
                answer &= self._holding(name, chosen)
        return answer

    def _holding(self, name: str, codes: Collection[str]) -> BitMap:
        """Return the ids that hold any of these codes; a region holds what its countries do."""
        if name == "region":
            name, codes = "country", countries_within(codes)
        ids = self.ids_by_code(name)
        return _union(ids[code] for code in codes if code in ids)


@dataclass(frozen=True, slots=True)
class Moment:
    """What is read of a question in one query, so that all of it is of one moment."""

    state: UUID | None
    pending: Mapping[int, list[int]]  # entries that have changed since the sets were written → their changes
    matched: BitMap | None  # entries that the words find; None where no word is asked
    offers: dict[str, BitMap]

    @classmethod
    def read(cls, user: Any, question: DirectoryQuery) -> Self:
        offers, values = offers_statement(user)
        words, more_values = words_statement(user, question) if question.q else ("SELECT 0", [])
        [row] = fetch_rows(_MOMENT.format(offers=offers, words=words), [*values, *more_values])
        state, entries, numbers, offering, needing, matched = row
        changes = defaultdict[int, list[int]](list)
        for entry, number in zip(entries, numbers, strict=True):
            changes[entry].append(number)
        return cls(
            state=state,  # None where no set was ever written: then every entry is pending
            pending=changes,
            matched=BitMap(matched) if question.q else None,
            offers={Direction.OFFER: BitMap(offering), Direction.NEED: BitMap(needing)},
        )


# Kept as text, like `offers_statement` and `words_statement`: Django takes longer to write them as querysets
# than it takes to answer them. Tests compare each with its queryset.
_MOMENT = f"""
    WITH offers AS MATERIALIZED ({{offers}})
    SELECT
        (SELECT stamp FROM {FacetSet._meta.db_table} WHERE facet = '{FacetSet.STATE}'),
        ARRAY(SELECT stakeholder_id FROM {PendingEntry._meta.db_table} ORDER BY id),
        ARRAY(SELECT id FROM {PendingEntry._meta.db_table} ORDER BY id),
        ARRAY(SELECT stakeholder_id FROM offers WHERE direction = '{Direction.OFFER}'),
        ARRAY(SELECT stakeholder_id FROM offers WHERE direction = '{Direction.NEED}'),
        ARRAY({{words}})
"""  # noqa: S608  names of our own tables and codes


def words_statement(user: Any, question: DirectoryQuery) -> tuple[str, Sequence[Any]]:
    """Return the statement of `matching_ids` and its values. An entry has no passages, only its document."""
    if user.is_authenticated:
        return matching_ids(user, question.q, INDEXED, question.missing).query.sql_with_params()
    query = parse(question.q, question.missing).as_query()
    return f"{_PUBLIC_DOCUMENTS} AND tsv @@ {query.sql}", query.params


_PUBLIC_DOCUMENTS = f"""
    SELECT object_id FROM {Document._meta.db_table}
    WHERE kind = '{INDEXED}' AND part = 0 AND audience = {Audience.PUBLIC:d}
"""  # noqa: S608  as above


def answer_to(user: Any, question: DirectoryQuery) -> BitMap:
    """Return the numbers of the entries that answer to the question."""
    return BitMap().union(*(some.answer(question) for some in holders(user, question)))


def holders(user: Any, question: DirectoryQuery) -> list[Holders]:
    """Return the sources of matches: the sets and, for entries that changed since, their rows.

    No entry is in both. Nobody answers where what was typed holds no word.
    """
    if question.q and not parse(question.q, question.missing):
        return []
    moment = Moment.read(user, question)
    while (sets := read_sets(moment.state)).state != moment.state:
        moment = Moment.read(user, question)
    both = [Holders(user, sets.members, moment, without=BitMap(moment.pending))]
    if moment.pending:
        pending_members = read_pending_sets(moment.state, moment.pending)
        both.append(Holders(user, pending_members, moment, without=BitMap()))
    return both


def _shown_to(user: Any, members: Members) -> BitMap:
    """Return the entries that this reader may find, as `queries.shown_to` does."""
    listed = members.get(LISTING, {})
    shown = _union(listed[listing] for listing in shown_listings(user) if listing in listed)
    places = places_only(user)
    if places is None:
        return shown
    countries = members.get("country", {})
    in_places = _union(countries[code] for code in places if code in countries)
    return shown & (in_places | listed.get(Listing.PUBLIC, BitMap()))


def shown_listings(user: Any) -> list[str]:
    """Return the listings whose entries this reader is shown."""
    listings = set(listings_seen(user))
    if user.is_authenticated and user.is_active and not user.is_desk and user.has_role(Role.STATE):
        listings.discard(Listing.MEMBERS)
    return sorted(listings)


def _union(sets: Iterable[BitMap]) -> BitMap:
    return BitMap().union(*sets)

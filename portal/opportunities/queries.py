"""Calls, dialogues, proposals for meetings and registrations that are open, or open soon: one statement.

What names no topic is about every topic, what names no country about all.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any, ClassVar

from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import now

from core.facets import FacetQuery
from core.time_display import days_until, share_passed
from core.union_queries import Few, ask_together, write_together
from core.written_once import Statement, written_once
from events.events.enums import Mode
from events.events.models import Event
from events.proposals.models import ProposalRound
from events.registrations.enums import Admission
from portal.opportunities.enums import OpportunityKind
from reviews.calls.models import Call
from reviews.calls.queries import public_calls

MOST = 500
_WINDOW = ("opens", "closes", "closes_in", "edition", "changed", "status", "named_topics")
_TITLE = ("title", "language_id", "translations")
_EVENT = ("kind", "starts_at", "ends_at", "whole_days", "zone", "mode", "city")


@dataclass(frozen=True, slots=True)
class Opportunity:
    """What can be handed in, or joined, from one instant to another."""

    kind: OpportunityKind
    pk: int
    told_title: tuple[str, str]  # with the language it is in
    url: str
    opens_at: datetime
    at: datetime
    zone: str
    topic: tuple[str, ...]
    country: tuple[str, ...]
    sequence: int
    changed: datetime
    is_cancelled: bool
    # Whoever registers comes on the waiting list.
    is_full: bool = False
    # At which it is; None for a call.
    event: Event | None = field(default=None, repr=False, compare=False)

    @property
    def has_opened(self) -> bool:
        return self.opens_at <= now()

    @property
    def days_left(self) -> int:
        return days_until(self.at, self.zone)

    @property
    def passed(self) -> int:
        return share_passed(self.opens_at, self.at)


# --- The statement ------------------------------------------------------------------------------------
def parts(
    at: datetime, *, is_open: bool = False, with_cancelled: bool = False, most: int = MOST
) -> tuple[Few, ...]:
    """One part of a statement for each kind: what closes after `at`; `is_open`: and has opened."""
    calls = public_calls() if with_cancelled else public_calls().published()
    events = Event.objects.visible_to(AnonymousUser()).exclude(ends_at__lt=at)
    if not with_cancelled:
        events = events.filter(status="published")
    joinable = events.filter(starts_at__gt=at).exclude(registration_rules__admission=Admission.INVITATION)
    joinable = joinable.exclude(registration_rules__is_full=True, registration_rules__has_waiting_list=False)
    topics = ArraySubquery(_linked(Event.topics, "event", "topic"))
    themes: Any = ProposalRound.themes.through
    themes = themes._default_manager.filter(proposalround__event=OuterRef("pk"))
    found = (
        calls.annotate(
            edition=F("version"),
            changed=F("updated_at"),
            opens=F("opens_at"),
            closes=F("closes_at"),
            closes_in=F("zone"),
            named_topics=ArraySubquery(_linked(Call.topics, "call", "topic")),
            named_countries=ArraySubquery(_linked(Call.countries, "call", "country")),
        ),
        _window(events, "dialogue").annotate(
            edition=F("dialogue__version"),
            changed=F("dialogue__updated_at"),
            named_topics=topics,
            call=F("dialogue__pk"),
        ),
        _window(events, "round").annotate(
            edition=F("sequence"), changed=F("updated_at"), named_topics=ArraySubquery(themes.values("topic"))
        ),
        _window(joinable, "registration_rules").annotate(
            edition=F("sequence"),
            changed=F("updated_at"),
            named_topics=topics,
            # With approval the desk decides, whatever is free.
            is_full=Q(registration_rules__is_full=True)
            & ~Q(registration_rules__admission=Admission.APPROVAL),
        ),
    )
    event = (*_TITLE, *_EVENT)
    columns = (
        (*_TITLE, "named_countries"),
        (*event, "call"),
        event,
        (*event, "organizer_id", "country_id", "is_full"),
    )
    running = {"closes__gte": at} | ({"opens__lte": at} if is_open else {})
    return tuple(
        Few(rows.filter(**running).order_by("closes", "pk")[:most], (*names, *_WINDOW))
        for rows, names in zip(found, columns, strict=True)
    )


def _window(events: Any, name: str) -> Any:
    return events.annotate(
        opens=F(f"{name}__opens_at"), closes=F(f"{name}__closes_at"), closes_in=F(f"{name}__zone")
    )


def _linked(relation: Any, own: str, other: str) -> Any:
    return relation.through._default_manager.filter(**{own: OuterRef("pk")}).order_by(other).values(other)


def made_of(found: Sequence[Iterable[Any]]) -> list[Opportunity]:
    """Of what `parts` brought; the first that closes first."""
    made = [_made(kind, row) for kind, rows in zip(OpportunityKind, found, strict=True) for row in rows]
    return sorted(made, key=attrgetter("at", "kind", "pk"))


def _made(kind: OpportunityKind, row: Any) -> Opportunity:
    is_call = kind == OpportunityKind.CALL
    places = list(getattr(row, "named_countries", ()))
    # A session of the United Nations is everybody's; what a stakeholder holds on the spot is its country's.
    if kind == OpportunityKind.REGISTRATION and row.organizer_id and row.mode == Mode.IN_PERSON:
        places += filter(None, [row.country_id])
    is_dialogue = kind == OpportunityKind.DIALOGUE
    url = reverse("dialogues:dialogue", args=[row.call]) if is_dialogue else row.get_absolute_url()
    return Opportunity(
        kind=kind,
        pk=row.pk,
        told_title=row.told_title,
        url=url,
        opens_at=datetime.fromisoformat(row.opens),
        at=datetime.fromisoformat(row.closes),
        zone=row.closes_in,
        topic=tuple(row.named_topics),
        country=tuple(places),
        sequence=row.edition,
        changed=datetime.fromisoformat(row.changed),
        is_cancelled=row.status == "cancelled",
        is_full=getattr(row, "is_full", False),
        event=None if is_call else row,
    )


def fetch(**asked: Any) -> list[Opportunity]:
    """One statement."""
    return made_of(ask_together(_written(now(), **asked))[0])


@written_once()
def _written(at: datetime, **asked: Any) -> Statement:
    return write_together(*parts(at, **asked))


# --- What is asked of the list ------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class OpportunityQuery(FacetQuery):
    facets: ClassVar = ("kind", "topic", "country")

    kind: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    country: tuple[str, ...] = ()

    def finds(self, one: Opportunity) -> bool:
        return all(_answers(one, name, self.codes(name)) for name in self.facets if self.codes(name))

    def counted(self, found: Iterable[Opportunity], name: str, offered: Iterable[str]) -> Counter[str]:
        """Code → how many there would be with it, whatever of this facet is asked."""
        without = self.without(name)
        rows = [one for one in found if without.finds(one)]
        return Counter({code: sum(_answers(one, name, (code,)) for one in rows) for code in offered})


def _answers(one: Opportunity, name: str, codes: Iterable[str]) -> bool:
    if name == "kind":
        return one.kind in codes
    named: tuple[str, ...] = getattr(one, name)
    return not named or not set(named).isdisjoint(codes)


def named_in(found: Iterable[Opportunity], name: str) -> set[str]:
    """The codes of a facet that anything names."""
    return {code for one in found for code in getattr(one, name)}

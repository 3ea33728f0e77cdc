"""Calls as everybody reads them: the list, one call with what was said, what a reader can do, feeds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.timezone import now

from accounts.people.enums import Role
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call, CallQuerySet, Question
from reviews.calls.queries import public_calls, stakeholders_of
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Answer, Contribution, CoSignature
from reviews.contributions.queries import printed_names
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from taxonomy.law.models import Article, Cluster
from taxonomy.places.models import Country
from taxonomy.terms.queries import topics_in_order
from workflow.moves.models import Decision
from workflow.windows.models import Extension

THEME = "theme"
SOON = timedelta(days=14)
MOST_IN_FEED = 50
EXCERPT = 280


# --- The list -----------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class FoundCalls:
    """The calls found, apart by the clock."""

    open: list[Call]
    upcoming: list[Call]
    closed: QuerySet[Call]
    cancelled: list[Call]
    total: int


def find_calls(among: CallQuerySet, at: datetime | None = None) -> FoundCalls:
    """Open ones by their closing, upcoming ones by their opening, the others the latest first."""
    at = at or now()
    calls = _for_list(among)
    published = calls.published()
    running = published.filter(closes_at__gte=at)
    closed = published.filter(closes_at__lt=at).order_by("-closes_at", "-pk")
    return FoundCalls(
        open=list(running.filter(opens_at__lte=at).order_by("closes_at", "pk")),
        upcoming=list(running.filter(opens_at__gt=at).order_by("opens_at", "pk")),
        closed=closed,
        cancelled=list(calls.filter(status=CallStatus.CANCELLED).order_by("-closes_at", "-pk")),
        total=among.count(),
    )


def _for_list(calls: Any) -> Any:
    sent = (
        Contribution.objects.filter(call=OuterRef("pk")).exclude(status=ContributionStatus.DRAFT).order_by()
    )
    shown = Contribution.objects.published().filter(call=OuterRef("pk")).order_by()
    questions = Question.objects.filter(call=OuterRef("pk")).order_by()
    return (
        calls.select_related("cluster", "language")
        .prefetch_related(_countries(), topics_in_order())
        .annotate(received=_number(sent), shown=_number(shown), question_count=_number(questions))
    )


def _countries() -> Any:
    return Prefetch("countries", Country.objects.in_order())


def _number(rows: Any) -> Any:
    return Coalesce(Subquery(rows.values("call").annotate(number=Count("pk")).values("number")), 0)


def articles_in_calls() -> QuerySet[Article]:
    """Return the articles that a published call names, in order."""
    calls = public_calls().order_by()
    named = Q(pk__in=calls.values("articles")) | Q(
        pk__in=Question.objects.filter(call__in=calls.values("pk")).values("article")
    )
    return Article.objects.filter(named).select_related("instrument").in_order()


def phases() -> QuerySet[Cluster]:
    return Cluster.objects.all().in_order()


# --- The page of one call -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class PrintedContribution:
    """One published contribution, as much of it as the page of its call tells."""

    contribution: Contribution
    names: list[Stakeholder]
    excerpt: str


class Hindrance(StrEnum):
    """Why somebody who is signed in may not contribute for a stakeholder."""

    READER = "reader"
    STANDING = "standing"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Turn:
    """What one of the reader's stakeholders can do now."""

    stakeholder: Stakeholder
    closes: datetime | None
    is_open: bool
    has_more_time: bool
    contribution: Contribution | None = None
    hindrance: Hindrance | None = None

    @property
    def may_begin(self) -> bool:
        return self.is_open and self.hindrance is None and self.contribution is None


@dataclass(frozen=True, slots=True)
class Reader:
    """Who reads the page, and what is theirs to do."""

    is_visitor: bool
    runs_calls: bool
    # A State user, a regional focal point or somebody without an organization: nothing to register.
    is_official: bool = False
    turns: list[Turn] = field(default_factory=list)

    @property
    def is_nobodys(self) -> bool:
        return not self.is_visitor and not self.turns


def for_page(user: Any, pk: int) -> Call | None:
    """Return the call with all that its page shows, or None where the reader may not know of it."""
    return (
        Call.objects.visible_to(user)
        .filter(pk=pk)
        .select_related("cluster", "language")
        .prefetch_related(
            _countries(),
            topics_in_order(),
            "accepts",
            "follow_ups",
            Prefetch("articles", Article.objects.select_related("instrument").in_order()),
            Prefetch("questions", Question.objects.select_related("article__instrument")),
        )
        .first()
    )


def cancellation(call: Call) -> Decision | None:
    """Return why and when the call was cancelled; the note is public."""
    return Decision.objects.about(call).filter(move="cancel").first()


def published_contributions(call: Call) -> QuerySet[Contribution]:
    """Return the published contributions of the call, in the order of publication."""
    signatures = CoSignature.objects.select_related("stakeholder")
    return (
        Contribution.objects.published()
        .filter(call=call)
        .select_related("stakeholder__country", "language")
        .prefetch_related(
            Prefetch("answers", Answer.objects.order_by("question__position", "question__pk")),
            Prefetch("signatures", signatures),
        )
        .order_by("published_at", "pk")
    )


def as_printed(contributions: Iterable[Contribution]) -> list[PrintedContribution]:
    """Return the rows as everybody reads them, also for readers who may know more names."""
    return [
        PrintedContribution(
            contribution, printed_names(contribution, AnonymousUser()), _excerpt(contribution)
        )
        for contribution in contributions
    ]


def _excerpt(contribution: Contribution) -> str:
    return next((answer.text for answer in contribution.answers.all()), "")[:EXCERPT]


def reader_of(user: Any, call: Call, at: datetime | None = None) -> Reader:
    """Return what this reader can do about the call."""
    at = at or now()
    if not (user.is_authenticated and user.is_active):
        return Reader(is_visitor=True, runs_calls=False)
    runs = user.has_role(Role.REVIEWS, Role.HEAD)
    memberships = list(
        Membership.objects.filter(user=user)
        .exclude(stakeholder__status=Status.MERGED)
        .select_related("stakeholder")
        .order_by("stakeholder__sort_key", "pk")
    )
    if not memberships:
        official = runs or user.is_desk or user.has_role(Role.STATE, Role.REGIONAL) or user.is_unaffiliated
        return Reader(is_visitor=False, runs_calls=runs, is_official=official)
    theirs = [membership.stakeholder_id for membership in memberships]
    more_time = extensions_of(call, theirs)
    addressed = set(stakeholders_of(user, call).order_by().values_list("pk", flat=True))
    under_way = {
        contribution.stakeholder_id: contribution
        for contribution in Contribution.objects.filter(call=call, stakeholder__in=theirs).exclude(
            status__in=ContributionStatus.OVER
        )
    }
    turns = []
    for membership in memberships:
        who = membership.stakeholder
        closes = max(filter(None, (call.closes_at, more_time.get(who.pk))), default=None)
        turns.append(
            Turn(
                who,
                closes=closes,
                is_open=_takes(call, closes, at),
                has_more_time=closes != call.closes_at,
                contribution=under_way.get(who.pk),
                hindrance=None if who.pk in addressed else _hindrance(membership),
            )
        )
    return Reader(is_visitor=False, runs_calls=runs, turns=turns)


def extensions_of(call: Call, stakeholders: Iterable[int]) -> dict[int, datetime]:
    """Return stakeholder → end of its extension; only they and the desk may learn of it."""
    parties = {f"stakeholder:{pk}": pk for pk in stakeholders}
    return {parties[extension.party]: extension.until for extension in Extension.objects.of(call, parties)}


def _takes(call: Call, closes: datetime | None, at: datetime) -> bool:
    return (
        call.status == CallStatus.PUBLISHED
        and call.opens_at is not None
        and call.opens_at <= at
        and (closes is None or at <= closes)
    )


def _hindrance(membership: Membership) -> Hindrance:
    if membership.stakeholder.status not in Status.TAKING_PART:
        return Hindrance.STANDING
    if membership.role not in MemberRole.WRITERS:
        return Hindrance.READER
    return Hindrance.ELSEWHERE


# --- Feeds and calendars --------------------------------------------------------------------------------
def for_feed() -> QuerySet[Call]:
    """Return the newest calls, of every status."""
    return Call.objects.published().order_by("-published_at", "-pk")[:MOST_IN_FEED]


def closing_soon(at: datetime | None = None) -> QuerySet[Call]:
    """Open ones that close within a fortnight, the first to close on top."""
    at = at or now()
    return Call.objects.open_at(at).filter(closes_at__lte=at + SOON).order_by("closes_at", "pk")


def for_calendar(at: datetime | None = None) -> QuerySet[Call]:
    """Return the calls that close from a year ago on, so that moved or cancelled closings are corrected."""
    at = at or now()
    return public_calls().filter(closes_at__gte=at - timedelta(days=365)).order_by("closes_at", "pk")


def own_closings(user: Any, call: Call) -> Mapping[Stakeholder, Extension]:
    """Return the extensions of the reader's own stakeholders."""
    if not (user.is_authenticated and user.is_active):
        return {}
    theirs = {
        f"stakeholder:{membership.stakeholder_id}": membership.stakeholder
        for membership in Membership.objects.filter(user=user).select_related("stakeholder")
    }
    return {theirs[extension.party]: extension for extension in Extension.objects.of(call, theirs)}

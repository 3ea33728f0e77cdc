"""The phase of marking, what a reviewer has to mark, and what the marks say once they may be read."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import now

from events.events.models import Event
from events.marking.models import Criterion, Mark, MarkSheet
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal, ProposalRound
from events.proposals.queries import Fact, facts_for_others
from stakeholders.entries.models import entries_of

# What could tell who proposes, beside the organizers themselves.
REVEALING = frozenset(("supporting",))


def gives_marks(rules: ProposalRound, user: Any) -> bool:
    """Return whether the user marks proposals of the round now; in an anonymous one the head does not."""
    return rules.takes_marks and (not rules.is_anonymous or rules.hides_organizers_from(user))


def proposals_to_mark(user: Any, event: Event) -> QuerySet[Proposal]:
    """Return what was sent for the event and is not over, without proposals of the user's own stakeholders.

    An anonymous round is in it too, whose proposals `visible_to` hides: show nothing of the organizers where
    `ProposalRound.hides_organizers_from` says so.
    """
    if not user.has_perm("events.review_proposals"):
        return Proposal.objects.none()
    theirs = entries_of(user)
    shown = (*ProposalStatus.UNDER_WAY, *ProposalStatus.NUMBERED, ProposalStatus.DECLINED)
    return (
        Proposal.objects.filter(event=event, status__in=shown)
        .exclude(submitted_at=None)
        .exclude(author=user)
        .exclude(lead__in=theirs)
        .exclude(pk__in=Proposal.objects.filter(partners__stakeholder__in=theirs).values("pk"))
    )


def facts_to_mark(proposal: Proposal, rules: ProposalRound, user: Any) -> list[Fact]:
    """Return what is marked; without what could tell the organizers where these are hidden."""
    hidden = REVEALING if rules.hides_organizers_from(user) else frozenset()
    return [fact for fact in facts_for_others(proposal) if fact.field not in hidden]


class Spread(NamedTuple):
    """The middle of some marks, and the lowest and highest of them; each 1 to 5."""

    median: float
    lowest: float
    highest: float


def _spread(values: Sequence[float]) -> Spread | None:
    return Spread(median(values), min(values), max(values)) if values else None


@dataclass(frozen=True)
class MarksOfProposal:
    """What reviewers gave one proposal. `overall` is over the weighted mean of each; None without marks."""

    proposal: Proposal
    sheets: list[MarkSheet]
    own: MarkSheet | None
    can_read: bool

    @property
    def overall(self) -> Spread | None:
        return _spread([sheet.weighted_mean for sheet in self.sheets])

    def by_criterion(self, criteria: Iterable[Criterion]) -> list[tuple[Criterion, Spread | None]]:
        points: dict[int, list[float]] = {}
        for sheet in self.sheets:
            for mark in sheet.marks.all():
                points.setdefault(mark.criterion_id, []).append(mark.points)
        return [(criterion, _spread(points.get(criterion.pk, []))) for criterion in criteria]


def marks_of(user: Any, proposals: Iterable[Proposal], rules: ProposalRound) -> list[MarksOfProposal]:
    """Return each proposal with its marks, in two statements.

    A reviewer reads the marks of others once they have marked the proposal themselves, or once the time is
    over; who does not mark in this round reads them at once.
    """
    rows = list(proposals)
    marks = Prefetch("marks", Mark.objects.select_related("criterion"))
    sheets: dict[int, list[MarkSheet]] = {proposal.pk: [] for proposal in rows}
    for sheet in (
        MarkSheet.objects.visible_to(user)
        .filter(proposal__in=list(sheets))
        .select_related("by")
        .prefetch_related(marks)
    ):
        sheets[sheet.proposal_id].append(sheet)
    waits = gives_marks(rules, user) or not rules.marks_from or rules.marks_from > now()
    answer = []
    for proposal in rows:
        own = next((sheet for sheet in sheets[proposal.pk] if sheet.by_id == user.pk), None)
        answer.append(MarksOfProposal(proposal, sheets[proposal.pk], own, own is not None or not waits))
    return answer


def in_order(rows: list[MarksOfProposal], rules: ProposalRound) -> list[MarksOfProposal]:
    """Return the best first once the time is over; before, what the reader has not marked first, by title."""
    rows = sorted(rows, key=lambda row: str(row.proposal).casefold())
    if rules.marks_are_over:
        return sorted(rows, key=lambda row: -(row.overall.median if row.overall else 0))
    return sorted(rows, key=lambda row: row.own is not None)

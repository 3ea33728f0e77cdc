"""What reviewers read: what waits, who reviews it, what was found, and the decisions that are drafted."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from events.enums import ProposalStatus
from events.models import (
    EligibilityAnswer,
    EligibilityQuestion,
    Event,
    Partner,
    Proposal,
    ReviewArea,
    TrustedProposer,
)
from workflow.drafts.models import DraftDecision
from workflow.items.models import WorkItem

S = ProposalStatus
KIND = Proposal._meta.label_lower


def batch_of(event: Event) -> str:
    """The name of the batch in which the decisions of an event are drafted."""
    return f"event:{event.pk}:proposals"


def waiting(user: Any, event: Event) -> QuerySet[WorkItem]:
    """What waits for the desk among the proposals of an event, the longest waiting first."""
    of_event = Proposal.objects.visible_to(user).filter(event=event)
    return (
        WorkItem.objects.visible_to(user)
        .open()
        .filter(subject_kind=KIND, subject_id__in=of_event.values("pk"))
        .select_related("holder")
        .order_by("paused_since", "since", "pk")
    )


def with_proposals(items: Iterable[WorkItem]) -> list[tuple[WorkItem, Proposal]]:
    """Each item with what it is about. One query."""
    items = list(items)
    rows = Proposal.objects.select_related("lead", "lead__country", "lead__country__region", "theme")
    found = rows.in_bulk([item.subject_id for item in items])
    return [(item, found[item.subject_id]) for item in items if item.subject_id in found]


def sent_for(user: Any, event: Event) -> QuerySet[Proposal]:
    """Everything that was sent for the event, however it stands."""
    return (
        Proposal.objects.visible_to(user)
        .filter(event=event)
        .exclude(submitted_at=None)
        .select_related("lead", "lead__country", "theme")
    )


def item_of(proposal: Proposal) -> WorkItem | None:
    return WorkItem.objects.about(proposal).open().select_related("holder").first()


def draft_on(proposal: Proposal) -> DraftDecision | None:
    return DraftDecision.objects.about(proposal).filter(decision=None).select_related("drafted_by").first()


def reviewers() -> QuerySet[User]:
    """Who holds the role that reviews, by name."""
    return holders_of(Role.EVENTS).order_by("name", "pk")


def reviewer_for(proposal: Proposal) -> User | None:
    """Whom the areas name for it: by its theme first, then by the region of its lead. Two queries."""
    region = proposal.lead.country.region_id if proposal.lead.country else None
    areas = ReviewArea.objects.filter(event=proposal.event_id, reviewer__is_active=True).filter(
        Q(theme__isnull=False, theme=proposal.theme_id) | Q(region__isnull=False, region=region)
    )
    found = sorted(areas.select_related("reviewer"), key=lambda area: area.theme_id is None)
    return found[0].reviewer if found else None


def parties_on_many(proposals: Collection[Proposal]) -> dict[int, set[str]]:
    """Whose matter each of them is: its author, its lead, whoever was asked to organize. One statement."""
    found = {
        one.pk: {one.party} | ({f"person:{one.author_id}"} if one.author_id else set()) for one in proposals
    }
    asked = Partner.objects.filter(proposal__in=list(found)).order_by()
    for pk, stakeholder in asked.values_list("proposal_id", "stakeholder_id"):
        found[pk].add(f"stakeholder:{stakeholder}")
    return found


class Checked(NamedTuple):
    question: EligibilityQuestion
    answer: EligibilityAnswer | None


def checklist(user: Any, proposal: Proposal) -> list[Checked]:
    """Every question in use, and those that were answered before they were retired. Two queries."""
    answers = {
        one.question_id: one
        for one in EligibilityAnswer.objects.visible_to(user).filter(proposal=proposal).select_related("by")
    }
    shown = EligibilityQuestion.objects.filter(Q(retired=False) | Q(pk__in=answers)).in_order()
    return [Checked(question, answers.get(question.pk)) for question in shown]


def unchecked(proposal: Proposal) -> int:
    """How many questions in use nobody has answered for it; 0 where its lead is trusted."""
    if is_trusted(proposal):
        return 0
    answered = EligibilityAnswer.objects.filter(proposal=proposal).values("question_id")
    return EligibilityQuestion.objects.in_use().exclude(pk__in=answered).count()


def acceptance_lacks(proposal: Proposal) -> str:
    """Why its acceptance cannot be drafted yet; "" where nothing is missing."""
    if not proposal.counts:
        return _("No administrator of the organization has authorized it, so it does not count yet.")
    if (left := unchecked(proposal)) > 0:
        return ngettext(
            "Complete the eligibility checklist first: %(number)s question is still open.",
            "Complete the eligibility checklist first: %(number)s questions are still open.",
            left,
        ) % {"number": left}
    return ""


def is_trusted(proposal: Proposal) -> bool:
    return TrustedProposer.objects.filter(stakeholder=proposal.lead_id, ended_at=None).exists()


@dataclass(frozen=True)
class Drafted:
    draft: DraftDecision
    proposal: Proposal

    @property
    def move_label(self) -> str:
        return str(Proposal.MOVES[self.draft.move].label)

    @property
    def reason_label(self) -> str:
        return Proposal.MOVES[self.draft.move].reason_label(self.draft.reason) if self.draft.reason else ""


def drafted(user: Any, event: Event) -> list[Drafted]:
    """The decisions that wait to be released, in the order in which numbers are given. Two queries."""
    drafts = list(
        DraftDecision.objects.waiting(batch_of(event)).filter(subject_kind=KIND).select_related("drafted_by")
    )
    rows = Proposal.objects.visible_to(user).select_related("lead", "author", "event", "theme")
    found = rows.in_bulk([one.subject_id for one in drafts])
    return [Drafted(one, found[one.subject_id]) for one in drafts if one.subject_id in found]

"""What reviewers read: what waits, who reviews it, the checklist, and the drafted decisions."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet
from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_bidi, ngettext
from django.utils.translation import gettext as _

from events.events.models import Event
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from events.proposals.queries_reviewers import KIND
from events.reviewing.models import EligibilityAnswer, EligibilityQuestion
from events.rounds.models import TrustedProposer
from workflow.drafts.models import DraftDecision
from workflow.items.models import WorkItem
from workflow.items.queries import with_subjects, work_on

S = ProposalStatus


def batch_of(event: Event) -> str:
    """Return the name of the batch in which the decisions of an event are drafted."""
    return f"event:{event.pk}:proposals"


def waiting_items(user: Any, event: Event) -> QuerySet[WorkItem]:
    """Return the open work items of an event's proposals, the longest waiting first."""
    of_event = Proposal.objects.visible_to(user).filter(event=event)
    return work_on(user, of_event).order_by("paused_since", "since", "pk")


def with_proposals(items: Iterable[WorkItem]) -> list[tuple[WorkItem, Proposal]]:
    rows = Proposal.objects.select_related("lead", "lead__country", "lead__country__region", "theme")
    return with_subjects(items, rows)


def sent_for(user: Any, event: Event) -> QuerySet[Proposal]:
    """Return everything that was sent for the event, in any state."""
    return (
        Proposal.objects.visible_to(user)
        .filter(event=event)
        .exclude(submitted_at=None)
        .select_related("lead", "lead__country", "theme")
    )


def draft_on(proposal: Proposal) -> DraftDecision | None:
    return DraftDecision.objects.about(proposal).filter(decision=None).select_related("drafted_by").first()


class ChecklistLine(NamedTuple):
    question: EligibilityQuestion
    answer: EligibilityAnswer | None


def checklist(user: Any, proposal: Proposal) -> list[ChecklistLine]:
    """Return every question in use with its answer, and retired questions that were answered."""
    answers = {
        answer.question_id: answer
        for answer in EligibilityAnswer.objects.visible_to(user)
        .filter(proposal=proposal)
        .select_related("by")
    }
    shown = EligibilityQuestion.objects.filter(Q(retired=False) | Q(pk__in=answers)).in_order()
    return [ChecklistLine(question, answers.get(question.pk)) for question in shown]


def unanswered_questions(proposal: Proposal) -> int:
    """Return how many questions in use are unanswered; 0 where the lead is trusted."""
    if is_trusted(proposal):
        return 0
    answered = EligibilityAnswer.objects.filter(proposal=proposal).values("question_id")
    return EligibilityQuestion.objects.in_use().exclude(pk__in=answered).count()


def acceptance_lacks(proposal: Proposal) -> str:
    """Return why its acceptance cannot be drafted yet; "" where nothing is missing."""
    if not proposal.counts:
        return _("No administrator of the organization has authorized it, so it does not count yet.")
    if (left := unanswered_questions(proposal)) > 0:
        return ngettext(
            "Complete the eligibility checklist first: %(number)s question is still open.",
            "Complete the eligibility checklist first: %(number)s questions are still open.",
            left,
        ) % {"number": left}
    return ""


def is_trusted(proposal: Proposal) -> bool:
    return TrustedProposer.objects.filter(stakeholder=proposal.lead_id, ended_at=None).exists()


@dataclass(frozen=True)
class DraftedDecision:
    draft: DraftDecision
    proposal: Proposal

    @property
    def move_label(self) -> str:
        return str(Proposal.MOVES[self.draft.move].label)

    @property
    def reason_label(self) -> str:
        return Proposal.MOVES[self.draft.move].reason_label(self.draft.reason) if self.draft.reason else ""


def drafted_decisions(user: Any, event: Event) -> list[DraftedDecision]:
    """Return the decisions that are to be released, in the order in which numbers are given."""
    drafts = list(
        DraftDecision.objects.waiting(batch_of(event)).filter(subject_kind=KIND).select_related("drafted_by")
    )
    rows = Proposal.objects.visible_to(user).select_related("lead", "author", "event", "theme")
    proposals = rows.in_bulk([draft.subject_id for draft in drafts])
    return [
        DraftedDecision(draft, proposals[draft.subject_id])
        for draft in drafts
        if draft.subject_id in proposals
    ]


# --- A drafted decision as the mail that it would become, in the language in use ---------------------

MESSAGE_KINDS = {"accept": "events.proposal_accepted", "decline": "events.proposal_declined"}


class Preview(NamedTuple):
    subject: str
    happened: str
    todo: str
    language: str
    direction: str


def preview(decision: DraftedDecision) -> Preview:
    """Return subject and body of the mail.

    An accepted proposal gets its number with the release, so the mail has a placeholder for it.
    """
    proposal = decision.proposal
    facts = {
        "event": proposal.event.title,
        "title": str(proposal),
        "lead": proposal.lead.name,
        "note": decision.draft.note,
        "reason": decision.draft.reason,
        "programme": proposal.event.has_programme,
        "number": _("(given with the release)"),
    }
    context = {"facts": facts, "time_zone": ""}
    name = f"mail/{MESSAGE_KINDS[decision.draft.move]}.txt"
    subject, happened, todo = (
        render_to_string(f"{name}#{part}", context).strip() for part in ("subject", "happened", "todo")
    )
    return Preview(subject, happened, todo, get_language() or "en", "rtl" if get_language_bidi() else "ltr")

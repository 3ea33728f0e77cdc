"""Who gets a proposal to review: by theme, by region, and never one who belongs to an organizer (E-05)."""

from events.events.models import Event
from events.proposals.models import Proposal
from events.proposals.queries_reviewers import KIND, reviewer_for
from workflow.items.models import WorkItem
from workflow.moves.queries import is_recused


def hand_out(proposal: Proposal) -> bool:
    """Assign the unassigned work item to the reviewer of its theme or region; return whether it was."""
    reviewer = reviewer_for(proposal)
    if reviewer is None or is_recused(reviewer, proposal):
        return False
    return bool(WorkItem.objects.about(proposal).open().filter(holder=None).update(holder=reviewer))


def hand_out_waiting(event: Event) -> int:
    """Assign every unassigned proposal of the event; return how many got a reviewer."""
    free = WorkItem.objects.open().filter(subject_kind=KIND, holder=None)
    waiting = Proposal.objects.filter(event=event, pk__in=free.values("subject_id"))
    return sum(hand_out(proposal) for proposal in waiting.select_related("lead__country").order_by("pk"))


def unassign_conflicted(proposal: Proposal) -> None:
    """Unassign a reviewer who belongs to a new co-organizer."""
    for item in WorkItem.objects.about(proposal).open().exclude(holder=None).select_related("holder"):
        if is_recused(item.holder, proposal):
            WorkItem.objects.filter(pk=item.pk).update(holder=None)
            hand_out(proposal)

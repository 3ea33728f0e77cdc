"""Decisions on proposals: drafted one by one, released together (E-07)."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.db.models import Max
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.events.models import Event
from events.proposals.actions import close_mergers, lock_round, refuse_unless_held
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from events.proposals.queries import facts_of, parties_on_many, people_to_tell
from events.reviewing.actions import lock_for_review
from events.reviewing.queries import MESSAGE_KINDS, acceptance_lacks, batch_of, drafted_decisions
from notifications.outbox.actions import Telling, notify_each
from workflow.drafts.actions import discard_draft, draft, release_at_once
from workflow.drafts.models import DraftDecision
from workflow.items.actions import close_items_of
from workflow.moves.enums import permission

S = ProposalStatus
DECISIONS = ("accept", "decline")


class ReleaseCounts(NamedTuple):
    decisions: int
    mails: int


def draft_decision(
    proposal: Proposal, name: str, *, actor: User, reason: str = "", note: str = ""
) -> DraftDecision:
    """Draft a decision; nobody but the desk learns of it until the batch is released."""
    if name not in DECISIONS:
        raise PermissionDenied
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, permission(proposal, name))
        if name == "accept":
            _refuse_to_accept(proposal)
        if name == "decline" and not clean_block(note):
            raise DomainError(
                _("Declining requires a reason and a note."),
                fields={"note": _("Explain the decision to the organizer.")},
            )
        decision = draft(
            proposal, name, batch=batch_of(proposal.event), actor=actor, reason=reason, note=clean_block(note)
        )
        record(proposal, "events.proposal.draft_decision", actor=actor, move=name)
    return decision


def discard_decision(proposal: Proposal, *, actor: User) -> None:
    with transaction.atomic():
        proposal = lock_for_review(proposal, actor, "events.accept_proposal")
        if discard_draft(proposal, actor=actor):
            record(proposal, "events.proposal.discard_decision", actor=actor)


def mails_of(event: Event, user: User) -> int:
    """Return how many mails the release would write: one for each person and proposal."""
    people_by_proposal = people_to_tell([decision.proposal for decision in drafted_decisions(user, event)])
    return sum(len(people) for people in people_by_proposal.values())


def stamp_of(event: Event) -> str:
    """Return a key that changes with every drafted decision, so that what was confirmed is sent."""
    rows = DraftDecision.objects.waiting(batch_of(event))
    latest = rows.aggregate(latest=Max("drafted_at"), number=models.Count("pk"))
    return f"{latest['number']}:{latest['latest'].isoformat() if latest['latest'] else ''}"


def release(event: Event, *, actor: User, stamp: str, mails: int) -> ReleaseCounts:
    """Make every drafted decision, number the accepted proposals, and inform their people: all or none.

    `stamp` and `mails` are what the person confirmed. Raises WrongState where the batch has changed since; of
    two who release at the same time, the second finds nothing to release.
    """
    with transaction.atomic():
        rules = lock_round(event)
        if not actor.has_perm("events.review_proposals"):
            raise PermissionDenied
        refuse_unless_held(rules.event)
        waiting = drafted_decisions(actor, event)
        if not waiting:
            raise WrongState(_("There is nothing to release: the decisions have been released already."))
        people_by_proposal = people_to_tell([decision.proposal for decision in waiting])
        if stamp != stamp_of(event) or mails != sum(len(people) for people in people_by_proposal.values()):
            raise WrongState(_changed_message())
        rows = Proposal.objects.select_related("lead", "event")
        released = release_at_once(
            rows, batch_of(event), actor=actor, parties=parties_on_many, prepare=_numbering(rules.event)
        )
        if len(released) != len(waiting):
            # A proposal was withdrawn while this transaction waited for the rows.
            raise WrongState(_changed_message())
        close_items_of(Proposal, [decision.obj.pk for decision in released])
        close_mergers(decision.obj.pk for decision in released if decision.draft.move == "decline")
        written = 0
        for name in DECISIONS:
            tellings = [
                Telling(
                    person,
                    f"proposal:{decision.obj.pk}:{name}",
                    "events:proposal",
                    [decision.obj.pk],
                    facts_of(
                        decision.obj,
                        note=decision.draft.note,
                        reason=decision.draft.reason,
                        number=decision.obj.number or 0,
                        programme=decision.obj.event.has_programme,
                    ),
                    decision.obj,
                )
                for decision in released
                if decision.draft.move == name
                for person in people_by_proposal[decision.obj.pk]
            ]
            written += len(notify_each(MESSAGE_KINDS[name], tellings)) if tellings else 0
    return ReleaseCounts(len(released), written)


def _changed_message() -> str:
    return _("The decisions, or the people to be informed, have changed since. Please read them again.")


def _numbering(event: Event) -> Callable[[list[Proposal], str], Mapping[str, Any]]:
    """Return a function that numbers accepted proposals from the highest number of the event on."""

    def prepare(accepted: list[Proposal], name: str) -> dict[str, Any]:
        if name == "accept":
            last = Proposal.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0
            for number, proposal in enumerate(accepted, start=last + 1):
                proposal.number = number
            Proposal.objects.bulk_update(accepted, ["number"])
        return {"decided_at": now()}

    return prepare


def _refuse_to_accept(proposal: Proposal) -> None:
    if lacks := acceptance_lacks(proposal):
        raise DomainError(lacks)
    if proposal.status not in (*S.WITH_DESK,):
        raise WrongState(_("It is not with the desk at this moment."))

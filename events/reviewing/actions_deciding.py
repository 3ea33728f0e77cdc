"""Decisions on proposals: drafted one by one, released all at once (E-07)."""

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
from events.proposals.actions import close_mergers, locked_round, refuse_unless_held
from events.proposals.enums import ProposalStatus
from events.proposals.models import Proposal
from events.proposals.queries import facts_of, parties_on_many, people_to_tell
from events.reviewing.actions import for_review
from events.reviewing.queries import TOLD, acceptance_lacks, batch_of, drafted_decisions
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
    """Write down what shall be decided; nobody but the desk learns of it until the batch is released."""
    if name not in DECISIONS:
        raise PermissionDenied
    with transaction.atomic():
        kept = for_review(proposal, actor, permission(proposal, name))
        if name == "accept":
            _refuse_to_accept(kept)
        if name == "decline" and not clean_block(note):
            raise DomainError(
                _("To decline takes a reason and a note."),
                fields={"note": _("Explain the decision to the organizer.")},
            )
        made = draft(
            kept, name, batch=batch_of(kept.event), actor=actor, reason=reason, note=clean_block(note)
        )
        record(kept, "events.proposal.draft_decision", actor=actor, move=name)
    return made


def discard_decision(proposal: Proposal, *, actor: User) -> None:
    with transaction.atomic():
        kept = for_review(proposal, actor, "events.accept_proposal")
        if discard_draft(kept, actor=actor):
            record(kept, "events.proposal.discard_decision", actor=actor)


def mails_of(event: Event, user: User) -> int:
    """How many mails the release would write: one to each person and proposal. Four statements."""
    told = people_to_tell([one.proposal for one in drafted_decisions(user, event)])
    return sum(len(people) for people in told.values())


def stamp_of(event: Event) -> str:
    """Changes with every draft that is written, changed or taken out: what was confirmed is what is sent."""
    rows = DraftDecision.objects.waiting(batch_of(event))
    latest = rows.aggregate(latest=Max("drafted_at"), number=models.Count("pk"))
    return f"{latest['number']}:{latest['latest'].isoformat() if latest['latest'] else ''}"


def release(event: Event, *, actor: User, stamp: str, mails: int) -> ReleaseCounts:
    """Make every drafted decision, give the accepted their numbers, and tell their people: all or none.

    `stamp` and `mails` are what the person confirmed; where the batch is another by now, WrongState. Two who
    release at once release once. The number of statements does not grow with the batch.
    """
    with transaction.atomic():
        rules = locked_round(event)
        if not actor.has_perm("events.review_proposals"):
            raise PermissionDenied
        refuse_unless_held(rules.event)
        waiting = drafted_decisions(actor, event)
        if not waiting:
            raise WrongState(_("There is nothing to release: the decisions have been released already."))
        told = people_to_tell([one.proposal for one in waiting])
        if stamp != stamp_of(event) or mails != sum(len(people) for people in told.values()):
            raise WrongState(_changed())
        rows = Proposal.objects.select_related("lead", "event")
        made = release_at_once(
            rows, batch_of(event), actor=actor, parties=parties_on_many, prepare=_numbering(rules.event)
        )
        if len(made) != len(waiting):
            # Somebody withdrew while this one waited for the rows.
            raise WrongState(_changed())
        close_items_of(Proposal, [one.obj.pk for one in made])
        close_mergers(one.obj.pk for one in made if one.draft.move == "decline")
        written = 0
        for name in DECISIONS:
            tellings = [
                Telling(
                    person,
                    f"proposal:{one.obj.pk}:{name}",
                    "events:proposal",
                    [one.obj.pk],
                    facts_of(
                        one.obj,
                        note=one.draft.note,
                        reason=one.draft.reason,
                        number=one.obj.number or 0,
                        programme=one.obj.event.has_programme,
                    ),
                    one.obj,
                )
                for one in made
                if one.draft.move == name
                for person in told[one.obj.pk]
            ]
            written += len(notify_each(TOLD[name], tellings)) if tellings else 0
    return ReleaseCounts(len(made), written)


def _changed() -> str:
    return _("The decisions, or the people to be informed, have changed since. Please read them again.")


def _numbering(event: Event) -> Callable[[list[Proposal], str], Mapping[str, Any]]:
    """Sets numbers, from behind the highest ever given at the event; and when it was decided."""

    def prepare(accepted: list[Proposal], name: str) -> dict[str, Any]:
        if name == "accept":
            last = Proposal.objects.filter(event=event).aggregate(last=Max("number"))["last"] or 0
            for number, one in enumerate(accepted, start=last + 1):
                one.number = number
            Proposal.objects.bulk_update(accepted, ["number"])
        return {"decided_at": now()}

    return prepare


def _refuse_to_accept(kept: Proposal) -> None:
    if lacks := acceptance_lacks(kept):
        raise DomainError(lacks)
    if kept.status not in (*S.WITH_DESK,):
        raise WrongState(_("It is not with the desk at this moment."))

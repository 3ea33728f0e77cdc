"""Releasing the drafted decisions about a dialogue, all at once."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import WrongState
from events.registrations.actions import Participant, admit_many
from notifications.outbox.actions import Telling, notify_mixed
from reviews.dialogue_desk.queries import MESSAGE_KINDS, DraftedDecision, mails_of
from reviews.dialogues import actions_seats as dialogues_actions_seats
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import Dialogue, DialogueLine
from stakeholders.entries.enums import Status
from workflow.drafts.actions import Released, release_at_once
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

S = LineStatus
LINE = DialogueLine._meta.label_lower


def release(dialogue: Dialogue, *, actor: User, mails: int) -> list[Decision]:
    """Make every drafted decision at once; `mails` is the number that the person has confirmed.

    All or none; two who release at once release once. Large batches need no more statements than small ones.
    Raises WrongState where another number would leave by now, where there are more accepted than places, and
    as long as applications still come in.
    """
    with transaction.atomic():
        if not actor.has_perm("reviews.run_dialogues"):
            raise PermissionDenied
        dialogue = dialogues_actions_seats.lock_dialogue(dialogue.pk)
        if dialogue.is_open:
            raise WrongState(_("Applications are still coming in. Release the decisions after the closing."))
        rows = DialogueLine.objects.filter(dialogue=dialogue)
        related = rows.select_related(
            "application__applicant",
            "application__prepared_by",
            "application__stakeholder__country",
            "dialogue__event",
        )
        taken = dialogues_actions_seats.places_taken(dialogue) if dialogue.places is not None else 0
        released = release_at_once(related, dialogue.batch, actor=actor, parties=_parties)
        _refuse_unless_confirmed(released, mails)
        accepted = [outcome for outcome in released if outcome.draft.move == "accept"]
        _refuse_beyond_places(dialogue, taken, len(accepted))
        _write_results(released)
        give_seats(dialogue, [outcome.obj for outcome in accepted], actor)
        _tell(released)
        Dialogue.objects.filter(pk=dialogue.pk).update(released_at=now(), updated_at=now())
        record(dialogue, "reviews.dialogue.release", actor=actor, number=len(released))
    return [outcome.decision for outcome in released]


def _refuse_unless_confirmed(released: Collection[Released], mails: int) -> None:
    if not released:
        raise WrongState(_("No decision is drafted."))
    counted = mails_of(DraftedDecision(outcome.draft, outcome.obj) for outcome in released).total
    if counted != mails:
        raise WrongState(
            _("The drafts have changed: %(number)s e-mails would leave by now. Please look again.")
            % {"number": counted}
        )


def _refuse_beyond_places(dialogue: Dialogue, taken: int, accepted: int) -> None:
    if dialogue.places is not None and accepted and taken + accepted > dialogue.places:
        raise WrongState(
            _("There are %(places)s places, and %(number)s would be taken.")
            % {"places": dialogue.places, "number": taken + accepted}
        )


def refuse_unless_taking_part(line: DialogueLine) -> None:
    """Raise WrongState for a stakeholder that is suspended, lapsed or gone."""
    stakeholder = line.application.stakeholder
    if stakeholder.status not in Status.TAKING_PART:
        raise WrongState(
            _("%(name)s does not take part now: %(status)s.")
            % {"name": stakeholder, "status": stakeholder.get_status_display()}
        )


def give_seats(dialogue: Dialogue, lines: Collection[DialogueLine], actor: User) -> None:
    """Make the accepted applications registrations of the event, in their order."""
    for line in lines:
        refuse_unless_taking_part(line)
    people = [
        Participant(line.application.applicant, line.application.stakeholder, line.application.mode)
        for line in lines
        if line.application.applicant is not None
    ]
    if people:
        admit_many(dialogue.event, people, actor=actor)


def _parties(lines: Collection[DialogueLine]) -> Mapping[int, set[str]]:
    """Return the parties of many lines, as `parties_on` does: the applicant and the stakeholder."""
    return {line.pk: {line.party, f"person:{line.application.applicant_id}"} for line in lines}


def _write_results(released: Collection[Released]) -> None:
    """Write each decision to its line and close the work items.

    The waiting list keeps the order in which its decisions were drafted.
    """
    at = now()
    for place, outcome in enumerate(released):
        line = outcome.obj
        line.since, line.reason = at, outcome.draft.reason
        if outcome.draft.move == "wait":
            line.queued_at = at + timedelta(microseconds=place)
        else:
            line.decided_at, line.offer_until = at, None
            line.decided_by_desk = outcome.draft.move == "decline"
    fields = ["since", "reason", "queued_at", "decided_at", "offer_until", "decided_by_desk"]
    DialogueLine.objects.bulk_update([outcome.obj for outcome in released], fields)
    items = WorkItem.objects.open().filter(
        subject_kind=LINE, subject_id__in=[outcome.obj.pk for outcome in released]
    )
    items.update(closed_at=at)


def _tell(released: Collection[Released]) -> None:
    tellings: dict[str, list[Telling]] = defaultdict(list)
    for outcome in released:
        kind = MESSAGE_KINDS[outcome.draft.move]
        facts = {"reason": outcome.draft.reason, "note": outcome.draft.note}
        if telling := dialogues_actions_seats.telling(outcome.obj, kind, str(outcome.decision.pk), **facts):
            tellings[kind].append(telling)
            if colleague := dialogues_actions_seats.telling_colleague(
                outcome.obj, str(outcome.decision.pk), **facts
            ):
                tellings[dialogues_actions_seats.COLLEAGUE].append(colleague)
    notify_mixed(tellings)

"""What the desk does with applications: shortlist, drafted decisions, offers, reasons, statements."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block
from reviews.dialogue_desk.actions_release import refuse_unless_taking_part
from reviews.dialogue_desk.models import Objection
from reviews.dialogues import actions_seats as dialogues_actions_seats
from reviews.dialogues.actions import S, lock_for_desk, must_run_dialogues
from reviews.dialogues.enums import BureauReason
from reviews.dialogues.models import Dialogue, DialogueLine, DialogueStatement
from workflow.drafts.actions import discard_draft, draft
from workflow.drafts.models import DraftDecision
from workflow.items.actions import claim, close_items, reassign, release, waiting_item
from workflow.moves.actions import refuse_recused
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused

DECISIONS = ("accept", "wait", "refuse", "decline")


# --- Before the decision ----------------------------------------------------------------------------------
class BatchMoves(NamedTuple):
    """How many applications were moved, and those that were not, each with its status or the reason."""

    moved: int
    unmoved: list[tuple[DialogueLine, str]]


def move_lines(lines: Iterable[DialogueLine], name: str, *, actor: User) -> BatchMoves:
    """Shortlist, unlist or send to the Extended Bureau the applications whose status allows it."""
    if name not in ("shortlist", "unlist", "pass"):
        raise PermissionDenied
    click, moved, unmoved = uuid4(), 0, []
    for line in lines:
        try:
            with transaction.atomic():
                dialogues_actions_seats.move_line(line, name, actor=actor, click=click)
        except WrongState:
            line.refresh_from_db(fields=["status"])
            unmoved.append((line, str(line.get_status_display())))
        except DomainError as refusal:
            unmoved.append((line, str(refusal)))
        else:
            moved += 1
    return BatchMoves(moved, unmoved)


def take(line: DialogueLine, *, actor: User) -> None:
    """Take the work, so that others see who looks at it."""
    with transaction.atomic():
        line = _lock_line(line, actor)
        refuse_recused(actor, line)
        claim(waiting_item(line), actor)


def put_back(line: DialogueLine, *, actor: User) -> None:
    with transaction.atomic():
        release(waiting_item(_lock_line(line, actor)), actor)


def assign(line: DialogueLine, *, actor: User, to: User) -> None:
    with transaction.atomic():
        reassign(_lock_line(line, actor), actor=actor, to=to)


def draft_decision(
    line: DialogueLine, name: str, *, actor: User, reason: str = "", note: str = ""
) -> DraftDecision:
    """Draft a decision, which only the desk sees before the release."""
    if name not in DECISIONS:
        raise PermissionDenied
    with transaction.atomic():
        line = _lock_line(line, actor)
        if name == "accept":
            refuse_unless_taking_part(line)
        return draft(
            line, name, batch=line.dialogue.batch, actor=actor, reason=reason, note=clean_block(note)
        )


def drop_decision(line: DialogueLine, *, actor: User) -> bool:
    return discard_draft(_lock_line(line, actor), actor=actor)


def object_to(line: DialogueLine, *, actor: User, text: str) -> Objection:
    """Record an objection, for the desk alone."""
    text = clean_block(text)
    if not text:
        raise DomainError(_("Write what was objected."), fields={"text": _("Write what was objected.")})
    with transaction.atomic():
        line = _lock_line(line, actor)
        objection = Objection.objects.create(line=line, text=text, recorded_by=actor)
        record(line, "reviews.dialogueline.object", actor=actor)
    return objection


# --- The waiting list --------------------------------------------------------------------------------------
def offer_place(line: DialogueLine, *, actor: User) -> None:
    """Offer a place by hand, where places are not counted or some were added; the next in line first."""
    with transaction.atomic():
        dialogue = lock_for_desk(line.dialogue, actor)
        line = _reload_line(line.pk)
        if line.status != S.WAITING or line.is_offered:
            raise WrongState(_("There is nothing to offer here."))
        if dialogue.event.has_started:
            raise WrongState(_("The dialogue has begun."))
        if dialogue.places is not None and dialogues_actions_seats.places_taken(dialogue) >= dialogue.places:
            raise WrongState(_("All places are taken."))
        ahead = DialogueLine.objects.filter(dialogue=dialogue, offer_until=None).queue().first()
        if ahead is not None and ahead.pk != line.pk:
            raise WrongState(_("Another person is next on the waiting list."))
        dialogues_actions_seats.offer(line, actor)


# --- What applicants ask -----------------------------------------------------------------------------------
def state_reason(line: DialogueLine, *, actor: User, reason: str) -> DialogueLine:
    """State the class of the Extended Bureau's reason, which the applicant asked for."""
    with transaction.atomic():
        line = _lock_line(line, actor)
        if line.status != S.NOT_ACCEPTED or line.reason_asked_at is None:
            raise WrongState(_("No request for a reason here."))
        if reason not in BureauReason.values:
            raise DomainError(
                _("Choose the category of reason."), fields={"reason": _("Choose from the list.")}
            )
        DialogueLine.objects.filter(pk=line.pk).update(reason=reason, updated_at=now())
        line.reason = reason
        close_items(line, "dialogue_answer")
        record(line, "reviews.dialogueline.state_reason", actor=actor, reason=reason)
        dialogues_actions_seats.tell(line, "reviews.dialogue_reason", str(line.pk), reason=reason)
    return line


def look_again(line: DialogueLine, *, actor: User, reopen: bool, note: str) -> DialogueLine:
    """Answer a reconsideration; never by whoever made the decision."""
    note = clean_block(note)
    with transaction.atomic():
        line = _lock_line(line, actor)
        if line.reconsider_asked_at is None or line.reconsidered_at is not None:
            raise WrongState(_("No request for reconsideration here."))
        decided = Decision.objects.about(line).filter(move="decline").first()
        if is_recused(actor, line) or (decided is not None and decided.actor_id == actor.pk):
            raise DomainError(_("A person who took no part in the decision has to reconsider it."))
        if not note:
            raise DomainError(_("Give the reason."), fields={"note": _("Give the reason.")})
        if reopen:
            dialogues_actions_seats.move_line(line, "reopen", actor=actor, note=note, reconsidered_at=now())
        else:
            DialogueLine.objects.filter(pk=line.pk).update(reconsidered_at=now(), updated_at=now())
            close_items(line, "dialogue_answer")
            record(line, "reviews.dialogueline.uphold", actor=actor)
        kind = "reviews.dialogue_reopened" if reopen else "reviews.dialogue_upheld"
        dialogues_actions_seats.tell(line, kind, str(line.pk), note=note)
    return line


def order_speakers(dialogue: Dialogue, order: Sequence[int], *, actor: User) -> None:
    """Set the speakers: the accepted lines with these ids, in this order, and no others."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        lines = {line.pk: line for line in dialogue.lines.filter(status=S.ACCEPTED)}
        if len(set(order)) != len(order) or not set(order) <= set(lines):
            raise DomainError(_("Only accepted participants can speak, each once."))
        places = {pk: place for place, pk in enumerate(order, start=1)}
        for pk, line in lines.items():
            line.speaks_at = places.get(pk)
        DialogueLine.objects.bulk_update(lines.values(), ["speaks_at"])
        record(dialogue, "reviews.dialogue.order", actor=actor)


def check_statement(statement: DialogueStatement, *, actor: User, version_sent: str, note: str = "") -> None:
    """Say that it keeps to the term; or, with a note, ask the author to change it.

    `version_sent` is the instant at which the text that was read was sent: another text is not checked by it.
    """
    note = clean_block(note)
    with transaction.atomic():
        line = _lock_line(statement.line, actor)
        statement = DialogueStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if statement.sent_at.isoformat() != version_sent:
            raise WrongState(
                _("The author has submitted another text in the meantime. Please read that one.")
            )
        refuse_recused(actor, line)
        if note:
            statement.returned_note, statement.checked_at, statement.checked_by = note, None, None
        else:
            statement.returned_note, statement.checked_at, statement.checked_by = "", now(), actor
        statement.save(update_fields=["returned_note", "checked_at", "checked_by"])
        close_items(line, "dialogue_statement")
        record(line, f"reviews.dialogueline.{'return' if note else 'check'}", actor=actor)
        if note:
            dialogues_actions_seats.tell(
                line, "reviews.dialogue_statement_returned", statement.sent_at.isoformat(), note=note
            )


def _reload_line(pk: int) -> DialogueLine:
    return DialogueLine.objects.select_related(
        "application__applicant", "application__stakeholder", "dialogue__event"
    ).get(pk=pk)


def _lock_line(line: DialogueLine, actor: User) -> DialogueLine:
    must_run_dialogues(actor)
    dialogues_actions_seats.lock_dialogue(line.dialogue_id)
    return _reload_line(line.pk)


sentence("reviews.dialogueline.object", gettext_lazy("%(actor)s recorded an objection"))

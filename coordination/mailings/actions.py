"""A message to many: written, sent or held for release, paused, stopped, counted, answered."""

import hashlib
from collections.abc import Mapping

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from coordination.mailings.enums import Hat, LetterState
from coordination.mailings.models import Letter, LetterCopy, LetterLimit
from coordination.mailings.queries import (
    KINDS,
    Reach,
    allowance,
    next_entries,
    numbers_of,
    pause_of,
    reach,
    readers,
    words_for,
    words_of,
)
from coordination.mailings.rules import writes_as
from core.errors import DomainError, WrongState
from core.later import later
from core.text import clean_block
from notifications.delivery.actions import hold_back, let_go
from notifications.happenings.models import Happening
from notifications.outbox.actions import Telling, notify, notify_all, notify_each
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import SUBJECT_LENGTH, Conversation, Line
from workflow.items.actions import close_items, open_item


@transaction.atomic
def begin(hat: str, filters: str, *, actor: User) -> Letter:
    """Create a draft to those who answer `filters`, the directory's query string. Raises PermissionDenied."""
    if not writes_as(actor, hat):
        raise PermissionDenied
    letter = Letter.objects.create(hat=hat, by=actor, filters=filters)
    record(letter, "coordination.letter.made", actor=actor)
    return letter


@transaction.atomic
def address(letter: Letter, filters: str, *, actor: User) -> None:
    """Change the recipients of a draft."""
    letter = draft_of(letter, actor)
    Letter.objects.filter(pk=letter.pk).update(filters=filters)
    record(letter, "coordination.letter.changed", actor=actor)


@transaction.atomic
def save_texts(letter: Letter, texts: Mapping[str, Mapping[str, str]], version: int, *, actor: User) -> None:
    """Save `texts`, language → {subject, text}. Raises WrongState where somebody saved meanwhile."""
    letter = draft_of(letter, actor)
    if letter.version != version:
        raise WrongState(
            _("This was changed meanwhile, perhaps in another window. Check it again before you save.")
        )
    letter.texts = {
        code: dict(words) for code, words in texts.items() if words.get("subject") or words.get("text")
    }
    if wrong := {
        f"{name}_{code}": _("Give both subject and text, or neither.")
        for code, words in letter.texts.items()
        for name in ("subject", "text")
        if not words.get(name)
    }:
        raise DomainError(next(iter(wrong.values())), fields=wrong)
    letter.version += 1
    letter.save(update_fields=["texts", "version"])
    record(letter, "coordination.letter.changed", actor=actor)


@transaction.atomic
def discard(letter: Letter, *, actor: User) -> None:
    letter = draft_of(letter, actor)
    record(letter, "coordination.letter.discarded", actor=actor)
    letter.delete()


def draft_of(letter: Letter, actor: User) -> Letter:
    """Return the draft under lock, for its writer. Raises PermissionDenied or WrongState."""
    stored = Letter.objects.select_for_update(no_key=True).filter(pk=letter.pk).first()
    if stored is None:
        raise WrongState(_("This message is not a draft any more."))
    if not actor.has_perm("coordination.change_letter", stored):
        raise PermissionDenied
    if stored.state != LetterState.DRAFT:
        raise WrongState(_("This message is not a draft any more."))
    return stored


@transaction.atomic
def set_limit(hat: str, per_day: int, per_month: int, *, actor: User) -> None:
    """Set how many letters one person may send under this hat without asking."""
    if not actor.has_perm("coordination.release_letters"):
        raise PermissionDenied
    numbers = {"per_day": per_day, "per_month": per_month}
    if LetterLimit.objects.filter(hat=hat, **numbers).exists():
        return
    limit, _new = LetterLimit.objects.update_or_create(
        hat=hat, defaults={**numbers, "changed_by": actor, "changed_at": now()}
    )
    record(limit, "coordination.letter.limit", actor=actor, hat=hat, day=per_day, month=per_month)


# -----------------------------------------------------------------------------------------------------
# A letter on its way: sent or held for the desk's release, written batch by batch, paused, stopped,
# counted.
# Each batch is one transaction that also writes down how far it came: a worker killed anywhere leaves a whole
# number of batches, and the next goes on behind them. Who may be written to is asked anew for each batch.

RELEASE = "release_letter"
BATCH = 200  # stakeholders


@transaction.atomic
def send(letter: Letter, *, actor: User, plea: str = "") -> bool:
    """Send the letter and return True; return False where it is beyond the limit and waits for release.

    Raises DomainError where it says nothing, reaches nobody, or is beyond the limit without a `plea`.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one at a time, so that limits hold
    letter = draft_of(letter, actor)
    if not letter.languages:
        raise DomainError(_("Write the message in at least one language."))
    reached = reach(actor, letter.hat, letter.filters)
    if not reached.stakeholders:
        raise DomainError(_("There are no recipients with these filters."))
    if not allowance(actor, letter.hat).is_spent:
        _start(letter, actor, reached)
        return True
    if not plea:
        message = _(
            "Explain why this message cannot wait: the WhatsOn team decides whether it is sent "
            "beyond the limit."
        )
        raise DomainError(message, fields={"plea": message})
    letter.state, letter.plea, letter.asked_at = LetterState.WAITING, plea, now()
    letter.save(update_fields=["state", "plea", "asked_at"])
    open_item(letter, RELEASE, waits_for=Role.HEAD)
    record(letter, "coordination.letter.release_asked", actor=actor)
    notify_all(
        [person for person in _releasers() if person.pk != actor.pk],
        "coordination.release_asked",
        key=f"letter:{letter.pk}:asked:{letter.asked_at.isoformat()}",
        url_name="letters_desk:letter",
        url_args=[letter.pk],
        facts={"by": actor.name, "subject": str(letter)},
        subject=letter,
    )
    return False


@transaction.atomic
def take_back(letter: Letter, *, actor: User) -> None:
    """Make a letter that waits for release a draft again."""
    letter = _lock_letter(letter, LetterState.WAITING, _("This message is no longer pending release."))
    if not actor.has_perm("coordination.change_letter", letter):
        raise PermissionDenied
    _return_to_draft(letter)
    record(letter, "coordination.letter.taken_back", actor=actor)


@transaction.atomic
def release(letter: Letter, *, actor: User, note: str = "") -> None:
    """Send a letter that waits beyond the limit."""
    letter = _lock_waiting(letter, actor)
    if letter.by is None:
        raise WrongState(_("The author of this message has left."))
    reached = reach(letter.by, letter.hat, letter.filters)
    if not reached.stakeholders:
        raise DomainError(_("There are no recipients with these filters."))
    _write_decision(letter, actor, note)
    close_items(letter, RELEASE)
    record(letter, "coordination.letter.released", actor=actor)
    _start(letter, letter.by, reached)
    _tell_writer(letter, "released")


@transaction.atomic
def give_back(letter: Letter, *, actor: User, note: str) -> None:
    """Return a letter that waits to its writer as a draft, with the reason."""
    letter = _lock_waiting(letter, actor)
    if not note:
        message = _("Give the reason, for the author.")
        raise DomainError(message, fields={"note": message})
    _write_decision(letter, actor, note)
    _return_to_draft(letter)
    record(letter, "coordination.letter.returned", actor=actor)
    _tell_writer(letter, "returned")


def go_on() -> None:
    """Write the mails of letters that are being sent, and count what became of them."""
    for letter in Letter.objects.filter(state=LetterState.SENDING).order_by("started_at", "pk"):
        while write_batch(letter.pk):
            pass
        count(letter.pk)


def write_batch(pk: int) -> bool:
    """Write to the next stakeholders; returns whether there may be more. Nothing while it is paused."""
    with transaction.atomic():
        sending = Letter.objects.filter(pk=pk, state=LetterState.SENDING, all_written=False)
        locked = sending.select_for_update(skip_locked=True, no_key=True, of=("self",))
        letter = locked.select_related("happening", "by").first()
        if letter is None or pause_of(letter) is not None:
            return False
        entries = next_entries(letter, BATCH)
        copies = _create_copies(letter, [number for number, _name in entries])
        names = dict(entries)
        people = readers(letter.by, letter.hat).filter(stakeholder__in=names).select_related("user")
        tellings = []
        for member in people.order_by("stakeholder_id", "pk"):
            name, copy = names[member.stakeholder_id], copies[member.stakeholder_id]
            words = words_for(letter, member.user.language, organization=name, person=member.user.name)
            tellings.append(
                Telling(
                    member.user,
                    f"letter:{pk}:{member.stakeholder_id}",
                    "received:letter",
                    [copy.pk],
                    {"by": letter.by.name if letter.by else "", "name": name, "subject": words.subject},
                    copy,
                    letter.happening,
                )
            )
        notify_each(KINDS[Hat(letter.hat)], tellings)
        letter.reached = entries[-1][0] if entries else letter.reached
        letter.all_written = len(entries) < BATCH
        letter.stakeholders += len(copies)
        letter.people += len({telling.user.pk for telling in tellings})
        letter.save(update_fields=["reached", "all_written", "stakeholders", "people"])
        return not letter.all_written


def count(pk: int) -> None:
    """Copy the numbers from the outbox; mark a letter as sent when no mail is open."""
    letter = Letter.objects.get(pk=pk)
    numbers = numbers_of(letter)
    with transaction.atomic():
        row = Letter.objects.filter(pk=pk)
        row.update(**{name: numbers[name] for name in ("sent", "failed", "held")}, counted_at=now())
        ended = row.filter(state=LetterState.SENDING, all_written=True)
        if numbers["over"] == numbers["all"] and ended.update(state=LetterState.SENT, ended_at=now()):
            record(letter, "coordination.letter.sent", actor=None)


@transaction.atomic
def pause(letter: Letter, *, actor: User) -> None:
    """Hold back mails that have not left. What a worker has taken still leaves."""
    letter = _lock_sending(letter, actor)
    hold_back(KINDS[Hat(letter.hat)], by=actor, happening=letter.happening)
    record(letter, "coordination.letter.paused", actor=actor)


@transaction.atomic
def resume(letter: Letter, *, actor: User) -> None:
    letter = _lock_sending(letter, actor)
    paused = pause_of(letter)
    if paused is None:
        raise WrongState(_("This is under way already."))
    let_go(paused, by=actor)
    record(letter, "coordination.letter.resumed", actor=actor)
    later("coordination.send_letters")


@transaction.atomic
def stop(letter: Letter, *, actor: User) -> None:
    """End the sending: mails that have not left are suppressed; what has left stays on the portal."""
    letter = _lock_sending(letter, actor)
    paused = pause_of(letter)
    waiting = Message.objects.filter(happening=letter.happening_id, status__in=(*Status.DUE, Status.PAUSED))
    waiting.update(status=Status.SUPPRESSED, error="Its writer stopped it.")
    if paused is not None:
        let_go(paused, by=actor)
    Letter.objects.filter(pk=letter.pk).update(state=LetterState.STOPPED, ended_at=now(), all_written=True)
    record(letter, "coordination.letter.stopped", actor=actor)
    count(letter.pk)


def _start(letter: Letter, writer: User, reached: Reach) -> None:
    """Begin to send, under lock. The happening is what its mails are paused by; nobody follows it."""
    happening = Happening.objects.create(
        kind=KINDS[Hat(letter.hat)],
        key=f"letter:{letter.pk}",
        terms=[],
        expanded_at=now(),
        facts={"by": writer.name, "name": "", "subject": str(letter)},
        subject_kind=letter._meta.label_lower,
        subject_id=letter.pk,
    )
    places = writer.places_of(Role.REGIONAL) if letter.hat == Hat.REGIONAL else None
    letter.state, letter.started_at, letter.happening = LetterState.SENDING, now(), happening
    letter.places, letter.expected = sorted(places or ()), reached.people
    letter.save(update_fields=["state", "started_at", "happening", "places", "expected"])
    record(letter, "coordination.letter.started", actor=writer, number=reached.stakeholders)
    later("coordination.send_letters")


def _create_copies(letter: Letter, stakeholders: list[int]) -> dict[int, LetterCopy]:
    copies = LetterCopy.objects.bulk_create(
        [LetterCopy(letter=letter, stakeholder_id=number) for number in stakeholders]
    )
    return {copy.stakeholder_id: copy for copy in copies}


def _lock_letter(letter: Letter, state: str, otherwise: str) -> Letter:
    rows = Letter.objects.select_for_update(no_key=True, of=("self",)).select_related("by", "happening")
    stored = rows.filter(pk=letter.pk, state=state).first()
    if stored is None:
        raise WrongState(otherwise)
    return stored


def _lock_sending(letter: Letter, actor: User) -> Letter:
    letter = _lock_letter(letter, LetterState.SENDING, _("This message is not on its way."))
    if not actor.has_perm("coordination.steer_letter", letter):
        raise PermissionDenied
    return letter


def _lock_waiting(letter: Letter, actor: User) -> Letter:
    letter = _lock_letter(letter, LetterState.WAITING, _("This message is no longer pending release."))
    if not actor.has_perm("coordination.release_letter", letter):
        raise PermissionDenied
    return letter


def _write_decision(letter: Letter, actor: User, note: str) -> None:
    letter.decided_by, letter.decided_at, letter.note = actor, now(), note
    letter.save(update_fields=["decided_by", "decided_at", "note"])


def _return_to_draft(letter: Letter) -> None:
    letter.state = LetterState.DRAFT
    letter.save(update_fields=["state"])
    close_items(letter, RELEASE)


def _tell_writer(letter: Letter, outcome: str) -> None:
    if letter.by is not None and letter.decided_at is not None:
        notify(
            letter.by,
            "coordination.release_decided",
            key=f"letter:{letter.pk}:decided:{letter.decided_at.isoformat()}",
            url_name=f"letters_{letter.hat}:letter",
            url_args=[letter.pk],
            facts={"outcome": outcome, "note": letter.note, "subject": str(letter)},
            subject=letter,
        )


def _releasers() -> "list[User]":
    return list(holders_of(Role.HEAD, Role.ADMINISTRATOR))


# --- An answer to a letter begins a conversation between the stakeholder and whoever wrote -----------


@transaction.atomic
def answer(copy: LetterCopy, *, actor: User, text: str) -> Conversation:
    """Send the stakeholder's answer to the writer by mail, and begin their conversation.

    Raises PermissionDenied, and what `contact.answer` raises.
    """
    rows = LetterCopy.objects.select_for_update(no_key=True, of=("self",))
    copy = rows.select_related("letter__by", "stakeholder", "conversation").get(pk=copy.pk)
    if not actor.has_perm("coordination.answer_letter", copy):
        raise PermissionDenied(_("This message no longer accepts answers."))
    conversation = copy.conversation or _begin_conversation(copy, actor)
    contact_actions.answer(conversation, actor=actor, text=clean_block(text))
    return conversation


def _begin_conversation(copy: LetterCopy, actor: User) -> Conversation:
    """Create the conversation; its first line is the letter as its reader has it."""
    letter, writer = copy.letter, copy.letter.by
    if writer is None:
        raise PermissionDenied
    words = words_of(copy, actor, actor.language)
    conversation = Conversation.objects.create(
        stakeholder=copy.stakeholder,
        sender=writer,
        subject=words.subject[:SUBJECT_LENGTH],
        fingerprint=hashlib.sha256(f"letter:{letter.pk}".encode()).hexdigest(),
        began_at=copy.at,
    )
    Line.objects.create(
        conversation=conversation, author=writer, from_stakeholder=False, text=words.text, at=copy.at
    )
    copy.conversation = conversation
    copy.save(update_fields=["conversation"])
    return conversation

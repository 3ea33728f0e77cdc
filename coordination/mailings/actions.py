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
    """A draft to those who answer `filters` (the directory's query string). Raises PermissionDenied."""
    if not writes_as(actor, hat):
        raise PermissionDenied
    letter = Letter.objects.create(hat=hat, by=actor, filters=filters)
    record(letter, "coordination.letter.made", actor=actor)
    return letter


@transaction.atomic
def address(letter: Letter, filters: str, *, actor: User) -> None:
    """Choose anew to whom it goes."""
    kept = draft_of(letter, actor)
    Letter.objects.filter(pk=kept.pk).update(filters=filters)
    record(kept, "coordination.letter.changed", actor=actor)


@transaction.atomic
def save_texts(letter: Letter, texts: Mapping[str, Mapping[str, str]], version: int, *, actor: User) -> None:
    """`texts`: language → {subject, text}. Raises WrongState where somebody saved meanwhile."""
    kept = draft_of(letter, actor)
    if kept.version != version:
        raise WrongState(
            _("This was changed meanwhile, perhaps in another window. Check it again before you save.")
        )
    kept.texts = {code: dict(said) for code, said in texts.items() if said.get("subject") or said.get("text")}
    if wrong := {
        f"{name}_{code}": _("Give both subject and text, or neither.")
        for code, said in kept.texts.items()
        for name in ("subject", "text")
        if not said.get(name)
    }:
        raise DomainError(next(iter(wrong.values())), fields=wrong)
    kept.version += 1
    kept.save(update_fields=["texts", "version"])
    record(kept, "coordination.letter.changed", actor=actor)


@transaction.atomic
def discard(letter: Letter, *, actor: User) -> None:
    kept = draft_of(letter, actor)
    record(kept, "coordination.letter.discarded", actor=actor)
    kept.delete()


def draft_of(letter: Letter, actor: User) -> Letter:
    """The row under lock, while its writer may change it. Raises PermissionDenied or WrongState."""
    kept = Letter.objects.select_for_update(no_key=True).filter(pk=letter.pk).first()
    if kept is None:
        raise WrongState(_("This message is not a draft any more."))
    if not actor.has_perm("coordination.change_letter", kept):
        raise PermissionDenied
    if kept.state != LetterState.DRAFT:
        raise WrongState(_("This message is not a draft any more."))
    return kept


@transaction.atomic
def set_limit(hat: str, per_day: int, per_month: int, *, actor: User) -> None:
    """How many letters one person may send under this hat without asking."""
    if not actor.has_perm("coordination.release_letters"):
        raise PermissionDenied
    said = {"per_day": per_day, "per_month": per_month}
    if LetterLimit.objects.filter(hat=hat, **said).exists():
        return
    limit, _new = LetterLimit.objects.update_or_create(
        hat=hat, defaults={**said, "changed_by": actor, "changed_at": now()}
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
    """Let it leave; whether it does. False: it is beyond the limit, and waits for the desk's release.

    Raises DomainError where it says nothing, reaches nobody, or is beyond the limit without a `plea`.
    """
    User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # one at a time, so that limits hold
    kept = draft_of(letter, actor)
    if not kept.languages:
        raise DomainError(_("Write the message in at least one language."))
    reached = reach(actor, kept.hat, kept.filters)
    if not reached.stakeholders:
        raise DomainError(_("There are no recipients with these filters."))
    if not allowance(actor, kept.hat).is_spent:
        _start(kept, actor, reached)
        return True
    if not plea:
        message = _(
            "Explain why this message cannot wait: the desk decides whether it is sent beyond the limit."
        )
        raise DomainError(message, fields={"plea": message})
    kept.state, kept.plea, kept.asked_at = LetterState.WAITING, plea, now()
    kept.save(update_fields=["state", "plea", "asked_at"])
    open_item(kept, RELEASE, waits_for=Role.HEAD)
    record(kept, "coordination.letter.release_asked", actor=actor)
    notify_all(
        [one for one in _releasing() if one.pk != actor.pk],
        "coordination.release_asked",
        key=f"letter:{kept.pk}:asked:{kept.asked_at.isoformat()}",
        url_name="letters_desk:letter",
        url_args=[kept.pk],
        facts={"by": actor.name, "subject": str(kept)},
        subject=kept,
    )
    return False


@transaction.atomic
def take_back(letter: Letter, *, actor: User) -> None:
    """A draft again, while it waits for the desk."""
    kept = _held(letter, LetterState.WAITING, _("This message is no longer pending release."))
    if not actor.has_perm("coordination.change_letter", kept):
        raise PermissionDenied
    _back(kept)
    record(kept, "coordination.letter.taken_back", actor=actor)


@transaction.atomic
def release(letter: Letter, *, actor: User, note: str = "") -> None:
    """Let it leave beyond the limit."""
    kept = _to_decide(letter, actor)
    if kept.by is None:
        raise WrongState(_("The author of this message has left."))
    reached = reach(kept.by, kept.hat, kept.filters)
    if not reached.stakeholders:
        raise DomainError(_("There are no recipients with these filters."))
    _decided(kept, actor, note)
    close_items(kept, RELEASE)
    record(kept, "coordination.letter.released", actor=actor)
    _start(kept, kept.by, reached)
    _tell_writer(kept, "released")


@transaction.atomic
def give_back(letter: Letter, *, actor: User, note: str) -> None:
    """A draft again; its writer reads why."""
    kept = _to_decide(letter, actor)
    if not note:
        message = _("Give the reason, for the author.")
        raise DomainError(message, fields={"note": message})
    _decided(kept, actor, note)
    _back(kept)
    record(kept, "coordination.letter.returned", actor=actor)
    _tell_writer(kept, "returned")


def go_on() -> None:
    """Whatever is on its way: write its mails, and see what became of them."""
    for letter in Letter.objects.filter(state=LetterState.SENDING).order_by("started_at", "pk"):
        while write_batch(letter.pk):
            pass
        count(letter.pk)


def write_batch(pk: int) -> bool:
    """Tell the people of the next stakeholders; whether there may be more. Nothing while it is paused."""
    with transaction.atomic():
        sending = Letter.objects.filter(pk=pk, state=LetterState.SENDING, all_written=False)
        locked = sending.select_for_update(skip_locked=True, no_key=True, of=("self",))
        letter = locked.select_related("happening", "by").first()
        if letter is None or pause_of(letter) is not None:
            return False
        found = next_entries(letter, BATCH)
        copies = _copies(letter, [number for number, _name in found])
        names = dict(found)
        people = readers(letter.by, letter.hat).filter(stakeholder__in=names).select_related("user")
        told = []
        for one in people.order_by("stakeholder_id", "pk"):
            name, copy = names[one.stakeholder_id], copies[one.stakeholder_id]
            said = words_for(letter, one.user.language, organization=name, person=one.user.name)
            told.append(
                Telling(
                    one.user,
                    f"letter:{pk}:{one.stakeholder_id}",
                    "received:letter",
                    [copy.pk],
                    {"by": letter.by.name if letter.by else "", "name": name, "subject": said.subject},
                    copy,
                    letter.happening,
                )
            )
        notify_each(KINDS[Hat(letter.hat)], told)
        letter.reached = found[-1][0] if found else letter.reached
        letter.all_written = len(found) < BATCH
        letter.stakeholders += len(copies)
        letter.people += len({one.user.pk for one in told})
        letter.save(update_fields=["reached", "all_written", "stakeholders", "people"])
        return not letter.all_written


def count(pk: int) -> None:
    """Take the numbers from the outbox, and end what has wholly left."""
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
    """Hold back what has not left. What a worker has taken still leaves."""
    kept = _on_its_way(letter, actor)
    hold_back(KINDS[Hat(kept.hat)], by=actor, happening=kept.happening)
    record(kept, "coordination.letter.paused", actor=actor)


@transaction.atomic
def resume(letter: Letter, *, actor: User) -> None:
    kept = _on_its_way(letter, actor)
    paused = pause_of(kept)
    if paused is None:
        raise WrongState(_("This is under way already."))
    let_go(paused, by=actor)
    record(kept, "coordination.letter.resumed", actor=actor)
    later("coordination.send_letters")


@transaction.atomic
def stop(letter: Letter, *, actor: User) -> None:
    """For good: what has not left does not leave. What has left stays, on the portal too."""
    kept = _on_its_way(letter, actor)
    paused = pause_of(kept)
    waiting = Message.objects.filter(happening=kept.happening_id, status__in=(*Status.DUE, Status.PAUSED))
    waiting.update(status=Status.SUPPRESSED, error="Its writer stopped it.")
    if paused is not None:
        let_go(paused, by=actor)
    Letter.objects.filter(pk=kept.pk).update(state=LetterState.STOPPED, ended_at=now(), all_written=True)
    record(kept, "coordination.letter.stopped", actor=actor)
    count(kept.pk)


def _start(kept: Letter, writer: User, reached: Reach) -> None:
    """Under lock. Its happening is what its mails are paused by; nobody follows it."""
    happening = Happening.objects.create(
        kind=KINDS[Hat(kept.hat)],
        key=f"letter:{kept.pk}",
        terms=[],
        expanded_at=now(),
        facts={"by": writer.name, "name": "", "subject": str(kept)},
        subject_kind=kept._meta.label_lower,
        subject_id=kept.pk,
    )
    places = writer.places_of(Role.REGIONAL) if kept.hat == Hat.REGIONAL else None
    kept.state, kept.started_at, kept.happening = LetterState.SENDING, now(), happening
    kept.places, kept.expected = sorted(places or ()), reached.people
    kept.save(update_fields=["state", "started_at", "happening", "places", "expected"])
    record(kept, "coordination.letter.started", actor=writer, number=reached.stakeholders)
    later("coordination.send_letters")


def _copies(letter: Letter, stakeholders: list[int]) -> dict[int, LetterCopy]:
    made = LetterCopy.objects.bulk_create(
        [LetterCopy(letter=letter, stakeholder_id=number) for number in stakeholders]
    )
    return {copy.stakeholder_id: copy for copy in made}


def _held(letter: Letter, state: str, otherwise: str) -> Letter:
    rows = Letter.objects.select_for_update(no_key=True, of=("self",)).select_related("by", "happening")
    kept = rows.filter(pk=letter.pk, state=state).first()
    if kept is None:
        raise WrongState(otherwise)
    return kept


def _on_its_way(letter: Letter, actor: User) -> Letter:
    kept = _held(letter, LetterState.SENDING, _("This message is not on its way."))
    if not actor.has_perm("coordination.steer_letter", kept):
        raise PermissionDenied
    return kept


def _to_decide(letter: Letter, actor: User) -> Letter:
    kept = _held(letter, LetterState.WAITING, _("This message is no longer pending release."))
    if not actor.has_perm("coordination.release_letter", kept):
        raise PermissionDenied
    return kept


def _decided(kept: Letter, actor: User, note: str) -> None:
    kept.decided_by, kept.decided_at, kept.note = actor, now(), note
    kept.save(update_fields=["decided_by", "decided_at", "note"])


def _back(kept: Letter) -> None:
    kept.state = LetterState.DRAFT
    kept.save(update_fields=["state"])
    close_items(kept, RELEASE)


def _tell_writer(kept: Letter, outcome: str) -> None:
    if kept.by is not None and kept.decided_at is not None:
        notify(
            kept.by,
            "coordination.release_decided",
            key=f"letter:{kept.pk}:decided:{kept.decided_at.isoformat()}",
            url_name=f"letters_{kept.hat}:letter",
            url_args=[kept.pk],
            facts={"outcome": outcome, "note": kept.note, "subject": str(kept)},
            subject=kept,
        )


def _releasing() -> "list[User]":
    return list(holders_of(Role.HEAD, Role.ADMINISTRATOR))


# --- An answer to a letter begins a conversation between the stakeholder and whoever wrote -----------


@transaction.atomic
def answer(copy: LetterCopy, *, actor: User, text: str) -> Conversation:
    """The writer gets the text by mail, in the stakeholder's name; later answers go the same way.

    Raises PermissionDenied, and what `contact.answer` raises.
    """
    rows = LetterCopy.objects.select_for_update(no_key=True, of=("self",))
    kept = rows.select_related("letter__by", "stakeholder", "conversation").get(pk=copy.pk)
    if not actor.has_perm("coordination.answer_letter", kept):
        raise PermissionDenied(_("This message takes no answers any more."))
    conversation = kept.conversation or _begin(kept, actor)
    contact_actions.answer(conversation, actor=actor, text=clean_block(text))
    return conversation


def _begin(kept: LetterCopy, actor: User) -> Conversation:
    """Its first line is the letter, as the one who answers reads it."""
    letter, writer = kept.letter, kept.letter.by
    if writer is None:
        raise PermissionDenied
    said = words_of(kept, actor, actor.language)
    conversation = Conversation.objects.create(
        stakeholder=kept.stakeholder,
        sender=writer,
        subject=said.subject[:SUBJECT_LENGTH],
        fingerprint=hashlib.sha256(f"letter:{letter.pk}".encode()).hexdigest(),
        began_at=kept.at,
    )
    Line.objects.create(
        conversation=conversation, author=writer, from_stakeholder=False, text=said.text, at=kept.at
    )
    kept.conversation = conversation
    kept.save(update_fields=["conversation"])
    return conversation

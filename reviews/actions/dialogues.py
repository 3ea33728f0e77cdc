"""What the desk does with a dialogue: its call, the shortlist, decisions and their release, what follows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from events.events.dates import begins
from events.events.enums import EventKind, EventStatus
from events.events.models import Event
from notifications.follows.actions import tell as tell_followers
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from reviews.actions import dialogue_seats as seats
from reviews.actions.dialogue_release import refuse_unless_taking_part
from reviews.enums.dialogues import BureauReason, LineStatus
from reviews.models import Attendance, Dialogue, DialogueLine, DialogueStatement, Objection
from reviews.queries.contributions import people_who_sign
from search.actions import index
from stakeholders.entries.models import Stakeholder
from taxonomy.names.enums import UN_LANGUAGES
from workflow.drafts.actions import discard_draft, draft
from workflow.drafts.models import DraftDecision
from workflow.items.actions import close_items
from workflow.moves.actions import move
from workflow.moves.models import Decision
from workflow.moves.queries import is_recused
from workflow.windows.actions import extend
from workflow.windows.models import Extension

S = LineStatus
DECISIONS = ("accept", "wait", "refuse", "decline")


# --- The call -----------------------------------------------------------------------------------------
def write_call(event: Event, *, actor: User, values: Mapping[str, Any], topics: Sequence[Any]) -> Dialogue:
    """The call for a dialogue that stands on the calendar; followers are told once it is shown."""
    _refuse_others(actor)
    if event.kind != EventKind.DIALOGUE:
        raise DomainError(_("A call is written for an event of the kind “Constructive dialogue”."))
    with transaction.atomic():
        kept = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
        if Dialogue.objects.filter(event=kept).exists():
            raise WrongState(_("There is a call for this dialogue already."))
        dialogue = Dialogue(event=kept, written_by=actor, **_cleaned(values))
        dialogue.save()
        kept.topics.set(topics)
        record(dialogue, "reviews.dialogue.write", actor=actor)
        index(dialogue)
        _say_opened(dialogue)
    return dialogue


def change_call(
    dialogue: Dialogue, *, actor: User, version: int, values: Mapping[str, Any], topics: Sequence[Any]
) -> Dialogue:
    """Keep a change; another promised day is logged for everybody, and silence is counted anew."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        if kept.version != version:
            raise WrongState(_("Somebody else has changed this in the meantime. Please reload the page."))
        fields = sorted(name for name, value in _cleaned(values).items() if getattr(kept, name) != value)
        was = kept.promised_on
        for name, value in _cleaned(values).items():
            setattr(kept, name, value)
        if kept.promised_on != was:
            kept.silence_told_at = None
            record(kept, "reviews.dialogue.promise", actor=actor, day=kept.promised_on.isoformat())
        kept.version += 1
        kept.updated_at = now()
        kept.save()
        kept.event.topics.set(topics)
        record(kept, "reviews.dialogue.change", actor=actor, fields=fields)
        index(kept)
        _say_opened(kept)
        seats.offer_free(kept, actor)
    return kept


def translate_call(
    dialogue: Dialogue, *, actor: User, version: int, language: str, texts: Mapping[str, str]
) -> Dialogue:
    """Keep the call and the term in another language; an empty text is shown in the call's own."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        if kept.version != version:
            raise WrongState(_("Somebody else has changed this in the meantime. Please reload the page."))
        if language not in UN_LANGUAGES or language == kept.language_id:
            raise DomainError(_("Choose another of the six languages."))
        said = {name: clean_block(texts.get(name, "")) for name in ("call_text", "term")}
        kept.translations = {
            **kept.translations,
            language: {name: text for name, text in said.items() if text},
        }
        kept.version += 1
        kept.save(update_fields=["translations", "version"])
        record(kept, "reviews.dialogue.change", actor=actor, fields=[f"translations.{language}"])
        index(kept)
    return kept


def give_time(
    dialogue: Dialogue, stakeholder: Stakeholder, *, actor: User, until: datetime, reason: str
) -> Extension:
    """Give one stakeholder more time to apply, and tell its administrators; nobody else learns of it."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        if kept.event.status != EventStatus.PUBLISHED or kept.event.has_started:
            raise WrongState(_("Nobody can apply to this dialogue any more, or not yet."))
        extension = extend(kept, f"stakeholder:{stakeholder.pk}", until=until, reason=reason, actor=actor)
        notify_all(
            people_who_sign(stakeholder.pk),
            "reviews.dialogue_time_given",
            key=f"dialogue:{kept.pk}:extension:{stakeholder.pk}:{until.isoformat()}",
            url_name="dialogues:dialogue",
            url_args=[kept.pk],
            facts={"title": kept.event.title, "stakeholder": stakeholder.name, "until": until.isoformat()},
            subject=kept,
        )
    return extension


def index_of_event(event: Event) -> None:
    """The index follows what everybody sees of the event whose call this is."""
    if event.kind == EventKind.DIALOGUE:
        for dialogue in Dialogue.objects.filter(event=event):
            index(dialogue)


def follow_event(event: Event, change: str, _actor: Any, note: str) -> None:
    """The dialogue was moved or cancelled: whoever applied and is not registered yet is told, too.

    Who is registered hears it of the registration. Of what is cancelled nothing waits at the desk any more.
    """
    if event.kind != EventKind.DIALOGUE:
        return
    rows = DialogueLine.objects.filter(dialogue__event=event, status__in=(*S.UNDECIDED, S.WAITING))
    for line in rows.select_related("application__applicant", "dialogue__event"):
        facts = begins(event) if change == "moved" else {}
        seats.tell(line, change, str(event.sequence), note=note, **facts)
        if change == "cancelled":
            close_items(line)


def _cleaned(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: clean_block(one) if isinstance(one, str) else one for name, one in values.items()}


def _say_opened(dialogue: Dialogue) -> None:
    event = dialogue.event
    if event.status != EventStatus.PUBLISHED or not dialogue.takes_applications:
        return
    topics = event.topics.values_list("pk", flat=True)
    tell_followers(
        "reviews.dialogue_opened",
        dialogue,
        key=f"dialogue:{dialogue.pk}",
        terms=[f"dialogue:{dialogue.pk}", *(f"topic:{pk}" for pk in topics)],
        weight=Weight.STEP,
        url_name="dialogues:dialogue",
        url_args=[dialogue.pk],
        facts={
            "dialogue": event.title,
            "closes": dialogue.closes_at.isoformat() if dialogue.closes_at else "",
        },
    )


# --- Before the decision ----------------------------------------------------------------------------------
def move_lines(lines: Iterable[DialogueLine], name: str, *, actor: User) -> int:
    """Shortlist, take off the list, or send to the Extended Bureau: all of them or none."""
    if name not in ("shortlist", "unlist", "pass"):
        raise PermissionDenied
    click = uuid4()
    with transaction.atomic():
        for line in (found := list(lines)):
            try:
                move(line, name, actor=actor, click=click)
            except DomainError as refusal:
                raise type(refusal)(f"{line.application.stakeholder}: {refusal}") from refusal
    return len(found)


def draft_decision(
    line: DialogueLine, name: str, *, actor: User, reason: str = "", note: str = ""
) -> DraftDecision:
    """Write down what is to be decided; nobody learns of it before the release."""
    if name not in DECISIONS:
        raise PermissionDenied
    with transaction.atomic():
        kept = _line(line, actor)
        if name == "accept":
            refuse_unless_taking_part(kept)
        return draft(
            kept, name, batch=kept.dialogue.batch, actor=actor, reason=reason, note=clean_block(note)
        )


def drop_decision(line: DialogueLine, *, actor: User) -> bool:
    return discard_draft(_line(line, actor), actor=actor)


def object_to(line: DialogueLine, *, actor: User, text: str) -> Objection:
    """Record an objection, for the desk alone."""
    text = clean_block(text)
    if not text:
        raise DomainError(_("Write what was objected."), fields={"text": _("Write what was objected.")})
    with transaction.atomic():
        kept = _line(line, actor)
        objection = Objection.objects.create(line=kept, text=text, recorded_by=actor)
        record(kept, "reviews.dialogueline.object", actor=actor)
    return objection


# --- The waiting list --------------------------------------------------------------------------------------
def offer_place(line: DialogueLine, *, actor: User) -> None:
    """Offer a place by hand, where places are not counted or more are found; the next in line first."""
    with transaction.atomic():
        dialogue = _for_desk(line.dialogue, actor)
        kept = _fresh(line.pk)
        if kept.status != S.WAITING or kept.is_offered:
            raise WrongState(_("There is nothing to offer here."))
        if dialogue.event.has_started:
            raise WrongState(_("The dialogue has begun."))
        if dialogue.places is not None and seats.taken(dialogue) >= dialogue.places:
            raise WrongState(_("All places are taken."))
        ahead = DialogueLine.objects.filter(dialogue=dialogue, offer_until=None).queue().first()
        if ahead is not None and ahead.pk != kept.pk:
            raise WrongState(_("Somebody else is next on the waiting list."))
        seats.offer(kept, actor)


# --- What applicants ask -----------------------------------------------------------------------------------
def state_reason(line: DialogueLine, *, actor: User, reason: str) -> DialogueLine:
    """State the class of the Extended Bureau's reason, which the applicant asked for."""
    with transaction.atomic():
        kept = _line(line, actor)
        if kept.status != S.NOT_ACCEPTED or kept.reason_asked_at is None:
            raise WrongState(_("Nobody has asked for a reason here."))
        if reason not in BureauReason.values:
            raise DomainError(_("Choose the class of reason."), fields={"reason": _("Choose from the list.")})
        DialogueLine.objects.filter(pk=kept.pk).update(reason=reason, updated_at=now())
        kept.reason = reason
        close_items(kept, "dialogue_answer")
        record(kept, "reviews.dialogueline.state_reason", actor=actor, reason=reason)
        seats.tell(kept, "reason", str(kept.pk), reason=reason)
    return kept


def look_again(line: DialogueLine, *, actor: User, reopen: bool, note: str) -> DialogueLine:
    """Answer a reconsideration; never by whoever made the decision."""
    note = clean_block(note)
    with transaction.atomic():
        kept = _line(line, actor)
        if kept.reconsider_asked_at is None or kept.reconsidered_at is not None:
            raise WrongState(_("Nobody has asked for reconsideration here."))
        decided = Decision.objects.about(kept).filter(move="decline").first()
        if is_recused(actor, kept) or (decided is not None and decided.actor_id == actor.pk):
            raise DomainError(_("Somebody who took no part in the decision has to look at it."))
        if not note:
            raise DomainError(_("Say why."), fields={"note": _("Say why.")})
        if reopen:
            move(kept, "reopen", actor=actor, note=note, reconsidered_at=now())
        else:
            DialogueLine.objects.filter(pk=kept.pk).update(reconsidered_at=now(), updated_at=now())
            close_items(kept, "dialogue_answer")
            record(kept, "reviews.dialogueline.uphold", actor=actor)
        seats.tell(kept, "reopened" if reopen else "upheld", str(kept.pk), note=note)
    return kept


# --- At the dialogue and after it ---------------------------------------------------------------------------
def order_speakers(dialogue: Dialogue, order: Sequence[int], *, actor: User) -> None:
    """The accepted lines with these ids speak in this order; the others do not speak."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        lines = {line.pk: line for line in kept.lines.filter(status=S.ACCEPTED)}
        if len(set(order)) != len(order) or not set(order) <= set(lines):
            raise DomainError(_("Only whoever is accepted can speak, each once."))
        places = {pk: place for place, pk in enumerate(order, start=1)}
        for pk, line in lines.items():
            line.speaks_at = places.get(pk)
        DialogueLine.objects.bulk_update(lines.values(), ["speaks_at"])
        record(kept, "reviews.dialogue.order", actor=actor)


def check_statement(statement: DialogueStatement, *, actor: User, version_sent: str, note: str = "") -> None:
    """Say that it keeps to the term; or, with a note, ask the author to change it.

    `version_sent` is the instant at which the text that was read was sent: another text is not checked by it.
    """
    note = clean_block(note)
    with transaction.atomic():
        line = _line(statement.line, actor)
        kept = DialogueStatement.objects.select_for_update(of=("self",)).get(pk=statement.pk)
        if kept.sent_at.isoformat() != version_sent:
            raise WrongState(_("The author has sent another text in the meantime. Please read that one."))
        if is_recused(actor, line):
            raise DomainError(
                _("You belong to, or take part in, what this is about. Please leave it to a colleague.")
            )
        if note:
            kept.returned_note, kept.checked_at, kept.checked_by = note, None, None
        else:
            kept.returned_note, kept.checked_at, kept.checked_by = "", now(), actor
        kept.save(update_fields=["returned_note", "checked_at", "checked_by"])
        close_items(line, "dialogue_statement")
        record(line, f"reviews.dialogueline.{'return' if note else 'check'}", actor=actor)
        if note:
            seats.tell(line, "statement_returned", kept.sent_at.isoformat(), note=note)


def summarize(dialogue: Dialogue, *, actor: User, summary: str, outcomes: str, url: str) -> Dialogue:
    """Publish the chair's summary, or a better text of it; followers are told the first time."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        kept.summary, kept.outcomes, kept.summary_url = clean_block(summary), clean_block(outcomes), url
        wrong = _("Write the summary.")
        if not kept.summary:
            raise DomainError(wrong, fields={"summary": wrong})
        if not kept.event.has_started:
            raise WrongState(_("The dialogue has not been held yet."))
        kept.summary_at = kept.summary_at or now()
        kept.save(update_fields=["summary", "outcomes", "summary_url", "summary_at"])
        record(kept, "reviews.dialogue.summarize", actor=actor)
        index(kept)
        topics = kept.event.topics.values_list("pk", flat=True)
        tell_followers(
            "reviews.dialogue_summary",
            kept,
            key=f"dialogue:{kept.pk}:summary",
            terms=[f"dialogue:{kept.pk}", *(f"topic:{pk}" for pk in topics)],
            weight=Weight.NEWS,
            url_name="dialogues:dialogue",
            url_args=[kept.pk],
            facts={"dialogue": kept.event.title},
        )
    return kept


def count_attendance(dialogue: Dialogue, *, actor: User, **values: Any) -> Attendance:
    """Write how many attended and who counted: what, number, counted_by, source_url, on."""
    with transaction.atomic():
        kept = _for_desk(dialogue, actor)
        cleaned = {name: clean_line(one) if isinstance(one, str) else one for name, one in values.items()}
        one = Attendance.objects.create(dialogue=kept, written_by=actor, **cleaned)
        record(kept, "reviews.dialogue.count", actor=actor)
    return one


def forget_attendance(one: Attendance, *, actor: User) -> None:
    _refuse_others(actor)
    one.delete()


# --- Parts ------------------------------------------------------------------------------------------------
def _refuse_others(actor: User) -> None:
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied


def _for_desk(dialogue: Dialogue, actor: User) -> Dialogue:
    _refuse_others(actor)
    return seats.locked(dialogue.pk)


def _fresh(pk: int) -> DialogueLine:
    return DialogueLine.objects.select_related(
        "application__applicant", "application__stakeholder", "dialogue__event"
    ).get(pk=pk)


def _line(line: DialogueLine, actor: User) -> DialogueLine:
    _refuse_others(actor)
    seats.locked(line.dialogue_id)
    return _fresh(line.pk)

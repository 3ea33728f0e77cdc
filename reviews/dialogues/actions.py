"""The call for a dialogue: written, changed, translated, moved with its event; what came of it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from events.events.dates import begins
from events.events.enums import EventKind, EventStatus
from events.events.models import Event
from events.events.models_sources import Attendance
from notifications.follows.actions import tell as tell_followers
from notifications.happenings.enums import Weight
from notifications.outbox.actions import notify_all
from reviews.dialogues import actions_seats
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import Dialogue, DialogueLine
from search.actions import index
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import admins_of
from taxonomy.names.enums import UN_LANGUAGES
from workflow.items.actions import close_items
from workflow.moves.actions import refuse_changed
from workflow.windows.actions import extend
from workflow.windows.models import Extension

S = LineStatus


# --- The call -----------------------------------------------------------------------------------------
def write_call(event: Event, *, actor: User, values: Mapping[str, Any], topics: Sequence[Any]) -> Dialogue:
    """Write the call for a dialogue on the calendar; followers are told once it is shown."""
    must_run_dialogues(actor)
    if event.kind != EventKind.DIALOGUE:
        raise DomainError(_("A call is written for an event of the kind “Constructive dialogue”."))
    with transaction.atomic():
        event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
        if Dialogue.objects.filter(event=event).exists():
            raise WrongState(_("There is a call for this dialogue already."))
        dialogue = Dialogue(event=event, written_by=actor, **_clean_values(values))
        dialogue.save()
        event.topics.set(topics)
        record(dialogue, "reviews.dialogue.write", actor=actor)
        index(dialogue)
        _say_opened(dialogue)
    return dialogue


def change_call(
    dialogue: Dialogue, *, actor: User, version: int, values: Mapping[str, Any], topics: Sequence[Any]
) -> Dialogue:
    """Save a change; a new promised day is logged for everybody and resets the notice of silence."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        refuse_changed(dialogue, version)
        fields = sorted(
            name for name, value in _clean_values(values).items() if getattr(dialogue, name) != value
        )
        was = dialogue.promised_on
        for name, value in _clean_values(values).items():
            setattr(dialogue, name, value)
        if dialogue.promised_on != was:
            dialogue.silence_told_at = None
            record(dialogue, "reviews.dialogue.promise", actor=actor, day=dialogue.promised_on.isoformat())
        dialogue.version += 1
        dialogue.updated_at = now()
        dialogue.save()
        dialogue.event.topics.set(topics)
        record(dialogue, "reviews.dialogue.change", actor=actor, fields=fields)
        index(dialogue)
        _say_opened(dialogue)
        actions_seats.offer_free(dialogue, actor)
    return dialogue


def translate_call(
    dialogue: Dialogue, *, actor: User, version: int, language: str, texts: Mapping[str, str]
) -> Dialogue:
    """Save the call and the term in another language; an empty text is shown in the call's own."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        refuse_changed(dialogue, version)
        if language not in UN_LANGUAGES or language == dialogue.language_id:
            raise DomainError(_("Choose another of the six languages."))
        cleaned = {name: clean_block(texts.get(name, "")) for name in ("call_text", "term")}
        dialogue.translations = {
            **dialogue.translations,
            language: {name: text for name, text in cleaned.items() if text},
        }
        dialogue.version += 1
        dialogue.save(update_fields=["translations", "version"])
        record(dialogue, "reviews.dialogue.change", actor=actor, fields=[f"translations.{language}"])
        index(dialogue)
    return dialogue


def give_time(
    dialogue: Dialogue, stakeholder: Stakeholder, *, actor: User, until: datetime, reason: str
) -> Extension:
    """Give one stakeholder more time to apply, and tell its administrators; nobody else learns of it."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        if dialogue.event.status != EventStatus.PUBLISHED or dialogue.event.has_started:
            raise WrongState(_("Applications to this dialogue are closed, or not open yet."))
        extension = extend(dialogue, f"stakeholder:{stakeholder.pk}", until=until, reason=reason, actor=actor)
        notify_all(
            admins_of(stakeholder.pk),
            "reviews.dialogue_time_given",
            key=f"dialogue:{dialogue.pk}:extension:{stakeholder.pk}:{until.isoformat()}",
            url_name="dialogues:dialogue",
            url_args=[dialogue.pk],
            facts={
                "title": dialogue.event.title,
                "stakeholder": stakeholder.name,
                "until": until.isoformat(),
            },
            subject=dialogue,
        )
    return extension


def index_of_event(event: Event) -> None:
    """Update the index of the dialogues of the event to what everybody sees."""
    if event.kind == EventKind.DIALOGUE:
        for dialogue in Dialogue.objects.filter(event=event):
            index(dialogue)


def follow_event(event: Event, change: str, _actor: Any, note: str) -> None:
    """Inform applicants who are not registered yet that the dialogue was moved or cancelled.

    Who is registered hears it of the registration. Of what is cancelled nothing waits at the desk any more.
    """
    if event.kind != EventKind.DIALOGUE:
        return
    rows = DialogueLine.objects.filter(dialogue__event=event, status__in=(*S.UNDECIDED, S.WAITING))
    for line in rows.select_related("application__applicant", "dialogue__event"):
        facts = begins(event) if change == "moved" else {}
        kind = "reviews.dialogue_moved" if change == "moved" else "reviews.dialogue_cancelled"
        actions_seats.tell(line, kind, str(event.sequence), note=note, **facts)
        if change == "cancelled":
            close_items(line)


def _clean_values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: clean_block(typed) if isinstance(typed, str) else typed for name, typed in values.items()}


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


# --- At the dialogue and after it ---------------------------------------------------------------------------
def summarize(dialogue: Dialogue, *, actor: User, summary: str, outcomes: str, url: str) -> Dialogue:
    """Publish the chair's summary, or a better text of it; followers are told the first time."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        dialogue.summary, dialogue.outcomes, dialogue.summary_url = (
            clean_block(summary),
            clean_block(outcomes),
            url,
        )
        wrong = _("Write the summary.")
        if not dialogue.summary:
            raise DomainError(wrong, fields={"summary": wrong})
        if not dialogue.event.has_started:
            raise WrongState(_("The dialogue has not been held yet."))
        dialogue.summary_at = dialogue.summary_at or now()
        dialogue.save(update_fields=["summary", "outcomes", "summary_url", "summary_at"])
        record(dialogue, "reviews.dialogue.summarize", actor=actor)
        index(dialogue)
        topics = dialogue.event.topics.values_list("pk", flat=True)
        tell_followers(
            "reviews.dialogue_summary",
            dialogue,
            key=f"dialogue:{dialogue.pk}:summary",
            terms=[f"dialogue:{dialogue.pk}", *(f"topic:{pk}" for pk in topics)],
            weight=Weight.NEWS,
            url_name="dialogues:dialogue",
            url_args=[dialogue.pk],
            facts={"dialogue": dialogue.event.title},
        )
    return dialogue


def count_attendance(dialogue: Dialogue, *, actor: User, **values: Any) -> Attendance:
    """Write how many attended and who counted; `values` are columns of the number."""
    with transaction.atomic():
        dialogue = lock_for_desk(dialogue, actor)
        cleaned = {
            name: clean_line(typed) if isinstance(typed, str) else typed for name, typed in values.items()
        }
        attendance = Attendance.objects.create(event=dialogue.event, written_by=actor, **cleaned)
        record(dialogue, "reviews.dialogue.count", actor=actor)
    return attendance


def forget_attendance(attendance: Attendance, *, actor: User) -> None:
    must_run_dialogues(actor)
    with transaction.atomic():
        Event.objects.filter(pk=attendance.event_id).exclude(code="").update(edited_by_hand=True)
        attendance.delete()


# --- Parts ------------------------------------------------------------------------------------------------
def must_run_dialogues(actor: User) -> None:
    if not actor.has_perm("reviews.run_dialogues"):
        raise PermissionDenied


def lock_for_desk(dialogue: Dialogue, actor: User) -> Dialogue:
    must_run_dialogues(actor)
    return actions_seats.lock_dialogue(dialogue.pk)


# --- What happened to dialogues and applications to them, as sentences -------------------------------

for _name, _text in (
    ("write", gettext_lazy("%(actor)s wrote the call of the dialogue")),
    ("change", gettext_lazy("%(actor)s changed the call of the dialogue (%(fields)s)")),
    ("list", gettext_lazy("%(actor)s made a list for the Extended Bureau (applications: %(number)s)")),
    ("answer", gettext_lazy("%(actor)s imported the answer of the Extended Bureau (%(number)s rows)")),
    ("export", gettext_lazy("%(actor)s exported the applications to the dialogue")),
    (
        "export_sensitive",
        gettext_lazy("%(actor)s exported the applications to the dialogue with the sensitive answers"),
    ),
    ("release", gettext_lazy("%(actor)s released %(number)s decisions")),
    ("order", gettext_lazy("%(actor)s set the order of speakers")),
    ("count", gettext_lazy("%(actor)s wrote how many attended")),
    ("erase", gettext_lazy("The sensitive answers of %(number)s applications were erased")),
    ("silence", gettext_lazy("The promised day passed; %(number)s applicants were informed")),
):
    sentence(f"reviews.dialogue.{_name}", _text)
for _name, _text in (
    ("promise", gettext_lazy("%(actor)s promised the decisions by %(day)s")),
    ("summarize", gettext_lazy("%(actor)s published the chair's summary")),
):
    sentence(f"reviews.dialogue.{_name}", _text, audience=Audience.PUBLIC)

"""What applicants do: begin, write, send to several dialogues at once; withdraw, take an offer, ask why."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.enums import Role
from accounts.people.models import User
from accounts.people.queries import holders_of
from audit.actions import record
from audit.enums import Audience
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block
from core.word_counts import count_words
from notifications.outbox.actions import notify, notify_all
from reviews.dialogue_applications.queries import (
    OF_THE_PERSON,
    canonical_text,
    colleagues_in,
    evidence_of,
    gaps,
    open_to,
    prior_of,
    stakeholders_led_by,
)
from reviews.dialogues.actions_seats import (
    facts_of,
    give_up,
    lock_dialogue,
    move_line,
    offer_free,
    register,
    tell,
    tell_colleague,
    tell_taken_back,
)
from reviews.dialogues.enums import REASONS, BureauReason, LineStatus
from reviews.dialogues.models import DialogueApplication, DialogueExpertise, DialogueLine, DialogueStatement
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import written_for_by
from workflow.items.actions import open_item
from workflow.items.queries import due_of
from workflow.moves.actions import lock, refuse_changed, refuse_saved_elsewhere
from workflow.receipts.actions import issue_receipt
from workflow.receipts.models import Receipt
from workflow.windows.actions import refuse_unless_open

S = LineStatus
ANSWER = "dialogue_answer"  # a work item: an applicant asks the desk
FIELDS = frozenset(
    (
        "mode",
        "travel_support",
        "travel_reason",
        "access_needs",
        "wants_to_speak",
        "speaking_about",
        "gender",
        "shares_with_bureau",
        "language_id",
    )
)


def begin(stakeholder: Stakeholder, *, actor: User, dialogues: Collection[int] = ()) -> DialogueApplication:
    """Return the person's draft for the stakeholder, or a new one.

    A new one starts with the answers of the person's last application.
    """
    if not written_for_by(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    drafts = DialogueApplication.objects.filter(stakeholder=stakeholder, applicant=actor, submitted_at=None)
    try:
        with transaction.atomic():
            application = drafts.first() or _begin_draft(stakeholder, actor)
            choose(application, {*application.lines.values_list("dialogue_id", flat=True), *dialogues})
    except IntegrityError:  # another window was a moment earlier
        application = drafts.get()
    return application


def _begin_draft(stakeholder: Stakeholder, actor: User) -> DialogueApplication:
    last, expertise = prior_of(actor, stakeholder)
    application = DialogueApplication.objects.create(
        stakeholder=stakeholder,
        applicant=actor,
        language_id=last.language_id if last else actor.language,
        mode=last.mode if last else "",
    )
    DialogueExpertise.objects.bulk_create(
        DialogueExpertise(application=application, topic_id=topic, text=text)
        for topic, text in expertise.items()
    )
    return application


def save(
    application: DialogueApplication,
    *,
    actor: User,
    version: int,
    dialogues: Collection[int],
    expertise: Mapping[str, str],
    **fields: Any,
) -> DialogueApplication:
    """Save the draft, complete or not; `expertise` is {topic: text}, an empty text removes it.

    Raises WrongState where another window has saved since, or where it was sent.
    """
    with transaction.atomic():
        application = own_draft(application, actor)
        refuse_saved_elsewhere(application, version)
        choose(application, dialogues)
        for topic, typed in expertise.items():
            if text := clean_block(typed):
                application.expertise.update_or_create(topic_id=topic, defaults={"text": text})
            else:
                application.expertise.filter(topic=topic).delete()
        for name, value in fields.items():
            if name in FIELDS:
                setattr(application, name, clean_block(value) if isinstance(value, str) else value)
        application.version += 1
        application.updated_at = now()
        application.save()
    return application


def choose(application: DialogueApplication, dialogues: Collection[int]) -> None:
    """Set the lines to these dialogues, without those that are not open to the applicant."""
    person = application.applicant
    offered = {dialogue.pk for dialogue in open_to(person, application.stakeholder)}
    chosen = offered & {*dialogues}
    application.lines.filter(status=S.DRAFT).exclude(dialogue__in=chosen).delete()
    existing_ids = set(application.lines.values_list("dialogue_id", flat=True))
    DialogueLine.objects.bulk_create(
        DialogueLine(application=application, dialogue_id=pk, person=person)
        for pk in sorted(chosen - existing_ids)
    )


def discard(application: DialogueApplication, *, actor: User, version: int | None = None) -> None:
    """Delete a draft."""
    with transaction.atomic():
        application = own_draft(application, actor, "reviews.discard_dialogueapplication", version)
        tell_taken_back(application, actor)
        application.delete()


def submit(
    application: DialogueApplication, *, actor: User, version: int | None = None
) -> tuple[DialogueApplication, Receipt]:
    """Send the form to every dialogue that is chosen, or to none; the profile is taken as it reads now.

    Raises DomainError with the fields that lack an answer, WrongState where a dialogue has closed.
    """
    with transaction.atomic():
        application = own_draft(application, actor, version=version)
        if application.applicant_id != actor.pk:
            raise PermissionDenied
        lines = lines_to_send(application)
        if open_gaps := gaps(application):
            raise DomainError(
                _("The application cannot be submitted yet. Please check the marked fields."),
                fields={gap.field: str(gap.text) for gap in open_gaps},
            )
        spend("reviews.apply", str(actor.pk), most=30, seconds=24 * 3600)
        application.evidence = evidence_of(application.stakeholder)
        application.submitted_at = now()
        application.version += 1
        application.save(update_fields=["evidence", "submitted_at", "version"])
        try:
            with transaction.atomic():
                for line in lines:
                    move_line(line, "submit", actor=actor)
        except IntegrityError:
            raise WrongState(_("You have applied to one of these dialogues already.")) from None
        receipt = issue_receipt(application, canonical_text(application), actor=actor)
        notify(
            actor,
            "reviews.dialogue_received",
            key=f"dialogueapplication:{application.pk}",
            url_name="dialogues:application",
            url_args=[application.pk],
            facts={
                "reference": receipt.reference,
                "dialogues": " · ".join(line.dialogue.event.title for line in lines),
            },
            subject=application,
        )
        for line in lines:
            tell_colleague(line)
    return application, receipt


def send(
    application: DialogueApplication, *, actor: User, version: int | None = None
) -> tuple[DialogueApplication, Receipt]:
    """Submit the application; a sent form is never returned with questions."""
    return submit(application, actor=actor, version=version)


def withdraw(line: DialogueLine, *, actor: User) -> DialogueLine:
    """Take one dialogue back at any time before it begins; what is free by it is offered at once."""
    with transaction.atomic():
        dialogue, line = _lock_line(line, actor, "reviews.withdraw_dialogueline")
        if dialogue.event.is_over:
            raise WrongState(_("The dialogue has been held."))
        was_accepted = line.status == S.ACCEPTED
        if was_accepted and actor.pk not in (line.application.applicant_id, line.application.prepared_by_id):
            raise WrongState(_("Only the person who was accepted can give up the place."))
        move_line(line, "withdraw", actor=actor)
        if was_accepted:
            give_up(line, actor)
        tell(line, "reviews.dialogue_withdrawn", str(line.pk))
        offer_free(dialogue, None)
    return line


def take(line: DialogueLine, *, actor: User) -> DialogueLine:
    """Take the place that is kept by an offer. Raises WrongState where there is none, or it ran out."""
    with transaction.atomic():
        _dialogue, line = _lock_line(line, actor, "reviews.take_dialogueline")
        if not line.is_offered:
            raise WrongState(_("No place is reserved for you now."))
        move_line(line, "take", actor=actor)
        register(line, actor)
        tell(line, "reviews.dialogue_accepted", "taken")
    return line


def ask_reason(line: DialogueLine, *, actor: User) -> DialogueLine:
    """Ask that the Extended Bureau's class of reason be stated; once."""
    with transaction.atomic():
        _dialogue, line = _lock_line(line, actor, "reviews.ask_dialogueline")
        by_bureau = line.status == S.NOT_ACCEPTED and line.reason == BureauReason.NOT_STATED
        if not by_bureau or line.reason_asked_at is not None:
            raise WrongState(_("There is nothing to ask here."))
        line.reason_asked_at = now()
        line.save(update_fields=["reason_asked_at"])
        record(line, "reviews.dialogueline.ask_reason", actor=actor)
        _ask_desk(line, "reason")
    return line


def ask_again(line: DialogueLine, *, actor: User, text: str) -> DialogueLine:
    """Ask that the desk's own decision be looked at by somebody who took no part in it; once."""
    text = clean_block(text)
    with transaction.atomic():
        _dialogue, line = _lock_line(line, actor, "reviews.ask_dialogueline")
        if line.status != S.NOT_ACCEPTED or not line.decided_by_desk or line.reconsider_asked_at is not None:
            raise WrongState(_("This decision is not open to reconsideration."))
        if not text:
            raise DomainError(
                _("Describe what should be reconsidered."),
                fields={"text": _("Describe what should be reconsidered.")},
            )
        line.reconsider_asked_at, line.reconsider_text = now(), text
        line.save(update_fields=["reconsider_asked_at", "reconsider_text"])
        record(line, "reviews.dialogueline.ask_again", actor=actor)
        _ask_desk(line, "again")
    return line


def send_statement(
    line: DialogueLine, *, actor: User, text: str, language: str, agrees: bool
) -> DialogueStatement:
    """Send what one wants to say, within the words of the dialogue, and agree to its term."""
    text = clean_block(text)
    with transaction.atomic():
        dialogue, line = _lock_line(line, actor, "reviews.speak_dialogueline")
        if line.status != S.ACCEPTED:
            raise WrongState(_("Only accepted applicants can send a statement."))
        wrong = {}
        words = count_words(text)
        if not text:
            wrong["text"] = _("Write your statement.")
        elif words > dialogue.statement_words:
            wrong["text"] = _("This has %(words)s words; at most %(most)s are accepted.") % {
                "words": words,
                "most": dialogue.statement_words,
            }
        if not agrees:
            wrong["agrees"] = _("Please confirm that the statement respects the terms.")
        if wrong:
            raise DomainError(_("The statement was not sent."), fields=wrong)
        statement, _new = DialogueStatement.objects.update_or_create(
            line=line,
            defaults={
                "text": text,
                "language_id": language,
                "words": words,
                "agreed_term": dialogue.told_term[0],
                "sent_at": now(),
                "checked_at": None,
                "checked_by": None,
                "returned_note": "",
            },
        )
        record(line, "reviews.dialogueline.speak", actor=actor)
        open_item(line, "dialogue_statement", waits_for=Role.REVIEWS)
    return statement


# --- Parts ------------------------------------------------------------------------------------------------
def lines_to_send(application: DialogueApplication) -> list[DialogueLine]:
    """Return the lines of the draft. Raises WrongState where a dialogue is closed, or does not take place."""
    lines = list(application.lines.select_related("dialogue__event", "application__stakeholder"))
    for line in lines:
        if line.dialogue.event.status != "published":
            raise WrongState(
                _("“%(dialogue)s” does not take place as planned. Please remove it from the form.")
                % {"dialogue": line.dialogue.event.title}
            )
        try:
            refuse_unless_open(line.dialogue, line.party)
        except WrongState as late:
            raise WrongState(f"{line.dialogue.event.title}: {late}") from late
    return lines


def own_draft(
    application: DialogueApplication,
    actor: User,
    permission: str = "reviews.change_dialogueapplication",
    version: int | None = None,
) -> DialogueApplication:
    """Lock and return the draft if `actor` has the permission on it."""
    application = lock(application, actor, permission)
    if not application.is_draft:
        raise WrongState(_("This application has been submitted. Its page shows what you can still do."))
    refuse_changed(application, version)
    return application


def _lock_line(line: DialogueLine, actor: User, permission: str) -> tuple[Any, DialogueLine]:
    dialogue = lock_dialogue(line.dialogue_id)
    line = DialogueLine.objects.select_related(
        "application__applicant", "application__prepared_by", "application__stakeholder", "dialogue__event"
    ).get(pk=line.pk)
    if not actor.has_perm(permission, line):
        raise PermissionDenied
    return dialogue, line


def _ask_desk(line: DialogueLine, question: str) -> None:
    open_item(line, ANSWER, waits_for=Role.REVIEWS)
    notify_all(
        holders_of(Role.REVIEWS),
        "reviews.dialogue_asked",
        key=f"dialogueline:{line.pk}:asked:{question}",
        url_name="dialoguedesk:line",
        url_args=[line.pk],
        facts={
            "dialogue": line.dialogue.event.title,
            "stakeholder": line.application.stakeholder.name,
            "due": due_of(line),
        },
        subject=line,
    )


# --- An administrator prepares an application for a colleague, who confirms it: only that sends it ---
# Until it is asked for, whoever prepared it writes; from then on the colleague does. What is told about
# oneself for the arrangements, and the consent to give it to the Extended Bureau, is the colleague's alone.


def prepare(
    stakeholder: Stakeholder, person: User, *, actor: User, dialogues: Collection[int] = ()
) -> DialogueApplication:
    """Return the draft that `actor` prepares for `person`, or a new one.

    Raises WrongState where the colleague writes one of their own.
    """
    if not stakeholders_led_by(actor).filter(pk=stakeholder.pk).exists():
        raise PermissionDenied
    if not colleagues_in(stakeholder, actor).filter(pk=person.pk).exists():
        raise DomainError(_("Choose from the members."), fields={"person": _("Choose from the members.")})
    drafts = DialogueApplication.objects.filter(stakeholder=stakeholder, applicant=person, submitted_at=None)
    try:
        with transaction.atomic():
            application = drafts.first() or DialogueApplication.objects.create(
                stakeholder=stakeholder, applicant=person, prepared_by=actor, language_id=person.language
            )
            _refuse_another(application, actor)
            if application.asked_at is None:
                choose(application, {*application.lines.values_list("dialogue_id", flat=True), *dialogues})
    except IntegrityError:  # another window was a moment earlier
        application = drafts.get()
        _refuse_another(application, actor)
    return application


def _refuse_another(application: DialogueApplication, actor: User) -> None:
    if application.prepared_by_id != actor.pk:
        raise WrongState(
            _("%(name)s has an application under way already.") % {"name": application.applicant}
        )


def ask_to_confirm(application: DialogueApplication, *, actor: User) -> DialogueApplication:
    """Ask the colleague to confirm what was prepared; nothing is sent by it. Raises DomainError with gaps."""
    with transaction.atomic():
        application = own_draft(application, actor)
        if (
            application.prepared_by_id != actor.pk
            or application.asked_at is not None
            or application.applicant is None
        ):
            raise PermissionDenied
        lines = lines_to_send(application)
        if open_gaps := [gap for gap in gaps(application) if gap.field not in OF_THE_PERSON]:
            raise DomainError(
                _("The application cannot be submitted yet. Please check the marked fields."),
                fields={gap.field: str(gap.text) for gap in open_gaps},
            )
        spend("reviews.ask_colleague", str(actor.pk), most=30, seconds=24 * 3600)
        application.asked_at = now()
        application.version += 1
        application.save(update_fields=["asked_at", "version"])
        record(application, "reviews.dialogueapplication.ask_to_confirm", actor=actor)
        closes = [closing for line in lines if (closing := line.dialogue.closes_for(line.party))]
        notify(
            application.applicant,
            "reviews.dialogue_to_confirm",
            key=f"dialogueapplication:{application.pk}:confirm",
            url_name="dialogues:write",
            url_args=[application.pk],
            facts={
                **facts_of(application, lines),
                "by": actor.name,
                "until": min(closes).isoformat() if closes else "",
            },
            subject=application,
        )
    return application


for _name, _text in (
    ("submit", gettext_lazy("%(actor)s sent the application")),
    ("shortlist", gettext_lazy("%(actor)s put the application on the shortlist")),
    ("unlist", gettext_lazy("%(actor)s removed the application from the shortlist")),
    ("pass", gettext_lazy("%(actor)s sent the application to the Extended Bureau")),
    ("accept", gettext_lazy("The application was accepted")),
    ("wait", gettext_lazy("The application was put on the waiting list")),
    ("refuse", gettext_lazy("The application was not accepted by the Extended Bureau")),
    ("decline", gettext_lazy("%(actor)s did not accept the application")),
    ("reopen", gettext_lazy("%(actor)s considers the application again")),
    ("offer", gettext_lazy("A place was offered until %(until)s")),
    ("take", gettext_lazy("%(actor)s accepted the place")),
    ("expire", gettext_lazy("The waiting ended")),
    ("withdraw", gettext_lazy("%(actor)s withdrew the application")),
    ("ask_reason", gettext_lazy("%(actor)s asked that the category of reason be stated")),
    ("state_reason", gettext_lazy("The category of reason was stated")),
    ("ask_again", gettext_lazy("%(actor)s asked for reconsideration")),
    ("uphold", gettext_lazy("%(actor)s reconsidered and upheld the decision")),
    ("speak", gettext_lazy("%(actor)s sent a statement")),
    ("check", gettext_lazy("%(actor)s checked the statement")),
    ("return", gettext_lazy("%(actor)s returned the statement")),
):
    sentence(f"reviews.dialogueline.{_name}", _text, audience=Audience.SUBJECT, labels={"reason": REASONS})
sentence(
    "reviews.dialogueapplication.ask_to_confirm",
    gettext_lazy("%(actor)s asked a colleague to confirm the application"),
    audience=Audience.SUBJECT,
)

"""Places at a dialogue: its registration, and the waiting list with offers that end."""

from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from events.registrations import actions as registrations_actions
from events.registrations.actions import admit
from events.registrations.models import Registration
from notifications.outbox.actions import Telling, notify, notify_each
from reviews.dialogues.enums import LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from workflow.items.actions import close_items, open_item
from workflow.moves.actions import move

S = LineStatus
LOOK = "dialogue_look"
COLLEAGUE = "reviews.dialogue_colleague"
# Whoever prepared an application for a colleague hears of it when its line gets another state.
OF_COLLEAGUES = frozenset(
    (
        "reviews.dialogue_accepted",
        "reviews.dialogue_waiting",
        "reviews.dialogue_not_accepted",
        "reviews.dialogue_ended",
        "reviews.dialogue_withdrawn",
    )
)


def lock_dialogue(dialogue_id: int) -> Dialogue:
    """Return the dialogue with its row locked, as every change of its places does."""
    return (
        Dialogue.objects.select_for_update(of=("self",), no_key=True)
        .select_related("event")
        .get(pk=dialogue_id)
    )


def move_line(line: DialogueLine, name: str, **how: Any) -> None:
    """Move a line, and set its date, its class of reason and its work item.

    What the desk and the Extended Bureau decide is written by the release, for many at once.
    """
    decision = move(line, name, offer_until=None, **how)
    at = now()
    values: dict[str, Any] = {"since": at, "reason": decision.reason}
    if name in ("submit", "reopen"):
        values |= {"decided_at": None, "decided_by_desk": False}
        open_item(line, LOOK, waits_for=Role.REVIEWS)
    elif name not in ("shortlist", "unlist"):
        close_items(line)
    if line.status in (*S.DECIDED, S.WITHDRAWN):
        values["decided_at"] = at
    DialogueLine.objects.filter(pk=line.pk).update(**values)
    for field, value in values.items():
        setattr(line, field, value)


def register(line: DialogueLine, actor: User | None) -> None:
    """Make an accepted application the registration of the event."""
    if line.application.applicant is not None:
        admit(
            line.dialogue.event,
            line.application.applicant,
            stakeholder=line.application.stakeholder,
            mode=line.application.mode,
            actor=actor,
        )


def give_up(line: DialogueLine, actor: User) -> None:
    """Cancel the registration that belongs to the application."""
    theirs = Registration.objects.filter(user=line.person_id, rules__event=line.dialogue.event_id)
    for held in theirs.live():
        registrations_actions.cancel(held, actor=actor)


def hold(rules_id: int) -> None:
    """Lock the dialogue whose registration this is, where it is one of a dialogue."""
    rows = Dialogue.objects.filter(event__registration_rules=rules_id)
    list(rows.select_for_update(of=("self",), no_key=True))


def end_application(held: Registration, actor: User | None) -> None:
    """End the application of a registration that was cancelled.

    Its place is offered to whoever is next. The person was told by the mail of the registration.
    """
    rows = DialogueLine.objects.filter(
        dialogue__event__registration_rules=held.rules_id, person=held.user_id, status=S.ACCEPTED
    )
    line = rows.select_related(
        "application__applicant", "application__prepared_by", "dialogue__event"
    ).first()
    if line is None or held.user_id is None:
        return
    move_line(line, "withdraw", actor=actor, system=True)
    tell_colleague(line, "freed")
    offer_free(line.dialogue, None)


def places_taken(dialogue: Dialogue) -> int:
    """Return how many places are taken: accepted, or reserved by an offer."""
    holds = Q(status=S.ACCEPTED) | Q(status=S.WAITING, offer_until__gte=now())
    return DialogueLine.objects.filter(holds, dialogue=dialogue).count()


def offer(line: DialogueLine, actor: User | None) -> None:
    """Keep a place for this line; until when depends on the dialogue, never beyond its start."""
    until = now() + timedelta(hours=line.dialogue.offer_hours)
    if (starts := line.dialogue.event.starts_at) is not None:
        until = min(until, starts)
    DialogueLine.objects.filter(pk=line.pk).update(offer_until=until, updated_at=now())
    line.offer_until = until
    record(line, "reviews.dialogueline.offer", actor=actor, until=until.isoformat())
    tell(line, "reviews.dialogue_offered", f"{until:%Y%m%d%H%M%S}", until=until.isoformat())


def offer_free(dialogue: Dialogue, actor: User | None) -> int:
    """Offer the free places to the next in line, under the lock; none where places are not counted."""
    if dialogue.places is None or dialogue.event.has_started or dialogue.event.is_cancelled:
        return 0
    free = dialogue.places - places_taken(dialogue)
    if free <= 0:
        return 0
    waiting = DialogueLine.objects.filter(dialogue=dialogue, offer_until=None).queue()
    chosen = list(waiting.select_related("application__applicant", "dialogue__event")[:free])
    for line in chosen:
        offer(line, actor)
    return len(chosen)


def tell(line: DialogueLine, kind: str, once: str, **facts: Any) -> None:
    """Tell the applicant what became of this line; once per `once`."""
    message = telling(line, kind, once, **facts)
    notify_each(kind, [message] if message else [])
    if kind in OF_COLLEAGUES:
        tell_colleague(line, once)


def telling(line: DialogueLine, kind: str, once: str, **facts: Any) -> Telling | None:
    """Return the message for the applicant; None where the account is gone."""
    person = line.application.applicant
    if person is None:
        return None
    return Telling(
        person,
        key=f"dialogueline:{line.pk}:{kind}:{once}",
        url_name="dialogues:application",
        url_args=[line.application_id],
        facts={"dialogue": line.dialogue.event.title, **facts},
        subject=line,
    )


def tell_colleague(line: DialogueLine, once: str = "sent") -> None:
    """Tell whoever prepared the application where this line of it stands now."""
    message = telling_colleague(line, once)
    notify_each(COLLEAGUE, [message] if message else [])


def telling_colleague(line: DialogueLine, once: str, **facts: Any) -> Telling | None:
    """Return the message for the colleague who prepared it; None without such an account."""
    application = line.application
    if application.prepared_by is None:
        return None
    return Telling(
        application.prepared_by,
        key=f"dialogueline:{line.pk}:colleague:{line.status}:{once}",
        url_name="dialogues:application",
        url_args=[line.application_id],
        facts={
            "dialogue": line.dialogue.event.title,
            "name": application.applicant.name if application.applicant else "",
            "status": line.status,
            "reason": line.reason,
            **facts,
        },
        subject=line,
    )


def tell_taken_back(application: DialogueApplication, actor: User) -> None:
    """Tell the other person that a draft that waited to be confirmed is deleted; called before that."""
    other = application.prepared_by if actor.pk == application.applicant_id else application.applicant
    if application.asked_at is not None and other is not None:
        notify(
            other,
            "reviews.dialogue_not_confirmed",
            key=f"dialogueapplication:{application.pk}:not-confirmed",
            url_name="dialogues:list",
            facts=facts_of(application, application.lines.select_related("dialogue__event")),
        )


def facts_of(application: DialogueApplication, lines: Any) -> dict[str, str]:
    """Return the facts of messages on an application that waits for its colleague."""
    return {
        "name": application.applicant.name if application.applicant else "",
        "stakeholder": application.stakeholder.name,
        "dialogues": " · ".join(line.dialogue.event.title for line in lines),
    }

"""What the clock does for dialogues: offers that end, silence past a promise, sensitive answers erased."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.queries import holders_of
from audit.actions import record
from events.events.enums import EventStatus
from notifications.outbox.actions import notify_all
from reviews.dialogues import actions_seats as dialogues_actions_seats
from reviews.dialogues.enums import EndReason, LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine, ends_of

S = LineStatus


def care_for_dialogues(at: datetime | None = None) -> None:
    """Do everything that is due; a second run changes nothing."""
    at = at or now()
    end_offers(at)
    tell_silence(at)
    erase_sensitive(at)


def end_offers(at: datetime) -> int:
    """End offers that ran out and waiting for what has begun; offer what is free by it to whoever is next."""
    ran_out = Q(offer_until__lt=at)
    begun = Q(dialogue__event__starts_at__lte=at)
    due = DialogueLine.objects.filter(status=S.WAITING).filter(ran_out | begun)
    # Also where a place became free in another way: more places, or a stakeholder that left.
    queues = DialogueLine.objects.filter(
        status=S.WAITING, offer_until=None, dialogue__places__isnull=False, dialogue__event__starts_at__gt=at
    )
    ended = 0
    for pk in sorted(
        {*due.values_list("dialogue_id", flat=True), *queues.values_list("dialogue_id", flat=True)}
    ):
        with transaction.atomic():
            dialogue = dialogues_actions_seats.lock_dialogue(pk)
            for line in due.filter(dialogue=dialogue).select_related(
                "application__applicant", "dialogue__event"
            ):
                lapsed = line.offer_until is not None and line.offer_until < at
                reason = EndReason.OFFER_LAPSED if lapsed else EndReason.BEGUN
                dialogues_actions_seats.move_line(
                    line, "expire", actor=None, system=True, reason=reason.value
                )
                dialogues_actions_seats.tell(
                    line, "reviews.dialogue_ended", str(line.pk), reason=reason.value
                )
                ended += 1
            dialogues_actions_seats.offer_free(dialogue, None)
    return ended


def tell_silence(at: datetime) -> int:
    """Inform applicants and desk, once for each promise, that the promised day passed without decisions."""
    line_count = 0
    late = (
        Dialogue.objects.filter(
            silence_told_at=None, promised_on__lte=at.date(), lines__status__in=S.UNDECIDED
        )
        .exclude(event__status=EventStatus.CANCELLED)
        .distinct()
    )
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            dialogue = dialogues_actions_seats.lock_dialogue(pk)
            if dialogue.silence_told_at or not dialogue.is_late(at.astimezone(dialogue.clock).date()):
                continue
            lines = list(
                dialogue.lines.undecided().select_related("application__applicant", "dialogue__event")
            )
            day = dialogue.promised_on.isoformat()
            for line in lines:
                dialogues_actions_seats.tell(line, "reviews.dialogue_late", day, day=day)
            notify_all(
                holders_of(Role.REVIEWS, Role.HEAD),
                "reviews.dialogue_silence",
                key=f"dialogue:{pk}:silence:{day}",
                url_name="dialoguedesk:dialogue",
                url_args=[pk],
                facts={"dialogue": dialogue.event.title, "day": day},
                subject=dialogue,
            )
            Dialogue.objects.filter(pk=pk).update(silence_told_at=at)
            record(dialogue, "reviews.dialogue.silence", actor=None, number=len(lines))
            line_count += len(lines)
    return line_count


def erase_sensitive(at: datetime) -> int:
    """Erase sensitive answers, `retention_days` after the last dialogue of a form; logged.

    Drafts that were never sent are erased as well, once a dialogue of theirs is over.
    """
    sensitive = ~Q(access_needs="") | ~Q(travel_reason="") | ~Q(gender="")
    over = DialogueApplication.objects.filter(sensitive, lines__dialogue__event__ends_at__lt=at).distinct()
    erased: dict[int, int] = {}
    for application in over.order_by("pk"):
        ends = ends_of(application)
        if ends is None or ends > at:
            continue
        with transaction.atomic():
            DialogueApplication.objects.filter(pk=application.pk).update(
                access_needs="", travel_reason="", gender="", erased_at=at
            )
            for pk in application.lines.values_list("dialogue_id", flat=True):
                erased[pk] = erased.get(pk, 0) + 1
    for dialogue in Dialogue.objects.filter(pk__in=erased).select_related("event"):
        record(dialogue, "reviews.dialogue.erase", actor=None, number=erased[dialogue.pk])
    return sum(erased.values())

"""What the clock does for registrations: offers that end, reminders, and answers that are erased."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from events.events.dates import begins
from events.events.enums import EventStatus
from events.events.models import Event
from events.registrations.actions import DECIDE
from events.registrations.actions_seats import hold_seats, settle, telling_of
from events.registrations.enums import RegistrationStatus
from events.registrations.models import (
    Certificate,
    Registration,
    RegistrationAnswer,
    RegistrationRules,
    Reminder,
)
from notifications.outbox.actions import notify_all, notify_each
from workflow.items.models import WorkItem
from workflow.receipts.models import new_reference

S = RegistrationStatus
# A reminder that is this late is skipped.
LATE = timedelta(hours=12)
CERTIFICATE = "events.registration_certificate"
# Who was at an event that ended before that finds the certificate, and is not informed.
CERTIFICATE_NEWS = timedelta(days=30)


def care_for_queues(at: datetime | None = None) -> int:
    """Settle every event whose offers ended, or that began while people wait; return how many."""
    at = at or now()
    ended = Q(status=S.OFFERED, offer_until__lt=at)
    begun = Q(status__in=S.QUEUED, rules__event__starts_at__lte=at)
    due = Registration.objects.filter(ended | begun).values_list("rules_id", flat=True).distinct()
    for rules_id in list(due):
        with hold_seats(rules_id) as tally:
            settle(tally)
    return len(due)


def remind(at: datetime | None = None) -> int:
    """Send the reminders that are due in each event's zone; late ones are skipped and marked so."""
    at = at or now()
    sent = 0
    waiting = Reminder.objects.filter(sent_at=None, skipped_at=None).select_related("rules__event")
    for reminder in waiting.filter(rules__event__status="published").order_by("pk"):
        due = reminder.due_at(reminder.rules.event)
        if due is None or due > at:
            continue
        sent += _remind(reminder.pk, at)
    return sent


def _remind(pk: int, at: datetime) -> bool:
    with transaction.atomic():
        reminder = Reminder.objects.select_for_update(of=("self",)).select_related("rules__event").get(pk=pk)
        if reminder.sent_at or reminder.skipped_at:
            return False
        event = reminder.rules.event
        due = reminder.due_at(event)
        if due is None or due > at:
            return False
        is_past = (
            due < reminder.created_at
            or at - due > LATE
            or (reminder.days <= 0 and event.starts_at is not None and event.starts_at <= at)
        )
        if is_past:
            Reminder.objects.filter(pk=pk).update(skipped_at=at)
            return False
        Reminder.objects.filter(pk=pk).update(sent_at=at)
        tell_people(event, "events.registration_reminder", str(pk), note=reminder.note, days=reminder.days)
        record(reminder.rules, "events.registrationrules.remind", actor=None)
    return True


def issue_certificates(at: datetime | None = None) -> int:
    """Give a code to people who were checked in at an event that ended, inform them, return how many."""
    at = at or now()
    due = Registration.objects.filter(
        certificate=None,
        attended_at__isnull=False,
        user__is_active=True,
        rules__gives_certificate=True,
        rules__event__ends_at__lt=at,
    ).exclude(rules__event__status__in=EventStatus.OFF)
    issued = 0
    for rules_id in list(due.order_by("rules_id").values_list("rules_id", flat=True).distinct()):
        with hold_seats(rules_id) as tally:
            registrations = list(due.filter(rules=rules_id).select_related("user").order_by("pk"))
            tellings = []
            for certificate in Certificate.objects.bulk_create(
                Certificate(registration=registration, code=new_reference()) for registration in registrations
            ):
                certificate.registration.rules = tally.rules
                tellings.append(telling_of(certificate.registration, CERTIFICATE, certificate.code))
            event = tally.rules.event
            if event.ends_at and at - event.ends_at < CERTIFICATE_NEWS:
                notify_each(CERTIFICATE, [telling for telling in tellings if telling])
            record(tally.rules, "events.registrationrules.certify", actor=None, number=len(registrations))
        issued += len(registrations)
    return issued


def tell_people(
    event: Event,
    kind: str,
    once: str,
    *,
    states: tuple[str, ...] = (S.CONFIRMED,),
    but: Collection[int] = (),
    **facts: Any,
) -> None:
    """Write one mail to each registered person except `but`."""
    rules = RegistrationRules.objects.filter(event=event).first()
    if rules is None:
        return
    people = (
        User.objects.filter(registrations__rules=rules, registrations__status__in=states, is_active=True)
        .exclude(pk__in=but)
        .distinct()
    )
    notify_all(
        people,
        kind,
        # By this key `readers_of_change` leaves these people out, so that nobody gets two mails.
        key=f"event:{event.pk}:{kind.removeprefix('events.registration_')}:{once}",
        # The page of an event that was taken down answers with 404.
        url_name="events:event" if event.is_shown else "events:registrations",
        url_args=[event.pk, event.slug] if event.is_shown else [],
        facts={"event": event.title, **begins(event), **facts},
        subject=event,
    )


def erase_sensitive(at: datetime | None = None) -> int:
    """Erase sensitive answers, as many days after the end as each event says.

    Logged; may run twice.
    """
    at = at or now()
    erased = 0
    over = RegistrationRules.objects.filter(
        event__ends_at__lt=at, registrations__answers__question__is_sensitive=True
    )
    for rules in over.select_related("event").distinct().order_by("pk"):
        ends = rules.event.ends_at
        if ends is None or ends + timedelta(days=rules.retention_days) > at:
            continue
        with transaction.atomic():
            gone, _by = RegistrationAnswer.objects.filter(
                registration__rules=rules, question__is_sensitive=True
            ).delete()
            if gone:
                _close_what_is_gone(rules)
                RegistrationRules.objects.filter(pk=rules.pk).update(erased_at=at)
                record(rules, "events.registrationrules.erase", actor=None, number=gone)
        erased += gone
    return erased


def _close_what_is_gone(rules: RegistrationRules) -> None:
    """Close the work items of changed answers that are erased."""
    left = RegistrationAnswer.objects.filter(registration__rules=rules, proposed__isnull=False)
    waiting = WorkItem.objects.open().filter(
        subject_kind=Registration._meta.label_lower,
        what=DECIDE,
        subject_id__in=rules.registrations.exclude(status=S.PENDING).values("pk"),
    )
    waiting.exclude(subject_id__in=left.values("registration_id")).update(closed_at=now())


sentence("events.registrationrules.remind", _("Participants were reminded"))
sentence("events.registrationrules.certify", _("%(number)s certificates of attendance were issued"))
sentence("events.registrationrules.erase", _("%(number)s sensitive answers were erased after the event"))

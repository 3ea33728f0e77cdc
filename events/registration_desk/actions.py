"""What the desk does: sets up how one registers, invites, approves, declines, counts in."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
from django.utils.formats import date_format
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.text import clean_block
from events.events.dates import begins
from events.events.models import Event
from events.registrations.actions import (
    DECIDE,
    changes_of,
    full_text,
    refuse_counted,
    reload_registration,
    stamp_of,
)
from events.registrations.actions_seats import free_seats, hold_seats, pass_on_seat, settle, tell
from events.registrations.models import (
    Certificate,
    Invited,
    Registration,
    RegistrationAnswer,
    RegistrationRules,
)
from notifications.outbox.actions import mail_address
from stakeholders.entries.enums import Status
from workflow.items.actions import close_items
from workflow.moves.actions import move
from workflow.moves.queries import is_recused


def _may(actor: User, event: Event) -> None:
    if not actor.has_perm("events.run_registrations", event):
        raise PermissionDenied


def save_rules(rules: RegistrationRules, *, actor: User, fields: Sequence[str]) -> RegistrationRules:
    """Save the rules of registration; more seats are offered at once, fewer seats take no place away."""
    _may(actor, rules.event)
    rules.zone = rules.event.zone
    with transaction.atomic():
        rules.save()
        record(rules, "events.registrationrules.change", actor=actor, fields=", ".join(fields))
        with hold_seats(rules.pk) as tally:
            settle(tally)
    return rules


def save_lines(rules: RegistrationRules, formset: Any, *, actor: User) -> None:
    """Save questions, quotas or reminders as the form has them, all or none."""
    _may(actor, rules.event)
    with hold_seats(rules.pk) as tally:
        formset.save()
        record(tally.rules, "events.registrationrules.questions", actor=actor)
        settle(tally)  # a wider quota lets the next one in


def invite(rules: RegistrationRules, addresses: Sequence[str], *, actor: User) -> int:
    """Put addresses on the list and write to the new ones; return how many are new."""
    event = rules.event
    _may(actor, event)
    with transaction.atomic():
        known_addresses = {address.lower() for address in rules.invited.values_list("address", flat=True)}
        new = [address for address in addresses if address.lower() not in known_addresses]
        Invited.objects.bulk_create(
            [Invited(rules=rules, address=address, added_by=actor) for address in new], ignore_conflicts=True
        )
        proved = User.objects.filter(email__in=new, emailaddress__verified=True)
        people = {user.email.lower(): user for user in proved}
        for address in new:
            user = people.get(address.lower())
            mail_address(
                address,
                "events.registration_invited",
                key=f"event:{event.pk}:invited",
                language=user.language if user else event.language_id,
                user=user,
                url_name="events:register",
                url_args=[event.pk, event.slug],
                facts={"event": event.title, **begins(event)},
                subject=event,
            )
        if new:
            record(rules, "events.registrationrules.invite", actor=actor, number=len(new))
    return len(new)


def approve(registration: Registration, *, actor: User) -> Registration:
    """Give a seat where one is free, else a place on the waiting list; the mail says which."""
    with hold_seats(registration.rules_id) as tally:
        current = reload_registration(registration)
        current.rules = tally.rules
        if current.stakeholder is not None and current.stakeholder.status not in Status.TAKING_PART:
            raise WrongState(
                _("The stakeholder is not active. What it applied for is not decided meanwhile.")
            )
        settle(tally)
        current.refresh_from_db(fields=["status"])
        if tally.has_seat_for(current):
            move(current, "approve", actor=actor, decided_at=now())
            close_items(current)
            tell(current, "events.registration_confirmed", "approved")
        elif tally.rules.has_waiting_list:
            move(current, "approve_to_wait", actor=actor, decided_at=now(), queued_at=Now())
            close_items(current)
            tell(current, "events.registration_waiting", "approved")
        else:
            raise WrongState(full_text(tally, current))
        tally.add(current, current.status)
    return current


def refuse(registration: Registration, *, actor: User, reason: str, note: str = "") -> Registration:
    """Decline, also after approval (E-18): the reason is mailed and the seat is free."""
    with free_seats(registration.rules_id) as tally:
        current = reload_registration(registration)
        current.rules = tally.rules
        refuse_counted(current)
        was = current.status
        move(current, "refuse", actor=actor, reason=reason, note=note, decided_at=now(), offer_until=None)
        close_items(current)
        tell(current, "events.registration_declined", str(current.pk), reason=reason, note=note, was=was)
        pass_on_seat(current, was, tally, actor=actor)
    return current


# --- Counting in ------------------------------------------------------------------------------------------
def count_in(registration: Registration, *, actor: User, ago: timedelta = timedelta()) -> Registration:
    """Note that the person came, how long ago, and who counted; refuse a second time."""
    with hold_seats(registration.rules_id) as tally:
        current = reload_registration(registration)
        current.rules = tally.rules
        if not actor.has_perm("events.run_registrations", tally.rules.event):
            raise PermissionDenied
        if not current.is_confirmed:
            raise WrongState(_("Only people with a confirmed place can be checked in."))
        if tally.rules.event.is_cancelled:
            raise WrongState(_("This event was cancelled."))
        if current.attended_at is not None:
            at = current.attended_at.astimezone(tally.rules.event.clock)
            raise WrongState(
                _("%(name)s is already checked in, since %(date)s, %(time)s.")
                % {"name": current.participant, "date": date_format(at), "time": f"{at:%H:%M}"}
            )
        current.attended_at, current.counted_by = now() - ago, actor
        current.save(update_fields=["attended_at", "counted_by"])
        record(current, "events.registration.count", actor=actor)
    return current


def uncount(registration: Registration, *, actor: User) -> Registration:
    """Undo a check-in that was a mistake; a certificate that rests on it is withdrawn."""
    with hold_seats(registration.rules_id) as tally:
        current = reload_registration(registration)
        if not actor.has_perm("events.run_registrations", tally.rules.event):
            raise PermissionDenied
        if current.attended_at is not None:
            current.attended_at, current.counted_by = None, None
            current.save(update_fields=["attended_at", "counted_by"])
            Certificate.objects.filter(registration=current).delete()
            record(current, "events.registration.uncount", actor=actor)
    return current


def decide_change(
    registration: Registration, *, actor: User, stamp: str, takes: bool, note: str = ""
) -> Registration:
    """Accept the changed answers, or keep those that were approved. The seat is not touched.

    `stamp`: the changes as the desk saw them. Raises WrongState where the person has changed them since.
    """
    with hold_seats(registration.rules_id) as tally:
        current = Registration.objects.select_related("user").get(pk=registration.pk)
        current.rules = tally.rules
        if not actor.has_perm("events.approve_registration", current):
            raise PermissionDenied
        if is_recused(actor, current):
            raise DomainError(_("You are involved in this matter. A colleague decides."))
        changes = changes_of(current)
        if not current.is_live or not changes:
            raise WrongState(_("No pending change."))
        if stamp_of(current, changes) != stamp:
            raise WrongState(_("The person has changed the answers again meanwhile. Please look once more."))
        note = clean_block(note)
        if not takes and not note:
            raise DomainError(
                _("Please give the reason."),
                fields={"note": _("The person receives the reason why the change is declined.")},
            )
        for row in changes:
            row.text, row.proposed = (row.proposed or "") if takes else row.text, None
        RegistrationAnswer.objects.bulk_update(changes, ["text", "proposed"])
        current.answers.filter(text="").delete()
        close_items(current, DECIDE)
        verb = "take_change" if takes else "leave_change"
        record(current, f"events.registration.{verb}", actor=actor)
        kind = "events.registration_change_taken" if takes else "events.registration_change_left"
        tell(current, kind, now().isoformat(), note=note)
    return current


sentence("events.registrationrules.change", gettext_lazy("%(actor)s changed how one registers (%(fields)s)"))
sentence("events.registrationrules.questions", gettext_lazy("%(actor)s changed the questions on registering"))
sentence(
    "events.registrationrules.invite",
    gettext_lazy("%(actor)s put %(number)s addresses on the list of invitations"),
)
sentence("events.registrationrules.export", gettext_lazy("%(actor)s exported the list of registrations"))
sentence(
    "events.registrationrules.export_sensitive",
    gettext_lazy("%(actor)s exported the list of registrations with the sensitive answers"),
)

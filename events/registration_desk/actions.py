"""What the desk does: sets up how one registers, invites, approves, declines, counts in."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models.functions import Now
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
from events.registrations.actions_seats import free_seats, hold_seats, settle, tell, tell_keepers
from events.registrations.models import Invited, Registration, RegistrationAnswer, RegistrationRules
from notifications.outbox.actions import mail_address
from stakeholders.entries.enums import Status
from workflow.items.actions import close_items
from workflow.moves.actions import move
from workflow.moves.queries import is_recused


def _may(actor: User, event: Event) -> None:
    if not actor.has_perm("events.run_registrations", event):
        raise PermissionDenied


def save_rules(rules: RegistrationRules, *, actor: User, fields: Sequence[str]) -> RegistrationRules:
    """Keep how one registers; more seats are offered at once. Fewer seats take nobody's place away."""
    _may(actor, rules.event)
    rules.zone = rules.event.zone
    with transaction.atomic():
        rules.save()
        record(rules, "events.registrationrules.change", actor=actor, fields=", ".join(fields))
        with hold_seats(rules.pk) as kept:
            settle(kept)
    return rules


def save_lines(rules: RegistrationRules, formset: Any, *, actor: User) -> None:
    """Keep questions, quotas or reminders as the form has them, all or none."""
    _may(actor, rules.event)
    with hold_seats(rules.pk) as kept:
        formset.save()
        record(kept, "events.registrationrules.questions", actor=actor)
        settle(kept)  # a wider quota lets the next one in


def invite(rules: RegistrationRules, addresses: Sequence[str], *, actor: User) -> int:
    """Put addresses on the list and write to those who are new on it; returns how many these are."""
    event = rules.event
    _may(actor, event)
    with transaction.atomic():
        there = {address.lower() for address in rules.invited.values_list("address", flat=True)}
        new = [address for address in addresses if address.lower() not in there]
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


def approve(one: Registration, *, actor: User) -> Registration:
    """A seat where one is free, else the waiting list; the mail says which."""
    with hold_seats(one.rules_id) as rules:
        kept = reload_registration(one)
        kept.rules = rules
        if kept.stakeholder is not None and kept.stakeholder.status not in Status.TAKING_PART:
            raise WrongState(
                _("The stakeholder is not active. What it applied for is not decided meanwhile.")
            )
        tally = settle(rules)
        kept.refresh_from_db(fields=["status"])
        if tally.has_seat_for(kept):
            move(kept, "approve", actor=actor, decided_at=now())
            close_items(kept)
            tell(kept, "events.registration_confirmed", "approved")
        elif rules.has_waiting_list:
            move(kept, "approve_to_wait", actor=actor, decided_at=now(), queued_at=Now())
            close_items(kept)
            tell(kept, "events.registration_waiting", "approved")
        else:
            raise WrongState(full_text(tally, kept))
    return kept


def refuse(one: Registration, *, actor: User, reason: str, note: str = "") -> Registration:
    """Decline, also after approval (E-18): the state changes, the reason is mailed, the seat is free."""
    with free_seats(one.rules_id) as rules:
        kept = reload_registration(one)
        kept.rules = rules
        refuse_counted(kept)
        was = kept.status
        move(kept, "refuse", actor=actor, reason=reason, note=note, decided_at=now(), offer_until=None)
        close_items(kept)
        tell(kept, "events.registration_declined", str(kept.pk), reason=reason, note=note, was=was)
        tell_keepers(kept, was, actor)
        settle(rules)
    return kept


# --- Counting in ------------------------------------------------------------------------------------------
def count_in(one: Registration, *, actor: User) -> Registration:
    """Say that the person is here, and who counted; a second time changes nothing."""
    with hold_seats(one.rules_id) as rules:
        kept = reload_registration(one)
        kept.rules = rules
        if not actor.has_perm("events.run_registrations", rules.event):
            raise PermissionDenied
        if not kept.is_confirmed:
            raise WrongState(_("Only people with a confirmed place can be checked in."))
        if rules.event.is_cancelled:
            raise WrongState(_("This event was cancelled."))
        if kept.attended_at is None:
            kept.attended_at, kept.counted_by = now(), actor
            kept.save(update_fields=["attended_at", "counted_by"])
            record(kept, "events.registration.count", actor=actor)
    return kept


def uncount(one: Registration, *, actor: User) -> Registration:
    """Take back a counting that was a mistake."""
    with hold_seats(one.rules_id) as rules:
        kept = reload_registration(one)
        if not actor.has_perm("events.run_registrations", rules.event):
            raise PermissionDenied
        if kept.attended_at is not None:
            kept.attended_at, kept.counted_by = None, None
            kept.save(update_fields=["attended_at", "counted_by"])
            record(kept, "events.registration.uncount", actor=actor)
    return kept


def decide_change(one: Registration, *, actor: User, seen: str, takes: bool, note: str = "") -> Registration:
    """Let the changed answers hold, or leave those that were approved. The place is another matter."""
    with hold_seats(one.rules_id) as rules:
        kept = Registration.objects.select_related("user").get(pk=one.pk)
        kept.rules = rules
        if not actor.has_perm("events.approve_registration", kept):
            raise PermissionDenied
        if is_recused(actor, kept):
            raise DomainError(_("You belong to what this is about. A colleague decides."))
        changes = changes_of(kept)
        if not kept.is_live or not changes:
            raise WrongState(_("No pending change."))
        if stamp_of(kept, changes) != seen:
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
        kept.answers.filter(text="").delete()
        close_items(kept, DECIDE)
        what = "take_change" if takes else "leave_change"
        record(kept, f"events.registration.{what}", actor=actor)
        kind = "events.registration_change_taken" if takes else "events.registration_change_left"
        tell(kept, kind, now().isoformat(), note=note)
    return kept


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

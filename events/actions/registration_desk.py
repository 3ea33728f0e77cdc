"""What the desk sets up: how one registers, what is asked, who is invited."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.people.models import User
from audit.actions import record
from events.actions.seats import hold_seats, settle
from events.dates import begins
from events.models import Event, Invited, RegistrationRules
from notifications.outbox.actions import mail_address


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

"""The secret address of a person's own calendar: created, shown once, revoked at once."""

from secrets import token_urlsafe
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import User
from audit.actions import record
from audit.hooks import sentence
from core.digests import digest_of
from core.limits import spend
from events.calendar.models import CalendarAddress

BYTES = 32


def make_address(*, actor: User) -> tuple[CalendarAddress, str]:
    """Create an address and return it with its secret, which is stored as a digest alone.

    The address before it opens nothing any more.
    """
    if not actor.is_active:
        raise PermissionDenied
    spend("events.make_address", str(actor.pk), most=20, seconds=3600)
    secret = token_urlsafe(BYTES)
    with transaction.atomic():
        User.objects.select_for_update(no_key=True).get(pk=actor.pk)  # so that two requests leave one
        for old in CalendarAddress.objects.live().filter(user=actor):
            revoke_address(old, actor=actor)
        address = CalendarAddress.objects.create(user=actor, digest=digest_of(secret), ending=secret[-4:])
        record(address, "events.address_made", actor=actor)
    return address, secret


def revoke_address(address: CalendarAddress, *, actor: User) -> None:
    """Revoke the address; from now on it answers with 404. A second call changes nothing."""
    if address.user_id != actor.pk:
        raise PermissionDenied
    with transaction.atomic():
        if CalendarAddress.objects.live().filter(pk=address.pk).update(revoked_at=now()):
            record(address, "events.address_revoked", actor=actor)


def person_at(secret: str) -> Any:
    """Return the person whose calendar has this address, or None; note the day on which it was read."""
    address = (
        CalendarAddress.objects.live()
        .filter(digest=digest_of(secret), user__is_active=True)
        .select_related("user")
        .first()
    )
    if address is None:
        return None
    today = localdate()
    if address.last_used_on != today:
        CalendarAddress.objects.filter(pk=address.pk).update(last_used_on=today)
    return address.user


# --- What happened to a person's calendar address, as sentences --------------------------------------

sentence("events.address_made", _("%(actor)s made an address for a calendar"))
sentence("events.address_revoked", _("%(actor)s revoked the address of a calendar"))

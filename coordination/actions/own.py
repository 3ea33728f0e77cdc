"""What a regional focal point says about themselves: to be named, and notes for those who come after."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now

from accounts.people.models import User
from audit.actions import record
from coordination.models import Named, TermNote
from core.text import clean_block
from stakeholders.appointments.models import Appointment


def be_named(person: User, *, agrees: bool, about: str = "") -> None:
    """Agree to be named to everybody, with a few words, or take that back; twice is once."""
    with transaction.atomic():
        if not person.has_perm("coordination.be_named"):
            raise PermissionDenied
        if agrees:
            _row, changed = Named.objects.update_or_create(
                user=person, defaults={"about": clean_block(about)}
            )
        else:
            changed = bool(Named.objects.filter(user=person).delete()[0])
        if changed:
            record(person, "coordination.named" if agrees else "coordination.unnamed", actor=person)


def keep_notes(appointment: Appointment, text: str, *, actor: User) -> None:
    """For deputies and the successor; empty takes the notes away."""
    if not actor.has_perm("coordination.keep_notes", appointment):
        raise PermissionDenied
    text = clean_block(text)
    if not text:
        TermNote.objects.filter(appointment=appointment).delete()
        return
    TermNote.objects.update_or_create(appointment=appointment, defaults={"text": text, "changed_at": now()})

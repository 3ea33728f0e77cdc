"""Being named as a regional focal point, and being written to: neither side sees the other's address."""

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import Grant, User
from audit.actions import record
from coordination.absences.models import Absence
from coordination.focal_points.models import Enquiry, EnquiryLine, Named
from core.errors import DomainError
from core.limits import spend
from core.text import clean_block, clean_line
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify, notify_all
from notifications.outbox.models import Message
from stakeholders.appointments.models import Appointment
from stakeholders.contact.actions import refuse_empty

KIND = "coordination.enquiry"
MOST_A_DAY, MOST_LINES_AN_HOUR = 5, 20
A_DAY, AN_HOUR = 24 * 60 * 60, 60 * 60


def write(appointment: Appointment, *, actor: User, subject: str, text: str) -> Enquiry:
    """Begin an enquiry. `appointment` is one of `named_terms()`, whose person agreed to be written to."""
    subject, text = clean_line(subject), clean_block(text)
    refuse_empty(subject=subject, text=text)
    with transaction.atomic():
        if not actor.has_perm("coordination.write_enquiry"):
            raise PermissionDenied
        if not EmailAddress.objects.filter(user=actor, verified=True).exists():
            raise DomainError(_("Please confirm your e-mail address first."))
        if appointment.user_id == actor.pk:
            raise DomainError(_("This is you."))
        spend("coordination.enquiry", str(actor.pk), most=MOST_A_DAY, seconds=A_DAY)
        enquiry = Enquiry.objects.create(appointment=appointment, sender=actor, subject=subject)
        _add_line(enquiry, actor, text, answers=False)
    return enquiry


def go_on(enquiry: Enquiry, *, actor: User, text: str) -> None:
    """Add the next message of either side."""
    text = clean_block(text)
    refuse_empty(text=text)
    with transaction.atomic():
        rows = Enquiry.objects.select_for_update(no_key=True, of=("self",))
        enquiry = rows.select_related("sender", "appointment__user").get(pk=enquiry.pk)
        answers = enquiry.sender_id != actor.pk
        if answers and not actor.has_perm("coordination.answer_enquiry", enquiry):
            raise PermissionDenied
        if not answers and enquiry.appointment.is_over:
            raise DomainError(
                _("This appointment has ended. Please check who is now the regional focal point.")
            )
        spend("coordination.enquiry_line", str(actor.pk), most=MOST_LINES_AN_HOUR, seconds=AN_HOUR)
        _add_line(enquiry, actor, text, answers=answers)


def remove(ids: list[int]) -> None:
    """Remove enquiries, with the mail and notices about them."""
    with transaction.atomic():
        for model in (Message, Notice):
            model.objects.filter(subject_kind=KIND, subject_id__in=ids).delete()
        Enquiry.objects.filter(pk__in=ids).delete()


def _add_line(enquiry: Enquiry, author: User, text: str, *, answers: bool) -> None:
    line = EnquiryLine.objects.create(enquiry=enquiry, author=author, answers=answers, text=text)
    Enquiry.objects.filter(pk=enquiry.pk).update(last_at=now(), waits=not answers)
    message: dict[str, Any] = {
        "key": f"enquiry:{line.pk}",
        "url_name": "regional:enquiry",
        "url_args": [enquiry.pk],
        "facts": {"subject": enquiry.subject, "text": text, "by": author.name},
        "subject": enquiry,
    }
    if answers:
        notify(enquiry.sender, "coordination.enquiry_answered", **message)
        return
    standing_in = Absence.objects.in_force().filter(appointment=enquiry.appointment_id)
    deputies = User.objects.filter(pk__in=standing_in.values("deputy"))
    people = list(deputies) or [enquiry.appointment.user]
    notify_all(people, "coordination.enquiry_received", **message)


# --- What a regional focal point who deletes their account leaves behind here ------------------------


def erase(user: User) -> None:
    """Remove what a person leaves here, in the caller's transaction, before their row goes."""
    of_deputies = Absence.objects.filter(appointment__user=user).values("grants")
    Grant.objects.filter(pk__in=of_deputies).delete()
    remove(list(Enquiry.objects.filter(sender=user).values_list("pk", flat=True)))
    theirs: list[Any] = list(Enquiry.objects.filter(appointment__user=user).values_list("pk", flat=True))
    for model in (Message, Notice):
        model.objects.filter(subject_kind=KIND, subject_id__in=theirs).delete()


# -----------------------------------------------------------------------------------------------------
# What a regional focal point says about themselves: to be named, and notes for those who come after.


def be_named(person: User, *, agrees: bool, about: str = "") -> None:
    """Agree to be named to everybody, with a few words, or take that back."""
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

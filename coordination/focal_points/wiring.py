"""Regional focal points in the registries of the apps below."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.hooks import (
    Retained,
    Section,
    declare_erased,
    declare_kept,
    erasers,
    retained,
    sections,
    sign_in_for,
)
from accounts.people.enums import Role
from audit.hooks import sentence
from coordination.absences.models import Absence
from coordination.focal_points import actions
from coordination.focal_points.actions import remove
from coordination.focal_points.models import Enquiry, EnquiryLine, Named
from coordination.focal_points.queries import named_terms, named_version, to_ask
from coordination.hand_overs.models import TermNote
from core.help_places import help_at
from core.personal_data import DataField, data_field, data_fields
from notifications.hooks import asks_for_answer, kind
from stakeholders.hooks import contacts_instead, profile_versions

sentence("coordination.named", _("%(actor)s agreed to be named as a regional focal point"))
sentence("coordination.unnamed", _("%(actor)s no longer wants to be named as a regional focal point"))

contacts_instead.fill(to_ask)
profile_versions.register("coordination", named_version)


def _writes_to_focal_point(pk: int) -> str | None:
    named = named_terms().get(pk)
    return gettext("Sign in to write to %(name)s.") % {"name": named.user.name} if named else None


sign_in_for.register("regional:write", _writes_to_focal_point)


# --- Messages -----------------------------------------------------------------------------------------
def _covers(user: Any) -> bool:
    return any(grant.role == Role.REGIONAL for grant in user.granted)


def _answer_by_mail(user: Any, pk: int, text: str) -> None:
    """By mail, as on the page of the messages."""
    actions.go_on(Enquiry.objects.visible_to(user).get(pk=pk), actor=user, text=text)


kind(
    "coordination.enquiry_received",
    label=_("Message to you as a regional focal point"),
    group=_("Your region"),
    among=Enquiry.objects.visible_to,
    concerns=_covers,
    answered=_answer_by_mail,
)
asks_for_answer("coordination.enquiry_received")
kind(
    "coordination.enquiry_answered",
    label=_("A regional focal point answers your message"),
    group=_("Messages"),
    among=Enquiry.objects.visible_to,
    answered=_answer_by_mail,
)


# --- My data, leaving, and for how long ---------------------------------------------------------------
def _kind_field(code: str, label: Any) -> DataField:
    return data_field("what", _("What it is"), code, label)


def _data(user: Any) -> Iterator[list[DataField]]:
    for named in Named.objects.filter(user=user):
        yield [_kind_field("named", _("That you are named")), *data_fields(named, "about", "agreed_at")]
    for note in TermNote.objects.filter(appointment__user=user):
        yield [_kind_field("notes", _("Notes of your term")), *data_fields(note, "text", "changed_at")]
    for away in Absence.objects.filter(appointment__user=user):
        yield [_kind_field("absence", _("Absence")), *data_fields(away, "starts_on", "ends_on", "said_at")]
    for stands in Absence.objects.filter(deputy=user):
        yield [
            _kind_field("standing_in", _("Deputies")),
            *data_fields(stands, "starts_on", "ends_on", "said_at"),
        ]
    for enquiry in Enquiry.objects.filter(sender=user):
        yield [
            _kind_field("enquiry", _("Message to a regional focal point")),
            *data_fields(enquiry, "subject", "began_at"),
        ]
    for line in EnquiryLine.objects.filter(author=user).order_by("at", "pk"):
        yield [_kind_field("line", _("Message")), *data_fields(line, "text", "answers", "at")]


sections.register(
    "regional",
    Section(
        _("Regional focal points"),
        _("Your notes and absences as one, when you stood in, and what you wrote to them or as one."),
        _data,
    ),
)
erasers.register("coordination.regional", actions.erase)
C = "coordination"
declare_erased(
    _("Deputies of regional focal points, and hand-overs"),
    f"{C}.deputy.user",
    f"{C}.absence.deputy",
    f"{C}.handover.successor",
)
declare_erased(_("That you are named as a regional focal point"), f"{C}.named.user")
declare_erased(_("Your messages to regional focal points, with the answers"), f"{C}.enquiry.sender")
declare_kept(_("What you answered as a regional focal point"), f"{C}.enquiryline.author")
declare_kept(
    _("Work done for the terms of regional focal points"),
    f"{C}.deputy.added_by",
    f"{C}.absence.said_by",
    f"{C}.handover.prepared_by",
    f"{C}.handover.set_by",
    f"{C}.handover.done_by",
)


def _old_enquiries(before: datetime) -> QuerySet[Any]:
    return Enquiry.objects.filter(last_at__lt=before)


retained.register(
    "coordination.enquiry",
    Retained(
        label=_("Messages to regional focal points"),
        about=_("Days after the last message, with all e-mail about it."),
        days=365,
        least=30,
        most=1825,
        reason="As conversations with stakeholders; set by the portal's makers, 2026-11.",
        rows=_old_enquiries,
        remove=remove,
    ),
)

help_at("visitors#contact", "coordination.focal_points")

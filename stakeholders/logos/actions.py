"""The picture of a profile: put there, described, taken out, hidden by the desk."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core import scanning
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of
from stakeholders.logos.drawing import drawn_square
from stakeholders.logos.models import Logo
from stakeholders.moderation.actions import tell_whose_it_is
from workflow.moves.actions import lock, move
from workflow.moves.enums import permission

MOST, SECONDS = 30, 3600  # pictures that one person may send in an hour


def set_logo(stakeholder: Stakeholder, *, actor: User, upload: UploadedFile | None, alt: str) -> Logo:
    """Show another picture, or with `upload` None describe the one that is there anew.

    What was sent is drawn anew and not kept. Raises DomainError with the field, TooMany past the limit.
    """
    alt = clean_line(alt)
    if not alt:
        message = _("Describe what the image shows, for people who cannot see it.")
        raise DomainError(message, fields={"alt": message})
    if not actor.has_perm("stakeholders.change_stakeholder", stakeholder):
        raise PermissionDenied
    content = _drawn(upload, actor) if upload else None  # before the row is held: it may take a second
    with transaction.atomic():
        kept = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        there = Logo.objects.filter(stakeholder=kept).first()
        if content is None:
            if there is None:
                message = _("Choose an image.")
                raise DomainError(message, fields={"logo": message})
            logo = there
            logo.alt = alt
            logo.save(update_fields=["alt"])
        else:
            if there is not None:
                there.delete()  # its file goes with it
            logo = Logo(stakeholder=kept, alt=alt)
            logo.take(SimpleUploadedFile("logo.png", content, "image/png"))
            logo.save()
        record(kept, "stakeholders.logo_changed", actor=actor)
        DirectoryVersion.objects.bump()
    return logo


def remove_logo(stakeholder: Stakeholder, *, actor: User) -> None:
    with transaction.atomic():
        kept = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        there = Logo.objects.filter(stakeholder=kept).first()
        if there is None:
            raise WrongState(_("There is no picture any more."))
        there.delete()
        record(kept, "stakeholders.logo_removed", actor=actor)
        DirectoryVersion.objects.bump()


def moderate_logo(logo: Logo, name: str, *, actor: Any, reason: str = "", note: str = "") -> None:
    """Suspend, restore or remove it; the administrators are told why."""
    with transaction.atomic():
        kept = lock(logo, actor, permission(logo, name))
        decision = move(kept, name, actor=actor, reason=reason, note=clean_block(note))
        DirectoryVersion.objects.bump()
        tell_whose_it_is(
            kept,
            decision,
            admins_of(kept.stakeholder_id),
            url_name="stakeholders:logo",
            url_args=[kept.stakeholder_id],
        )


def settle_logos(kept: Stakeholder, gone: Stakeholder) -> None:
    """Of two that become one: the picture of the one that stays, else that of the other."""
    if Logo.objects.filter(stakeholder=kept).exists():
        for logo in Logo.objects.filter(stakeholder=gone):
            logo.delete()


def _drawn(upload: UploadedFile, actor: User) -> bytes:
    spend("stakeholders.logos", str(actor.pk), most=MOST, seconds=SECONDS)
    if scanning.is_set():
        _refuse_harmful(upload)
    return drawn_square(upload)


def _refuse_harmful(upload: UploadedFile) -> None:
    try:
        found = scanning.what_is_in(upload)
    except scanning.CannotScan as why:
        message = _("The picture cannot be checked for viruses now. Try again later.")
        raise DomainError(message, fields={"logo": message}) from why
    if found:
        message = _("This file holds a virus or something like it. Choose another one.")
        raise DomainError(message, fields={"logo": message})

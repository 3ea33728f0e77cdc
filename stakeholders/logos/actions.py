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
from stakeholders.logos.drawing import draw_square
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
    content = _draw_logo(upload, actor) if upload else None  # before the row is held: it may take a second
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        stored_logo = Logo.objects.filter(stakeholder=locked_entry).first()
        if content is None:
            if stored_logo is None:
                message = _("Choose an image.")
                raise DomainError(message, fields={"logo": message})
            logo = stored_logo
            logo.alt = alt
            logo.save(update_fields=["alt"])
        else:
            if stored_logo is not None:
                stored_logo.delete()  # its file goes with it
            logo = Logo(stakeholder=locked_entry, alt=alt)
            logo.take(SimpleUploadedFile("logo.png", content, "image/png"))
            logo.save()
        record(locked_entry, "stakeholders.logo_changed", actor=actor)
        DirectoryVersion.objects.bump()
    return logo


def remove_logo(stakeholder: Stakeholder, *, actor: User) -> None:
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, "stakeholders.change_stakeholder")
        stored_logo = Logo.objects.filter(stakeholder=locked_entry).first()
        if stored_logo is None:
            raise WrongState(_("There is no picture any more."))
        stored_logo.delete()
        record(locked_entry, "stakeholders.logo_removed", actor=actor)
        DirectoryVersion.objects.bump()


def moderate_logo(logo: Logo, name: str, *, actor: Any, reason: str = "", note: str = "") -> None:
    """Suspend, restore or remove a logo, and tell the administrators why."""
    with transaction.atomic():
        locked_logo = lock(logo, actor, permission(logo, name))
        decision = move(locked_logo, name, actor=actor, reason=reason, note=clean_block(note))
        DirectoryVersion.objects.bump()
        tell_whose_it_is(
            locked_logo,
            decision,
            admins_of(locked_logo.stakeholder_id),
            url_name="stakeholders:logo",
            url_args=[locked_logo.stakeholder_id],
        )


def settle_logos(remaining: Stakeholder, gone: Stakeholder) -> None:
    """Keep the picture of the entry that stays, else that of the other."""
    if Logo.objects.filter(stakeholder=remaining).exists():
        for logo in Logo.objects.filter(stakeholder=gone):
            logo.delete()


def _draw_logo(upload: UploadedFile, actor: User) -> bytes:
    spend("stakeholders.logos", str(actor.pk), most=MOST, seconds=SECONDS)
    if scanning.is_set():
        _refuse_harmful(upload)
    return draw_square(upload)


def _refuse_harmful(upload: UploadedFile) -> None:
    try:
        virus = scanning.what_is_in(upload)
    except scanning.CannotScan as why:
        message = _("The picture cannot be checked for viruses now. Try again later.")
        raise DomainError(message, fields={"logo": message}) from why
    if virus:
        message = _("This file holds a virus or something like it. Choose another one.")
        raise DomainError(message, fields={"logo": message})

"""Files of an edition: each that is taken in is a version, and nothing of what was published goes."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from core.limits import spend
from core.text import clean_line
from resources.files.enums import Scan, TextState
from resources.files.models import ProposedFile, ResourceFile
from resources.records.enums import ResourceStatus
from resources.records.models import Edition, Resource
from search.actions import index
from workflow.moves.actions import lock

TASK = "resources.heavy_read_file"
MOST_VERSIONS = 100


def take(edition: Edition, upload: UploadedFile, *, actor: User, label: str = "") -> ResourceFile:
    """Store an upload, cleaned by a `FileForm`, as the next version of the file. A worker then reads it.

    Raises PermissionDenied, TooMany, DomainError with `upload` at fault.
    """
    with transaction.atomic():
        stored = _lock_for_file(edition.resource, actor)
        spend("resources.file", str(actor.pk), most=120, seconds=3600)
        file = ResourceFile(edition=edition, uploaded_by=actor, label=clean_line(label)[:200])
        file.take(upload)
        file.number = _next_number(file)
        file.save()
        later(TASK, pk=file.pk)
        index(stored)  # the pages of the version before are no longer those of the file
        _record_file(stored, "add_file", file, actor)
    return file


def propose_version(edition: Edition, upload: UploadedFile, *, actor: User, label: str) -> ProposedFile:
    """Store an upload for the desk, within a proposal. Readers keep the present version."""
    spend("resources.file", str(actor.pk), most=120, seconds=3600)
    proposed = ProposedFile(edition=edition, uploaded_by=actor, label=clean_line(label)[:200])
    proposed.take(upload)
    _next_number(proposed)  # it may be the very file that is there
    proposed.save()
    return proposed


def take_proposed(resource: Resource, pk: int, *, actor: User) -> None:
    """Store a proposed file that the desk approves as the next version. The caller has locked `resource`."""
    proposed = (
        ProposedFile.objects.filter(pk=pk, edition__resource=resource).select_related("edition").first()
    )
    if proposed is None:
        raise WrongState(_("What the change is about no longer exists."))
    columns = ("name", "media_type", "size", "sha256", "label", "uploaded_by_id")
    file = ResourceFile(edition=proposed.edition, **{name: getattr(proposed, name) for name in columns})
    file.file.name = proposed.file.name
    file.number = _next_number(file)
    file.save()
    proposed.delete()
    later(TASK, pk=file.pk)
    index(resource)
    _record_file(resource, "add_file", file, actor)


def _next_number(file: ResourceFile | ProposedFile) -> int:
    """Return the number of a new version. Raises DomainError for the same file again."""
    last = file.edition.files.order_by("-number").first()
    if last is None:
        return 1
    _refuse_same(file, last)
    return last.number + 1


def remove(file: ResourceFile, *, actor: User) -> None:
    """Delete a version that no reader has ever seen. Raises PermissionDenied, WrongState."""
    with transaction.atomic():
        stored = _lock_for_file(file.edition.resource, actor)
        if stored.published_at is not None and file.scan != Scan.INFECTED:
            raise WrongState(
                _("A file that was published stays: others may have cited it. Add a newer version instead.")
            )
        _record_file(stored, "remove_file", file, actor)
        file.delete()
        index(stored)


def read_again(file: ResourceFile, *, actor: User) -> None:
    """Have a file read once more that could not be read, or not be scanned."""
    with transaction.atomic():
        _lock_for_file(file.edition.resource, actor)
        stuck = ResourceFile.objects.filter(pk=file.pk).exclude(text_state__in=TextState.UNDER_WAY)
        again: dict[str, Any] = {"text_state": TextState.WAITING, "text_fault": "", "attempts": 0}
        if file.scan == Scan.FAILED:
            again["scan"] = Scan.NOT_SCANNED
        if stuck.update(**again):
            later(TASK, pk=file.pk)


def _lock_for_file(resource: Resource, actor: User) -> Resource:
    stored = lock(resource, actor, "resources.file_resource")
    if stored.status == ResourceStatus.MERGED:
        raise PermissionDenied
    return stored


def _refuse_same(file: ResourceFile | ProposedFile, last: ResourceFile) -> None:
    if last.number >= MOST_VERSIONS:
        message = _("There are %(most)s versions already. Please add a new resource.") % {
            "most": MOST_VERSIONS
        }
        raise DomainError(message, fields={"upload": message})
    if last.sha256 == file.sha256:
        message = _("This file is already here as version %(number)s.") % {"number": last.number}
        raise DomainError(message, fields={"upload": message})


def _record_file(resource: Resource, action: str, file: ResourceFile, actor: User | None) -> None:
    record(
        resource,
        f"resources.resource.{action}",
        actor=actor,
        language=file.edition.language_id,
        number=file.number,
    )

"""A copy of a person's data: asked for by themselves, made by a worker, kept for a while."""

import zipfile
from collections.abc import Mapping, Sequence
from datetime import timedelta
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.timezone import override as in_zone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts import signals
from accounts.enums import ExportFault, ExportStatus
from accounts.models import DataExport, User
from accounts.queries.people import zone_of
from accounts.queries.retention import days_of
from accounts.registry import sections
from core.archives import add_part
from core.attempts import Attempt, Overtaken, keep_file
from core.background_files import MOST_ATTEMPTS
from core.errors import DomainError
from core.later import later
from core.limits import spend

TASK = "accounts.heavy_copy_data"
SUBJECT = "accounts.data_export"
ZIP = "application/zip"


def ask_copy(*, actor: User, chosen: Sequence[str], language: str) -> DataExport:
    """Ask for these sections of one's own data. While one copy is under way, that one is the answer.

    Raises DomainError where nothing, or something unknown, was chosen; TooMany where asked again and again.
    """
    if not actor.is_active:
        raise PermissionDenied
    known = [name for name in sections if name in set(chosen)]
    if not known or len(known) != len(set(chosen)):
        text = _("Choose at least one part from the list.")
        raise DomainError(text, fields={"sections": text})
    if there := DataExport.objects.under_way().filter(user=actor).first():
        return there
    spend("accounts.copy_data", str(actor.pk), most=10, seconds=24 * 3600)
    try:
        with transaction.atomic():
            export = DataExport.objects.create(
                user=actor, sections=known, language=language, expires_at=_until()
            )
            signals.data_asked.send(DataExport, export=export)
            later(TASK, pk=export.pk)
    except IntegrityError:
        return DataExport.objects.under_way().get(user=actor)
    return export


def make_copy(pk: int) -> bool:
    """Make the archive of a copy that nobody makes; whether it was made now."""
    attempt = Attempt(DataExport, pk, making=ExportStatus.MAKING)
    if not attempt.begin(DataExport.objects.free(), done=0):
        return False
    export = DataExport.objects.select_related("user").get(pk=pk)
    if export.attempts > MOST_ATTEMPTS:
        return attempt.fail(ExportStatus.FAILED, ExportFault.GIVEN_UP)
    try:
        with TemporaryFile() as into:
            _write(export, attempt, into)
            _keep(export, attempt, into)
    except Overtaken:
        return False
    except Exception:
        attempt.fail(ExportStatus.FAILED, ExportFault.BROKEN)
        raise
    return True


def sweep_copies() -> int:
    """Nudge again what lost nudges and vanished workers left behind; returns how many."""
    left_behind = DataExport.objects.left_behind()
    for pk in left_behind:
        later(TASK, pk=pk)
    return len(left_behind)


def _until() -> Any:
    return now() + timedelta(days=days_of(SUBJECT))


def _write(export: DataExport, attempt: Attempt, into: IO[bytes]) -> None:
    """One JSON file for each section, the person's own uploads, and a page that shows it all."""
    told = []
    with (
        override(export.language),
        in_zone(zone_of(export.user)),
        zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive,
    ):
        for place, name in enumerate(export.sections, start=1):
            if name in sections:  # else: of a version of the portal that is gone
                section = sections[name]
                rows = [list(row) for row in section.rows(export.user)]
                files = add_part(archive, name, rows, section.files(export.user) if section.files else ())
                told.append({"name": name, "section": section, "rows": rows, "files": files})
            attempt.go_on(done=place)
        page = render_to_string(
            "accounts/data/index.html",
            {"told": told, "person": export.user, "made_at": now(), "language": export.language},
        )
        archive.writestr("index.html", page)


def _keep(export: DataExport, attempt: Attempt, made: IO[bytes]) -> None:
    def finish(file: Mapping[str, Any]) -> None:
        attempt.go_on(
            status=ExportStatus.READY,
            media_type=ZIP,
            done=len(export.sections),
            ready_at=now(),
            expires_at=_until(),
            **file,
        )
        export.refresh_from_db()
        signals.data_ready.send(DataExport, export=export)

    keep_file(export, made, name=f"whatson-my-data-{now():%Y-%m-%d}-{export.pk}.zip", finish=finish)

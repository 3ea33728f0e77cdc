"""The dossier of a stakeholder: asked for by its administrators or the desk, made by a worker."""

import zipfile
from collections.abc import Mapping
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.timezone import now
from django.utils.translation import override

from audit.actions import record
from core.archives import add_part
from core.attempts import Attempt, Overtaken, keep_file
from core.background_files import MOST_ATTEMPTS
from core.later import later
from core.limits import spend
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.enums import DossierFault, ExportStatus
from stakeholders.exports.models import LASTS, Dossier
from stakeholders.hooks import dossier_sections

TASK = "stakeholders.heavy_dossier"
ZIP = "application/zip"


def ask_dossier(stakeholder: Stakeholder, *, actor: Any, language: str) -> Dossier:
    """Ask for everything of a stakeholder that its own people may read. One under way is the answer.

    Raises PermissionDenied, and TooMany where a person asks again and again.
    """
    if not actor.has_perm("stakeholders.ask_dossier", stakeholder):
        raise PermissionDenied
    mine = {"stakeholder": stakeholder, "asked_by": actor}
    if there := Dossier.objects.under_way().filter(**mine).first():
        return there
    spend("stakeholders.dossier", str(actor.pk), most=10, seconds=24 * 3600)
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(**mine, language=language, expires_at=now() + LASTS)
            later(TASK, pk=dossier.pk)
    except IntegrityError:
        return Dossier.objects.under_way().get(**mine)
    return dossier


def make_dossier(pk: int) -> bool:
    """Make the archive of a dossier that nobody makes; whether it was made now."""
    attempt = Attempt(Dossier, pk, making=ExportStatus.MAKING)
    if not attempt.begin(Dossier.objects.free(), done=0):
        return False
    dossier = Dossier.objects.select_related("asked_by", "stakeholder__country").get(pk=pk)
    if dossier.attempts > MOST_ATTEMPTS:
        return attempt.fail(ExportStatus.FAILED, DossierFault.GIVEN_UP)
    if not dossier.asked_by.has_perm("stakeholders.ask_dossier", dossier.stakeholder):
        return attempt.fail(ExportStatus.FAILED, DossierFault.NOT_ALLOWED)
    try:
        with TemporaryFile() as into:
            _write(dossier, attempt, into)
            _keep(dossier, attempt, into)
    except Overtaken:
        return False
    except Exception:
        attempt.fail(ExportStatus.FAILED, DossierFault.BROKEN)
        raise
    return True


def sweep_dossiers() -> int:
    """Nudge again what lost nudges and vanished workers left behind, and clear what has had its time."""
    left_behind = Dossier.objects.left_behind()
    for pk in left_behind:
        later(TASK, pk=pk)
    return len(left_behind) + Dossier.objects.clear_over()


def _write(dossier: Dossier, attempt: Attempt, into: IO[bytes]) -> None:
    """A JSON file for each part, its files, and one page that shows it all without the portal."""
    told, subject = [], dossier.stakeholder
    with override(dossier.language), zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, section) in enumerate(dossier_sections.items(), start=1):
            rows = [list(row) for row in section.rows(subject)]
            files = add_part(archive, name, rows, section.files(subject) if section.files else ())
            told.append({"name": name, "section": section, "rows": rows, "files": files})
            attempt.go_on(done=place)
        page = render_to_string(
            "stakeholders/exports/dossier_index.html",
            {"told": told, "stakeholder": subject, "made_at": now(), "language": dossier.language},
        )
        archive.writestr("index.html", page)


def _keep(dossier: Dossier, attempt: Attempt, made: IO[bytes]) -> None:
    def finish(file: Mapping[str, Any]) -> None:
        attempt.go_on(
            status=ExportStatus.READY, media_type=ZIP, ready_at=now(), expires_at=now() + LASTS, **file
        )
        record(dossier.stakeholder, "stakeholders.dossier_made", actor=dossier.asked_by)

    name = f"dossier-{dossier.stakeholder_id}-{now():%Y-%m-%d}-{dossier.pk}.zip"
    keep_file(dossier, made, name=name, finish=finish)

"""The dossier of a stakeholder: asked for by its administrators or the desk, made by a worker."""

from collections.abc import Mapping
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.timezone import now
from django.utils.translation import override

from audit.actions import record
from core.archives import write_archive
from core.attempts import Attempt
from core.background_files import CannotMake, make_file
from core.later import later
from core.limits import spend
from stakeholders.entries.models import Stakeholder
from stakeholders.exports.enums import DossierFault
from stakeholders.exports.models import LASTS, Dossier
from stakeholders.hooks import dossier_sections

TASK = "stakeholders.heavy_dossier"
ZIP = "application/zip"


def ask_dossier(stakeholder: Stakeholder, *, actor: Any, language: str) -> Dossier:
    """Order everything of a stakeholder that its own people may read, or return the one under way.

    Raises PermissionDenied, and TooMany where a person asks again and again.
    """
    if not actor.has_perm("stakeholders.ask_dossier", stakeholder):
        raise PermissionDenied
    mine = {"stakeholder": stakeholder, "asked_by": actor}
    if under_way := Dossier.objects.under_way().filter(**mine).first():
        return under_way
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
    rows = Dossier.objects.select_related("asked_by", "stakeholder__country")
    return make_file(rows, pk, write=_write, finish=_record, done=0)


def sweep_dossiers() -> int:
    """Nudge again what lost nudges and vanished workers left behind, and delete what has expired."""
    return Dossier.objects.nudge_left_behind(TASK) + Dossier.objects.clear_over()


def _write(dossier: Dossier, attempt: Attempt, into: IO[bytes]) -> Mapping[str, Any]:
    stakeholder = dossier.stakeholder
    if not dossier.asked_by.has_perm("stakeholders.ask_dossier", stakeholder):
        raise CannotMake(DossierFault.NOT_ALLOWED)
    with override(dossier.language):
        write_archive(
            into,
            dossier_sections.items(),
            stakeholder,
            go_on=attempt.go_on,
            template="stakeholders/exports/dossier_index.html",
            context={"stakeholder": stakeholder, "language": dossier.language},
        )
    name = f"dossier-{stakeholder.pk}-{now():%Y-%m-%d}-{dossier.pk}.zip"
    return {"name": name, "media_type": ZIP, "expires_at": now() + LASTS}


def _record(dossier: Dossier) -> None:
    record(dossier.stakeholder, "stakeholders.dossier_made", actor=dossier.asked_by)

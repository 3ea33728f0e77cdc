"""The directory as a file: asked for by the desk, made by a worker, kept for a while."""

from collections.abc import Mapping
from itertools import batched
from tempfile import TemporaryFile
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.actions import record
from core.attempts import Attempt, Overtaken, keep_file
from core.background_files import MOST_ATTEMPTS
from core.later import later
from core.limits import spend
from stakeholders.directory.queries import DirectoryQuery, query_of, without_words
from stakeholders.exports.columns import cells
from stakeholders.exports.enums import ExportFault, ExportFormat, ExportStatus
from stakeholders.exports.models import LASTS, Export
from stakeholders.exports.queries import column_names, entries, lines
from stakeholders.exports.writers import MEDIA_TYPES, MOST_ROWS, writer

TASK = "stakeholders.heavy_export"
BATCH = 1000


class TooLong(Exception):
    """More rows than the format can hold."""


def ask_export(*, actor: Any, asked: DirectoryQuery, kind: str, language: str) -> Export:
    """Ask for what `asked` finds as a file of the kind "csv" or "xlsx". A worker makes it.

    Raises PermissionDenied, and TooMany where a person asks again and again.
    """
    if not actor.has_perm("stakeholders.export_directory"):
        raise PermissionDenied
    spend("stakeholders.export", str(actor.pk), most=30, seconds=3600)
    with transaction.atomic():
        export = Export.objects.create(
            asked_by=actor, format=kind, filters=asked.query(), language=language, expires_at=now() + LASTS
        )
        later(TASK, pk=export.pk)
    return export


def make_export(pk: int) -> bool:
    """Make the file of an export that nobody makes; whether it was made now."""
    attempt = Attempt(Export, pk, making=ExportStatus.MAKING)
    if not attempt.begin(Export.objects.free(), rows_done=0):
        return False
    export = Export.objects.select_related("asked_by").get(pk=pk)
    if export.attempts > MOST_ATTEMPTS:
        return attempt.fail(ExportStatus.FAILED, ExportFault.GIVEN_UP)
    if not export.asked_by.has_perm("stakeholders.export_directory"):
        return attempt.fail(ExportStatus.FAILED, ExportFault.NOT_ALLOWED)
    try:
        with TemporaryFile() as into:
            rows = _write(export, attempt, into)
            _keep(export, attempt, into, rows)
    except Overtaken:
        return False
    except TooLong:
        return attempt.fail(ExportStatus.FAILED, ExportFault.TOO_LONG)
    except Exception:
        attempt.fail(ExportStatus.FAILED, ExportFault.BROKEN)
        raise
    return True


def sweep_exports() -> int:
    """Nudge again what lost nudges and vanished workers left behind, and clear what has had its time.

    Returns how many exports were nudged or cleared.
    """
    left_behind = Export.objects.left_behind()
    for pk in left_behind:
        later(TASK, pk=pk)
    return len(left_behind) + Export.objects.clear_over()


def _write(export: Export, attempt: Attempt, into: IO[bytes]) -> int:
    """Write the table in the language of whoever asked; returns its rows."""
    asked = query_of(export.filters)
    done = 0
    with override(export.language):
        total = entries(export.asked_by, asked).count()
        if total > MOST_ROWS[ExportFormat(export.format)]:
            raise TooLong
        attempt.go_on(rows_total=total)
        table, called = writer(export.format, into), column_names()
        # A server-side cursor: neither the rows nor the file are ever in memory as a whole.
        for some in batched(lines(export.asked_by, asked).iterator(chunk_size=BATCH), BATCH, strict=False):
            table.add(cells(row, called) for row in some)
            done += len(some)
            attempt.go_on(rows_done=done)
        table.end(
            [
                ("", "", ""),
                ("", _("Filters"), export.filters or _("none: the whole directory")),
                ("", _("Made at (UTC)"), now().isoformat(timespec="seconds")),
            ]
        )
    return done


def _keep(export: Export, attempt: Attempt, made: IO[bytes], rows: int) -> None:
    def finish(file: Mapping[str, Any]) -> None:
        attempt.go_on(
            status=ExportStatus.READY,
            media_type=MEDIA_TYPES[ExportFormat(export.format)],
            rows_done=rows,
            rows_total=rows,
            ready_at=now(),
            expires_at=now() + LASTS,
            **file,
        )
        record(
            export,
            "stakeholders.exported",
            actor=export.asked_by,
            format=export.format,
            rows=rows,
            filters=without_words(export.filters),
        )

    keep_file(export, made, name=f"stakeholders-{now():%Y-%m-%d}-{export.pk}.{export.format}", finish=finish)

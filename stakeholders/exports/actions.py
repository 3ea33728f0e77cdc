"""The directory as a file: asked for by the desk, made by a worker, kept for a while."""

from collections.abc import Iterator, Mapping
from itertools import batched
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from audit.actions import record
from core.attempts import Attempt
from core.background_files import CannotMake, make_file
from core.later import later
from core.limits import spend
from core.spreadsheets import MEDIA_TYPES, MOST_ROWS, XLSX, Table, write_table
from stakeholders.directory.queries import DirectoryQuery, query_of, without_words
from stakeholders.exports.columns import table_columns
from stakeholders.exports.enums import ExportFault
from stakeholders.exports.models import LASTS, Export
from stakeholders.exports.queries import column_names, entries, filters_in_words, lines

TASK = "stakeholders.heavy_export"
BATCH = 1000


def ask_export(*, actor: Any, question: DirectoryQuery, kind: str, language: str) -> Export:
    """Order the entries that match the question as a file of the kind "csv" or "xlsx". A worker makes it.

    Raises PermissionDenied, and TooMany where a person asks again and again.
    """
    if not actor.has_perm("stakeholders.export_directory"):
        raise PermissionDenied
    spend("stakeholders.export", str(actor.pk), most=30, seconds=3600)
    with transaction.atomic():
        export = Export.objects.create(
            asked_by=actor, format=kind, filters=question.query(), language=language, expires_at=now() + LASTS
        )
        later(TASK, pk=export.pk)
    return export


def make_export(pk: int) -> bool:
    """Make the file of an export that nobody makes; whether it was made now."""
    rows = Export.objects.select_related("asked_by")
    return make_file(rows, pk, write=_write, finish=_record, rows_done=0)


def sweep_exports() -> int:
    """Nudge again what lost nudges and vanished workers left behind, and delete what has expired.

    Returns how many exports were nudged or cleared.
    """
    return Export.objects.nudge_left_behind(TASK) + Export.objects.clear_over()


def _write(export: Export, attempt: Attempt, into: IO[bytes]) -> Mapping[str, Any]:
    """Write the table in the language of whoever asked."""
    if not export.asked_by.has_perm("stakeholders.export_directory"):
        raise CannotMake(ExportFault.NOT_ALLOWED)
    question = query_of(export.filters)
    done = 0

    def rows() -> Iterator[Mapping[str, Any]]:
        """A server-side cursor: neither the rows nor the file are ever in memory as a whole."""
        nonlocal done
        for some in batched(lines(export.asked_by, question).iterator(chunk_size=BATCH), BATCH, strict=False):
            yield from some
            done += len(some)
            attempt.go_on(rows_done=done)

    with override(export.language):
        total = entries(export.asked_by, question).count()
        if export.format == XLSX and total > MOST_ROWS:
            raise CannotMake(ExportFault.TOO_LONG)
        attempt.go_on(rows_total=total)
        table = Table(
            f"stakeholders-{now():%Y-%m-%d}-{export.pk}",
            _("Stakeholders"),
            table_columns(column_names()),
            page=f"{reverse('stakeholders:list')}?{export.filters}",
            filters=filters_in_words(export.filters),
        )
        write_table(export.format, table, rows(), into)
    return {
        "name": f"{table.name}.{export.format}",
        "media_type": MEDIA_TYPES[export.format],
        "rows_done": done,
        "rows_total": done,
        "expires_at": now() + LASTS,
    }


def _record(export: Export) -> None:
    record(
        export,
        "stakeholders.exported",
        actor=export.asked_by,
        format=export.format,
        rows=export.rows_total,
        filters=without_words(export.filters),
    )

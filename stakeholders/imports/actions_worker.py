"""An import at work, in the background: the dry run, the taking in, and the taking out again.

Each is one transaction that holds the import's row: a killed worker leaves nothing behind, and a second one
passes the import over. How far it is stands in the cache, since nobody sees into a transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from itertools import batched
from typing import Any

import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, Q
from django.utils.timezone import now

from audit.actions import record
from core.background_files import MOST_ATTEMPTS
from core.errors import Unreadable, is_statement_too_long
from core.later import later
from core.spreadsheet_reader import rows
from search.actions import drop_many, index_soon
from stakeholders.entries.models import DirectoryVersion
from stakeholders.imports import actions_bulk
from stakeholders.imports.enums import ImportFault, ImportPurpose, ImportStatus, RowOutcome, TwinDecision
from stakeholders.imports.import_rows import Judge, compare
from stakeholders.imports.models import FORGOTTEN_AFTER, LASTS, Import, ImportRow
from stakeholders.imports.queries import progress_key, sheet_of, words
from stakeholders.registers.actions import KIND, take_import_lock
from taxonomy.sources.actions import recount

TASK = "stakeholders.heavy_import"
BATCH = 1000
_PROGRESS_SECONDS = 3600
log = structlog.get_logger(__name__)


class MovedOn(Exception):
    """The directory is no longer as the dry run saw it."""


@dataclass(frozen=True)
class Way:
    """What files of one purpose come to."""

    judge: type[Judge]
    # Brings a row in line with what was decided about its twin.
    settle: Callable[[ImportRow, str], None]
    take_in: Callable[[Import, Callable[[int], None]], None]
    # After the dry run has found the likely twins.
    sort_twins: Callable[[Import], None] = lambda of: None


def work(pk: int, ways: Mapping[str, Way] | None = None) -> bool:
    """Do the pending step of the import once; return whether it was done now.

    `ways`: how files of other purposes are handled.
    """
    of = _begin_attempt(pk)
    if of is None:
        return False
    allowed = of.asked_by is not None and of.asked_by.has_perm(of.permission)
    if of.attempts > MOST_ATTEMPTS or not allowed:
        return _record_failure(of, ImportFault.GIVEN_UP if allowed else ImportFault.NOT_ALLOWED)
    try:
        return _do_act(of, ({ImportPurpose.DIRECTORY: DIRECTORY} | dict(ways or {}))[of.purpose])
    except MovedOn:
        return _record_failure(of, ImportFault.MOVED_ON)
    except Unreadable as problem:
        return _record_failure(of, ImportFault.UNREADABLE, str(problem))
    except Exception as error:
        _record_failure(of, ImportFault.GIVEN_UP if is_statement_too_long(error) else ImportFault.BROKEN)
        raise


def _do_act(of: Import, way: Way) -> bool:
    """Do the pending step in a transaction; return False where another worker was faster."""
    acts: dict[str, Callable[[Import, Callable[[int], None]], None]] = {
        ImportStatus.CHECKING: partial(_check, way=way),
        ImportStatus.TAKING_IN: way.take_in,
        ImportStatus.UNDOING: _undo,
    }
    with transaction.atomic():
        held = _locking_query(of.pk).first()
        if held is None or held.status != of.status:
            return False
        _store_progress(of.pk, 0)
        acts[held.status](held, lambda done: _store_progress(of.pk, done))
        held.attempts = 0
        held.save()
    return True


def sweep() -> int:
    """Nudge what lost nudges and vanished workers left behind, and delete what has expired."""
    left_behind = list(Import.objects.under_way().order_by("pk").values_list("pk", flat=True))
    for pk in left_behind:
        later(TASK, pk=pk)
    cleared = 0
    for of in Import.objects.filter(status__in=ImportStatus.OPEN, uploaded_at__lt=now() - FORGOTTEN_AFTER):
        of.file.delete(save=False)
        of.delete()
        cleared += 1
    over = Import.objects.filter(status__in=(ImportStatus.TAKEN_IN, ImportStatus.UNDONE)).exclude(file="")
    shorter = Q(purpose=ImportPurpose.MEMBERS, taken_in_at__lt=now() - FORGOTTEN_AFTER)
    for of in over.filter(shorter | Q(taken_in_at__lt=now() - LASTS)):
        of.file.delete(save=False)
        of.rows.all().delete()
        Import.objects.filter(pk=of.pk).update(file="")
        cleared += 1
    return len(left_behind) + cleared


def _locking_query(pk: int) -> Any:
    return (
        Import.objects.under_way()
        .select_for_update(skip_locked=True, of=("self",))
        .filter(pk=pk)
        .select_related("source", "asked_by")
    )


def _begin_attempt(pk: int) -> Import | None:
    """Count this attempt and return the import; None where nothing waits or another worker has it."""
    with transaction.atomic():
        of: Import | None = _locking_query(pk).first()
        if of is not None:
            of.attempts += 1
            of.save(update_fields=["attempts"])
    return of


def _record_failure(of: Import, fault: ImportFault, message: str = "") -> bool:
    """Record why it failed, and return False. An import that could not be undone stays imported."""
    log.warning("import_failed", pk=of.pk, fault=fault)
    values: dict[str, Any] = {"status": ImportStatus.FAILED, "fault": fault, "said": message[:500]}
    if of.status == ImportStatus.UNDOING:
        values = {"status": ImportStatus.TAKEN_IN}
    Import.objects.filter(pk=of.pk, status=of.status).update(attempts=0, **values)
    return False


def _store_progress(pk: int, done: int) -> None:
    cache.set(progress_key(pk), done, _PROGRESS_SECONDS)


def _check(of: Import, say: Callable[[int], None], *, way: Way) -> None:
    """Read and judge every row; saves nothing in the directory."""
    before = {
        (row, twin): decision
        for row, twin, decision in of.rows.exclude(decision="").values_list("row", "twin_id", "decision")
    }
    of.rows.all().delete()
    places = {code: int(place) for place, code in of.columns.items()}
    judge = way.judge(of, words(), of.heads, places)
    done = 0
    with of.file.open("rb") as stream:
        for some in batched(rows(stream, sheet_of(of)), BATCH, strict=False):
            # Judged first: while rows are copied the connection answers no query.
            actions_bulk.stage(list(judge.judge(some)))
            done += len(some)
            say(done)
    actions_bulk.find_twins(of)
    way.sort_twins(of)
    if before:
        for import_row in of.rows.exclude(twin=None).filter(row__in=[row for row, _twin in before]):
            if import_row.twin_id and (decision := before.get((import_row.row, import_row.twin_id))):
                way.settle(import_row, decision)
    of.rows_total = done
    of.counts = count_outcomes(of)
    of.status, of.fault, of.said, of.checked_at = ImportStatus.CHECKED, "", "", now()


def settle(row: ImportRow, decision: str) -> None:
    """Bring a row in line with what was decided about its twin."""
    row.decision, row.changes, row.stakeholder = decision, {}, None
    match decision:
        case TwinDecision.SAME:
            compare(row, row.twin)  # type: ignore[arg-type]  # only rows with a twin come here
        case TwinDecision.ANOTHER:
            row.outcome = RowOutcome.NEW
        case _:
            row.outcome = RowOutcome.SKIPPED
    row.save(update_fields=["decision", "changes", "stakeholder", "outcome"])


def count_outcomes(of: Import) -> dict[str, int]:
    """Return outcome → number of rows, with how many wait for a decision as "undecided"."""
    counts: dict[str, int] = dict(of.rows.order_by().values_list("outcome").annotate(Count("pk")))
    counts["undecided"] = of.rows.undecided().count()
    return counts


def _take_in(of: Import, say: Callable[[int], None]) -> None:
    take_import_lock(wait=True)
    actions_bulk.lock(of)
    if actions_bulk.is_outdated(of):
        raise MovedOn
    moment = now()
    ids = actions_bulk.create(of, moment=moment) + actions_bulk.write(of, side=1, moment=moment)
    # Only what everybody may find is taken in, so that the index may follow a moment later.
    index_soon(KIND, sorted(ids))
    say(len(ids))
    of.counts = count_outcomes(of)
    of.status, of.taken_in_at = ImportStatus.TAKEN_IN, moment
    if ids:
        DirectoryVersion.objects.bump()
    counts = {name: of.counts.get(name, 0) for name in ("new", "changed", "unchanged", "skipped", "refused")}
    counts["skipped"] += of.counts.get(RowOutcome.CLAIMED, 0)
    record(of, "stakeholders.import_taken_in", actor=of.asked_by, **counts)
    recount("ror", "imports")


def _undo(of: Import, say: Callable[[int], None]) -> None:
    take_import_lock(wait=True)
    actions_bulk.lock(of)
    left = actions_bulk.mark_left(of)
    restored = actions_bulk.write(of, side=0, moment=now())
    removed = actions_bulk.new_entries(of)
    actions_bulk.remove(removed)
    drop_many(KIND, removed)
    say(len(removed))
    index_soon(KIND, sorted(restored))
    of.status, of.undone_at = ImportStatus.UNDONE, now()
    of.counts = {**of.counts, "removed": len(removed), "restored": len(restored), "left": left}
    if removed or restored:
        DirectoryVersion.objects.bump()
    record(
        of,
        "stakeholders.import_undone",
        actor=of.asked_by,
        removed=len(removed),
        restored=len(restored),
        left=left,
    )
    recount("ror", "imports")


DIRECTORY = Way(Judge, settle, _take_in)

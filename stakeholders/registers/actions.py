"""Entries taken over from a public source, unclaimed: taken in by the thousand, and taken out again."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import batched
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from search.actions import index_many
from stakeholders.applications.models import OtherName
from stakeholders.entries.enums import Listing, NameKind, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.registers.models import FurtherSource
from stakeholders.registers.outcomes import Outcome, Problem, Refused, RegisterRow, Skipped
from stakeholders.registers.queries import further_names
from taxonomy.places.queries import codes_left_out, codes_placed
from taxonomy.terms.models import Language

KIND = "stakeholders.stakeholder"
BATCH = 1000
MOST_SAID = 1000  # problems and unplaced rows kept word by word; beyond that they are counted
_LOCK = 7_406_432  # any number that nothing else in this database locks by
_COMPARED = ("kind", "name", "name_latin", "acronym", "country_id", "city", "website")
_WRITTEN = (
    *_COMPARED,
    "name_key",
    "site_key",
    "sort_key",
    "slug",
    "source_name",
    "source_url",
    "source_date",
    "updated_at",
)


@dataclass(frozen=True)
class Source:
    """Where a file comes from: a code for the log, the name shown, and the day to which it is true."""

    code: str
    name: str
    date: date


@dataclass(frozen=True)
class Unplaced:
    """A row whose country code nobody has placed yet."""

    row: int
    ror_id: str
    name: str
    code: str


@dataclass
class Report:
    """What an import did, or in a dry run would do. The lists hold the first MOST_SAID; the counters all."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    # Claimed since by the organization itself: theirs to keep.
    left_alone: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    unplaced: list[Unplaced] = field(default_factory=list)
    unplaced_codes: Counter[str] = field(default_factory=Counter)
    # Codes that the desk decided not to place.
    left_out: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    problems: list[Problem] = field(default_factory=list)
    saved: bool = False


def import_listed(
    outcomes: Iterable[Outcome],
    *,
    source: Source,
    actor: User | None,
    dry_run: bool = False,
    without_refused: bool = False,
    progress: Callable[[int], None] = lambda rows: None,
) -> Report:
    """List the organizations of a public registry, or bring those listed before in line with it.

    All or nothing: one refused row keeps everything from being saved, unless `without_refused`. Rows that say
    what is there already are not touched, and neither are entries that their organization has claimed.
    `actor` None is somebody at the command line. Raises WrongState while another import runs, and whatever
    reading `outcomes` raises; nothing is saved then.
    """
    if actor is not None and not actor.has_perm("stakeholders.import_listed"):
        raise PermissionDenied
    report = Report()
    with transaction.atomic():
        take_import_lock()
        placed, left_out = codes_placed(), codes_left_out()
        languages = set(Language.objects.values_list("pk", flat=True))
        for some in batched(_usable_rows(outcomes, report, placed, left_out), BATCH, strict=False):
            _take_in(some, source, placed, languages, report, write=not dry_run)
            progress(report.rows)
        report.saved = not dry_run and (without_refused or not report.refused)
        if not report.saved:
            transaction.set_rollback(True)
        elif report.created or report.changed:
            DirectoryVersion.objects.bump()
            record(
                DirectoryVersion(pk=1),
                "stakeholders.imported",
                actor=actor,
                source=source.code,
                created=report.created,
                changed=report.changed,
                unchanged=report.unchanged,
            )
    progress(report.rows)
    return report


class Removal(NamedTuple):
    """What taking out a source came to."""

    removed: int  # entries that rested on it alone
    staying: int  # entries that other sources name too


def remove_listed(*, source: str, actor: User | None) -> Removal:
    """Take a source (its name as shown) out of every unclaimed entry; what rests on no other one goes.

    Entries to which an application points stay, since the desk is about to decide on them.
    """
    if actor is not None and not actor.has_perm("stakeholders.remove_listed"):
        raise PermissionDenied
    with transaction.atomic():
        take_import_lock()
        unclaimed = Stakeholder.objects.filter(status=Status.LISTED, applications=None, flags=None)
        resting = unclaimed.filter(source_name=source).prefetch_related("further_sources")
        entries = list(resting.select_for_update(of=("self",)))
        named = FurtherSource.objects.filter(name=source, stakeholder__in=unclaimed.values("pk"))
        staying = set(named.values_list("stakeholder", flat=True)) - {entry.pk for entry in entries}
        if not entries and not staying:
            raise DomainError(_("There is no unclaimed profile of this source."))
        moved = _rest_on_others(entries, source)
        gone = [entry.pk for entry in entries if entry not in moved]
        for some in batched(gone, BATCH, strict=False):
            Stakeholder.objects.filter(pk__in=some).delete()
        named.delete()
        index_many(KIND, gone)
        DirectoryVersion.objects.bump()
        record(
            DirectoryVersion(pk=1), "stakeholders.removed_listed", actor=actor, source=source, count=len(gone)
        )
    return Removal(len(gone), len(moved) + len(staying))


def _rest_on_others(entries: Sequence[Stakeholder], source: str) -> list[Stakeholder]:
    """Move the entries that another source names to that source, and return them."""
    moved, used = [], []
    for entry in entries:
        others = sorted(entry.further_sources.all(), key=lambda further: further.pk)
        if other := next((further for further in others if further.name != source), None):
            entry.source_name, entry.source_url, entry.source_date = other.name, other.url, other.seen_on
            moved.append(entry)
            used.append(other.pk)
    Stakeholder.objects.bulk_update(moved, ["source_name", "source_url", "source_date"])
    FurtherSource.objects.filter(pk__in=used).delete()
    return moved


def take_import_lock(*, wait: bool = False) -> None:
    """Hold the lock of imports until the transaction ends.

    Two imports of one file would each believe the rows to be new. Raises WrongState where another one is
    under way, unless `wait`.
    """
    with connection.cursor() as cursor:
        if wait:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            return
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        if not cursor.fetchone()[0]:
            raise WrongState(_("Another import is running. Please wait until it has ended."))


def _usable_rows(
    outcomes: Iterable[Outcome], report: Report, placed: dict[str, str], left_out: set[str]
) -> Iterator[RegisterRow]:
    """Yield the rows to be listed; all others are counted in the report."""
    for outcome in outcomes:
        report.rows += 1
        if isinstance(outcome, Skipped):
            report.skipped[outcome.why] += 1
        elif isinstance(outcome, Refused):
            report.refused += 1
            report.problems.extend(outcome.problems[: MOST_SAID - len(report.problems)])
        elif outcome.country_code in left_out:
            report.left_out[outcome.country_code] += 1
        elif outcome.country_code not in placed:
            report.unplaced_codes[outcome.country_code] += 1
            if len(report.unplaced) < MOST_SAID:
                report.unplaced.append(
                    Unplaced(outcome.row, outcome.ror_id, outcome.name, outcome.country_code)
                )
        else:
            yield outcome


def _take_in(
    rows: tuple[RegisterRow, ...],
    source: Source,
    placed: dict[str, str],
    languages: set[str],
    report: Report,
    *,
    write: bool,
) -> None:
    known = Stakeholder.objects.filter(ror_id__in=[row.ror_id for row in rows])
    known_entries = {entry.ror_id: entry for entry in known.prefetch_related("other_names")}
    new, changed = [], []
    names: list[tuple[Stakeholder, str, str]] = []
    for row in rows:
        values = _values(row, placed)
        old = known_entries.get(row.ror_id)
        if old is None:
            new_entry = Stakeholder(status=Status.LISTED, listing=Listing.PUBLIC)
            new.append(_fill_entry(new_entry, row, values, source))
            names += [(new_entry, *name) for name in row.other_names]
        elif old.status != Status.LISTED:
            report.left_alone += 1
        else:
            further = further_names(row.other_names, old)
            if not further and all(getattr(old, name) == value for name, value in values.items()):
                report.unchanged += 1
                continue
            changed.append(_fill_entry(old, row, values, source))
            names += [(old, *name) for name in further]
    report.created += len(new)
    report.changed += len(changed)
    if not write:
        return
    Stakeholder.objects.bulk_create(new)
    if changed:
        Stakeholder.objects.bulk_update(changed, _WRITTEN)
    OtherName.objects.bulk_create(
        OtherName(
            stakeholder=entry,
            kind=NameKind.OTHER,
            text=name,
            language_id=language if language in languages else None,
        )
        for entry, name, language in names
    )
    if new or changed:
        index_many(KIND, [entry.pk for entry in [*new, *changed]])


def _values(row: RegisterRow, placed: dict[str, str]) -> dict[str, Any]:
    return {
        "kind": row.kind,
        "name": row.name,
        "name_latin": row.name_latin,
        "acronym": row.acronym,
        "country_id": placed[row.country_code],
        "city": row.city,
        "website": row.website,
    }


def _fill_entry(entry: Stakeholder, row: RegisterRow, values: dict[str, Any], source: Source) -> Stakeholder:
    for name, value in values.items():
        setattr(entry, name, value)
    entry.ror_id = row.ror_id
    entry.source_name, entry.source_url, entry.source_date = source.name, row.ror_id, source.date
    entry.updated_at = now()
    entry.keep_keys()
    return entry

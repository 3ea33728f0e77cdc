"""A list of members on its way to a wave: what looks like an entry is decided, the rest is invited."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from core.errors import DomainError
from stakeholders.imports.actions import lock_import, move_on, refuse_undecided, refuse_unless_importing
from stakeholders.imports.actions_bulk import has_newer_entries
from stakeholders.imports.actions_worker import MovedOn, Way, count_outcomes
from stakeholders.imports.enums import ImportStatus, RowOutcome
from stakeholders.imports.models import Import, ImportRow
from stakeholders.invitations.actions_waves import ListedMember, Origin, make_wave
from stakeholders.invitations.enums import MemberDecision
from stakeholders.invitations.list_rows import MemberJudge
from stakeholders.invitations.queries import is_taken_over
from stakeholders.registers.actions import take_import_lock

OUTCOMES = {
    MemberDecision.SAME: RowOutcome.TO_CLAIM,
    MemberDecision.ANOTHER: RowOutcome.NEW,
    MemberDecision.SKIP: RowOutcome.SKIPPED,
}
INVITED = (RowOutcome.NEW, RowOutcome.TO_CLAIM)
LISTED_FIELDS = ("email", "name", "kind", "country", "language", "name_latin", "acronym", "city", "website")


def decide(
    of: Import, decisions: Mapping[int, str], *, actor: User, by_reason: Mapping[str, str] | None = None
) -> None:
    """Say of rows (by number), or of all that wait for a reason, whether they are what they look like.

    Of an entry that has people of its own nobody can be invited to claim it: such a row is left as it is.
    """
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        of = lock_import(of, (ImportStatus.CHECKED,))
        for decision in MemberDecision:
            rows = [row for row, code in decisions.items() if code == decision]
            if rows:
                _settle(of.rows.exclude(twin=None).filter(row__in=rows), decision)
        for reason, code in (by_reason or {}).items():
            _settle(of.rows.undecided().filter(why=reason), MemberDecision(code))
        of.counts = count_outcomes(of)
        of.save(update_fields=["counts"])


def invite_all(of: Import, origin: Origin, *, actor: User) -> None:
    """Have the wave made in the background; rows with errors stay out.

    Raises DomainError while a row waits for a decision, and where no row is to be invited.
    """
    refuse_unless_importing(of, actor)
    with transaction.atomic():
        of = lock_import(of, (ImportStatus.CHECKED,))
        refuse_undecided(of)
        if not any(of.counts.get(outcome) for outcome in INVITED):
            raise DomainError(_("No row of this list is to be invited."))
        wave_values = {"name": origin.name, "former": origin.former, "vetted_before": origin.vetted_before}
        move_on(of, (ImportStatus.CHECKED,), ImportStatus.TAKING_IN, actor=actor, wave_said=wave_values)


def _settle(rows: "QuerySet[ImportRow]", decision: MemberDecision) -> None:
    if decision == MemberDecision.SAME:
        rows = rows.exclude(is_taken_over("twin"))
    rows.update(decision=decision, outcome=OUTCOMES[decision])


def _settle_row(row: ImportRow, decision: str) -> None:
    _settle(ImportRow.objects.filter(pk=row.pk), MemberDecision(decision))


def _leave_out_taken_over(of: Import) -> None:
    """Take out the rows of entries that have people of their own, unless the desk decided "another"."""
    rows = of.rows.filter(is_taken_over("twin"), outcome__in=INVITED).exclude(decision=MemberDecision.ANOTHER)
    rows.update(outcome=RowOutcome.CLAIMED, decision=MemberDecision.SKIP)


def _make_wave(of: Import, say: Callable[[int], None]) -> None:
    take_import_lock(wait=True)
    if has_newer_entries(of):
        raise MovedOn
    _leave_out_taken_over(of)
    rows = of.rows.filter(outcome__in=INVITED).select_related("twin")
    listed = [
        ListedMember(
            **{name: row.values[name] for name in LISTED_FIELDS if name in row.values},
            entry=row.twin if row.outcome == RowOutcome.TO_CLAIM else None,
        )
        for row in rows
    ]
    former = of.wave_said["former"]
    origin = Origin(
        **of.wave_said,
        source=of.source.name if former else "",
        source_date=of.source_date if former else None,
    )
    try:
        make_wave(listed, origin, actor=of.asked_by, of=of)  # type: ignore[arg-type]  # the worker has asked
    except DomainError as nobody:
        raise MovedOn from nobody
    say(len(listed))
    of.counts = count_outcomes(of)
    of.status, of.taken_in_at = ImportStatus.TAKEN_IN, now()


MEMBERS = Way(MemberJudge, _settle_row, _make_wave, _leave_out_taken_over)

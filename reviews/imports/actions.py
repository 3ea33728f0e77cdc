"""Taking in what was published: a file is looked at first; a second step applies it, whole or not at all."""

from datetime import date
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import urlsplit

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.actions import record
from audit.hooks import sentence
from core.errors import DomainError, WrongState
from core.limits import spend
from reviews.imports.models import ReviewImport
from reviews.imports.reading import Party, look, text_of
from reviews.imports.reports import ListChange, Report
from reviews.mechanism.enums import ImportKind, ImportStatus
from reviews.observations.actions import record_observation
from reviews.tracker.actions import count_deadlines, save_facts
from reviews.tracker.models import CountryReview, ReviewDocument, ReviewingState
from taxonomy.hooks import sources
from taxonomy.law.models import Participation
from taxonomy.names.models import Revision
from taxonomy.sources.actions import recount


def send_list(*, actor: Any, kind: str, name: str, text: str, source: str, source_date: date) -> ReviewImport:
    """Keep a file to be looked at; nothing it says is saved yet. Raises PermissionDenied."""
    _may(actor)
    spend("reviews.import", str(actor.pk), most=60, seconds=3600)
    with transaction.atomic():
        sent = ReviewImport.objects.create(
            kind=kind, name=name, text=text, source=source, source_date=source_date, sent_by=actor
        )
        record(sent, "reviews.import_sent", actor=actor, kind=kind)
    return sent


def apply_list(sent: ReviewImport, *, actor: Any, knowing: bool = False) -> Report:
    """Save what the file says. Looked at again now, since others may have changed what stands.

    `knowing`: the contradictions with the rules of the draw stand in the source. Raises PermissionDenied,
    WrongState where it was decided already, DomainError where it cannot be applied.
    """
    _may(actor)
    with transaction.atomic():
        won = ReviewImport.objects.filter(pk=sent.pk, status=ImportStatus.CHECKED).update(
            status=ImportStatus.APPLIED, decided_at=now()
        )
        if not won:
            raise WrongState(_("This file has been applied or discarded already."))
        report = look(sent.kind, sent.text)
        if report.problems:
            raise DomainError(_("Some lines cannot be used. Nothing was saved."))
        if not report.can_apply:
            raise DomainError(_("The file contains nothing new."))
        if report.contradictions and not knowing:
            raise DomainError(
                _("The file does not follow a known rule. Confirm that the source says so."),
                fields={"knowing": _("Please confirm this, or discard the file.")},
            )
        _APPLY[ImportKind(sent.kind)](sent, report, actor)
        ReviewImport.objects.filter(pk=sent.pk).update(counts=sent.counts | report.counts)
        record(
            sent,
            "reviews.import_applied",
            actor=actor,
            kind=sent.kind,
            new=len(report.new),
            changed=len(report.changed),
            gone=len(report.gone),
        )
        recount(*_sources_of(sent.kind))
    sent.refresh_from_db()
    return report


def discard_list(sent: ReviewImport, *, actor: Any) -> None:
    """Discard the file without any change. Raises PermissionDenied, WrongState."""
    _may(actor)
    with transaction.atomic():
        won = ReviewImport.objects.filter(pk=sent.pk, status=ImportStatus.CHECKED).update(
            status=ImportStatus.DISCARDED, decided_at=now()
        )
        if not won:
            raise WrongState(_("This file has been applied or discarded already."))
        record(sent, "reviews.import_discarded", actor=actor, kind=sent.kind)


def take_fetched(file: IO[bytes], url: str, actor: Any, earlier: int | None) -> int | None:
    """Store a fetched table of participations in place of the earlier one; return its number.

    None where nothing is new: what is stored is then confirmed as of today.
    """
    text = text_of(file)
    report = look(ImportKind.PARTICIPATIONS, text)
    if report.problems:
        first = report.problems[0]
        message = _("Line %(line)s: %(text)s") % {"line": first.line, "text": first.text}
        raise DomainError(message if first.line else first.text)
    if not report.can_apply:
        _confirm_participations(report, url)
        return None
    with transaction.atomic():
        for old in ReviewImport.objects.filter(pk=earlier or 0, status=ImportStatus.CHECKED):
            discard_list(old, actor=actor)
        sent = send_list(
            actor=actor,
            kind=ImportKind.PARTICIPATIONS,
            name=PurePosixPath(urlsplit(url).path).name[:200] or "participations.csv",
            text=text,
            source=url,
            source_date=localdate(),
        )
    return sent.pk


def _may(actor: Any) -> None:
    if not actor.has_perm("reviews.import_list"):
        raise PermissionDenied


def _apply_groups(sent: ReviewImport, report: Report, _actor: Any) -> None:
    changes = [*report.new, *report.changed]
    groups = {change.key[0]: change.value for change in changes}
    reviews = list(
        CountryReview.objects.select_for_update().filter(country__in=groups).select_related("country")
    )
    for review in reviews:
        review.group_id = groups[review.country_id]
        review.source, review.source_date, review.note = sent.source, sent.source_date, ""
        review.edited_by_hand, review.edited_at = True, now()
    CountryReview.objects.bulk_update(
        reviews, ["group", "source", "source_date", "note", "edited_by_hand", "edited_at"]
    )
    _revise("reviews.countryreview", {str(review.pk): review.country_id for review in reviews}, changes)
    for review in CountryReview.objects.filter(pk__in=[review.pk for review in reviews]).select_related(
        "country", "group"
    ):
        count_deadlines(review)


def _apply_pairings(sent: ReviewImport, report: Report, _actor: Any) -> None:
    """Replace the reviewing States of a country and an instrument by those that the file names."""
    for change in report.gone:
        iso3, instrument, reviewer = change.key
        ReviewingState.objects.filter(review__country=iso3, instrument=instrument, reviewer=reviewer).delete()
    reviews = dict(
        CountryReview.objects.filter(country__in={change.value[0] for change in report.new}).values_list(
            "country_id", "pk"
        )
    )
    ReviewingState.objects.bulk_create(
        [
            ReviewingState(
                review_id=reviews[iso3],
                instrument_id=instrument,
                reviewer_id=reviewer,
                source=sent.source,
                source_date=sent.source_date,
            )
            for iso3, instrument, reviewer in (change.value for change in report.new)
        ],
        ignore_conflicts=True,
    )


def _apply_participations(sent: ReviewImport, report: Report, _actor: Any) -> None:
    changes = [*report.new, *report.changed]
    standing = _lock_participations([*changes, *report.unchanged])
    before: dict[str, dict[str, Any] | None] = {}
    new: list[Participation] = []
    old: list[Participation] = []
    for change in changes:
        country, instrument = change.key
        row = standing.get((country, instrument))
        is_new = row is None
        if row is None:
            row = Participation(code=f"{country}-{instrument}", country_id=country, instrument_id=instrument)
        before[row.pk] = None if is_new else _facts(row)
        party: Party = change.value
        row.is_party, row.action, row.date, row.signed_on, row.note = party
        row.source, row.source_date = sent.source, sent.source_date
        row.edited_by_hand, row.edited_at = True, now()
        if row.signed_on and row.date and row.signed_on > row.date:
            raise DomainError(
                _("%(country)s: the day of deposit lies before the day of signature.")
                % {"country": change.label}
            )
        (new if is_new else old).append(row)
    confirmed = [standing[change.key] for change in report.unchanged if change.key in standing]
    for row in confirmed:
        before[row.pk] = _facts(row)
        row.source, row.source_date = sent.source, sent.source_date
        row.edited_by_hand, row.edited_at = True, now()
    Participation.objects.bulk_create(new)
    Participation.objects.bulk_update([*old, *confirmed], [*FACTS, "edited_at"])
    sent.counts = {"before": before, "after": {row.pk: _facts(row) for row in (*new, *old, *confirmed)}}
    codes = {row.pk: f"{row.country_id}-{row.instrument_id}" for row in (*new, *old)}
    _revise("taxonomy.participation", codes, changes)


def _lock_participations(changes: list[ListChange]) -> dict[tuple[str, str], Participation]:
    rows = Participation.objects.select_for_update().filter(country__in={change.key[0] for change in changes})
    return {(row.country_id or "", row.instrument_id): row for row in rows}


def _confirm_participations(report: Report, source: str) -> None:
    """Set today's date as the day on which a source confirmed unchanged rows."""
    with transaction.atomic():
        standing = _lock_participations(report.unchanged)
        rows = [standing[change.key] for change in report.unchanged if change.key in standing]
        Participation.objects.filter(pk__in=[row.pk for row in rows]).update(
            source=source, source_date=localdate(), edited_by_hand=True, edited_at=now()
        )
        recount(*_sources_of(ImportKind.PARTICIPATIONS))


def _sources_of(kind: str) -> list[str]:
    """Return the codes of the sources that such a list is of, as `wiring` registers them."""
    if kind != ImportKind.PARTICIPATIONS:
        return ["reviews"]
    return [code for code in sources if code.startswith("participations")]


# What a list of participations writes, and its undoing brings back.
FACTS = ("is_party", "action", "date", "signed_on", "source", "source_date", "note", "edited_by_hand")


def _facts(row: Participation) -> dict[str, Any]:
    """Return what a row says as JSON can hold it."""
    values = {name: getattr(row, name) for name in FACTS}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def undo_list(sent: ReviewImport, *, actor: Any) -> tuple[int, int]:
    """Bring back what stood before a list of participations; the file then waits as it did.

    Answers how many rows went back, and how many stay since somebody changed them afterwards. Raises
    PermissionDenied, WrongState.
    """
    _may(actor)
    with transaction.atomic():
        sent = ReviewImport.objects.select_for_update().get(pk=sent.pk)
        if not sent.can_be_undone:
            raise WrongState(_("The import of this file cannot be undone."))
        before, after = sent.counts["before"], sent.counts["after"]
        rows = Participation.objects.select_for_update().in_bulk(list(after))
        unchanged = {pk: row for pk, row in rows.items() if _facts(row) == after[pk]}
        Participation.objects.filter(pk__in=[pk for pk in unchanged if before[pk] is None]).delete()
        back = [row for pk, row in unchanged.items() if before[pk] is not None]
        for row in back:
            for name, value in before[row.pk].items():
                is_day = value and name in ("date", "signed_on", "source_date")
                setattr(row, name, date.fromisoformat(value) if is_day else value)
            row.edited_at = now()
        Participation.objects.bulk_update(back, [*FACTS, "edited_at"])
        sent.status, sent.decided_at, sent.counts = ImportStatus.CHECKED, None, {}
        sent.save(update_fields=["status", "decided_at", "counts"])
        record(sent, "reviews.import_undone", actor=actor, kind=sent.kind, count=len(unchanged))
        recount(*_sources_of(sent.kind))
    return len(unchanged), len(after) - len(unchanged)


def _apply_documents(sent: ReviewImport, report: Report, actor: Any) -> None:
    for change in (*report.new, *report.changed):
        row: ReviewDocument = change.value
        row.source, row.source_date = sent.source, sent.source_date
        save_facts(row, actor=actor)
    sent.documents.set(change.value for change in (*report.new, *report.changed))


def _apply_observations(sent: ReviewImport, report: Report, actor: Any) -> None:
    """Record the observations, which only the desk sees until it publishes them."""
    sent.observations.set(record_observation(actor=actor, values=change.value) for change in report.new)


def _revise(kind: str, codes: dict[str, str], changes: list[ListChange]) -> None:
    """Write the revisions that the history of each row shows."""
    of = {"-".join(change.key): change for change in changes}
    Revision.objects.bulk_create(
        Revision(kind=kind, code=code, changes={"import": [of[key].before, of[key].after]})
        for code, key in codes.items()
    )


_APPLY = {
    ImportKind.GROUPS: _apply_groups,
    ImportKind.PAIRINGS: _apply_pairings,
    ImportKind.PARTICIPATIONS: _apply_participations,
    ImportKind.DOCUMENTS: _apply_documents,
    ImportKind.OBSERVATIONS: _apply_observations,
}

sentence(
    "reviews.import_sent",
    gettext_lazy("%(actor)s had a published list checked (%(kind)s)."),
    labels={"kind": dict(ImportKind.choices)},
)
sentence(
    "reviews.import_applied",
    gettext_lazy(
        "%(actor)s applied a published list (%(kind)s): new %(new)s, changed %(changed)s, taken out %(gone)s."
    ),
    labels={"kind": dict(ImportKind.choices)},
)
sentence(
    "reviews.import_undone",
    gettext_lazy("%(actor)s undid a published list (%(kind)s): %(count)s rows went back."),
    labels={"kind": dict(ImportKind.choices)},
)
sentence(
    "reviews.import_discarded",
    gettext_lazy("%(actor)s discarded a published list (%(kind)s)."),
    labels={"kind": dict(ImportKind.choices)},
)

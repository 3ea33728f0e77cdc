"""Load a sanctions list, compare names with it, and clear the matches that are none."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import batched
from typing import IO, Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.utils.crypto import salted_hmac
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.later import later
from core.text import clean_block
from core.uploads import forget_bytes
from stakeholders.applications.enums import ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.screening import queries
from stakeholders.screening.enums import ProposalStatus, ScreenedKind
from stakeholders.screening.models import (
    ListedName,
    Match,
    ProposedList,
    Screened,
    ScreeningList,
    ScreeningRun,
)
from stakeholders.screening.reader import ReadList, Unreadable, pieces
from stakeholders.screening.reader import read as read_list
from stakeholders.screening.transliteration import bones_of, digest_of, in_arabic, in_han, key_of
from taxonomy.sources.actions import recount
from workflow.moves.queries import is_recused

TASK = "stakeholders.heavy_screen_all"
BATCH = 1_000
EVERY = timedelta(hours=24)
# Any number, the same for all who load a list or start a run.
_LOCK = 4_120_311


def propose(file: UploadedFile, read: ReadList, *, actor: User) -> ProposedList:
    """Store a list that was read until a person approves what it changes; the same file only once.

    Raises WrongState where this very file is in use already and DomainError where the one in use is newer.
    """
    if not actor.has_perm("stakeholders.screen"):
        raise PermissionDenied
    with transaction.atomic():
        _take_screening_lock()
        _refuse_if_no_newer(read)
        waiting_list = ProposedList.objects.waiting().filter(sha256=read.sha256).first()
        if waiting_list is not None:
            return waiting_list
        proposed_list = ProposedList(generated=read.generated, sent_by=actor)
        file.content_type = "text/xml"
        proposed_list.take(file)
        proposed_list.save()
        generated = read.generated.isoformat()
        record(proposed_list, "stakeholders.screening_list_proposed", actor=actor, generated=generated)
    return proposed_list


def approve(proposed: ProposedList, *, actor: User) -> ScreeningList:
    """Put a list that waits into use. Raises WrongState where somebody has decided already."""
    with transaction.atomic():
        held = _lock_waiting(proposed, actor)
        with held.file.open("rb") as stream:
            read = read_list(pieces(stream))
        loaded = load_list(read, actor=actor)
        _decide(held, ProposalStatus.APPROVED, actor)
    return loaded


def discard(proposed: ProposedList, *, actor: User) -> None:
    """Discard a proposed list; the list in use stays. Raises WrongState as `approve` does."""
    with transaction.atomic():
        held = _lock_waiting(proposed, actor)
        _decide(held, ProposalStatus.DISCARDED, actor)
        generated = held.generated.isoformat()
        record(held, "stakeholders.screening_list_discarded", actor=actor, generated=generated)


def take_fetched(file: IO[bytes], _url: str, actor: User, earlier: int | None) -> int:
    """Store a list that was fetched, in place of an earlier one that still waits. Return its id."""
    try:
        read = read_list(pieces(file))
    except Unreadable as problem:
        raise DomainError(str(problem)) from problem
    size = file.tell()
    file.seek(0)
    with transaction.atomic():
        proposed_list = propose(UploadedFile(file, "consolidated.xml", "text/xml", size), read, actor=actor)
        for old in ProposedList.objects.waiting().filter(pk=earlier or 0).exclude(pk=proposed_list.pk):
            discard(old, actor=actor)
    return proposed_list.pk


def _lock_waiting(proposed: ProposedList, actor: User) -> ProposedList:
    if not actor.has_perm("stakeholders.screen"):
        raise PermissionDenied
    held = ProposedList.objects.waiting().select_for_update(of=("self",)).filter(pk=proposed.pk).first()
    if held is None:
        raise WrongState(_("This list has been approved or discarded already."))
    return held


def _decide(held: ProposedList, status: str, actor: User) -> None:
    forget_bytes(held.file)
    held.status, held.decided_by, held.decided_at, held.file = status, actor, now(), ""
    held.save()


def _refuse_if_no_newer(read: ReadList) -> None:
    current = ScreeningList.objects.current()
    if current and current.sha256 == read.sha256:
        raise WrongState(_("This list is in use already. Nothing was changed."))
    if current and current.generated > read.generated:
        raise DomainError(
            _("The list in use is newer than this one. Please choose the newest. Nothing was changed.")
        )


def load_list(read: ReadList, *, actor: User | None) -> ScreeningList:
    """Put a list that was read into use, and have everybody compared with it in the background.

    `actor` is None at the command line. Raises WrongState where this very file is in use already and
    DomainError where the one in use is newer.
    """
    if actor is not None and not actor.has_perm("stakeholders.screen"):
        raise PermissionDenied
    with transaction.atomic():
        _take_screening_lock()
        _refuse_if_no_newer(read)
        names = [
            ListedName(
                kind=entry.kind,
                reference=entry.reference,
                form=form,
                key=key_of(form),
                bones=bones_of(form),
                in_han=in_han(form),
                in_arabic=in_arabic(form),
                digest=digest_of(entry.kind, entry.reference, form),
            )
            for entry in read.entries
            for form in entry.forms
        ]
        names = list({name.digest: name for name in names}.values())
        screening_list = ScreeningList.objects.create(
            generated=read.generated,
            sha256=read.sha256,
            entries=len(read.entries),
            rows=len(names),
            loaded_by=actor,
        )
        for name in names:
            name.list = screening_list
        ListedName.objects.bulk_create(names, batch_size=BATCH)
        ListedName.objects.exclude(list=screening_list).delete()
        record(
            screening_list,
            "stakeholders.screening_list_loaded",
            actor=actor,
            generated=read.generated.isoformat(),
            sha256=read.sha256,
            entries=screening_list.entries,
            rows=screening_list.rows,
        )
        _start_run(screening_list)
        recount("security-council")
    return screening_list


def sweep() -> None:
    """Start the daily run, and continue where a message was lost or a worker died."""
    with transaction.atomic():
        _take_screening_lock()
        current = ScreeningList.objects.current()
        if current is None:
            return
        last = ScreeningRun.objects.order_by("-pk").first()
        if last is None or (last.finished_at is not None and last.started_at < now() - EVERY):
            _start_run(current)
        elif last.finished_at is None:
            later(TASK)
    for ids in batched(
        list(queries.applications_left_behind(current).values_list("pk", flat=True)), BATCH, strict=False
    ):
        screen_applications(ids)


def screen_all() -> None:
    """Continue the run that is under way, batch by batch. Two workers may call this at once."""
    while screen_some():
        pass


def screen_some() -> bool:
    """Compare one batch of the run; return False where none is under way or another worker has it."""
    with transaction.atomic():
        run = (
            ScreeningRun.objects.select_for_update(skip_locked=True, of=("self",))
            .filter(finished_at=None)
            .select_related("list")
            .first()
        )
        if run is None:
            return False
        stakeholders = list(
            Stakeholder.objects.exclude(status__in=queries.NOT_SCREENED)
            .filter(pk__gt=run.stakeholders_to)
            .order_by("pk")
            .values_list("pk", flat=True)[:BATCH]
        )
        if stakeholders:
            run.found += _screen(ScreenedKind.STAKEHOLDER, stakeholders, run.list)
            run.stakeholders_to = stakeholders[-1]
            run.done += len(stakeholders)
        else:
            applications = list(
                Application.objects.filter(status__in=ApplicationStatus.OPEN, pk__gt=run.applications_to)
                .order_by("pk")
                .values_list("pk", flat=True)[:BATCH]
            )
            if applications:
                run.found += _screen(ScreenedKind.APPLICATION, applications, run.list)
                run.applications_to = applications[-1]
                run.done += len(applications)
            else:
                _delete_orphaned_matches()
                run.finished_at = now()
                run.most = run.done
                record(run.list, "stakeholders.screened", actor=None, done=run.done, found=run.found)
        run.most = max(run.most, run.done)
        run.save()
    return run.finished_at is None


def screen_applications(ids: Sequence[int]) -> int:
    """Compare these applications with the list in use, now; returns how many hits are new."""
    with transaction.atomic():
        current = ScreeningList.objects.current()
        return _screen(ScreenedKind.APPLICATION, ids, current) if current else 0


def screen_stakeholders(ids: Sequence[int]) -> int:
    """Compare these entries with the list in use, now; returns how many hits are new."""
    with transaction.atomic():
        current = ScreeningList.objects.current()
        return _screen(ScreenedKind.STAKEHOLDER, ids, current) if current else 0


def compare(application: Application, *, actor: User) -> int:
    """Compare one application because a person of the desk asked for it; return how many hits are new."""
    if not actor.has_perm("stakeholders.screen"):
        raise PermissionDenied
    return screen_applications([application.pk])


def clear(match: Match, *, actor: User, reason: str) -> Match:
    """Clear a match with a reason, until the name here or the form on the list changes."""
    reason = clean_block(reason)
    if not actor.has_perm("stakeholders.screen"):
        raise PermissionDenied
    if not reason:
        message = _("Give the reason why these are not the same.")
        raise DomainError(message, fields={"reason": message})
    with transaction.atomic():
        _refuse_if_recused(match, actor)
        cleared = (
            Match.objects.open().filter(pk=match.pk).update(cleared_at=now(), cleared_by=actor, reason=reason)
        )
        if not cleared:
            raise WrongState(_("This hit has been cleared already, or one of the names has changed."))
        cleared_match = Match.objects.get(pk=match.pk)
        # About the match, never its subject: whose match it is stays with those who vet.
        record(
            cleared_match,
            "stakeholders.match_cleared",
            actor=actor,
            name_digest=_seal_digest(cleared_match.name_digest),
            listed_digest=_seal_digest(cleared_match.listed_digest),
        )
    return cleared_match


def screening_guard(application: Application) -> str | None:
    """Return what blocks an approval: names not compared with the list in use, or hits not cleared."""
    current = ScreeningList.objects.current()
    if current is None:
        return None
    screened = Screened.objects.filter(application=application).first()
    names = queries.names_of(ScreenedKind.APPLICATION, [application.pk])
    if not queries.is_screened(names, current, screened):
        return _(
            "The names of this application have not been compared with the list in use. "
            "Please compare them first, under “Screening”."
        )
    count = Match.objects.open().about(ScreenedKind.APPLICATION, application.pk).count()
    if not count:
        return None
    return ngettext(
        "Screening has found %(count)d hit that is not cleared. Please clear it with a reason first.",
        "Screening has found %(count)d hits that are not cleared. Please clear each with a reason first.",
        count,
    ) % {"count": count}


def _seal_digest(digest: str) -> str:
    """Return a keyed digest for the log: the list is public, and a plain one would lead to its name."""
    return salted_hmac("stakeholders.screening", digest, algorithm="sha256").hexdigest()


def _take_screening_lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _start_run(screening_list: ScreeningList) -> None:
    """Start a new run; one still under way with an older list ends here."""
    moment = now()
    ScreeningRun.objects.filter(finished_at=None).update(finished_at=moment)
    ScreeningRun.objects.create(list=screening_list, most=queries.count_to_screen(), started_at=moment)
    later(TASK)


def _delete_orphaned_matches() -> None:
    """Delete the matches whose application or entry no longer exists, since they hold its name."""
    ids_by_kind = {
        ScreenedKind.APPLICATION: Application.objects.values_list("pk", flat=True),
        ScreenedKind.STAKEHOLDER: Stakeholder.objects.values_list("pk", flat=True),
    }
    for kind, ids in ids_by_kind.items():
        Match.objects.filter(subject_kind=kind).exclude(subject_id__in=ids).delete()


def _refuse_if_recused(match: Match, actor: User) -> None:
    if match.subject_kind == ScreenedKind.APPLICATION:
        application = Application.objects.filter(pk=match.subject_id).first()
        recused = application is not None and is_recused(actor, application)
    else:
        recused = actor.memberships.filter(stakeholder_id=match.subject_id).exists()
    if recused:
        raise DomainError(_("You are involved in this matter. Please leave the decision to a colleague."))


def _screen(kind: str, ids: Sequence[int], screening_list: ScreeningList) -> int:
    names = queries.names_of(kind, ids)
    moment = now()
    new = _store_hits(kind, ids, queries.hits(names, screening_list), moment)
    if kind == ScreenedKind.APPLICATION:
        names_by_application: dict[int, list[queries.Name]] = {pk: [] for pk in ids}
        for name in names:
            names_by_application[name.subject].append(name)
        Screened.objects.bulk_create(
            [
                Screened(
                    application_id=pk,
                    list=screening_list,
                    digest=queries.digest_of_names(names_by_application[pk]),
                    at=moment,
                )
                for pk in ids
            ],
            update_conflicts=True,
            unique_fields=["application"],
            update_fields=["list", "digest", "at"],
        )
    return new


def _store_hits(kind: str, ids: Sequence[int], hits: list[queries.Hit], moment: datetime) -> int:
    """Bring the matches of these subjects in line with what was found; returns how many are new and open."""
    hits_by_pair = {hit.pair: hit for hit in hits}
    stored_matches = {
        _pair(match): match for match in Match.objects.filter(subject_kind=kind, subject_id__in=ids)
    }
    gone = [match.pk for pair, match in stored_matches.items() if match.is_open and pair not in hits_by_pair]
    back = [match.pk for pair, match in stored_matches.items() if match.ended_at and pair in hits_by_pair]
    if gone:
        Match.objects.open().filter(pk__in=gone).update(ended_at=moment)
    if back:
        Match.objects.filter(pk__in=back).update(ended_at=None)
    new = [_new_match(kind, hit, moment) for pair, hit in hits_by_pair.items() if pair not in stored_matches]
    if new:
        _take_over(kind, new)
        Match.objects.bulk_create(
            new, ignore_conflicts=True
        )  # two workers may compare the same names at once
    return len(back) + sum(match.is_open for match in new)


def _pair(match: Match) -> tuple[int, str, str]:
    return match.subject_id, match.name_digest, match.listed_digest


def _new_match(kind: str, hit: queries.Hit, moment: datetime) -> Match:
    subject, name_digest, listed_digest = hit.pair
    return Match(
        subject_kind=kind,
        subject_id=subject,
        which=hit.name.which,
        name=hit.name.text,
        name_digest=name_digest,
        kind=hit.listed.kind,
        reference=hit.listed.reference,
        form=hit.listed.form,
        listed_digest=listed_digest,
        likeness=min(1.0, hit.likeness),
        found_at=moment,
    )


def _take_over(kind: str, matches: list[Match]) -> None:
    """Copy the clearances of an application to the matches of the entry that came of it."""
    if kind != ScreenedKind.STAKEHOLDER:
        return
    entry_ids = dict(
        Application.objects.filter(
            stakeholder__in=[match.subject_id for match in matches], status=ApplicationStatus.APPROVED
        ).values_list("pk", "stakeholder_id")
    )
    cleared: dict[Any, Match] = {}
    if entry_ids:
        before = Match.objects.filter(
            subject_kind=ScreenedKind.APPLICATION, subject_id__in=entry_ids, cleared_at__isnull=False
        )
        cleared = {
            (entry_ids[match.subject_id], match.name_digest, match.listed_digest): match for match in before
        }
    for match in matches:
        if cleared_match := cleared.get(_pair(match)):
            match.cleared_at, match.cleared_by_id, match.reason = (
                cleared_match.cleared_at,
                cleared_match.cleared_by_id,
                cleared_match.reason,
            )

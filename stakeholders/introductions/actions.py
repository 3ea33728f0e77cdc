"""Introductions: asked for, passed on, answered by an invitation or declined, and closed by the clock."""

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from core.errors import DomainError, WrongState
from core.limits import spend
from core.text import clean_block, clean_line
from core.time_display import VIENNA
from notifications.inbox.models import Notice
from notifications.outbox.actions import Telling, notify_all, notify_each
from notifications.outbox.models import Message
from stakeholders.appointments.models import today
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.queries import people_of
from stakeholders.introductions.enums import LEAST_DAYS, MOST_DAYS, MOST_OF_ONE, MOST_TO_ONE_ENTRY, WORK, Way
from stakeholders.introductions.models import OF_PUBLIC_ENTRY, Introduction, IntroductionTask
from stakeholders.introductions.queries import goes_by_portal, refusal_for
from stakeholders.invitations.actions_desk import invite_to_register
from stakeholders.recommendations.queries import focal_points_of
from workflow.held_tasks import actions as held_tasks
from workflow.items.actions import close_items, close_items_of, open_item
from workflow.items.models import WorkItem
from workflow.moves.actions import move, move_batch
from workflow.moves.models import Decision

KIND = "stakeholders.introduction"
REQUESTED, ANSWERED = "stakeholders.introduction_requested", "stakeholders.introduction_answered"
PASSED_ON = "stakeholders.introduction_passed_on"
A_DAY = 24 * 3600


# --- The task -------------------------------------------------------------------------------------------
def hold_task(*, actor: User, days: int) -> IntroductionTask:
    """Take the task of answering introductions within `days`: from then on they are offered."""
    if not actor.has_perm("stakeholders.hold_introductions"):
        raise PermissionDenied
    if not LEAST_DAYS <= days <= MOST_DAYS:
        text = _("Choose between %(least)s and %(most)s days.") % {"least": LEAST_DAYS, "most": MOST_DAYS}
        raise DomainError(text, fields={"days": text})
    return held_tasks.take_task(
        IntroductionTask, actor=actor, action="stakeholders.introductions_offered", days=days
    )


def end_task(*, actor: User) -> None:
    """Stop offering introductions; pending ones are still answered or closed. It may be called twice."""
    if not actor.has_perm("stakeholders.hold_introductions"):
        raise PermissionDenied
    held_tasks.end_task(IntroductionTask, actor=actor, action="stakeholders.introductions_ended")


# --- Asking ---------------------------------------------------------------------------------------------
def ask_for_introduction(
    stakeholder: Stakeholder, *, actor: User, background: str, purpose: str, text: str
) -> Introduction:
    """Ask the team, and the regional focal point of its place, for an introduction to an organization.

    Raises DomainError where it is not offered to this person or something is missing, WrongState where the
    same person waits for one already, and TooMany past the limits.
    """
    answers = {
        "background": clean_line(background),
        "purpose": clean_block(purpose),
        "text": clean_block(text),
    }
    _refuse_empty(answers)
    with transaction.atomic():
        entry = _hold_entry(stakeholder.pk)
        task = IntroductionTask.objects.select_for_update(no_key=True, of=("self",)).held().first()
        refusal = refusal_for(actor, entry)
        if refusal or task is None:
            raise DomainError(refusal or _("Introductions are not offered at present."))
        if Introduction.objects.open().filter(stakeholder=entry, asker=actor).exists():
            raise WrongState(_("You have asked for this introduction already."))
        spend("stakeholders.introduction", str(actor.pk), most=MOST_OF_ONE, seconds=A_DAY)
        spend("stakeholders.introduction_entry", str(entry.pk), most=MOST_TO_ONE_ENTRY, seconds=A_DAY)
        last_day = today() + timedelta(days=task.days + 1)
        introduction = Introduction.objects.create(
            stakeholder=entry, asker=actor, answer_by=datetime.combine(last_day, time(), VIENNA), **answers
        )
        _open_work(introduction, task)
    return introduction


def _hold_entry(pk: int) -> Stakeholder:
    rows = Stakeholder.objects.select_for_update(no_key=True, of=("self",)).select_related("country")
    return rows.get(pk=pk)


def _refuse_empty(answers: dict[str, str]) -> None:
    words = {
        "background": _("Describe in a few words who you are."),
        "purpose": _("Describe why you want to reach the organization."),
        "text": _("Write your message."),
    }
    if missing := {name: words[name] for name, answer in answers.items() if not answer}:
        raise DomainError(next(iter(missing.values())), fields=missing)


def _open_work(introduction: Introduction, task: IntroductionTask) -> None:
    """Open the work for the regional focal points of the place and the holder of the task, and tell them."""
    entry = introduction.stakeholder
    focal_points = list(focal_points_of(entry.country_id).exclude(pk=introduction.asker_id))
    item = open_item(
        introduction,
        WORK,
        waits_for=Role.REGIONAL if focal_points else Role.VETTING,
        until=introduction.answer_by,
        country=entry.country_id or "",
        region=(entry.country.region_id or "") if entry.country else "",
    )
    if not focal_points and task.holder_id != introduction.asker_id:
        WorkItem.objects.filter(pk=item.pk).update(holder=task.holder_id)
    people = {person.pk: person for person in [*focal_points, task.holder] if person is not None}
    people.pop(introduction.asker_id, None)
    notify_all(
        people.values(),
        REQUESTED,
        key=f"introduction:{introduction.pk}",
        url_name="stakeholders:introduction",
        url_args=[introduction.pk],
        facts={"name": entry.name, "until": introduction.answer_by.isoformat()},
        subject=introduction,
    )


# --- Answering ------------------------------------------------------------------------------------------
def pass_on(introduction: Introduction, *, actor: User, way: str, note: str = "") -> None:
    """Record by which way it was passed on; by `Way.PORTAL` the people of the organization get it by mail.

    The portal writes to no other address, and to nobody who takes no messages of the asker.
    """
    with transaction.atomic():
        row = _lock(introduction)
        if way not in Way.values or (way == Way.PORTAL and not goes_by_portal(row)):
            text = _("Choose from the list.")
            raise DomainError(text, fields={"way": text})
        _close(row, "pass_on", actor=actor, note=clean_block(note), way=way)
        if way == Way.PORTAL:
            _mail_organization(row)


def invite_to_claim(introduction: Introduction, *, actor: User, address: str, language: str) -> None:
    """Invite whoever holds a public address of the organization to claim its profile."""
    with transaction.atomic():
        row = _lock(introduction)
        entry = row.stakeholder
        if entry.status != Status.LISTED:
            raise WrongState(_("This profile cannot be claimed: it is not listed from a public source."))
        _close(row, "invite", actor=actor)
        invite_to_register(
            address,
            actor=actor,
            language=language,
            kind=entry.kind,
            name=entry.name,
            country=entry.country_id or "",
            stakeholder=entry,
        )


def decline_introduction(introduction: Introduction, *, actor: User, reason: str, note: str = "") -> None:
    """Say no, with a coded reason and a note that the asker reads."""
    with transaction.atomic():
        _close(_lock(introduction), "decline", actor=actor, reason=reason, note=clean_block(note))


def withdraw_introduction(introduction: Introduction, *, actor: User) -> None:
    """Take one's own request back."""
    with transaction.atomic():
        row = _lock(introduction)
        move(row, "withdraw", actor=actor, closed_at=now())
        close_items(row)


def _lock(introduction: Introduction) -> Introduction:
    rows = Introduction.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("stakeholder__country", "asker").get(pk=introduction.pk)


def _close(
    row: Introduction, name: str, *, actor: User, reason: str = "", note: str = "", **fields: Any
) -> None:
    move(row, name, actor=actor, reason=reason, note=note, closed_at=now(), **fields)
    close_items(row)
    _tell_askers([row], reason=reason, note=note)


def _mail_organization(row: Introduction) -> None:
    entry = row.stakeholder
    notify_all(
        [member.user for member in people_of([entry.pk], roles=MemberRole.WRITERS)[entry.pk]],
        PASSED_ON,
        key=f"introduction:{row.pk}",
        url_name="stakeholders:introduction",
        url_args=[row.pk],
        facts={
            "name": entry.name,
            "by": row.asker.name,
            "address": row.asker.email,
            "background": row.background,
            "purpose": row.purpose,
            "text": row.text,
        },
        subject=row,
    )


def _tell_askers(rows: Iterable[Introduction], **facts: str) -> None:
    """Tell those who asked, by mail and notice, what became of it."""
    notify_each(
        ANSWERED,
        [
            Telling(
                user=row.asker,
                key=f"introduction:{row.pk}:{row.status}",
                facts={"name": row.stakeholder.name_for(row.asker), "status": row.status, **facts},
                subject=row,
                url_name="stakeholders:introduction",
                url_args=[row.pk],
            )
            for row in rows
        ],
    )


# --- The clock ------------------------------------------------------------------------------------------
def close_due(at: datetime | None = None) -> int:
    """Close what nobody answered in time, and what is about entries that are no longer public.

    Whoever asked is told. Returns how many were closed; two runs at once close each once.
    """
    moment = at or now()
    closed = 0
    while batch := _close_batch(moment):
        closed += batch
    return closed


def _close_batch(moment: datetime) -> int:
    due = Introduction.objects.filter(Q(answer_by__lte=moment) | ~OF_PUBLIC_ENTRY)
    with transaction.atomic():
        rows = move_batch(due.select_related("stakeholder", "asker"), "expire", closed_at=moment)
        close_items_of(Introduction, [row.pk for row in rows])
        _tell_askers(rows)
    return len(rows)


# --- Merging, retention and erasure ---------------------------------------------------------------------
def settle_introductions(entry: Stakeholder, merged: Stakeholder) -> None:
    """Keep, of two open introductions of one person to both, the one to the entry that stays."""
    waiting = Introduction.objects.open().filter(stakeholder=entry).values("asker")
    for double in Introduction.objects.open().filter(stakeholder=merged, asker__in=waiting):
        move(double, "expire", actor=None, system=True, closed_at=now())
        close_items(double)


def remove(ids: list[int]) -> None:
    """Remove introductions, with the mail and notices that told of them, the work and the decisions."""
    with transaction.atomic():
        for model in (Message, Notice, WorkItem, Decision):
            model.objects.filter(subject_kind=KIND, subject_id__in=ids).delete()
        Introduction.objects.filter(pk__in=ids).delete()

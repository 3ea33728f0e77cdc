"""How an entry comes to stand otherwise, and the clock of the yearly confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import Telling, notify_each
from search.actions import index_many
from stakeholders.entries.actions import update_naming
from stakeholders.entries.enums import MemberRole, StandingReason, Status
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.entries.queries import people_of
from stakeholders.family.actions import end_links
from stakeholders.followers.actions import tell_returned
from stakeholders.hooks import after_standing
from workflow.moves.actions import lock, move, move_batch
from workflow.moves.models import Decision

KIND = "stakeholders.stakeholder"
# What the people of an entry are told of each move; the act of a merge tells them itself.
KINDS = {
    "lapse": "stakeholders.entry_lapse",
    "return": "stakeholders.entry_return",
    "suspend": "stakeholders.entry_suspend",
    "lift": "stakeholders.entry_lift",
    "withdraw": "stakeholders.entry_withdraw",
}
BACK = ("return", "lift")  # the moves that bring an entry into the directory again
HIDING = ("suspend", "withdraw")  # the moves after which nobody else reads its name


def confirm(stakeholder: Stakeholder, *, actor: User, version: datetime | None = None) -> Stakeholder:
    """Say for another year that everything is right; a lapsed entry is back in the directory at once.

    `version` is the `updated_at` of the entry as the person saw it; WrongState is raised where it has changed
    since. A second click changes nothing.
    """
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, "stakeholders.confirm_stakeholder")
        if locked_entry.status not in Status.LOOKED_AFTER:
            raise WrongState(
                _("This profile cannot be confirmed now: it is “%(status)s”.")
                % {"status": locked_entry.get_status_display()}
            )
        if version is not None and version != locked_entry.updated_at:
            if locked_entry.confirmed_at == locked_entry.updated_at:
                return locked_entry  # the second click, or a colleague a moment earlier, on the same entry
            raise WrongState(
                _("The profile has changed since this page was opened. Please check it, then confirm.")
            )
        moment = now()
        if locked_entry.is_lapsed:
            move_entry(locked_entry, "return", actor=actor)
            moment = locked_entry.updated_at
        locked_entry.confirmed_at = locked_entry.updated_at = moment
        locked_entry.lapses_at = None
        locked_entry.save(update_fields=["confirmed_at", "updated_at", "lapses_at"])
        record(locked_entry, "stakeholders.confirmed", actor=actor)
        DirectoryVersion.objects.bump()
    return locked_entry


def suspend(stakeholder: Stakeholder, *, actor: User, reason: str, note: str) -> Stakeholder:
    """Take an entry out of the directory and its people's rights from them until the desk lifts it.

    The coded reason and the note, which its people read, are both required.
    """
    return _move_by_desk(
        stakeholder, "suspend", "stakeholders.suspend_stakeholder", actor=actor, reason=reason, note=note
    )


def lift(stakeholder: Stakeholder, *, actor: User, note: str) -> Stakeholder:
    """End a suspension: the entry is active again, with its listing as it was."""
    return _move_by_desk(stakeholder, "lift", "stakeholders.lift_stakeholder", actor=actor, note=note)


def withdraw(stakeholder: Stakeholder, *, actor: User, reason: str = "", note: str = "") -> Stakeholder:
    """Take an entry out for good. Its administrators may without saying why; the desk gives a reason."""
    if _is_administrator(stakeholder, actor):
        with transaction.atomic():
            locked_entry = lock(stakeholder, actor, "stakeholders.withdraw_stakeholder")
            move_entry(
                locked_entry, "withdraw", actor=actor, reason=reason, note=clean_block(note), lapses_at=None
            )
        return locked_entry
    return _move_by_desk(
        stakeholder, "withdraw", "stakeholders.withdraw_stakeholder", actor=actor, reason=reason, note=note
    )


def remove_listing(stakeholder: Stakeholder, *, actor: User) -> Stakeholder:
    """Take an unclaimed entry out for good, in one click: nobody acts for it who could read a reason.

    It stays withdrawn, so that no source lists it again.
    """
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, "stakeholders.withdraw_stakeholder")
        if locked_entry.status != Status.LISTED:
            raise WrongState(_("This profile is no longer unclaimed. Please check it again."))
        move_entry(locked_entry, "withdraw", actor=actor, lapses_at=None)
    return locked_entry


def _move_by_desk(
    stakeholder: Stakeholder, name: str, permission: str, *, actor: User, note: str, reason: str | None = None
) -> Stakeholder:
    note = clean_block(note)
    with transaction.atomic():
        locked_entry = lock(stakeholder, actor, permission)
        wrong = {}
        if reason is not None and reason not in StandingReason.values:
            wrong["reason"] = _("Choose the reason.")
        if not note:
            wrong["note"] = _("Explain the decision to the people of the profile.")
        if wrong:
            raise DomainError(_("This decision needs a reason that its people can read."), fields=wrong)
        move_entry(locked_entry, name, actor=actor, reason=reason or "", note=note, lapses_at=None)
    return locked_entry


def _is_administrator(stakeholder: Stakeholder, actor: User) -> bool:
    people = people_of([stakeholder.pk], roles=[MemberRole.ADMIN])
    return any(membership.user_id == actor.pk for membership in people[stakeholder.pk])


# --- What follows from a move -------------------------------------------------------------------------
def move_entry(stakeholder: Stakeholder, name: str, *, actor: Any, **how: Any) -> Decision:
    """Make one move of an entry with all that follows from it; in the act's transaction. Raises as `move`."""
    decision = move(stakeholder, name, actor=actor, **how)
    _apply_consequences(
        [stakeholder], name, reason=decision.reason, note=decision.note, but=actor, once=str(decision.pk)
    )
    return decision


def _apply_consequences(
    stakeholders: Sequence[Stakeholder],
    name: str,
    *,
    once: str,
    reason: str = "",
    note: str = "",
    but: Any = None,
) -> None:
    """Update the index, the directory and the apps above, and send e-mail to the people of these entries.

    `but` is who made the move: whoever brought an entry back has just read so and gets no mail.
    """
    ids = [stakeholder.pk for stakeholder in stakeholders]
    index_many(KIND, ids)
    if name == "lift" or name in HIDING:
        update_naming(ids, hides=name in HIDING)
    if name == "withdraw":
        end_links(stakeholders)
    for apply in after_standing.values():
        apply(list(stakeholders), name)
    if name in KINDS:
        _tell_people(stakeholders, name, once=once, reason=reason, note=note, but=but)
    if name in BACK:
        tell_returned(stakeholders, once)
    DirectoryVersion.objects.bump()


def _tell_people(
    stakeholders: Sequence[Stakeholder], name: str, *, once: str, reason: str, note: str, but: Any
) -> None:
    people = people_of([stakeholder.pk for stakeholder in stakeholders])
    notify_each(
        KINDS[name],
        [
            Telling(
                user=membership.user,
                key=f"stakeholder:{stakeholder.pk}:{name}:{once}",
                facts={"name": stakeholder.name, "reason": reason, "note": note, "role": membership.role},
                subject=stakeholder,
                **_page(stakeholder, name, membership),
            )
            for stakeholder in stakeholders
            for membership in people[stakeholder.pk]
            if name != "return" or but is None or membership.user_id != but.pk
        ],
    )


def _page(stakeholder: Stakeholder, name: str, membership: Membership) -> dict[str, Any]:
    confirms = name in {"lapse", "lift"} and membership.role in MemberRole.WRITERS
    page = "stakeholders:confirm" if confirms else "stakeholders:by_number"
    return {"url_name": page, "url_args": [stakeholder.pk]}


# -----------------------------------------------------------------------------------------------------
# The clock of the yearly confirmation: it reminds, and takes out of the directory what nobody confirmed.

BATCH = 500


@dataclass(frozen=True)
class Care:
    """What one run did: mails written, entries whose grace began, entries that lapsed."""

    reminders: int = 0
    graces: int = 0
    lapsed: int = 0


def care_for_confirmations(at: datetime | None = None) -> Care:
    """Remind whoever is due, and let lapse what stayed unconfirmed through its grace.

    It may run twice, also at the same moment. Each batch of 500 is one transaction. Grace begins when people
    are told that the time is over: a clock that stood still for weeks, or a suspension that was lifted, lets
    nobody lapse unannounced.
    """
    at = at or now()
    reminders, graces = _remind(at)
    return Care(reminders, graces, _lapse(at))


def step_of(due: datetime, at: datetime) -> int | None:
    """Return the reminder that is due now, in days before `due`; of several missed ones the latest."""
    reached = [days for days in settings.STAKEHOLDERS_REMINDER_DAYS if due - timedelta(days=days) <= at]
    return min(reached, default=None)


def _year() -> timedelta:
    return timedelta(days=settings.STAKEHOLDERS_CONFIRM_DAYS)


def _grace() -> timedelta:
    return timedelta(days=settings.STAKEHOLDERS_GRACE_DAYS)


def _remind(at: datetime) -> tuple[int, int]:
    soon = at - _year() + timedelta(days=max(settings.STAKEHOLDERS_REMINDER_DAYS))
    unconfirmed = Stakeholder.objects.unconfirmed_since(soon).order_by("pk")
    reminders = graces = last = 0
    while True:
        with transaction.atomic():
            some = list(unconfirmed.filter(pk__gt=last)[:BATCH])
            if not some:
                return reminders, graces
            graces += _begin_grace([stakeholder.pk for stakeholder in some], at)
            reminders += _tell(some, at)
            last = some[-1].pk


def _begin_grace(ids: list[int], at: datetime) -> int:
    """Begin the grace of these entries, but of none that was confirmed in the meantime."""
    over = Stakeholder.objects.unconfirmed_since(at - _year()).filter(pk__in=ids, lapses_at=None)
    begun = over.update(lapses_at=at + _grace())
    if begun:
        DirectoryVersion.objects.bump()  # regional focal points are shown who lapses
    return begun


def _tell(stakeholders: list[Stakeholder], at: datetime) -> int:
    people = people_of([stakeholder.pk for stakeholder in stakeholders], roles=MemberRole.WRITERS)
    tellings = []
    for stakeholder in stakeholders:
        due = stakeholder.confirm_by
        step = step_of(due, at) if due else None
        if due is None or step is None:
            continue
        leaves = stakeholder.leaves_at if step or stakeholder.lapses_at else at + _grace()
        facts = {
            "name": stakeholder.name,
            "days": step,
            "due": due.isoformat(),
            "leaves": leaves.isoformat() if leaves else "",
        }
        tellings += [
            Telling(
                user=membership.user,
                key=f"stakeholder:{stakeholder.pk}:confirm:{due:%Y-%m-%d}:{step}",
                url_name="stakeholders:confirm",
                url_args=[stakeholder.pk],
                facts=facts,
                subject=stakeholder,
            )
            for membership in people[stakeholder.pk]
        ]
    return len(notify_each("stakeholders.confirmation_due", tellings))


def _lapse(at: datetime) -> int:
    over = Stakeholder.objects.unconfirmed_since(at - _year()).filter(lapses_at__lte=at)
    lapsed = 0
    while moved := _lapse_some(over):
        lapsed += moved
    return lapsed


def _lapse_some(over: QuerySet[Stakeholder]) -> int:
    with transaction.atomic():
        lapsed = move_batch(over, "lapse", most=BATCH, lapses_at=None)
        if lapsed:
            _apply_consequences(lapsed, "lapse", once=f"{now():%Y-%m-%d}")
    return len(lapsed)

"""Planning, holding and reporting an activity, who belongs to it, and what follows from it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from coordination.activities.enums import ActivityStatus
from coordination.activities.models import Activity, ActivityFile, ActivityNote, FollowUp
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from core.uploads import forget_bytes
from notifications.outbox.actions import notify
from stakeholders.appointments.models import today
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import lock, move, refuse_changed

MOST_FILES = 20
MOST_STAKEHOLDERS = 500
LISTS = ("countries", "topics")
# What a calendar shows of it.
ON_CALENDARS = frozenset(("title", "purpose", "starts_at", "ends_at", "whole_days", "zone", "city", "venue"))


def plan(*, actor: User, values: Mapping[str, Any]) -> Activity:
    """Create an activity; one that is over already is marked as held."""
    if not actor.has_perm("coordination.plan_activity"):
        raise PermissionDenied
    with transaction.atomic():
        activity = Activity(author=actor, is_demo=actor.is_demo)
        _write(activity, values)
        record(activity, "coordination.activity.plan", actor=actor)
        if activity.ends_at <= now():
            move(activity, "hold", actor=actor, version=activity.version, sequence=activity.sequence + 1)
    return activity


def enter_held(*, actor: User, values: Mapping[str, Any], outcome: str, took_part: int | None) -> Activity:
    """Create an activity that was held, with its report. The outcome must not be empty."""
    with transaction.atomic():
        activity = plan(actor=actor, values=values)
        if activity.is_planned:
            message = _("It has not ended yet. Plan it instead, and report the outcome afterwards.")
            raise DomainError(message, fields={"ends_at": message})
        return report(activity, actor=actor, version=activity.version, outcome=outcome, took_part=took_part)


def save(activity: Activity, *, actor: User, version: int, values: Mapping[str, Any]) -> Activity:
    """Change an activity that is planned or held. Raises WrongState where another window has saved since."""
    with transaction.atomic():
        activity = lock_writable(activity, actor)
        refuse_changed(activity, version)
        fields = _write(activity, values)
        if fields:
            activity.version += 1
            activity.sequence += not ON_CALENDARS.isdisjoint(fields)
            activity.updated_at = now()
            activity.save(update_fields=["version", "sequence", "updated_at"])
            record(activity, "coordination.activity.change", actor=actor, fields=", ".join(sorted(fields)))
    return activity


def act(activity: Activity, name: str, *, actor: User, version: int, note: str = "") -> Activity:
    """Make a move other than `report`: hold, cancel, resume or correct."""
    with transaction.atomic():
        activity = lock_activity(activity)
        if name == "hold" and not activity.has_begun:
            raise WrongState(_("It has not begun yet. Change its date first, if it was held earlier."))
        move(
            activity,
            name,
            actor=actor,
            note=clean_block(note),
            version=version,
            sequence=activity.sequence + 1,
        )
    return activity


def report(activity: Activity, *, actor: User, version: int, outcome: str, took_part: int | None) -> Activity:
    """Write the outcome and close the activity. The outcome must not be empty."""
    outcome = clean_block(outcome)
    if not outcome:
        message = _("Describe the outcome, even if there was none.")
        raise DomainError(message, fields={"outcome": message})
    with transaction.atomic():
        activity = lock_activity(activity)
        move(
            activity,
            "report",
            actor=actor,
            version=version,
            outcome=outcome,
            took_part=took_part,
            reported_at=now(),
        )
    return activity


def involve(activity: Activity, chosen: Collection[int], *, actor: User) -> int:
    """Add stakeholders that the person may see; returns how many were not named before."""
    with transaction.atomic():
        activity = lock_writable(activity, actor)
        involved_ids = set(activity.stakeholders.values_list("pk", flat=True))
        new_stakeholders = (
            Stakeholder.objects.visible_to(actor).filter(pk__in=chosen).exclude(pk__in=involved_ids)
        )
        new = list(new_stakeholders.values_list("pk", flat=True))
        if len(involved_ids) + len(new) > MOST_STAKEHOLDERS:
            raise DomainError(
                _("An activity names at most %(most)s stakeholders.") % {"most": MOST_STAKEHOLDERS}
            )
        activity.stakeholders.add(*new)
        if new:
            record(activity, "coordination.activity.involve", actor=actor, number=len(new))
    return len(new)


def leave_out(activity: Activity, stakeholder: int, *, actor: User) -> None:
    with transaction.atomic():
        activity = lock_writable(activity, actor)
        activity.stakeholders.remove(stakeholder)
        record(activity, "coordination.activity.leave_out", actor=actor, stakeholder=stakeholder)


def add_note(activity: Activity, *, actor: User, text: str, is_shared: bool) -> ActivityNote:
    """Add a note to an activity that the person may read; only its author reads a private one."""
    if not actor.has_perm("coordination.note_activity", activity):
        raise PermissionDenied
    return ActivityNote.objects.create(
        activity=activity, author=actor, text=clean_block(text), is_shared=is_shared
    )


def remove_note(note: ActivityNote, *, actor: User) -> None:
    if note.author_id != actor.pk:
        raise PermissionDenied
    note.delete()


def add_file(activity: Activity, *, actor: User, title: str, upload: UploadedFile) -> ActivityFile:
    with transaction.atomic():
        activity = lock_writable(activity, actor, also_reported=True)
        if activity.files.count() >= MOST_FILES:
            message = _("There are already %(most)s files. Please remove one first.") % {"most": MOST_FILES}
            raise DomainError(message, fields={"upload": message})
        file = ActivityFile(activity=activity, title=clean_line(title), uploaded_by=actor)
        file.take(upload)
        file.save()
        record(activity, "coordination.activity.add_file", actor=actor)
    return file


def remove_file(file: ActivityFile, *, actor: User) -> None:
    """Delete a file and its bytes."""
    with transaction.atomic():
        activity = lock_writable(file.activity, actor, also_reported=True)
        file.delete()
        record(activity, "coordination.activity.remove_file", actor=actor)
        forget_bytes(file.file)


def lock_activity(activity: Activity) -> Activity:
    return Activity.objects.select_for_update(no_key=True, of=("self",)).get(pk=activity.pk)


def lock_writable(activity: Activity, actor: User, *, also_reported: bool = False) -> Activity:
    """Return the row under lock. Raises where the person may not change it as it stands."""
    activity = lock(activity, actor, "coordination.change_activity")
    if not (activity.is_written or (also_reported and activity.is_reported)):
        raise WrongState(_("It is closed. Open it again first, if something is to be changed."))
    return activity


def _write(activity: Activity, values: Mapping[str, Any]) -> list[str]:
    """Set the values that differ, and return the names of their fields."""
    changed = []
    for name, value in values.items():
        if name not in LISTS and getattr(activity, name) != value:
            setattr(activity, name, value)
            changed.append(name)
    if activity.pk is None:
        activity.save()
    elif changed:
        activity.save(update_fields=changed)
    for name in LISTS:
        if name in values:
            rows = getattr(activity, name)
            if set(rows.values_list("pk", flat=True)) != set(values[name]):
                rows.set(values[name])
                changed.append(name)
    return changed


# --- What is to be done after an activity: given, done, reminded of, passed on -----------------------

MOST_OPEN = 50


def give(activity: Activity, *, actor: User, text: str, owner: User, due_on: date) -> FollowUp:
    """Write down a follow-up and who does it; another person is told by mail."""
    with transaction.atomic():
        activity = lock_writable(activity, actor, also_reported=True)
        if not (owner.is_active and owner.has_role(Role.REGIONAL, *Role.DESK)):
            message = _("Choose a person from the list.")
            raise DomainError(message, fields={"owner": message})
        if activity.follow_ups.waiting().count() >= MOST_OPEN:
            raise DomainError(_("There are already %(most)s tasks.") % {"most": MOST_OPEN})
        follow_up = FollowUp.objects.create(
            activity=activity, text=clean_line(text), owner=owner, due_on=due_on
        )
        record(activity, "coordination.activity.follow_up", actor=actor, due_on=due_on.isoformat())
        if owner.pk != actor.pk:
            _notify_owner(follow_up, owner, "coordination.follow_up_given")
    return follow_up


def finish(follow_up: FollowUp, *, actor: User) -> bool:
    """Mark a follow-up as done; returns False where somebody did so before."""
    if not actor.has_perm("coordination.finish_followup", follow_up):
        raise PermissionDenied
    with transaction.atomic():
        won = FollowUp.objects.waiting().filter(pk=follow_up.pk).update(done_at=now(), done_by=actor)
        if won:
            record(follow_up.activity, "coordination.activity.finish", actor=actor)
    return bool(won)


def remind(on: date | None = None) -> int:
    """Remind owners of what is due by tomorrow, each once, and return how many were reminded."""
    day = on or today()
    due = FollowUp.objects.waiting().filter(reminded_at=None, owner__is_active=True)
    # Not later than the day after `day`; what is overdue already is told too.
    rows = due.filter(due_on__lte=date.fromordinal(day.toordinal() + 1)).select_related("owner", "activity")
    reminders = 0
    for follow_up in rows.exclude(activity__status=ActivityStatus.CANCELLED).order_by("pk"):
        with transaction.atomic():
            won = (
                FollowUp.objects.waiting().filter(pk=follow_up.pk, reminded_at=None).update(reminded_at=now())
            )
            if won and follow_up.owner is not None:
                _notify_owner(follow_up, follow_up.owner, "coordination.follow_up_due")
                reminders += 1
    return reminders


def _notify_owner(follow_up: FollowUp, owner: User, kind: str) -> None:
    notify(
        owner,
        kind,
        key=f"follow_up:{follow_up.pk}:{kind}:{owner.pk}",
        url_name="activities:activity",
        url_args=[follow_up.activity_id],
        facts={
            "text": follow_up.text,
            "activity": follow_up.activity.title,
            "due_on": follow_up.due_on.isoformat(),
        },
        subject=follow_up,
    )

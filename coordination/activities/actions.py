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
    """Write down what is planned; what is over already was held."""
    if not actor.has_perm("coordination.plan_activity"):
        raise PermissionDenied
    with transaction.atomic():
        one = Activity(author=actor, is_demo=actor.is_demo)
        _write(one, values)
        record(one, "coordination.activity.plan", actor=actor)
        if one.ends_at <= now():
            move(one, "hold", actor=actor, version=one.version, sequence=one.sequence + 1)
    return one


def enter_held(*, actor: User, values: Mapping[str, Any], outcome: str, took_part: int | None) -> Activity:
    """Write down what was held together with what came of it. The outcome must say something."""
    with transaction.atomic():
        one = plan(actor=actor, values=values)
        if one.is_planned:
            message = _("It has not ended yet. Plan it instead, and report the outcome afterwards.")
            raise DomainError(message, fields={"ends_at": message})
        return report(one, actor=actor, version=one.version, outcome=outcome, took_part=took_part)


def save(one: Activity, *, actor: User, version: int, values: Mapping[str, Any]) -> Activity:
    """Change what is planned or was held. Raises WrongState where another window has saved since."""
    with transaction.atomic():
        kept = lock_writable(one, actor)
        refuse_changed(kept, version)
        fields = _write(kept, values)
        if fields:
            kept.version += 1
            kept.sequence += not ON_CALENDARS.isdisjoint(fields)
            kept.updated_at = now()
            kept.save(update_fields=["version", "sequence", "updated_at"])
            record(kept, "coordination.activity.change", actor=actor, fields=", ".join(sorted(fields)))
    return kept


def act(one: Activity, name: str, *, actor: User, version: int, note: str = "") -> Activity:
    """Hold, cancel, put back, or open the report again; `report` has an act of its own."""
    with transaction.atomic():
        kept = lock_activity(one)
        if name == "hold" and not kept.has_begun:
            raise WrongState(_("It has not begun yet. Change its date first, if it was held earlier."))
        move(kept, name, actor=actor, note=clean_block(note), version=version, sequence=kept.sequence + 1)
    return kept


def report(one: Activity, *, actor: User, version: int, outcome: str, took_part: int | None) -> Activity:
    """Write what came of it and close it. The outcome must say something."""
    outcome = clean_block(outcome)
    if not outcome:
        message = _("Describe the outcome, even if there was none.")
        raise DomainError(message, fields={"outcome": message})
    with transaction.atomic():
        kept = lock_activity(one)
        move(
            kept,
            "report",
            actor=actor,
            version=version,
            outcome=outcome,
            took_part=took_part,
            reported_at=now(),
        )
    return kept


def involve(one: Activity, chosen: Collection[int], *, actor: User) -> int:
    """Add stakeholders that the person may see; how many are new to it."""
    with transaction.atomic():
        kept = lock_writable(one, actor)
        there = set(kept.stakeholders.values_list("pk", flat=True))
        seen = Stakeholder.objects.visible_to(actor).filter(pk__in=chosen).exclude(pk__in=there)
        new = list(seen.values_list("pk", flat=True))
        if len(there) + len(new) > MOST_STAKEHOLDERS:
            raise DomainError(
                _("An activity names at most %(most)s stakeholders.") % {"most": MOST_STAKEHOLDERS}
            )
        kept.stakeholders.add(*new)
        if new:
            record(kept, "coordination.activity.involve", actor=actor, number=len(new))
    return len(new)


def leave_out(one: Activity, stakeholder: int, *, actor: User) -> None:
    with transaction.atomic():
        kept = lock_writable(one, actor)
        kept.stakeholders.remove(stakeholder)
        record(kept, "coordination.activity.leave_out", actor=actor, stakeholder=stakeholder)


def add_note(one: Activity, *, actor: User, text: str, is_shared: bool) -> ActivityNote:
    """A note on what the person may read; private ones are their own alone."""
    if not actor.has_perm("coordination.note_activity", one):
        raise PermissionDenied
    return ActivityNote.objects.create(
        activity=one, author=actor, text=clean_block(text), is_shared=is_shared
    )


def remove_note(note: ActivityNote, *, actor: User) -> None:
    if note.author_id != actor.pk:
        raise PermissionDenied
    note.delete()


def add_file(one: Activity, *, actor: User, title: str, upload: UploadedFile) -> ActivityFile:
    with transaction.atomic():
        kept = lock_writable(one, actor, also_reported=True)
        if kept.files.count() >= MOST_FILES:
            message = _("There are %(most)s files already. Please take one out first.") % {"most": MOST_FILES}
            raise DomainError(message, fields={"upload": message})
        file = ActivityFile(activity=kept, title=clean_line(title), uploaded_by=actor)
        file.take(upload)
        file.save()
        record(kept, "coordination.activity.add_file", actor=actor)
    return file


def remove_file(file: ActivityFile, *, actor: User) -> None:
    """Take a file away; the bytes go with the row."""
    with transaction.atomic():
        kept = lock_writable(file.activity, actor, also_reported=True)
        file.delete()
        record(kept, "coordination.activity.remove_file", actor=actor)
        forget_bytes(file.file)


def lock_activity(one: Activity) -> Activity:
    return Activity.objects.select_for_update(no_key=True, of=("self",)).get(pk=one.pk)


def lock_writable(one: Activity, actor: User, *, also_reported: bool = False) -> Activity:
    """The row, held, for somebody who may change it as it stands."""
    kept = lock(one, actor, "coordination.change_activity")
    if not (kept.is_written or (also_reported and kept.is_reported)):
        raise WrongState(_("It is closed. Open it again first, if something is to be changed."))
    return kept


def _write(one: Activity, values: Mapping[str, Any]) -> list[str]:
    """Set what differs; the names of the fields that did."""
    changed = []
    for name, value in values.items():
        if name not in LISTS and getattr(one, name) != value:
            setattr(one, name, value)
            changed.append(name)
    if one.pk is None:
        one.save()
    elif changed:
        one.save(update_fields=changed)
    for name in LISTS:
        if name in values:
            rows = getattr(one, name)
            if set(rows.values_list("pk", flat=True)) != set(values[name]):
                rows.set(values[name])
                changed.append(name)
    return changed


# --- What is to be done after an activity: given, done, reminded of, passed on -----------------------

MOST_OPEN = 50


def give(one: Activity, *, actor: User, text: str, owner: User, due_on: date) -> FollowUp:
    """Write down what follows and who does it; somebody else is told by mail."""
    with transaction.atomic():
        kept = lock_writable(one, actor, also_reported=True)
        if not (owner.is_active and owner.has_role(Role.REGIONAL, *Role.DESK)):
            message = _("Choose a person from the list.")
            raise DomainError(message, fields={"owner": message})
        if kept.follow_ups.waiting().count() >= MOST_OPEN:
            raise DomainError(_("There are %(most)s things to do already.") % {"most": MOST_OPEN})
        made = FollowUp.objects.create(activity=kept, text=clean_line(text), owner=owner, due_on=due_on)
        record(kept, "coordination.activity.follow_up", actor=actor, due_on=due_on.isoformat())
        if owner.pk != actor.pk:
            _tell(made, owner, "coordination.follow_up_given")
    return made


def finish(follow_up: FollowUp, *, actor: User) -> bool:
    """Say that it is done; False where somebody had said so before."""
    if not actor.has_perm("coordination.finish_followup", follow_up):
        raise PermissionDenied
    with transaction.atomic():
        won = FollowUp.objects.waiting().filter(pk=follow_up.pk).update(done_at=now(), done_by=actor)
        if won:
            record(follow_up.activity, "coordination.activity.finish", actor=actor)
    return bool(won)


def remind(on: date | None = None) -> int:
    """Tell owners on the day before what is due; each once, whatever runs at the same time."""
    day = on or today()
    due = FollowUp.objects.waiting().filter(reminded_at=None, owner__is_active=True)
    # Not later than the day after `day`; what is overdue already is told too.
    rows = due.filter(due_on__lte=date.fromordinal(day.toordinal() + 1)).select_related("owner", "activity")
    told = 0
    for one in rows.exclude(activity__status=ActivityStatus.CANCELLED).order_by("pk"):
        with transaction.atomic():
            won = FollowUp.objects.waiting().filter(pk=one.pk, reminded_at=None).update(reminded_at=now())
            if won and one.owner is not None:
                _tell(one, one.owner, "coordination.follow_up_due")
                told += 1
    return told


def _tell(one: FollowUp, owner: User, kind: str) -> None:
    notify(
        owner,
        kind,
        key=f"follow_up:{one.pk}:{kind}:{owner.pk}",
        url_name="activities:activity",
        url_args=[one.activity_id],
        facts={"text": one.text, "activity": one.activity.title, "due_on": one.due_on.isoformat()},
        subject=one,
    )

"""Planning, holding and reporting an activity, and who and what belongs to it."""

from collections.abc import Collection, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from coordination.models import Activity, ActivityFile, ActivityNote
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from core.uploads import forget_bytes
from stakeholders.entries.models import Stakeholder
from workflow.moves.actions import move

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


def save(one: Activity, *, actor: User, version: int, values: Mapping[str, Any]) -> Activity:
    """Change what is planned or was held. Raises WrongState where another window has saved since."""
    with transaction.atomic():
        kept = written(one, actor)
        if kept.version != version:
            raise WrongState(_("A colleague has changed this meanwhile. Please look once more."))
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
        kept = locked(one)
        if name == "hold" and not kept.has_begun:
            raise WrongState(_("It has not begun yet. Change its date first, if it was held earlier."))
        move(kept, name, actor=actor, note=clean_block(note), version=version, sequence=kept.sequence + 1)
    return kept


def report(one: Activity, *, actor: User, version: int, outcome: str, took_part: int | None) -> Activity:
    """Write what came of it and close it. The outcome must say something."""
    outcome = clean_block(outcome)
    if not outcome:
        message = _("Say what came of it, if only that nothing did.")
        raise DomainError(message, fields={"outcome": message})
    with transaction.atomic():
        kept = locked(one)
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
        kept = written(one, actor)
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
        kept = written(one, actor)
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
        kept = written(one, actor, also_reported=True)
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
        kept = written(file.activity, actor, also_reported=True)
        file.delete()
        record(kept, "coordination.activity.remove_file", actor=actor)
        forget_bytes(file.file)


def locked(one: Activity) -> Activity:
    return Activity.objects.select_for_update(no_key=True, of=("self",)).get(pk=one.pk)


def written(one: Activity, actor: User, *, also_reported: bool = False) -> Activity:
    """The row, held, for somebody who may change it as it stands."""
    kept = locked(one)
    if not actor.has_perm("coordination.change_activity", kept):
        raise PermissionDenied
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

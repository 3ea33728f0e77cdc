"""Changing an entry: some of it at once, the rest once the desk agrees."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, Literal

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.enums import Role
from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block
from notifications.outbox.actions import notify_all
from search.actions import index
from stakeholders.applications.actions import BESIDE, keep_names, write_linked
from stakeholders.applications.rules import working_days_after
from stakeholders.changes.enums import fields_changed_at_once, vetted_of
from stakeholders.changes.queries import published_of
from stakeholders.entries.actions import hold, update_naming
from stakeholders.entries.enums import DESK_ONLY, SCREENED, NameKind
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import admins_of, people_who_vet
from stakeholders.followers.actions import tell_changed
from stakeholders.hooks import published_by
from stakeholders.screening.actions import screen_stakeholders
from workflow.changes.actions import decide_change, propose_change
from workflow.changes.models import ChangeRequest
from workflow.items.actions import close_items, open_item
from workflow.moves.models import Decision

CODES = {"country": "country_id", "mission_language": "mission_language_id"}
WORK = "change"
# By what an entry is named, and who reads it.
NAMING = {"name", "name_latin", "acronym", "listing"}


def edit(
    stakeholder: Stakeholder, *, actor: User, version: datetime, answers: Mapping[str, Any]
) -> Stakeholder:
    """Change what needs no vetting, at once, on the page, in the directory and in the index.

    Languages come as codes, lists as codes, rows as dicts (see `actions.described`); `version` is
    `updated_at` as the person's page showed it. Raises WrongState where somebody saved since; where nothing
    differs nothing is written.
    """
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        _refuse_unless_editing(stakeholder, actor)
        if unknown := set(answers) - set(fields_changed_at_once(stakeholder.kind)):
            raise DomainError(_("This cannot be changed here."), fields=dict.fromkeys(unknown, ""))
        if stakeholder.updated_at != version:
            raise WrongState(
                _(
                    "Another person has changed the profile in the meantime. Check the "
                    "changes, then save again."
                )
            )
        plain = {CODES.get(name, name): value for name, value in answers.items() if name not in BESIDE}
        plain = {name: value or None if name.endswith("_id") else value for name, value in plain.items()}
        changed = {name: value for name, value in plain.items() if getattr(stakeholder, name) != value}
        beside = write_linked(stakeholder, answers)
        if changed or beside:
            _write(stakeholder, changed)
            _record_edit(stakeholder, actor, {*(name.removesuffix("_id") for name in changed), *beside})
    return stakeholder


def hide(stakeholder: Stakeholder, *, actor: User, listing: str, take_down: Collection[str] = ()) -> None:
    """Hide the name from all but its own people and the desk, and take down what it has published.

    `take_down`: names of `published_by`. Whoever saved the profile meanwhile does not stop it.
    """
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        edit(stakeholder, actor=actor, version=stakeholder.updated_at, answers={"listing": listing})
        for name, rows in published_of(actor, stakeholder).items():
            if name in take_down:
                for row in rows:
                    published_by[name].act(row, actor)


def _record_edit(stakeholder: Stakeholder, actor: User, changed: set[str]) -> None:
    """Record what changed, and screen new names and officers at once."""
    if shown := sorted(changed - DESK_ONLY):
        record(stakeholder, "stakeholders.edited", actor=actor, fields=shown)
    if changed & DESK_ONLY:
        record(stakeholder, "stakeholders.officers_changed", actor=actor)
    if "listing" in changed:
        record(stakeholder, "stakeholders.listing_changed", actor=actor, listing=str(stakeholder.listing))
    if changed & SCREENED:
        screen_stakeholders([stakeholder.pk])


def propose(stakeholder: Stakeholder, *, actor: User, answers: Mapping[str, Any]) -> ChangeRequest:
    """Ask the desk for new values of vetted fields; until it agrees the entry keeps the old ones.

    Raises DomainError where nothing differs, WrongState where another request is still open.
    """
    with transaction.atomic():
        stakeholder = hold(stakeholder.pk)
        _refuse_unless_editing(stakeholder, actor)
        if unknown := set(answers) - set(vetted_of(stakeholder.kind)):
            raise DomainError(_("This cannot be changed here."), fields=dict.fromkeys(unknown, ""))
        change = propose_change(stakeholder, answers, actor=actor)
        country = stakeholder.country
        item = open_item(
            change,
            WORK,
            waits_for=Role.VETTING,
            label=stakeholder.name,
            until=working_days_after(now(), settings.STAKEHOLDERS_VETTING_DAYS),
            country=stakeholder.country_id,
            region=country.region_id or "",
        )
        notify_all(
            people_who_vet(),
            "stakeholders.change_proposed",
            key=f"change:{change.pk}:proposed",
            url_name="vetting:change",
            url_args=[change.pk],
            facts={"name": stakeholder.name, "due": item.until.isoformat() if item.until else ""},
            subject=stakeholder,
        )
    return change


def decide(
    change: ChangeRequest, name: Literal["approve", "refuse", "withdraw"], *, actor: User, note: str = ""
) -> Decision:
    """Approve (the entry then shows the new values), refuse with a note, or withdraw what one proposed.

    Of two who decide at once the first wins; the other gets WrongState.
    """
    note = clean_block(note)
    with transaction.atomic():
        # The entry first: whoever proposes holds it too, and two would otherwise wait for each other.
        stakeholder = hold(change.subject_id)
        change = ChangeRequest.objects.get(pk=change.pk)
        decision = decide_change(change, name, actor=actor, note=note)
        close_items(change, WORK)
        if name == "approve":
            _tell(stakeholder, change, "stakeholders.change_approved", note)
        elif name == "refuse":
            record(stakeholder, "stakeholders.change_refused", actor=actor, change=change.pk)
            _tell(stakeholder, change, "stakeholders.change_refused", note)
        else:
            record(stakeholder, "stakeholders.change_withdrawn", actor=actor, change=change.pk)
    return decision


def carry_out(stakeholder: Stakeholder, after: Mapping[str, Any], actor: User) -> None:
    """Write approved values to the entry; called by the engine, in the transaction of the approval.

    Its names until then become former names.
    """
    stakeholder = hold(stakeholder.pk)
    beside = [str(after.get(name, getattr(stakeholder, name))) for name in ("name", "name_latin")]
    keep_names(stakeholder, (stakeholder.name, stakeholder.name_latin), NameKind.FORMER, beside=beside)
    _write(stakeholder, {CODES.get(name, name): value for name, value in after.items()})
    record(stakeholder, "stakeholders.change_carried_out", actor=actor, fields=sorted(after))
    tell_changed(stakeholder, after)


def _write(stakeholder: Stakeholder, changed: Mapping[str, Any]) -> None:
    """Save the entry, and update the index and whatever shows or names it."""
    was_public = stakeholder.is_named_publicly
    for name, value in changed.items():
        setattr(stakeholder, name, value)
    stakeholder.updated_at = now()
    stakeholder.save(update_fields=[*(name.removesuffix("_id") for name in changed), "updated_at"])
    index(stakeholder)
    if NAMING & set(changed):
        update_naming([stakeholder.pk], hides=was_public and not stakeholder.is_named_publicly)
    DirectoryVersion.objects.bump()


def _refuse_unless_editing(stakeholder: Stakeholder, actor: User) -> None:
    if not actor.has_perm("stakeholders.change_stakeholder", stakeholder):
        raise PermissionDenied


def _tell(stakeholder: Stakeholder, change: ChangeRequest, kind: str, note: str) -> None:
    """Notify the proposer, if still a member, and the administrators."""
    people = {person.pk: person for person in admins_of(stakeholder.pk)}
    proposer = change.proposed_by
    if proposer and proposer.memberships.filter(stakeholder=stakeholder).exists():
        people[proposer.pk] = proposer
    notify_all(
        people.values(),
        kind,
        key=f"change:{change.pk}:{kind.removeprefix('stakeholders.change_')}",
        url_name="stakeholders:manage",
        url_args=[stakeholder.pk],
        facts={
            "name": stakeholder.name,
            "fields": sorted(change.after),
            "kind": stakeholder.kind,
            "note": note,
        },
        subject=stakeholder,
    )

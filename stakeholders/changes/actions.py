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
from stakeholders.changes.enums import changed_at_once, vetted_of
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
        kept = hold(stakeholder.pk)
        _refuse_unless_editing(kept, actor)
        if unknown := set(answers) - set(changed_at_once(kept.kind)):
            raise DomainError(_("This cannot be changed here."), fields=dict.fromkeys(unknown, ""))
        if kept.updated_at != version:
            raise WrongState(
                _(
                    "Another person has changed the profile in the meantime. Check the "
                    "changes, then save again."
                )
            )
        plain = {CODES.get(name, name): value for name, value in answers.items() if name not in BESIDE}
        plain = {name: value or None if name.endswith("_id") else value for name, value in plain.items()}
        changed = {name: value for name, value in plain.items() if getattr(kept, name) != value}
        beside = write_linked(kept, answers)
        if changed or beside:
            _write(kept, changed)
            _note(kept, actor, {*(name.removesuffix("_id") for name in changed), *beside})
    return kept


def hide(stakeholder: Stakeholder, *, actor: User, listing: str, take_down: Collection[str] = ()) -> None:
    """Hide the name from all but its own people and the desk, and take down what it has published.

    `take_down`: names of `published_by`. Whoever saved the profile meanwhile does not stop it.
    """
    with transaction.atomic():
        kept = hold(stakeholder.pk)
        edit(kept, actor=actor, version=kept.updated_at, answers={"listing": listing})
        for name, rows in published_of(actor, kept).items():
            if name in take_down:
                for row in rows:
                    published_by[name].act(row, actor)


def _note(kept: Stakeholder, actor: User, changed: set[str]) -> None:
    """Put on record what changed, and compare new names and officers with the lists at once."""
    if shown := sorted(changed - DESK_ONLY):
        record(kept, "stakeholders.edited", actor=actor, fields=shown)
    if changed & DESK_ONLY:
        record(kept, "stakeholders.officers_changed", actor=actor)
    if "listing" in changed:
        record(kept, "stakeholders.listing_changed", actor=actor, listing=str(kept.listing))
    if changed & SCREENED:
        screen_stakeholders([kept.pk])


def propose(stakeholder: Stakeholder, *, actor: User, answers: Mapping[str, Any]) -> ChangeRequest:
    """Ask the desk for new values of vetted fields; until it agrees the entry keeps the old ones.

    Raises DomainError where nothing differs, WrongState where another request is still open.
    """
    with transaction.atomic():
        kept = hold(stakeholder.pk)
        _refuse_unless_editing(kept, actor)
        if unknown := set(answers) - set(vetted_of(kept.kind)):
            raise DomainError(_("This cannot be changed here."), fields=dict.fromkeys(unknown, ""))
        change = propose_change(kept, answers, actor=actor)
        country = kept.country
        item = open_item(
            change,
            WORK,
            waits_for=Role.VETTING,
            label=kept.name,
            until=working_days_after(now(), settings.STAKEHOLDERS_VETTING_DAYS),
            country=kept.country_id,
            region=country.region_id or "",
        )
        notify_all(
            people_who_vet(),
            "stakeholders.change_proposed",
            key=f"change:{change.pk}:proposed",
            url_name="vetting:change",
            url_args=[change.pk],
            facts={"name": kept.name, "due": item.until.isoformat() if item.until else ""},
            subject=kept,
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
        kept = ChangeRequest.objects.get(pk=change.pk)
        decision = decide_change(kept, name, actor=actor, note=note)
        close_items(kept, WORK)
        if name == "approve":
            _tell(stakeholder, kept, "stakeholders.change_approved", note)
        elif name == "refuse":
            record(stakeholder, "stakeholders.change_refused", actor=actor, change=kept.pk)
            _tell(stakeholder, kept, "stakeholders.change_refused", note)
        else:
            record(stakeholder, "stakeholders.change_withdrawn", actor=actor, change=kept.pk)
    return decision


def carry_out(stakeholder: Stakeholder, after: Mapping[str, Any], actor: User) -> None:
    """Put approved values into the entry; called by the engine, in the transaction of the approval.

    What it was called until then stays among its names.
    """
    kept = hold(stakeholder.pk)
    beside = [str(after.get(name, getattr(kept, name))) for name in ("name", "name_latin")]
    keep_names(kept, (kept.name, kept.name_latin), NameKind.FORMER, beside=beside)
    _write(kept, {CODES.get(name, name): value for name, value in after.items()})
    record(kept, "stakeholders.change_carried_out", actor=actor, fields=sorted(after))
    tell_changed(kept, after)


def _write(kept: Stakeholder, changed: Mapping[str, Any]) -> None:
    """Save, and let everything that shows the entry or names it know."""
    was_public = kept.is_named_publicly
    for name, value in changed.items():
        setattr(kept, name, value)
    kept.updated_at = now()
    kept.save(update_fields=[*(name.removesuffix("_id") for name in changed), "updated_at"])
    index(kept)
    if NAMING & set(changed):
        update_naming([kept.pk], hides=was_public and not kept.is_named_publicly)
    DirectoryVersion.objects.bump()


def _refuse_unless_editing(kept: Stakeholder, actor: User) -> None:
    if not actor.has_perm("stakeholders.change_stakeholder", kept):
        raise PermissionDenied


def _tell(stakeholder: Stakeholder, change: ChangeRequest, kind: str, note: str) -> None:
    """Whoever proposed it, where they still belong, and the administrators."""
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

"""Two entries become one: `gone` ends, and what pointed at it points at `remaining`. There is no way back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.merging import repoint
from core.text import clean_block
from notifications.outbox.actions import Telling, notify_each
from search.actions import index
from stakeholders.applications.actions import keep_names
from stakeholders.applications.models import Application
from stakeholders.claims.actions import entry_merged
from stakeholders.entries.actions import update_naming
from stakeholders.entries.enums import NameKind
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import people_of
from stakeholders.followers.actions import tell_merged
from stakeholders.hooks import before_merge
from stakeholders.invitations.models import DeskInvitation
from stakeholders.merging.actions_settling import settle_own
from stakeholders.merging.queries import BOTH, GO_WITH, GONE, chosen_fields, obstacle, rows
from stakeholders.signals import stakeholder_merged
from stakeholders.standing.actions import move_entry

KIND = "stakeholders.entry_merged"


def merge(
    gone: Stakeholder,
    remaining: Stakeholder,
    *,
    actor: User,
    reason: str,
    choices: Mapping[str, str] | None = None,
    names: str = NameKind.FORMER,
    versions: tuple[datetime, datetime] | None = None,
) -> Stakeholder:
    """Merge `gone` into `remaining`; return `remaining` as it then stands.

    `choices` says by field whose value stays ("kept", "gone", and "both" where there are several); what is
    left out takes its default. `names` is the kind of name that the other names become, "" for none.
    `versions`: `updated_at` of both as the person's page showed them. Raises PermissionDenied,
    DomainError with why the two cannot be one, and WrongState where one was merged or changed meanwhile.
    """
    if not actor.has_perm("stakeholders.merge_stakeholder", gone):
        raise PermissionDenied
    reason = clean_block(reason)
    if not reason:
        message = _("Explain the decision to the people of both profiles.")
        raise DomainError(message, fields={"reason": message})
    with transaction.atomic():
        gone, remaining = _lock(gone, remaining, versions)
        if why := obstacle(gone, remaining, actor):
            raise DomainError(why)
        people = people_of([gone.pk, remaining.pk])
        status = gone.status
        was = (gone.name, gone.name_latin, remaining.name, remaining.name_latin)
        chosen = {row.name: row.default for row in rows(gone, remaining)} | dict(choices or {})
        taken = _take_values(gone, remaining, chosen)
        moved = _move_rows(gone, remaining)
        taken += _take_lists(remaining, chosen, moved)
        if names:
            keep_names(remaining, was, NameKind(names), beside=(remaining.name, remaining.name_latin))
        click = uuid4()
        decision = move_entry(
            gone, "merge", actor=actor, note=reason, click=click, merged_into=remaining, lapses_at=None
        )
        record(
            remaining,
            "stakeholders.merged_in",
            actor=actor,
            click=click,
            merged=gone.pk,
            moved=sum(moved["counts"].values()),
            fields=sorted(taken),
        )
        index(remaining)
        update_naming([remaining.pk], hides=not remaining.is_named_publicly)
        stakeholder_merged.send(sender=Stakeholder, old=gone, new=remaining, actor=actor)
        tell_merged(gone, remaining, name=was[0], was=status)
        user_ids = {membership.user_id for these in people.values() for membership in these}
        facts = {"gone": was[0], "kept": remaining.name, "note": reason}
        entry_merged(was[0], remaining)
        _tell(remaining, user_ids, facts, f"stakeholder:{remaining.pk}:merge:{decision.pk}")
        DirectoryVersion.objects.bump()
    return remaining


def _lock(
    gone: Stakeholder, remaining: Stakeholder, versions: tuple[datetime, datetime] | None
) -> tuple[Stakeholder, Stakeholder]:
    """Lock and return both rows, in the order of their numbers: of two merges one waits for the other."""
    # Whoever decides on a claim, or accepts an invitation, holds that first and its entry then.
    for model in (Application, DeskInvitation):
        about = model._base_manager.filter(stakeholder__in=(gone.pk, remaining.pk))
        list(about.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    held = Stakeholder.objects.select_for_update(no_key=True).order_by("pk").in_bulk([gone.pk, remaining.pk])
    if len(held) < len({gone.pk, remaining.pk}):
        raise WrongState(_("One of the two profiles no longer exists."))
    gone, remaining = held[gone.pk], held[remaining.pk]
    for entry in (gone, remaining):
        if entry.merged_into_id is not None:
            raise WrongState(
                _("“%(name)s” was merged into another profile already. Please start again.") % {"name": entry}
            )
    if versions is not None and versions != (gone.updated_at, remaining.updated_at):
        raise WrongState(
            _("One of the profiles has changed since this page was opened. Please check it, then confirm.")
        )
    return gone, remaining


def _take_values(gone: Stakeholder, remaining: Stakeholder, chosen: Mapping[str, str]) -> list[str]:
    """Write the plain values that come from `gone`; returns the names of those that differ."""
    taken = []
    for field in chosen_fields():
        if field.many_to_many or chosen.get(field.name) != GONE:
            continue
        beside = [name for name, at in GO_WITH.items() if at == field.name]
        together = [field, *(Stakeholder._meta.get_field(name) for name in beside)]
        if all(getattr(remaining, column.attname) == getattr(gone, column.attname) for column in together):
            continue
        taken.append(field.name)
        if field.name == "ror_id":
            _swap_ror_ids(gone, remaining)
            continue
        for column in together:
            setattr(remaining, column.attname, getattr(gone, column.attname))
    remaining.updated_at = now()
    remaining.save()
    return taken


def _swap_ror_ids(gone: Stakeholder, remaining: Stakeholder) -> None:
    """Exchange the identifiers. The merged row keeps an identifier, so that no import lists it again."""
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id="")
    was, remaining.ror_id = remaining.ror_id, gone.ror_id
    Stakeholder.objects.filter(pk=remaining.pk).update(ror_id=remaining.ror_id)
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id=was)
    gone.ror_id = was


def _move_rows(gone: Stakeholder, remaining: Stakeholder) -> dict[str, Any]:
    """Move the rows that point at `gone`; return {"counts": by field, "lists": of both before, by field}."""
    lists = {
        field.name: {
            "kept": set(getattr(remaining, field.name).values_list("pk", flat=True)),
            "gone": set(getattr(gone, field.name).values_list("pk", flat=True)),
        }
        for field in Stakeholder._meta.many_to_many
    }
    settle_own(remaining, gone)
    for settle in before_merge.values():
        settle(remaining, gone)
    _drop_links_between(gone, remaining)
    try:
        with transaction.atomic():
            counts = repoint(gone, remaining)
    except IntegrityError as refusal:
        raise DomainError(
            _("Items that belong to both cannot belong to one profile. Please settle them first.")
        ) from refusal
    return {"counts": counts, "lists": lists}


def _drop_links_between(gone: Stakeholder, remaining: Stakeholder) -> None:
    """Delete the rows that link the two with each other: they would link the entry with itself."""
    ends: dict[type[models.Model], list[str]] = {}
    for relation in gone._meta.related_objects:
        if relation.related_model is not Stakeholder:
            ends.setdefault(relation.related_model, []).append(relation.field.name)
    for model, names in ends.items():
        for name in names:
            for other in names:
                if name < other:
                    pairs = Q(**{name: gone, other: remaining}) | Q(**{name: remaining, other: gone})
                    model._base_manager.filter(pairs).delete()


def _take_lists(remaining: Stakeholder, chosen: Mapping[str, str], moved: Mapping[str, Any]) -> list[str]:
    """Write the lists, of one side or of both; return the names of those that changed."""
    changed = []
    for name, sides in moved["lists"].items():
        choice = chosen.get(name, BOTH)
        wanted = sides["kept"] | sides["gone"] if choice == BOTH else sides[choice]
        getattr(remaining, name).set(wanted)
        if wanted != sides["kept"]:
            changed.append(name)
    return changed


def _tell(remaining: Stakeholder, user_ids: set[int], facts: Mapping[str, str], key: str) -> None:
    """Tell everybody who acted for either, once, with the role that they have now."""
    notify_each(
        KIND,
        [
            Telling(
                user=membership.user,
                key=key,
                facts={**facts, "role": membership.role},
                subject=remaining,
                url_name="stakeholders:manage",
                url_args=[remaining.pk],
            )
            for membership in people_of([remaining.pk])[remaining.pk]
            if membership.user_id in user_ids
        ],
    )

"""Two entries become one: `gone` ends, and everything that pointed at it points at `kept`. No way back."""

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
    kept: Stakeholder,
    *,
    actor: User,
    reason: str,
    choices: Mapping[str, str] | None = None,
    names: str = NameKind.FORMER,
    seen: tuple[datetime, datetime] | None = None,
) -> Stakeholder:
    """Merge `gone` into `kept`; returns `kept` as it then stands.

    `choices` says by field whose value stays ("kept", "gone", and "both" where there are several); what is
    left out takes its default. `names` is the kind of name that the other names become, "" for none. `seen`:
    `updated_at` of both as the person's page showed them. Raises PermissionDenied, DomainError with why the
    two cannot be one, and WrongState where one of them was merged or changed meanwhile.
    """
    if not actor.has_perm("stakeholders.merge_stakeholder", gone):
        raise PermissionDenied
    reason = clean_block(reason)
    if not reason:
        message = _("Explain the decision to the people of both profiles.")
        raise DomainError(message, fields={"reason": message})
    with transaction.atomic():
        gone, kept = _lock(gone, kept, seen)
        if why := obstacle(gone, kept, actor):
            raise DomainError(why)
        people = people_of([gone.pk, kept.pk])
        status = gone.status
        was = (gone.name, gone.name_latin, kept.name, kept.name_latin)
        chosen = {row.name: row.default for row in rows(gone, kept)} | dict(choices or {})
        taken = _take_values(gone, kept, chosen)
        moved = _move_rows(gone, kept)
        taken += _take_lists(kept, chosen, moved)
        if names:
            keep_names(kept, was, NameKind(names), beside=(kept.name, kept.name_latin))
        click = uuid4()
        decision = move_entry(
            gone, "merge", actor=actor, note=reason, click=click, merged_into=kept, lapses_at=None
        )
        record(
            kept,
            "stakeholders.merged_in",
            actor=actor,
            click=click,
            merged=gone.pk,
            moved=sum(moved["counts"].values()),
            fields=sorted(taken),
        )
        index(kept)
        update_naming([kept.pk], hides=not kept.is_named_publicly)
        stakeholder_merged.send(sender=Stakeholder, old=gone, new=kept, actor=actor)
        tell_merged(gone, kept, name=was[0], was=status)
        told = {one.user_id for these in people.values() for one in these}
        facts = {"gone": was[0], "kept": kept.name, "note": reason}
        entry_merged(was[0], kept)
        _tell(kept, told, facts, f"stakeholder:{kept.pk}:merge:{decision.pk}")
        DirectoryVersion.objects.bump()
    return kept


def _lock(
    gone: Stakeholder, kept: Stakeholder, seen: tuple[datetime, datetime] | None
) -> tuple[Stakeholder, Stakeholder]:
    """Both rows, held in the order of their numbers, so that of two merges one waits for the other."""
    # Whoever decides on a claim, or accepts an invitation, holds that first and its entry then.
    for model in (Application, DeskInvitation):
        about = model._base_manager.filter(stakeholder__in=(gone.pk, kept.pk))
        list(about.select_for_update(no_key=True).order_by("pk").values_list("pk"))
    held = Stakeholder.objects.select_for_update(no_key=True).order_by("pk").in_bulk([gone.pk, kept.pk])
    if len(held) < len({gone.pk, kept.pk}):
        raise WrongState(_("One of the two profiles no longer exists."))
    gone, kept = held[gone.pk], held[kept.pk]
    for one in (gone, kept):
        if one.merged_into_id is not None:
            raise WrongState(
                _("“%(name)s” was merged into another profile already. Please start again.") % {"name": one}
            )
    if seen is not None and seen != (gone.updated_at, kept.updated_at):
        raise WrongState(
            _("One of the profiles has changed since this page was opened. Please check it, then confirm.")
        )
    return gone, kept


def _take_values(gone: Stakeholder, kept: Stakeholder, chosen: Mapping[str, str]) -> list[str]:
    """Write the plain values that come from `gone`; returns the names of those that differ."""
    taken = []
    for field in chosen_fields():
        if field.many_to_many or chosen.get(field.name) != GONE:
            continue
        beside = [name for name, at in GO_WITH.items() if at == field.name]
        together = [field, *(Stakeholder._meta.get_field(name) for name in beside)]
        if all(getattr(kept, one.attname) == getattr(gone, one.attname) for one in together):
            continue
        taken.append(field.name)
        if field.name == "ror_id":
            _swap_ror_ids(gone, kept)
            continue
        for one in together:
            setattr(kept, one.attname, getattr(gone, one.attname))
    kept.updated_at = now()
    kept.save()
    return taken


def _swap_ror_ids(gone: Stakeholder, kept: Stakeholder) -> None:
    """An identifier is one entry's alone. The row that goes keeps the other: so no import lists it anew."""
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id="")
    was, kept.ror_id = kept.ror_id, gone.ror_id
    Stakeholder.objects.filter(pk=kept.pk).update(ror_id=kept.ror_id)
    Stakeholder.objects.filter(pk=gone.pk).update(ror_id=was)
    gone.ror_id = was


def _move_rows(gone: Stakeholder, kept: Stakeholder) -> dict[str, Any]:
    """Every row that points at `gone`; {"counts": by field, "lists": what both had before, by field}."""
    lists = {
        field.name: {
            "kept": set(getattr(kept, field.name).values_list("pk", flat=True)),
            "gone": set(getattr(gone, field.name).values_list("pk", flat=True)),
        }
        for field in Stakeholder._meta.many_to_many
    }
    settle_own(kept, gone)
    for settle in before_merge.values():
        settle(kept, gone)
    _drop_links_between(gone, kept)
    try:
        with transaction.atomic():
            counts = repoint(gone, kept)
    except IntegrityError as refusal:
        raise DomainError(
            _("Items that belong to both cannot belong to one profile. Please settle them first.")
        ) from refusal
    return {"counts": counts, "lists": lists}


def _drop_links_between(gone: Stakeholder, kept: Stakeholder) -> None:
    """A row that ties the two to each other would tie the one to itself."""
    ends: dict[type[models.Model], list[str]] = {}
    for relation in gone._meta.related_objects:
        if relation.related_model is not Stakeholder:
            ends.setdefault(relation.related_model, []).append(relation.field.name)
    for model, names in ends.items():
        for one in names:
            for other in names:
                if one < other:
                    pairs = Q(**{one: gone, other: kept}) | Q(**{one: kept, other: gone})
                    model._base_manager.filter(pairs).delete()


def _take_lists(kept: Stakeholder, chosen: Mapping[str, str], moved: Mapping[str, Any]) -> list[str]:
    """What an entry has several of: of one side, or of both. Returns the names of those that changed."""
    changed = []
    for name, sides in moved["lists"].items():
        choice = chosen.get(name, BOTH)
        wanted = sides["kept"] | sides["gone"] if choice == BOTH else sides[choice]
        getattr(kept, name).set(wanted)
        if wanted != sides["kept"]:
            changed.append(name)
    return changed


def _tell(kept: Stakeholder, told: set[int], facts: Mapping[str, str], key: str) -> None:
    """Everybody who acted for either, once, with the role that they have now."""
    notify_each(
        KIND,
        [
            Telling(
                user=one.user,
                key=key,
                facts={**facts, "role": one.role},
                subject=kept,
                url_name="stakeholders:manage",
                url_args=[kept.pk],
            )
            for one in people_of([kept.pk])[kept.pk]
            if one.user_id in told
        ],
    )

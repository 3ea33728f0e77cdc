"""Collections of stakeholders and the desk, published for an audience that only the desk widens."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F, Max
from django.utils.timezone import now
from django.utils.translation import gettext as _

from accounts.people.models import User
from audit.actions import record
from core.errors import DomainError, WrongState
from core.text import clean_block, clean_line
from resources.collections.enums import CollectionStatus
from resources.collections.models import Collection, CollectionItem
from resources.records.enums import Audience
from resources.records.models import Resource
from resources.records.rules import curates
from stakeholders.entries.models import Stakeholder
from stakeholders.entries.rules import acts_for

MOST_ITEMS = 200
# For whom a stakeholder may publish by itself; only the desk opens a collection to everybody.
OF_MEMBERS = (Audience.MEMBERS, Audience.MEMBERS_STATES)


def begin(*, actor: User, owner: Stakeholder | None, values: Mapping[str, Any]) -> Collection:
    """A draft, of a stakeholder or (None) of the desk. Raises PermissionDenied."""
    allowed = curates.test(actor) if owner is None else acts_for(actor, owner.pk)
    if not allowed:
        raise PermissionDenied
    with transaction.atomic():
        made = Collection(owner=owner, written_by=actor, is_demo=actor.is_demo)
        _write(made, values)
        made.save()
        record(made, "resources.collection.begin", actor=actor)
    return made


def change(collection: Collection, *, actor: User, version: int, values: Mapping[str, Any]) -> Collection:
    """Keep title, description, language. Raises WrongState where it was changed elsewhere since `version`."""
    with transaction.atomic():
        kept = _for_change(collection, actor)
        if kept.version != version:
            raise WrongState(
                _("Another person changed this collection meanwhile. Please check it and try again.")
            )
        _write(kept, values)
        _count(kept)
        record(kept, "resources.collection.change", actor=actor)
    return kept


def publish(collection: Collection, *, actor: User, audience: str) -> Collection:
    """Show it to an audience; again with another one moves it there.

    What has been opened to everybody by the desk stays so when its stakeholder publishes it again.
    """
    with transaction.atomic():
        kept = _for_change(collection, actor)
        if audience not in audiences_for(actor, kept):
            raise DomainError(
                _("Please choose who may read it."), fields={"audience": _("Please choose who may read it.")}
            )
        if not kept.items.exists():
            raise DomainError(_("The collection is empty. Please add a resource first."))
        kept.audience, kept.status = audience, CollectionStatus.PUBLISHED
        kept.published_at = kept.published_at or now()
        kept.save(update_fields=["audience", "status", "published_at"])
        _count(kept)
        record(kept, "resources.collection.publish", actor=actor, audience=audience)
    return kept


def take_down(collection: Collection, *, actor: User) -> Collection:
    """Make it a draft again: by those who keep it, or by whoever curates. Twice is once."""
    with transaction.atomic():
        kept = _locked(collection)
        if not (actor.has_perm("resources.change_collection", kept) or curates.test(actor)):
            raise PermissionDenied
        if kept.status == CollectionStatus.PUBLISHED:
            kept.status = CollectionStatus.DRAFT
            kept.save(update_fields=["status"])
            _count(kept)
            record(kept, "resources.collection.take_down", actor=actor)
    return kept


def widen(collection: Collection, *, actor: User, audience: str) -> Collection:
    """The desk decides who may read what a stakeholder has published. Raises PermissionDenied, WrongState."""
    if not curates.test(actor):
        raise PermissionDenied
    with transaction.atomic():
        kept = _locked(collection)
        if kept.status != CollectionStatus.PUBLISHED:
            raise WrongState(_("This collection is not published any more."))
        if audience not in Audience.values:
            raise DomainError(_("Please choose who may read it."))
        kept.audience = audience
        kept.save(update_fields=["audience"])
        _count(kept)
        record(kept, "resources.collection.publish", actor=actor, audience=audience)
    return kept


def audiences_for(user: User, collection: Collection) -> tuple[str, ...]:
    if curates.test(user):
        return tuple(Audience.values)
    opened = collection.status == CollectionStatus.PUBLISHED and collection.audience == Audience.PUBLIC
    return (*OF_MEMBERS, Audience.PUBLIC) if opened else OF_MEMBERS


def add(collection: Collection, resource: Resource, *, actor: User, note: str = "") -> None:
    """Put it at the end; one that is there already keeps its place and gets the note."""
    with transaction.atomic():
        kept = _for_change(collection, actor)
        if not Resource.objects.shown_to(actor).filter(pk=resource.pk).exists():
            raise PermissionDenied
        there = kept.items.filter(resource=resource).first()
        if there is None and kept.items.count() >= MOST_ITEMS:
            raise DomainError(
                _("A collection can contain at most %(most)d resources. Please start another one.")
                % {"most": MOST_ITEMS}
            )
        last = kept.items.aggregate(last=Max("position"))["last"] or 0
        item = there or CollectionItem(collection=kept, resource=resource, position=last + 1)
        item.note = clean_line(note)[:500]
        item.save()
        _count(kept)


def remove(collection: Collection, item_id: int, *, actor: User) -> None:
    with transaction.atomic():
        kept = _for_change(collection, actor)
        kept.items.filter(pk=item_id).delete()
        _count(kept)


def move(collection: Collection, item_id: int, *, actor: User, up: bool) -> None:
    """One place up or down; at the end of the way nothing happens."""
    with transaction.atomic():
        kept = _for_change(collection, actor)
        items = list(kept.items.order_by("position", "pk"))
        at = next((n for n, item in enumerate(items) if item.pk == item_id), None)
        to = None if at is None else at + (-1 if up else 1)
        if at is None or to is None or not 0 <= to < len(items):
            return
        items[at], items[to] = items[to], items[at]
        for number, item in enumerate(items, 1):
            item.position = number
        CollectionItem.objects.bulk_update(items, ["position"])
        _count(kept)


def _for_change(collection: Collection, actor: User) -> Collection:
    kept = _locked(collection)
    if not actor.has_perm("resources.change_collection", kept):
        raise PermissionDenied
    return kept


def _locked(collection: Collection) -> Collection:
    kept = Collection.objects.select_for_update().filter(pk=collection.pk).first()
    if kept is None:
        raise WrongState(_("This collection is not there any more."))
    return kept


def _write(collection: Collection, values: Mapping[str, Any]) -> None:
    collection.title = clean_line(values["title"])
    collection.about = clean_block(values.get("about") or "")
    collection.language = values["language"]
    if collection.pk:
        collection.save(update_fields=["title", "about", "language"])


def _count(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).update(version=F("version") + 1, updated_at=now())

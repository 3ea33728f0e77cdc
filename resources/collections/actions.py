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
    """Create a draft of a stakeholder, or of the desk (`owner` None). Raises PermissionDenied."""
    allowed = curates.test(actor) if owner is None else acts_for(actor, owner.pk)
    if not allowed:
        raise PermissionDenied
    with transaction.atomic():
        collection = Collection(owner=owner, written_by=actor, is_demo=actor.is_demo)
        _write(collection, values)
        collection.save()
        record(collection, "resources.collection.begin", actor=actor)
    return collection


def change(collection: Collection, *, actor: User, version: int, values: Mapping[str, Any]) -> Collection:
    """Save title, description, language. Raises WrongState where it was changed elsewhere since `version`."""
    with transaction.atomic():
        stored = _lock_for_change(collection, actor)
        if stored.version != version:
            raise WrongState(
                _("Another person changed this collection meanwhile. Please check it and try again.")
            )
        _write(stored, values)
        _raise_version(stored)
        record(stored, "resources.collection.change", actor=actor)
    return stored


def publish(collection: Collection, *, actor: User, audience: str) -> Collection:
    """Show it to an audience, or to another one than before.

    What the desk has opened to everybody stays so when its stakeholder publishes it again.
    """
    with transaction.atomic():
        stored = _lock_for_change(collection, actor)
        if audience not in audiences_for(actor, stored):
            raise DomainError(
                _("Please choose who may read it."), fields={"audience": _("Please choose who may read it.")}
            )
        if not stored.items.exists():
            raise DomainError(_("The collection is empty. Please add a resource first."))
        stored.audience, stored.status = audience, CollectionStatus.PUBLISHED
        stored.published_at = stored.published_at or now()
        stored.save(update_fields=["audience", "status", "published_at"])
        _raise_version(stored)
        record(stored, "resources.collection.publish", actor=actor, audience=audience)
    return stored


def take_down(collection: Collection, *, actor: User) -> Collection:
    """Make it a draft again, for its owner or a curator. A draft stays a draft."""
    with transaction.atomic():
        stored = _lock_collection(collection)
        if not (actor.has_perm("resources.change_collection", stored) or curates.test(actor)):
            raise PermissionDenied
        if stored.status == CollectionStatus.PUBLISHED:
            stored.status = CollectionStatus.DRAFT
            stored.save(update_fields=["status"])
            _raise_version(stored)
            record(stored, "resources.collection.take_down", actor=actor)
    return stored


def widen(collection: Collection, *, actor: User, audience: str) -> Collection:
    """Set, for the desk, who may read what a stakeholder published. Raises PermissionDenied, WrongState."""
    if not curates.test(actor):
        raise PermissionDenied
    with transaction.atomic():
        stored = _lock_collection(collection)
        if stored.status != CollectionStatus.PUBLISHED:
            raise WrongState(_("This collection is not published any more."))
        if audience not in Audience.values:
            raise DomainError(_("Please choose who may read it."))
        stored.audience = audience
        stored.save(update_fields=["audience"])
        _raise_version(stored)
        record(stored, "resources.collection.publish", actor=actor, audience=audience)
    return stored


def audiences_for(user: User, collection: Collection) -> tuple[str, ...]:
    if curates.test(user):
        return tuple(Audience.values)
    opened = collection.status == CollectionStatus.PUBLISHED and collection.audience == Audience.PUBLIC
    return (*OF_MEMBERS, Audience.PUBLIC) if opened else OF_MEMBERS


def add(collection: Collection, resource: Resource, *, actor: User, note: str = "") -> None:
    """Add a resource at the end. One that the collection has already keeps its place and gets the note."""
    with transaction.atomic():
        stored = _lock_for_change(collection, actor)
        if not Resource.objects.shown_to(actor).filter(pk=resource.pk).exists():
            raise PermissionDenied
        existing_item = stored.items.filter(resource=resource).first()
        if existing_item is None and stored.items.count() >= MOST_ITEMS:
            raise DomainError(
                _("A collection can contain at most %(most)d resources. Please start another one.")
                % {"most": MOST_ITEMS}
            )
        last = stored.items.aggregate(last=Max("position"))["last"] or 0
        item = existing_item or CollectionItem(collection=stored, resource=resource, position=last + 1)
        item.note = clean_line(note)[:500]
        item.save()
        _raise_version(stored)


def remove(collection: Collection, item_id: int, *, actor: User) -> None:
    with transaction.atomic():
        stored = _lock_for_change(collection, actor)
        stored.items.filter(pk=item_id).delete()
        _raise_version(stored)


def move(collection: Collection, item_id: int, *, actor: User, up: bool) -> None:
    """Move an item one place up or down. The first and the last stay where they are."""
    with transaction.atomic():
        stored = _lock_for_change(collection, actor)
        items = list(stored.items.order_by("position", "pk"))
        at = next((n for n, item in enumerate(items) if item.pk == item_id), None)
        to = None if at is None else at + (-1 if up else 1)
        if at is None or to is None or not 0 <= to < len(items):
            return
        items[at], items[to] = items[to], items[at]
        for number, item in enumerate(items, 1):
            item.position = number
        CollectionItem.objects.bulk_update(items, ["position"])
        _raise_version(stored)


def _lock_for_change(collection: Collection, actor: User) -> Collection:
    stored = _lock_collection(collection)
    if not actor.has_perm("resources.change_collection", stored):
        raise PermissionDenied
    return stored


def _lock_collection(collection: Collection) -> Collection:
    stored = Collection.objects.select_for_update().filter(pk=collection.pk).first()
    if stored is None:
        raise WrongState(_("This collection is not there any more."))
    return stored


def _write(collection: Collection, values: Mapping[str, Any]) -> None:
    collection.title = clean_line(values["title"])
    collection.about = clean_block(values.get("about") or "")
    collection.language = values["language"]
    if collection.pk:
        collection.save(update_fields=["title", "about", "language"])


def _raise_version(collection: Collection) -> None:
    Collection.objects.filter(pk=collection.pk).update(version=F("version") + 1, updated_at=now())

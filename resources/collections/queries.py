"""Collections as readers find them, and as those who keep them see them."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from resources.collections.enums import CollectionStatus
from resources.collections.models import Collection, CollectionItem, CollectionQuerySet
from resources.records.models import Resource
from resources.records.queries_lines import for_lines
from resources.records.rules import curates
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Stakeholder

MOST = 5


def published_collections(user: Any) -> CollectionQuerySet:
    """Return published collections, the newest first, with `many`: how many items the reader may see."""
    rows = Collection.objects.visible_to(user).filter(status=CollectionStatus.PUBLISHED)
    return with_numbers(with_owner(rows, user), user).order_by("-published_at", "-pk")


def with_owner(rows: Any, user: Any) -> Any:
    """Add `owner_name`, which is None where the reader may not find that stakeholder."""
    owner = Stakeholder.objects.visible_to(user).filter(pk=OuterRef("owner")).order_by()
    return rows.annotate(owner_name=Subquery(owner.values("name")[:1]))


def with_numbers(rows: Any, user: Any) -> Any:
    shown_items = CollectionItem.objects.filter(
        collection=OuterRef("pk"), resource__in=Resource.objects.shown_to(user)
    )
    number = shown_items.order_by().values("collection").annotate(number=Count("pk")).values("number")
    return rows.annotate(many=Coalesce(Subquery(number), 0))


def collections_with(user: Any, resource: Resource) -> list[Collection]:
    """Published collections in which it stands."""
    rows = Collection.objects.visible_to(user).filter(status=CollectionStatus.PUBLISHED)
    return list(rows.filter(items__resource=resource).order_by("-published_at", "-pk")[:MOST])


def items_of(user: Any, collection: Collection) -> list[CollectionItem]:
    """Return the items that the reader may read, in order, each with the `row` from which it is listed."""
    items = list(collection.items.order_by("position", "pk"))
    shown_resources = Resource.objects.shown_to(user).filter(pk__in=[item.resource_id for item in items])
    rows = {row.pk: row for row in for_lines(shown_resources)}
    for item in items:
        item.row = rows.get(item.resource_id)  # type: ignore[attr-defined]
    return [item for item in items if item.resource_id in rows]


def changeable_by(user: Any) -> Any:
    """Return collections that the person may change: of their stakeholders, or the desk's."""
    own = Q(owner__in=owners_of(user))
    if curates.test(user):
        own |= Q(owner=None)
    rows = Collection.objects.visible_to(user).filter(own)
    return rows.select_related("owner").annotate(many=Count("items")).order_by("-updated_at", "-pk")


def owners_of(user: Any) -> QuerySet[Stakeholder]:
    """Return the stakeholders for which the person may put together collections, by name."""
    if not (user.is_authenticated and user.is_active):
        return Stakeholder.objects.none()
    acting = user.memberships.filter(role__in=MemberRole.WRITERS).values("stakeholder")
    rows = Stakeholder.objects.filter(pk__in=acting, status__in=Status.TAKING_PART)
    return rows.order_by("sort_key", "pk")


def may_collect(user: Any) -> bool:
    return bool(curates.test(user)) or owners_of(user).exists()

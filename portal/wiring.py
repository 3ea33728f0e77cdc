"""What the portal enters in the registries of the apps below, where these must not know each other."""

from collections.abc import Collection

from news.hooks import ItemText, item_texts
from resources.records.models import Resource


def resource_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """For the newsletter: title and abstract of each edition of a resource. Two queries."""
    return {
        one.pk: {
            edition.language_id: ItemText(edition.title, edition.abstract) for edition in one.editions.all()
        }
        for one in Resource.objects.listed().filter(pk__in=ids).prefetch_related("editions")
    }


item_texts.register("resources.resource", resource_texts)

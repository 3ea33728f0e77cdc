"""What the portal enters in the registries of the apps below, where these must not know each other."""

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from api.hooks import resources
from core.desk_cards import desk_card
from news.elsewhere import queries as elsewhere_queries
from news.hooks import ItemText, item_texts
from portal.countries.api import CountryResource
from portal.search.api import SearchResource
from resources.hooks import WatchedLinks, watched_links
from resources.records.models import Resource


def resource_texts(ids: Collection[int]) -> dict[int, dict[str, ItemText]]:
    """Return title and abstract of each edition of these resources, for the newsletter."""
    return {
        resource.pk: {
            edition.language_id: ItemText(edition.title, edition.abstract)
            for edition in resource.editions.all()
        }
        for resource in Resource.objects.listed().filter(pk__in=ids).prefetch_related("editions")
    }


item_texts.register("resources.resource", resource_texts)
resources.register("countries", CountryResource)
resources.register("search", SearchResource)

watched_links.register("news", WatchedLinks(elsewhere_queries.addresses, elsewhere_queries.places))

desk_card(
    "portal:search_desk",
    group="system",
    position=60,
    title=_("What people search for"),
    text=_("What many look for and do not find, and how far the index is behind."),
    opens=lambda user: user.has_role(Role.CURATION, Role.HEAD, Role.ADMINISTRATOR),
)

desk_card(
    "admin:portal_page_changelist",
    group="reference",
    position=70,
    title=_("Trust pages"),
    text=_("The texts at the foot of every page."),
    permission="portal.change_page",
    opens=lambda user: user.is_staff,
)

desk_card(
    "admin:index",
    group="reference",
    position=80,
    title=pgettext_lazy("pages of the desk", "Reference data"),
    text=_("Countries, topics, articles and other lists."),
    opens=lambda user: user.is_staff,
)

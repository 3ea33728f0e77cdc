"""Bookmarks and saved searches in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section, declare_erased, sections
from notifications.hooks import kind
from resources.bookmarks.actions import MESSAGE_KIND
from resources.bookmarks.models import SavedSearch
from resources.bookmarks.queries import owned_pairs, personal_rows, titles_for

sections.register(
    "library",
    Section(
        _("Library"),
        _("What you suggested, which stays your stakeholder's, your bookmarks and saved searches."),
        personal_rows,
    ),
)
kind(
    MESSAGE_KIND,
    label=_("What is new in a search that you saved"),
    group=pgettext_lazy("group of messages", "Library"),
    among=SavedSearch.objects.visible_to,
    visible_pairs=owned_pairs,
    prepare=titles_for,
)

# --- What becomes of a person's part in the library when the account is deleted ----------------------

declare_erased(_("Bookmarks in the library"), "resources.bookmark.user")
declare_erased(_("Saved searches in the library"), "resources.savedsearch.user")

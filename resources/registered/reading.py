"""Reading the library in the registries of the apps below."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section, sections
from notifications.hooks import kind
from resources.actions.keeping import TOLD
from resources.queries.keeping import is_theirs, rows_of, theirs, titles_for
from resources.queries.panels import about_country, of_stakeholder, on_article, version
from stakeholders.hooks import profile_panels, profile_versions
from taxonomy.hooks import Panel, article_panels, country_panels

article_panels.register("resources", Panel(10, (), on_article, "resources/_article.html"))
country_panels.register("resources", Panel(26, ("country",), about_country, "resources/_country.html"))
profile_panels.register("resources", Panel(15, (), of_stakeholder, "resources/_profile.html"))
profile_versions.register("resources", version)
sections.register(
    "library",
    Section(
        _("Library"),
        _("What you suggested, which stays your stakeholder's, your bookmarks and saved searches."),
        rows_of,
    ),
)
kind(
    TOLD,
    label=_("What is new in a search that you saved"),
    group=pgettext_lazy("group of messages", "Library"),
    still_visible=is_theirs,
    seen=theirs,
    prepare=titles_for,
)

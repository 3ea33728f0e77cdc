"""The directory on the pages of countries and articles, and in the index of the portal."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from core.help_places import help_at
from core.triggers import Trigger, trigger_lists
from search.hooks import audiences, register
from stakeholders.directory.api import StakeholderResource
from stakeholders.directory.queries import LINKED, entries_of_country, entries_on_article
from stakeholders.directory.queries_documents import audiences_of, documents
from taxonomy.hooks import Panel, article_panels, country_panels

country_panels.register(
    "stakeholders", Panel(20, ("country",), entries_of_country, "stakeholders/directory/_country.html")
)
article_panels.register(
    "stakeholders", Panel(30, (), entries_on_article, "stakeholders/directory/_article.html")
)

register("stakeholders.stakeholder", documents, label=_("Stakeholder"))
audiences.fill(audiences_of)

help_at("visitors#find", "stakeholders.directory")

resources.register("stakeholders", StakeholderResource)

# Which rows decide where an entry is counted: a change of them makes it a `PendingEntry`.
FACTS = ("id", "kind", "country_id", "listing", "status", "confirmed_at")

trigger_lists.register(
    "directory",
    (
        Trigger("stakeholders_stakeholder", "facets", "stakeholders_entry_changed", columns=FACTS),
        *(
            Trigger(f"stakeholders_stakeholder_{name}", "facets", "stakeholders_term_changed")
            for name in LINKED.values()
        ),
        # For the release before alone, which also counts words; it goes in the next one.
        Trigger("search_document", "facets", "stakeholders_document_changed"),
    ),
)

"""The directory on the pages of countries and articles, and in the index of the portal."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from core.help_places import help_at
from search.hooks import audiences, register
from stakeholders.directory.api import StakeholderResource
from stakeholders.directory.queries import of_country, working_on
from stakeholders.directory.queries_documents import audiences_of, documents
from taxonomy.hooks import Panel, article_panels, country_panels

country_panels.register(
    "stakeholders", Panel(20, ("country", "review"), of_country, "stakeholders/directory/_country.html")
)
article_panels.register("stakeholders", Panel(30, (), working_on, "stakeholders/directory/_article.html"))

register("stakeholders.stakeholder", documents, label=_("Stakeholder"))
audiences.fill(audiences_of)

help_at("visitors#find", "stakeholders.directory")

resources.register("stakeholders", StakeholderResource)

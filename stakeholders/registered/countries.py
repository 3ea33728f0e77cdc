"""The parts of stakeholders on the pages about one country and about one article."""

from stakeholders.queries.articles import working_on
from stakeholders.queries.countries import of_country
from taxonomy.hooks import Panel, article_panels, country_panels

country_panels.register(
    "stakeholders", Panel(20, ("country", "review"), of_country, "stakeholders/_country.html")
)
article_panels.register("stakeholders", Panel(30, (), working_on, "stakeholders/_article.html"))

"""The part of stakeholders on the pages about one country."""

from stakeholders.queries.countries import of_country
from taxonomy.registry import Panel, country_panels

country_panels.register(
    "stakeholders", Panel(20, ("country", "review"), of_country, "stakeholders/_country.html")
)

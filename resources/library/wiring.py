"""The library on the pages of countries, articles and stakeholders."""

from api.hooks import resources
from core.help_places import help_at
from resources.library.api import RecordResource
from resources.library.queries_pages import about_country, of_stakeholder, on_article, version
from resources.records.models import Resource, ResourceStakeholder
from stakeholders.hooks import PUBLICATIONS, profile_panels, profile_versions
from taxonomy.hooks import Panel, article_panels, country_panels

article_panels.register("resources", Panel(10, (), on_article, "resources/library/_article.html"))
country_panels.register(
    "resources",
    Panel(
        26,
        ("country",),
        about_country,
        "resources/library/_country.html",
        lambda country: Resource.objects.filter(countries=country),
    ),
)
profile_panels.register(
    "resources",
    Panel(
        15,
        (PUBLICATIONS,),
        of_stakeholder,
        "resources/library/_profile.html",
        keys=(ResourceStakeholder._meta.get_field("stakeholder"),),
    ),
)
profile_versions.register("resources", version)

help_at("visitors#library", "resources")

resources.register("resources", RecordResource)

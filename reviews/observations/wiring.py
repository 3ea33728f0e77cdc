"""The parts of calls, contributions and observations on pages about a country or article and on profiles."""

from django.utils.translation import gettext_lazy as _

from api.hooks import resources
from core.desk_cards import desk_card
from core.help_places import help_at
from reviews.contributions.models import Contribution, CoSignature
from reviews.observations import queries
from reviews.observations.api import ObservationResource
from reviews.observations.models import Observation
from reviews.observations.queries import (
    about_country,
    article_panel,
    calls_on_article,
    calls_panel,
    contributions_panel,
    observations_on_article,
    observations_panel,
    profile_panel,
    published_panel,
)
from search.hooks import register
from stakeholders.hooks import profile_panels
from taxonomy.hooks import Panel, article_panels, country_panels

REVIEW = ("review",)

# The page of a country tells them among all that can be done about it, and leads to what was published.
country_panels.register("calls", Panel(12, REVIEW, calls_panel, "reviews/observations/_calls.html"))
country_panels.register(
    "published",
    Panel(12, ("country",), published_panel, "reviews/observations/_published.html", is_everybodys=True),
)
country_panels.register(
    "contributions",
    Panel(
        14,
        REVIEW,
        contributions_panel,
        "reviews/observations/_heard.html",
        lambda country: about_country(country.pk),
        is_everybodys=True,
    ),
)
country_panels.register(
    "observations",
    Panel(
        16,
        REVIEW,
        observations_panel,
        "reviews/observations/_observed.html",
        lambda country: Observation.objects.about(country.pk),
        is_everybodys=True,
    ),
)
profile_panels.register(
    "contributions",
    Panel(
        10,
        (),
        profile_panel,
        "reviews/observations/_contributed.html",
        keys=tuple(model._meta.get_field("stakeholder") for model in (Contribution, CoSignature)),
    ),
)
article_panels.register("calls", Panel(12, (), calls_on_article, "reviews/observations/_calls.html"))
article_panels.register(
    "observations", Panel(22, (), observations_on_article, "reviews/observations/_observed.html")
)
article_panels.register("contributions", Panel(20, (), article_panel, "reviews/observations/_heard.html"))

register("reviews.observation", queries.observation_documents, label=_("Observation"))

desk_card(
    "calldesk:observations",
    group="reviews",
    position=40,
    title=_("Observations"),
    text=_("What public documents name, article by article, and what is not published yet."),
    permission="reviews.keep_observations",
    rows=lambda user: Observation.objects.visible_to(user).waiting().order_by(),
)

help_at("calls#observations", "reviews.observations")
help_at("review#more", "calls:observations")

resources.register("observations", ObservationResource)

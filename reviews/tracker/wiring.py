"""Country reviews in the registries of the apps below."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from api.hooks import resources
from core.help_places import help_at
from notifications.hooks import kind, target
from reviews.tracker import queries_country
from reviews.tracker.actions import DEADLINE, RECORDED
from reviews.tracker.api import DocumentResource, FigureResource, ReviewResource, StepResource
from reviews.tracker.queries_country import country_names, of_country, phase_names
from search.hooks import register
from taxonomy.hooks import Panel, country_panels

country_panels.register(
    "review", Panel(10, ("country",), of_country, "reviews/tracker/_country.html", is_everybodys=True)
)

target(
    "review",
    label=_("Country review"),
    labels=country_names,
    path=lambda code: reverse("reviews:review", args=[code]),
    brings=_("New records of its steps, and deadlines 14 and 3 days ahead."),
)
target(
    "cluster",
    label=_("Phase of the country reviews"),
    labels=phase_names,
    path=lambda code: f"{reverse('reviews:list')}?{urlencode({'phase': code})}",
    brings=_("Records and deadlines of this phase in every country, and calls for contributions to it."),
)


def _everybody(people: Any, _subject: int | None) -> Any:
    """What is recorded of reviews is public."""
    return people


for _name, _label in (
    (RECORDED, _("A step of a country review is recorded")),
    (DEADLINE, _("A deadline of a country review comes near")),
):
    kind(
        _name,
        label=_label,
        group=pgettext_lazy("group of messages", "Reviews"),
        still_visible=lambda _user, _subject: True,
        readers=_everybody,
        visible_pairs=set,
    )

register("reviews.countryreview", queries_country.review_documents, label=_("Country review"))

help_at("review", "reviews")

resources.register("reviews", ReviewResource)
resources.register("steps", StepResource)
resources.register("documents", DocumentResource)
resources.register("figures", FigureResource)

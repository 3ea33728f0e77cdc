"""What reviews enters in the registries of the apps below."""

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import kept_lists
from accounts.people.enums import Role
from notifications.hooks import kind, target
from reviews.actions.corrections import KIND as ANSWERED
from reviews.actions.steps import DEADLINE, RECORDED
from reviews.models import LISTS, ReviewDocument, ReviewingState
from reviews.queries.panel import names_seen, of_country, phases_named
from taxonomy.hooks import Panel, country_panels
from workflow.hooks import desk_pages, desk_roles

for _model in (*LISTS, ReviewDocument, ReviewingState):
    kept_lists.register(_model._meta.label_lower, (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))

country_panels.register("review", Panel(10, ("country",), of_country, "reviews/_country.html"))
desk_pages.register("reviews.correction", "reviews_desk:correction")
desk_roles.register("reviews.correction", (Role.REVIEWS,))

target(
    "review",
    label=_("Country review"),
    labels=names_seen,
    path=lambda code: reverse("reviews:review", args=[code]),
    brings=_("New records of its steps, and deadlines 14 and 3 days ahead."),
)
target(
    "cluster",
    label=_("Phase of the country reviews"),
    labels=phases_named,
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
        seen=set,
    )
kind(
    ANSWERED,
    label=_("The desk answers your correction of a review page"),
    group=_("Your reports"),
    essential=True,
)

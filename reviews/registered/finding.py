"""Calls, contributions, observations and country reviews in the index of the whole portal."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from news.hooks import item_texts
from reviews.models import Call
from reviews.queries import documents
from search.actions import index
from search.hooks import register
from workflow.hooks import after_move


def _call_moved(call: Call, _name: str, _decision: Any, _actor: Any) -> None:
    """Published or cancelled: found from now on, in the same transaction."""
    index(call)


item_texts.register("reviews.call", documents.item_texts)
register("reviews.call", documents.calls, label=_("Call for contributions"))
register("reviews.contribution", documents.contributions, label=_("Contribution"))
register("reviews.observation", documents.observations, label=_("Observation"))
register("reviews.countryreview", documents.reviews, label=_("Country review"))
after_move.register("reviews.call", _call_moved)

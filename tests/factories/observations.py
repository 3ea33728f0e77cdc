"""Observations for tests, made by the portal's own acts.

observed("KEN"): a published one. observed("KEN", publish=False): one that waits at the desk.
"""

from datetime import date
from typing import Any

from accounts.people.enums import Role
from accounts.people.models import User
from reviews.observations.actions import publish_observation, record_observation
from reviews.observations.models import Observation
from taxonomy.law.models import Article
from taxonomy.places.models import Country
from taxonomy.terms.models import Language, Topic
from tests.factories.accounts import person_with


def values_of(iso3: str = "KEN", **changes: Any) -> dict[str, Any]:
    """What `record_observation` takes; rows may be named by their codes."""
    values = {
        "country": iso3,
        "kind": "gap",
        "article": "UNTOC-5",
        "text": "The law does not name it.",
        "language": "en",
        "topics": [],
        "source": "CTOC/COP/2026/1",
        "source_url": "",
        "source_date": date(2026, 3, 1),
        **changes,
    }
    rows: dict[str, Any] = {"country": Country, "article": Article, "language": Language}
    for name, model in rows.items():
        values[name] = model._default_manager.get(pk=values[name])
    values["topics"] = list(Topic.objects.filter(pk__in=values["topics"]))
    return values


def observed(
    iso3: str = "KEN", *, publish: bool = True, actor: User | None = None, **changes: Any
) -> Observation:
    actor = actor or person_with(Role.REVIEWS)
    observation = record_observation(actor=actor, values=values_of(iso3, **changes))
    return publish_observation(observation, actor=actor) if publish else observation

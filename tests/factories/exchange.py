"""Offers, needs and links between branches and parents for tests.

offer(stakeholder, "need", countries=["KEN"]): stands, for members, about the first engagement area.
parent_of(branch): an active parent, the link confirmed.
"""

from typing import Any

from django.utils.timezone import now

from stakeholders.entries.models import Stakeholder
from stakeholders.exchange.enums import Direction
from stakeholders.exchange.models import Offer
from stakeholders.family.enums import Side
from stakeholders.family.models import FamilyLink
from taxonomy.terms.models import EngagementArea


def first_area() -> str:
    return EngagementArea.objects.in_order("en").first().pk


def offer(stakeholder: Stakeholder, direction: str = Direction.OFFER, **fields: Any) -> Offer:
    countries, languages = fields.pop("countries", ()), fields.pop("languages", ())
    if "area_id" not in fields and "topic_id" not in fields:
        fields["area_id"] = first_area()
    new_offer = Offer.objects.create(
        stakeholder=stakeholder, direction=direction, **{"text": "Something to share.", **fields}
    )
    new_offer.countries.set(countries)
    new_offer.languages.set(languages)
    return new_offer


def link(
    branch: Stakeholder, parent: Stakeholder, *, confirmed: bool = True, by: str = Side.BRANCH
) -> FamilyLink:
    return FamilyLink.objects.create(
        branch=branch, parent=parent, asked_from=by, confirmed_at=now() if confirmed else None
    )

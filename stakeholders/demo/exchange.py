"""Offers, needs and a branch with its parent for the demonstration, by the acts that people would use."""

from typing import Any

from accounts.people.models import User
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.exchange.actions import add_offer
from stakeholders.exchange.enums import Direction, OfferAudience
from stakeholders.exchange.models import Offer
from stakeholders.family.actions import link
from stakeholders.family.models import FamilyLink

# (whose, direction, what is said); what is not said stays empty.
WATCH = "Demo Coastal Watch"
OFFERS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    (
        WATCH,
        Direction.OFFER,
        {
            "area": "education-and-training",
            "topic": "wildlife-forest-and-fisheries-crime",
            "text": "Two trainers for a week: how to document illegal fishing so that it stands in court.",
            "languages": ["en", "fr"],
            "countries": ["KEN", "SEN"],
        },
    ),
    (
        WATCH,
        Direction.NEED,
        {
            "area": "research",
            "text": "Satellite pictures of the coast read by somebody who knows ships.",
            "languages": ["en"],
        },
    ),
    (
        "Démo Observatoire des routes sahéliennes",
        Direction.NEED,
        {
            "area": "education-and-training",
            "topic": "wildlife-forest-and-fisheries-crime",
            "text": "Une formation pour douze observateurs.",
            "languages": ["fr"],
            "countries": ["SEN"],
        },
    ),
    (
        "Demo Institute for Justice Research",
        Direction.OFFER,
        {
            "area": "research",
            "text": "Analysis of satellite pictures, twice a year, free of charge.",
            "languages": ["en"],
            "audience": OfferAudience.PUBLIC,
        },
    ),
    (
        "Demo Forest Guardians",
        Direction.NEED,
        {
            "area": "education-and-training",
            "text": "Training for new rangers in taking statements.",
            "languages": ["en"],
            "countries": ["KEN"],
            "audience": OfferAudience.PUBLIC,
        },
    ),
)
EMPTY: dict[str, Any] = {
    "area": "",
    "topic": "",
    "languages": [],
    "countries": [],
    "audience": OfferAudience.MEMBERS,
    "until": None,
}


def load_exchange(people: dict[str, User]) -> None:
    """Once; whatever people have made of it since is left alone."""
    entries = {stakeholder.name: stakeholder for stakeholder in Stakeholder.objects.filter(is_demo=True)}
    if not Offer.objects.filter(stakeholder__is_demo=True).exists():
        for name, direction, fields in OFFERS:
            if (entry := entries.get(name)) is not None:
                _add(entry, people["admin"], direction, {**EMPTY, **fields})
    branch, parent = entries.get("Demo Forest Guardians"), entries.get("Demo Institute for Justice Research")
    if branch and parent and not FamilyLink.objects.filter(branch=branch).exists():
        link(branch, parent.pk, is_parent=True, actor=people["vetting"])


def _add(entry: Stakeholder, admin: User, direction: str, fields: dict[str, Any]) -> None:
    """By an administrator of the entry; one that has none borrows the demonstration's for a moment."""
    lent, new = Membership.objects.get_or_create(stakeholder=entry, user=admin, defaults={"role": "admin"})
    add_offer(entry, actor=admin, direction=direction, fields=fields)
    if new:
        lent.delete()

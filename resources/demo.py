"""What the demonstration adds to the library. Everything begins with "Demo"."""

from datetime import timedelta
from typing import Any

from django.utils.timezone import now

from resources.curation import actions as curation_actions
from resources.records.models import Resource
from resources.seed import load_resources
from resources.suggestions import actions as suggestions_actions
from stakeholders.entries.models import Stakeholder


def load_demo_library(people: dict[str, Any]) -> None:
    """Create the library of the demonstration, once."""
    load_resources()
    if Resource.objects.filter(is_demo=True).exists():
        return
    desk = people["curation"]
    guide = curation_actions.begin(
        actor=desk, facts=_facts("Demo guide: how to write a contribution", fr=True)
    )
    curation_actions.publish(guide, actor=desk)
    coming = curation_actions.begin(
        actor=desk,
        facts={
            **_facts("Demo report under embargo", kind="report"),
            "embargo_until": (now() + timedelta(days=9)).isoformat(),
        },
    )
    curation_actions.publish(coming, actor=desk)
    watch = Stakeholder.objects.filter(name="Demo Coastal Watch").first()
    if watch is None:
        return
    author = people["admin"]
    for title, kind in (
        ("Demo toolkit for coastal communities", "toolkit"),
        ("Demo practice: watching landing places", "good_practice"),
    ):
        suggestion = suggestions_actions.begin(
            actor=author, stakeholder=watch, facts=_facts(title, kind=kind)
        )
        suggestions_actions.submit(suggestion, actor=author)
    curation_actions.hold(
        suggestion, actor=desk, questions={"publisher": "Demo: who publishes it?"}, note="Demo: one question."
    )


def _facts(title: str, *, kind: str = "guide", fr: bool = False) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "kind": kind,
        "audience": "public",
        "language": "en",
        "publisher": "Demo Press",
        "published_on": "2026-05",
        "topics": ["corruption", "wildlife-forest-and-fisheries-crime"],
        "instruments": ["UNTOC"],
        "edition_en": {
            "title": title,
            "abstract": "Demo: made up to show the library.",
            "link": "https://demo.example/library",
            "short_form": "Demo: what was done.",
        },
    }
    if fr:
        facts["edition_fr"] = {"title": f"{title} (Demo, français)", "abstract": "Démonstration."}
    return facts

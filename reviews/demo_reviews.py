"""What the demonstration adds to the tracker: a State that does not exist, and steps of its review."""

from typing import Any

from accounts.people.models import User
from reviews.mechanism.models import StepKind
from reviews.tracker.actions import record_step
from reviews.tracker.models import CountryReview
from search.actions import index
from taxonomy.law.models import Cluster
from taxonomy.places.models import Country

# Codes that ISO 3166 and M49 leave to their users. Without region and place it is on no map, and without
# standing in the United Nations it is no State in any list.
CODES = {"iso3": "XDR", "iso2": "XD", "m49": "999"}
NAMES = {
    "name_ar": "جمهورية تجريبية",
    "name_zh": "示范共和国",
    "name_en": "Demo Republic",
    "name_fr": "République de démonstration",
    "name_ru": "Демонстрационная республика",
    "name_es": "República de demostración",
}
SOURCE = "Demo: no such State, and no such source"
# step, status, date, its kind of source
STEPS = (
    ("start", "done", "2024-11", "link"),
    ("questionnaire", "done", "2025-06-30", "stakeholder"),
    ("feedback", "under_way", "2026-02", "stakeholder"),
    ("observations", "no_information", "", "link"),
)


def load_demo_review(people: dict[str, User]) -> None:
    """By the act that the desk would use, so that the history is true; safe to run twice."""
    steps: dict[str, Any] = StepKind.objects.in_bulk()
    if not steps or Country.objects.filter(pk=CODES["iso3"]).exists():
        return
    country = Country.objects.create(**CODES, **NAMES, source=SOURCE)
    review = CountryReview.objects.create(country=country, source=SOURCE)
    for step, status, date, source_kind in STEPS:
        record_step(
            review,
            actor=people["reviews"],
            cluster=Cluster.objects.get(pk="I"),
            step=steps[step],
            status=status,
            date=date,
            source_kind=source_kind,
            source=SOURCE,
            is_demo=True,
        )
    index(review)

"""What the demonstration adds to the tracker: steps of the review of its State, which does not exist."""

from typing import Any

from accounts.people.models import User
from reviews.mechanism.models import StepKind
from reviews.tracker.actions import record_step
from reviews.tracker.models import CountryReview
from search.actions import index
from stakeholders.demo.country import SOURCE, load_country
from taxonomy.law.models import Cluster

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
    country = load_country()
    if not steps or CountryReview.objects.filter(country=country).exists():
        return
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

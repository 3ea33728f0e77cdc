"""What the demonstration adds: records of a few countries, marked as a demonstration wherever they show."""

from typing import Any

from reviews.actions.steps import record_step
from reviews.models import CountryReview, StepKind, StepRecord
from reviews.seed import load_mechanism
from taxonomy.models import Cluster

SOURCE = "Demo: made up to show the page, not a fact of any State"
# iso3, phase, step, status, date
RECORDS = (
    ("ARM", "I", "start", "done", "2020-12"),
    ("ARM", "I", "consultation", "done", "2021-03-15"),
    ("ARM", "I", "questionnaire", "done", "2021-09-01"),
    ("ARM", "I", "feedback", "under_way", "2022-02"),
    ("ARM", "II", "start", "no_information", ""),
    ("NGA", "I", "consultation", "under_way", "2022-05-20"),
    ("KHM", "I", "questionnaire", "no_information", ""),
)


def load_demo_reviews(people: dict[str, Any]) -> None:
    """Safe to run twice."""
    load_mechanism()
    if StepRecord.objects.filter(is_demo=True).exists():
        return
    reviews = CountryReview.objects.select_related("country", "group").in_bulk(
        {iso3 for iso3, *_rest in RECORDS}, field_name="country_id"
    )
    clusters, steps = Cluster.objects.in_bulk(), StepKind.objects.in_bulk()
    for iso3, cluster, step, status, date in RECORDS:
        record_step(
            reviews[iso3], actor=None, cluster=clusters[cluster], step=steps[step], status=status, date=date,
            source_kind="link", source=SOURCE, is_demo=True,
        )  # fmt: skip

"""Loads what is known of the mechanism from reviews/data/*.csv: one act, safe to repeat.

The desk's edits stay.
"""

from datetime import date
from pathlib import Path

from django.db import models, transaction

from reviews.contributions.models import ScreeningRule
from reviews.handouts.actions import load_handouts
from reviews.mechanism.enums import Nominated, SourceKind, StepStatus
from reviews.mechanism.models import DocumentKind, DrawConstraint, Phase, ReviewGroup, Secretariat, StepKind
from reviews.tracker.models import CountryReview, FocalPoint, Measure, ReviewDocument, Snapshot, StepRecord
from search.actions import index_many
from taxonomy.places.models import Country
from taxonomy.seed import BadRow, Counts, load_lists, read_rows

DATA = Path(__file__).resolve().parent / "data"
FILES: tuple[tuple[str, type[models.Model]], ...] = (
    ("groups.csv", ReviewGroup),
    ("phases.csv", Phase),
    ("document_kinds.csv", DocumentKind),
    ("steps.csv", StepKind),
    ("draw_rules.csv", DrawConstraint),
    ("secretariat.csv", Secretariat),
    ("measures.csv", Measure),
    ("figures.csv", Snapshot),
    ("screening_rules.csv", ScreeningRule),
)


def load_reviews() -> dict[str, Counts]:
    """`load_mechanism` with the texts to hand out, and what is found of each review; for each deployment."""
    report = load_mechanism() | {"handouts": load_handouts()}
    index_many("reviews.countryreview", list(CountryReview.objects.values_list("pk", flat=True)))
    return report


def load_mechanism(folder: Path = DATA) -> dict[str, Counts]:
    """Bring all to what the files say, all or nothing; returns counts by file name.

    Needs the reference data. Raises BadRow. What the desk edited or recorded stays.
    """
    with transaction.atomic():
        report = load_lists(FILES, folder)
        report["countries"] = _countries()
        report["country_groups.csv"] = _groups(folder / "country_groups.csv")
        report["focal_points.csv"] = _focal_points(folder / "focal_points.csv")
        report["documents.csv"] = _documents(folder / "documents.csv")
    return report


def _countries() -> Counts:
    """Add a review for every State in the United Nations and every other party; return the counts."""
    new = Country.objects.states().filter(review=None)
    reviews = CountryReview.objects.bulk_create(
        [CountryReview(country_id=code) for code in new.values_list("pk", flat=True)], ignore_conflicts=True
    )
    return Counts(created=len(reviews), unchanged=CountryReview.objects.count() - len(reviews))


def _groups(path: Path) -> Counts:
    counts = Counts()
    reviews = {review.country_id: review for review in CountryReview.objects.all()}
    groups = set(ReviewGroup.objects.values_list("pk", flat=True))
    changed = []
    for line, row in read_rows(path):
        review = reviews.get(row["iso3"])
        if review is None:
            raise BadRow(path.name, line, "iso3", f"{row['iso3']!r} has no review.")
        if row["group"] not in groups:
            raise BadRow(path.name, line, "group", f"{row['group']!r} is not a known group.")
        sourced_group = (row["group"], row["source"], date.fromisoformat(row["source_date"]), row["note"])
        if (review.group_id, review.source, review.source_date, review.note) == sourced_group:
            counts.unchanged += 1
        elif review.edited_by_hand:
            counts.skipped += 1
        else:
            review.group_id, review.source, review.source_date, review.note = sourced_group
            changed.append(review)
    CountryReview.objects.bulk_update(changed, ["group", "source", "source_date", "note"])
    counts.updated = len(changed)
    return counts


def _focal_points(path: Path) -> Counts:
    """Load whether a focal point is named, and record the step as done where no record exists yet."""
    reviews = dict(CountryReview.objects.values_list("country_id", "pk"))
    present = {focal_point.review_id: focal_point for focal_point in FocalPoint.objects.all()}
    recorded = set(StepRecord.objects.values_list("review_id", "step_id", "cluster_id"))
    counts = Counts()
    new: list[FocalPoint] = []
    records: list[StepRecord] = []
    for line, row in read_rows(path):
        review = reviews.get(row["iso3"])
        if review is None or row["nominated"] not in Nominated.values:
            raise BadRow(path.name, line, "iso3", f"{row['iso3']!r} or {row['nominated']!r} is not known.")
        if review in present:
            counts.unchanged += 1
        else:
            day = date.fromisoformat(row["source_date"])
            new.append(
                FocalPoint(
                    review_id=review,
                    nominated=row["nominated"],
                    source=row["source"],
                    source_date=day,
                    note=row["note"],
                )
            )
        if row["nominated"] == Nominated.YES and (review, row["step"], row["cluster"]) not in recorded:
            records.append(
                StepRecord(
                    review_id=review,
                    cluster_id=row["cluster"],
                    step_id=row["step"],
                    status=StepStatus.DONE,
                    source_kind=SourceKind.LINK,
                    source=row["source"],
                    source_url=row["source"],
                    note=row["note"],
                )
            )
    FocalPoint.objects.bulk_create(new)
    StepRecord.objects.bulk_create(records)
    counts.created = len(new)
    return counts


def _documents(path: Path) -> Counts:
    """Documents for all countries; those of one country come from the desk."""
    known = set(ReviewDocument.objects.values_list("symbol", flat=True))
    rows = [row for _line, row in read_rows(path)]
    new = [
        ReviewDocument(
            symbol=row["symbol"],
            cluster_id=row["cluster"],
            kind_id=row["kind"],
            publicity=row["publicity"],
            source=row["source"],
            source_date=date.fromisoformat(row["source_date"]),
            note=row["note"],
        )
        for row in rows
        if row["symbol"] not in known
    ]
    ReviewDocument.objects.bulk_create(new)
    return Counts(created=len(new), unchanged=len(rows) - len(new))

from reviews.models.desk import Correction, ReviewImport
from reviews.models.figures import Measure, Snapshot
from reviews.models.mechanism import (
    DocumentKind,
    DrawConstraint,
    Phase,
    ReviewGroup,
    Secretariat,
    StepKind,
)
from reviews.models.reviews import (
    CountryReview,
    FocalPoint,
    ReviewDocument,
    ReviewingState,
    ReviewsVersion,
    StepRecord,
)

# What the desk edits in the back office.
LISTS = (ReviewGroup, Phase, DocumentKind, StepKind, DrawConstraint, Secretariat, Measure, Snapshot)

__all__ = [
    "LISTS",
    "Correction",
    "CountryReview",
    "DocumentKind",
    "DrawConstraint",
    "FocalPoint",
    "Measure",
    "Phase",
    "ReviewDocument",
    "ReviewGroup",
    "ReviewImport",
    "ReviewingState",
    "ReviewsVersion",
    "Secretariat",
    "Snapshot",
    "StepKind",
    "StepRecord",
]

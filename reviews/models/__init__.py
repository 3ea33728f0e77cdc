from reviews.models.calls import Call, FollowUp, Question
from reviews.models.contributions import (
    Answer,
    Contribution,
    CoSignature,
    Evidence,
    EvidenceLink,
    ScreeningRule,
)
from reviews.models.desk import Correction, ReviewImport
from reviews.models.figures import Measure, Snapshot
from reviews.models.handouts import Handout
from reviews.models.mechanism import (
    DocumentKind,
    DrawConstraint,
    Phase,
    ReviewGroup,
    Secretariat,
    StepKind,
)
from reviews.models.observations import Observation
from reviews.models.reviews import (
    CountryReview,
    FocalPoint,
    ReviewDocument,
    ReviewingState,
    ReviewsVersion,
    StepRecord,
)

# What the desk edits in the back office.
LISTS = (
    ReviewGroup,
    Phase,
    DocumentKind,
    StepKind,
    DrawConstraint,
    Secretariat,
    Measure,
    Snapshot,
    ScreeningRule,
)

__all__ = [
    "LISTS",
    "Answer",
    "Call",
    "CoSignature",
    "Contribution",
    "Correction",
    "CountryReview",
    "DocumentKind",
    "DrawConstraint",
    "Evidence",
    "EvidenceLink",
    "FocalPoint",
    "FollowUp",
    "Handout",
    "Measure",
    "Observation",
    "Phase",
    "Question",
    "ReviewDocument",
    "ReviewGroup",
    "ReviewImport",
    "ReviewingState",
    "ReviewsVersion",
    "ScreeningRule",
    "Secretariat",
    "Snapshot",
    "StepKind",
    "StepRecord",
]

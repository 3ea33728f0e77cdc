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
from reviews.models.dialogue_rounds import Attendance, BureauAnswer, BureauList, DialogueStatement, Objection
from reviews.models.dialogues import Dialogue, DialogueApplication, DialogueExpertise, DialogueLine
from reviews.models.figures import Measure, Snapshot
from reviews.models.handouts import Handout
from reviews.models.mechanism import DocumentKind, DrawConstraint, Phase, ReviewGroup, Secretariat, StepKind
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
    "Attendance",
    "BureauAnswer",
    "BureauList",
    "Call",
    "CoSignature",
    "Contribution",
    "Correction",
    "CountryReview",
    "Dialogue",
    "DialogueApplication",
    "DialogueExpertise",
    "DialogueLine",
    "DialogueStatement",
    "DocumentKind",
    "DrawConstraint",
    "Evidence",
    "EvidenceLink",
    "FocalPoint",
    "FollowUp",
    "Handout",
    "Measure",
    "Objection",
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

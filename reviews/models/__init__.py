from reviews.models.calls import Call, FollowUp, Question
from reviews.models.contributions import (
    Answer,
    Contribution,
    CoSignature,
    Evidence,
    EvidenceLink,
    ScreeningRule,
)
from reviews.models.observations import Observation

__all__ = [
    "Answer",
    "Call",
    "CoSignature",
    "Contribution",
    "Evidence",
    "EvidenceLink",
    "FollowUp",
    "Observation",
    "Question",
    "ScreeningRule",
]

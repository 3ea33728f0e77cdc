from reviews.enums.mechanism import (
    Actor,
    CorrectionOutcome,
    DueUnit,
    ImportKind,
    ImportStatus,
    Nominated,
    Publicity,
    Silence,
    SourceKind,
    StepStatus,
)

__all__ = [
    "Actor",
    "CorrectionOutcome",
    "DueUnit",
    "ImportKind",
    "ImportStatus",
    "Nominated",
    "Publicity",
    "Silence",
    "SourceKind",
    "StepStatus",
]

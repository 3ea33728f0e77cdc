"""States and codes, by subject; those of networks and activities are also found here."""

from coordination.enums.activities import (
    ACTIVITY_MOVES,
    REPORT_MOVES,
    ActivityKind,
    ActivityStatus,
    ReportStatus,
    Sharing,
)
from coordination.enums.networks import (
    MEMBER_MOVES,
    STEP_MOVES,
    MemberStatus,
    NetworkKind,
    NetworkRole,
    PlanKind,
    Shown,
    StepStatus,
    WithWhom,
)

__all__ = [
    "ACTIVITY_MOVES",
    "MEMBER_MOVES",
    "REPORT_MOVES",
    "STEP_MOVES",
    "ActivityKind",
    "ActivityStatus",
    "MemberStatus",
    "NetworkKind",
    "NetworkRole",
    "PlanKind",
    "ReportStatus",
    "Sharing",
    "Shown",
    "StepStatus",
    "WithWhom",
]

from coordination.enums.activities import (
    ACTIVITY_MOVES,
    REPORT_MOVES,
    ActivityKind,
    ActivityStatus,
    ReportStatus,
    Sharing,
)

__all__ = [
    "ACTIVITY_MOVES",
    "REPORT_MOVES",
    "ActivityKind",
    "ActivityStatus",
    "ReportStatus",
    "Sharing",
]

from coordination.models.activities import Activity, ActivityFile, ActivityNote, FollowUp
from coordination.models.period_reports import PeriodReport, codes_within

__all__ = [
    "Activity",
    "ActivityFile",
    "ActivityNote",
    "FollowUp",
    "PeriodReport",
    "codes_within",
]

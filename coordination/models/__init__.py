from coordination.models.activities import Activity, ActivityFile, ActivityNote, FollowUp
from coordination.models.letters import Letter, LetterCopy, LetterLimit
from coordination.models.network_parts import Announcement, NetworkDocument, NetworkMeeting
from coordination.models.network_plans import NetworkPlan, PlanGoal, PlanStep
from coordination.models.networks import Network, NetworkMember
from coordination.models.period_reports import PeriodReport, codes_within
from coordination.models.regional import (
    Absence,
    Deputy,
    Enquiry,
    EnquiryLine,
    HandOver,
    Named,
    Passed,
    TermNote,
)

__all__ = [
    "Absence",
    "Activity",
    "ActivityFile",
    "ActivityNote",
    "Announcement",
    "Deputy",
    "Enquiry",
    "EnquiryLine",
    "FollowUp",
    "HandOver",
    "Letter",
    "LetterCopy",
    "LetterLimit",
    "Named",
    "Network",
    "NetworkDocument",
    "NetworkMeeting",
    "NetworkMember",
    "NetworkPlan",
    "Passed",
    "PeriodReport",
    "PlanGoal",
    "PlanStep",
    "TermNote",
    "codes_within",
]

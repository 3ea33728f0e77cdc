from coordination.models.letters import (
    Letter,
    LetterCopy,
    LetterLimit,
)
from coordination.models.network_plans import (
    NetworkPlan,
    PlanGoal,
    PlanStep,
)
from coordination.models.networks import (
    Announcement,
    Network,
    NetworkDocument,
    NetworkMeeting,
    NetworkMember,
)
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
    "Announcement",
    "Deputy",
    "Enquiry",
    "EnquiryLine",
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
    "PlanGoal",
    "PlanStep",
    "TermNote",
]

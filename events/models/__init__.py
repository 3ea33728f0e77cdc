from events.models.calendar import CalendarAddress
from events.models.events import Body, Event
from events.models.programme import (
    Closure,
    MeetingLink,
    OfficialItem,
    Placement,
    Programme,
    Release,
    ReleaseChange,
    Room,
    Shown,
    Star,
)
from events.models.proposals import Partner, Proposal, ProposalRound, Speaker
from events.models.registration_rules import Invited, Quota, RegistrationQuestion, RegistrationRules
from events.models.registrations import Registration, RegistrationAnswer, Reminder
from events.models.reports import LibraryEntry, Report, ReportFile, ReportLink
from events.models.reviewing import (
    DeskComment,
    EligibilityAnswer,
    EligibilityQuestion,
    Merger,
    ReviewArea,
    TrustedProposer,
)

# What the desk edits in the back office.
LISTS = (Body, EligibilityQuestion)

__all__ = [
    "LISTS",
    "Body",
    "CalendarAddress",
    "Closure",
    "DeskComment",
    "EligibilityAnswer",
    "EligibilityQuestion",
    "Event",
    "Invited",
    "LibraryEntry",
    "MeetingLink",
    "Merger",
    "OfficialItem",
    "Partner",
    "Placement",
    "Programme",
    "Proposal",
    "ProposalRound",
    "Quota",
    "Registration",
    "RegistrationAnswer",
    "RegistrationQuestion",
    "RegistrationRules",
    "Release",
    "ReleaseChange",
    "Reminder",
    "Report",
    "ReportFile",
    "ReportLink",
    "ReviewArea",
    "Room",
    "Shown",
    "Speaker",
    "Star",
    "TrustedProposer",
]

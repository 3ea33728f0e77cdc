from events.enums.events import EVENT_MOVES, EventKind, EventReason, EventStatus, MeetingWord, Mode
from events.enums.programme import ChangeKind, Clash, LinkKind
from events.enums.proposals import (
    PROPOSAL_MOVES,
    DeclineReason,
    Held,
    Partnering,
    ProposalStatus,
    SpeakerGender,
    SpeakerRole,
    SpeakerStatus,
)
from events.enums.registrations import (
    REGISTRATION_MOVES,
    SEATS,
    Admission,
    AnswerKind,
    QuotaPer,
    RefusedFor,
    RegistrationStatus,
    Shown,
    Stage,
)
from events.enums.reports import REPORT_MOVES, ReportStatus

__all__ = [
    "EVENT_MOVES", "PROPOSAL_MOVES", "REGISTRATION_MOVES", "REPORT_MOVES", "SEATS", "Admission",
    "AnswerKind", "ChangeKind", "Clash", "DeclineReason", "EventKind", "EventReason", "EventStatus",
    "Held", "LinkKind", "MeetingWord", "Mode", "Partnering", "ProposalStatus", "QuotaPer", "RefusedFor",
    "RegistrationStatus", "ReportStatus", "Shown", "SpeakerGender", "SpeakerRole", "SpeakerStatus",
    "Stage",
]  # fmt: skip

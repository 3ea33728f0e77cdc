from events.enums.events import EVENT_MOVES, EventKind, EventReason, EventStatus, MeetingWord, Mode
from events.enums.proposals import (
    PROPOSAL_MOVES,
    DeclineReason,
    Partnering,
    ProposalStatus,
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

__all__ = [
    "EVENT_MOVES", "PROPOSAL_MOVES", "REGISTRATION_MOVES", "SEATS", "Admission", "AnswerKind",
    "DeclineReason", "EventKind", "EventReason", "EventStatus", "MeetingWord", "Mode", "Partnering",
    "ProposalStatus", "QuotaPer", "RefusedFor", "RegistrationStatus", "Shown", "SpeakerRole",
    "SpeakerStatus", "Stage",
]  # fmt: skip

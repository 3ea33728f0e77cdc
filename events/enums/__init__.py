from events.enums.events import EVENT_MOVES, EventKind, EventReason, EventStatus, MeetingWord, Mode
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

__all__ = [
    "EVENT_MOVES", "PROPOSAL_MOVES", "DeclineReason", "EventKind", "EventReason", "EventStatus", "Held",
    "MeetingWord", "Mode", "Partnering", "ProposalStatus", "SpeakerGender", "SpeakerRole", "SpeakerStatus",
]  # fmt: skip

from events.enums.events import EVENT_MOVES, EventKind, EventReason, EventStatus, MeetingWord, Mode
from events.enums.proposals import (
    PROPOSAL_MOVES,
    DeclineReason,
    Partnering,
    ProposalStatus,
    SpeakerRole,
    SpeakerStatus,
)

__all__ = [
    "EVENT_MOVES", "PROPOSAL_MOVES", "DeclineReason", "EventKind", "EventReason", "EventStatus",
    "MeetingWord", "Mode", "Partnering", "ProposalStatus", "SpeakerRole", "SpeakerStatus",
]  # fmt: skip

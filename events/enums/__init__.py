from events.enums.events import EVENT_MOVES, EventKind, EventReason, EventStatus, MeetingWord, Mode
from events.enums.programme import ChangeKind, Clash, LinkKind
from events.enums.proposals import (
    PROPOSAL_MOVES,
    DeclineReason,
    Partnering,
    ProposalStatus,
    SpeakerRole,
    SpeakerStatus,
)

__all__ = [
    "EVENT_MOVES", "PROPOSAL_MOVES", "ChangeKind", "Clash", "DeclineReason", "EventKind", "EventReason",
    "EventStatus", "LinkKind", "MeetingWord", "Mode", "Partnering", "ProposalStatus", "SpeakerRole",
    "SpeakerStatus",
]  # fmt: skip

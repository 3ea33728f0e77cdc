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

# What the desk edits in the back office.
LISTS = (Body,)

__all__ = [
    "LISTS", "Body", "Closure", "Event", "MeetingLink", "OfficialItem", "Partner", "Placement", "Programme",
    "Proposal", "ProposalRound", "Release", "ReleaseChange", "Room", "Shown", "Speaker", "Star",
]  # fmt: skip

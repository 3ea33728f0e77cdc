from events.models.events import Body, Event
from events.models.proposals import Partner, Proposal, ProposalRound, Speaker
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
    "LISTS", "Body", "DeskComment", "EligibilityAnswer", "EligibilityQuestion", "Event", "Merger", "Partner",
    "Proposal", "ProposalRound", "ReviewArea", "Speaker", "TrustedProposer",
]  # fmt: skip

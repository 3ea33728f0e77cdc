from events.models.calendar import CalendarAddress
from events.models.events import Body, Event
from events.models.proposals import Partner, Proposal, ProposalRound, Speaker

# What the desk edits in the back office.
LISTS = (Body,)

__all__ = ["LISTS", "Body", "CalendarAddress", "Event", "Partner", "Proposal", "ProposalRound", "Speaker"]

from events.models.calendar import CalendarAddress
from events.models.events import Body, Event
from events.models.proposals import Partner, Proposal, ProposalRound, Speaker
from events.models.registrations import (
    Invited,
    Quota,
    Registration,
    RegistrationAnswer,
    RegistrationQuestion,
    RegistrationRules,
    Reminder,
)

# What the desk edits in the back office.
LISTS = (Body,)

__all__ = [
    "LISTS", "Body", "CalendarAddress", "Event", "Invited", "Partner", "Proposal", "ProposalRound", "Quota",
    "Registration", "RegistrationAnswer", "RegistrationQuestion", "RegistrationRules", "Reminder", "Speaker",
]  # fmt: skip

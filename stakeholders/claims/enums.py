"""Asking to join an organization, and claiming a listed entry."""

from django.db import models
from django.utils.translation import pgettext_lazy

JOIN_WORK = "join"  # what a request that waits for the desk is called among the work items
CODE_LENGTH = 8
MOST_ATTEMPTS = 5  # at one code
CODE_MINUTES = 30
# For how many days the administrators have a request to themselves, and how long a refusal holds.
DESK_AFTER_DAYS = 14
ASK_AGAIN_DAYS = 30


class JoinOutcome(models.TextChoices):
    ACCEPTED = "accepted", pgettext_lazy("a request to join", "Accepted")
    DECLINED = "declined", pgettext_lazy("a request to join", "Declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("a request to join", "Withdrawn")


class NextStep(models.TextChoices):
    """What somebody can do about an entry that may be their own."""

    JOIN = "join", pgettext_lazy("next step", "Ask to join this organization")
    SEE_REQUEST = "asked", pgettext_lazy("next step", "See my request to join")
    CLAIM = "claim", pgettext_lazy("next step", "Claim this profile")
    MEMBER = "member", pgettext_lazy("next step", "Manage the profile")
    NONE = "none", pgettext_lazy("next step", "Contact the WhatsOn team")

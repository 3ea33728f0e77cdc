"""What people write to the WhatsOn team about, and the states of such a message."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from workflow.moves.enums import Move


class Purpose(models.TextChoices):
    APPLICATION = "application", _("Ask about your application")
    PROFILE = "profile", _("Correct or remove a profile")
    PAGE = "page", _("Report a page that does not work for you")
    DATA = "data", _("Ask what we hold about you, or have it removed")
    SECURITY = "security", _("Report a weakness in security")
    OTHER = "other", _("Something else")


# What helps the team to answer.
HINTS = {
    Purpose.APPLICATION: _("Its number, which is in every e-mail about it."),
    Purpose.PROFILE: _("The address of its page, and what is wrong."),
    Purpose.PAGE: _("The page, your browser or assistive technology, and what happened."),
    Purpose.DATA: _("With an account you can download and delete your data yourself, in your settings."),
    Purpose.SECURITY: _("What you did and what you saw. Do not open data that is not yours."),
    Purpose.OTHER: _("For example a question of the press, or how to take part."),
}

# For whom a message waits. Administrators and the head of desk read all of them.
ANSWERED_BY = {
    Purpose.APPLICATION: Role.VETTING,
    Purpose.PROFILE: Role.VETTING,
    Purpose.PAGE: Role.CURATION,
    Purpose.DATA: Role.ADMINISTRATOR,
    Purpose.SECURITY: Role.ADMINISTRATOR,
    Purpose.OTHER: Role.CURATION,
}
READ_ALL = (Role.HEAD, Role.ADMINISTRATOR)


class Suspicion(models.TextChoices):
    """Why a message is held until somebody of the team looks at it."""

    PROGRAM = "program", _("a program seems to have filled in the form")
    LINKS = "links", _("it has many links")


class MessageStatus(models.TextChoices):
    NEW = "new", pgettext_lazy("message to the team", "New")
    ANSWERED = "answered", pgettext_lazy("message to the team", "Answered")
    CLOSED = "closed", pgettext_lazy("message to the team", "Closed without an answer")
    SPAM = "spam", pgettext_lazy("message to the team", "Held as spam")


S = MessageStatus
MOVES = {
    "answer": Move((S.NEW,), S.ANSWERED, _("Send the answer"), by="desk", order=1, style="primary"),
    "close": Move((S.NEW,), S.CLOSED, _("Close without an answer"), by="desk", order=2),
    "hold": Move((S.NEW,), S.SPAM, _("Mark as spam"), by="desk", order=3),
    "reopen": Move((S.CLOSED, S.SPAM), S.NEW, _("Open it again"), by="desk", order=4),
}

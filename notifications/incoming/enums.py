"""What kinds of mail arrive."""

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class Sort(models.TextChoices):
    """What a mail that arrived was taken for."""

    BOUNCE = "bounce", pgettext_lazy("sort of incoming mail", "Report on a delivery")
    COMPLAINT = "complaint", pgettext_lazy("sort of incoming mail", "Complaint of a reader")
    AUTOMATIC = "automatic", pgettext_lazy("sort of incoming mail", "Automatic reply")
    ANSWER = "answer", pgettext_lazy("sort of incoming mail", "Reply, passed on")
    LETTER = "letter", pgettext_lazy("sort of incoming mail", "E-mail to the desk")
    REFUSED = "refused", pgettext_lazy("sort of incoming mail", "Reply that could not be passed on")
    UNMATCHED = "unmatched", pgettext_lazy("sort of incoming mail", "Left on the mail server")

    # Nothing is left to be read in them: they go from the mailbox.
    UNDERSTOOD = nonmember(("bounce", "complaint", "automatic"))
    FOR_THE_DESK = nonmember(("letter", "refused", "unmatched"))
    TO_ANSWER = nonmember(("letter", "refused"))

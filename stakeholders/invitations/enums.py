"""Where an invitation of the desk stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WaveStatus(models.TextChoices):
    PREPARED = "prepared", pgettext_lazy("state of a wave of invitations", "Prepared, not sent")
    SENDING = "sending", pgettext_lazy("state of a wave of invitations", "Being sent")
    PAUSED = "paused", pgettext_lazy("state of a wave of invitations", "Paused")
    DONE = "done", pgettext_lazy("state of a wave of invitations", "All written")


class MemberDecision(models.TextChoices):
    """What the desk says about a row of a list that looks like an entry which is there already."""

    SAME = "same", _("The same: invite them to claim that profile")
    ANOTHER = "another", _("Another one: add a new profile")
    SKIP = "skip", _("Leave out")


class InvitedState(models.TextChoices):
    """Told from dates, the application and the mail; never stored."""

    WAITING = "waiting", pgettext_lazy("state of an invitation", "Not written yet")
    INVITED = "invited", pgettext_lazy("state of an invitation", "Invited")
    BOUNCED = "bounced", pgettext_lazy("state of an invitation", "The e-mail did not arrive")
    EXPIRED = "expired", pgettext_lazy("state of an invitation", "Run out")
    BEGUN = "begun", pgettext_lazy("state of an invitation", "Accepted, registration begun")
    SENT = "sent", pgettext_lazy("state of an invitation", "Registration sent")
    APPROVED = "approved", pgettext_lazy("state of an invitation", "Approved")
    CLOSED = "closed", pgettext_lazy("state of an invitation", "Not approved, or withdrawn")
    WITHDRAWN = "withdrawn", pgettext_lazy("state of an invitation", "Withdrawn")
    DECLINED = "declined", pgettext_lazy("state of an invitation", "Declined")

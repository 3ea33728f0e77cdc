from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where one message stands on its way out."""

    QUEUED = "queued", pgettext_lazy("state of a message", "Waiting")
    CLAIMED = "claimed", pgettext_lazy("state of a message", "Taken by a worker")
    HANDING_OVER = "handing_over", pgettext_lazy("state of a message", "Being handed to the mail server")
    SENT = "sent", pgettext_lazy("state of a message", "Sent")
    RETRY = "failed_temporary", pgettext_lazy("state of a message", "Failed for now, to be tried again")
    FAILED = "failed", pgettext_lazy("state of a message", "Failed")
    SUPPRESSED = "suppressed", pgettext_lazy("state of a message", "Held back")
    UNKNOWN = "unknown", pgettext_lazy("state of a message", "Outcome unknown")

    DUE = nonmember(("queued", "failed_temporary"))
    HELD = nonmember(("claimed", "handing_over"))
    OVER = nonmember(("sent", "failed", "suppressed", "unknown"))

"""Where a message stands on its way out, and what was told of it afterwards."""

from enum import nonmember

from django.db import models
from django.utils.translation import pgettext_lazy


class Status(models.TextChoices):
    """Where one message stands on its way out."""

    QUEUED = "queued", pgettext_lazy("state of a message", "Waiting")
    PAUSED = "paused", pgettext_lazy("state of a message", "Paused by the desk")
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


class Outcome(models.TextChoices):
    """What was told of a mail after it had left. Reports come in any order: the later of this list wins."""

    DEFERRED = "deferred", pgettext_lazy("outcome of a mail", "Delayed, the provider keeps trying")
    SOFT = "soft", pgettext_lazy("outcome of a mail", "Came back for now")
    DELIVERED = "delivered", pgettext_lazy("outcome of a mail", "Delivered")
    REFUSED = "refused", pgettext_lazy("outcome of a mail", "Refused for its content or by policy")
    HARD = "hard", pgettext_lazy("outcome of a mail", "Came back for good")
    COMPLAINED = "complained", pgettext_lazy("outcome of a mail", "Marked as unwanted by the reader")

    BACK = nonmember(("soft", "refused", "hard"))

    @property
    def weight(self) -> int:
        return list(Outcome).index(self)


class Stage(models.TextChoices):
    """Where a message stands for whoever looks for it: its way out and what was told of it, in one word."""

    WAITING = "waiting", pgettext_lazy("state of a message", "Waiting")
    RETRY = "retry", pgettext_lazy("state of a message", "Failed for now")
    SENT = "sent", pgettext_lazy("state of a message", "Sent")
    DELIVERED = "delivered", pgettext_lazy("state of a message", "Delivered")
    FAILED = "failed", pgettext_lazy("state of a message", "Failed for good")
    COMPLAINED = "complained", pgettext_lazy("state of a message", "Marked as unwanted")
    SUPPRESSED = "suppressed", pgettext_lazy("state of a message", "Held back")
    UNKNOWN = "unknown", pgettext_lazy("state of a message", "Outcome unknown")

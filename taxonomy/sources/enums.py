"""How often a source is fetched, what came of it, and what was wrong."""

from datetime import timedelta
from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Schedule(models.TextChoices):
    NEVER = "never", pgettext_lazy("how often", "Only when asked")
    WEEKLY = "weekly", pgettext_lazy("how often", "Every week")
    MONTHLY = "monthly", pgettext_lazy("how often", "Every month")

    EVERY = nonmember({"weekly": timedelta(days=7), "monthly": timedelta(days=30)})


class Outcome(models.TextChoices):
    """What came of fetching a source the last time."""

    NEW = "new", _("A new file needs a decision.")
    UNCHANGED = "unchanged", _("Unchanged: there is nothing to approve.")
    FAILED = "failed", _("It could not be fetched. What is here stays as it is.")


class FetchFault(models.TextChoices):
    """Why: the codes of core.outgoing_requests.Unreached, and our own."""

    ADDRESS = "address", _("This is not an address of the web.")
    PRIVATE = "private", _("It leads to a machine that is not on the public internet.")
    NAME = "name", _("The name of the website is unknown.")
    CONNECTION = "connection", _("The connection could not be made, or broke off.")
    CERTIFICATE = "certificate", _("Its certificate is not valid.")
    TIME = "time", _("It takes too long to answer.")
    REDIRECTS = "redirects", _("It redirects in circles.")
    ANSWER = "answer", _("Its answer cannot be understood.")
    INSECURE = "insecure", _("It leads to an address without https.")
    SIZE = "size", _("The file is larger than the limit.")
    STATUS = "status", _("The server answered with an error.")
    UNREADABLE = "unreadable", _("The file is not what was expected.")
    NOT_ALLOWED = "not_allowed", _("The person who set the address may no longer do so. Save it again.")
    BROKEN = "broken", _("Something went wrong on our side. The error was logged; please try again.")

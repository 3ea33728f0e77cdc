"""What is wrong with a link."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class LinkFault(models.TextChoices):
    """Why an address gave no answer: the codes of core.outgoing_requests.Unreached."""

    ADDRESS = "address", _("This is not an address of the web.")
    PRIVATE = "private", _("It leads to a machine that is not on the public internet.")
    NAME = "name", _("The name of the website is unknown.")
    CONNECTION = "connection", _("The website does not answer.")
    CERTIFICATE = "certificate", _("Its certificate is not valid.")
    TIME = "time", _("It takes too long to answer.")
    REDIRECTS = "redirects", _("It redirects in circles.")
    ANSWER = "answer", _("Its answer cannot be understood.")

    FINAL = nonmember(("address", "private"))  # asking again tells nothing new

"""What a program may do with an access token."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TokenScope(models.TextChoices):
    """What a program may do with an access token; never more than its owner may. Writing is apart."""

    DIRECTORY = "directory", _("Read the directory of stakeholders")
    REVIEWS = "reviews", _("Read country reviews")
    EVENTS = "events", _("Read events and their programmes")
    RESOURCES = "resources", _("Read the library and the news")
    OWN = "own", _("Read what is your own: memberships, follows, notices")
    WRITE = "write", _("Write what is your own: profiles, projects, offers, drafts")

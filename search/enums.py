from django.db import models
from django.utils.translation import gettext_lazy as _


class Audience(models.IntegerChoices):
    """Who may find a document. One that nobody but the desk may find has no audience (NULL)."""

    PUBLIC = 0, _("Everybody")
    MEMBERS_STATES = 1, _("Members and States")
    MEMBERS = 2, _("Members")
    REGIONAL = 3, _("Regional focal points")
    DESK = 4, _("The WhatsOn team")

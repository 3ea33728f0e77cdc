"""Why a State account ends."""

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class StateEnd(models.TextChoices):
    """Why a State account ends."""

    DECLINED = "declined", _("The person declined the invitation")
    LEFT = "left", _("The person has left the post")
    NOTE = "note", _("The State has taken its nomination back")
    REPLACED = "replaced", _("Another person has been nominated")
    CONDUCT = "conduct", _("Breach of the terms of use")
    OTHER = "other", _("Another reason, given in the note")

    BY_DESK = nonmember(("left", "note", "replaced", "conduct", "other"))

"""Who asked for the link between a branch and its parent."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Side(models.TextChoices):
    """One end of a link, seen from the entry that it names."""

    BRANCH = "branch", pgettext_lazy("one end of a link between organizations", "Branch")
    PARENT = "parent", pgettext_lazy("one end of a link between organizations", "Parent organization")
    DESK = "desk", _("The WhatsOn team")

"""What the list of roles can be narrowed to, and which roles hold for a place."""

from django.db import models
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role

# These hold for a region or a country; the roles of the desk hold everywhere.
PLACED = (Role.REGIONAL, Role.STATE)


class Standing(models.TextChoices):
    CURRENT = "current", pgettext_lazy("roles", "Current")
    WAITING = "waiting", pgettext_lazy("roles", "Waiting for confirmation")
    ENDED = "ended", pgettext_lazy("roles", "Ended")

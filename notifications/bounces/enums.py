"""Why an address is held back."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Why(models.TextChoices):
    """Why an address is held back."""

    HARD = "hard", pgettext_lazy("why an address is held back", "E-mail came back for good")
    SOFT = "soft", pgettext_lazy("why an address is held back", "E-mail came back again and again")
    COMPLAINT = "complaint", pgettext_lazy("why an address is held back", "Marked as unwanted by its reader")
    BY_HAND = "by_hand", pgettext_lazy("why an address is held back", "Entered by the desk")

"""What an observation tells of."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ObservationKind(models.TextChoices):
    GAP = "gap", pgettext_lazy("observation", "Gap")
    GOOD_PRACTICE = "good_practice", pgettext_lazy("observation", "Good practice")
    SUGGESTION = "suggestion", pgettext_lazy("observation", "Suggestion")
    ASSISTANCE = "assistance", pgettext_lazy("observation", "Assistance need")

"""What a release changes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ChangeKind(models.TextChoices):
    ADDED = "added", pgettext_lazy("change of a programme", "Added")
    MOVED = "moved", pgettext_lazy("change of a programme", "Moved")
    REMOVED = "removed", pgettext_lazy("change of a programme", "Taken out")
    CANCELLED = "cancelled", pgettext_lazy("change of a programme", "Cancelled")

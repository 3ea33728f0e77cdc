"""How much a happening weighs."""

from django.db import models
from django.utils.translation import pgettext_lazy


class Weight(models.TextChoices):
    """How much a happening weighs."""

    STEP = "step", pgettext_lazy("weight of a happening", "Main step")
    DEADLINE = "deadline", pgettext_lazy("weight of a happening", "Deadline")
    NEWS = "news", pgettext_lazy("weight of a happening", "News")

"""Whether a collection is published."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CollectionStatus(models.TextChoices):
    DRAFT = "draft", pgettext_lazy("status of a collection", "Draft")
    PUBLISHED = "published", pgettext_lazy("status of a collection", "Published")

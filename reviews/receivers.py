"""Kept pages of the tracker are old as soon as anything changes that they show."""

from typing import Any

from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from reviews.models import (
    LISTS,
    CountryReview,
    FocalPoint,
    ReviewDocument,
    ReviewingState,
    ReviewsVersion,
    StepRecord,
)
from taxonomy.models import Article, Cluster, Country, Instrument, Participation, Region

SHOWN: tuple[type[models.Model], ...] = (
    *LISTS, CountryReview, FocalPoint, ReviewDocument, ReviewingState, StepRecord,
    Article, Cluster, Country, Instrument, Participation, Region,
)  # fmt: skip


@receiver([post_save, post_delete], dispatch_uid="reviews.version")
def bump_version(sender: type[models.Model], **_said: Any) -> None:
    if sender in SHOWN:
        ReviewsVersion.objects.bump()

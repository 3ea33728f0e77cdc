"""What follows from a saved row: kept pages of the tracker are old, and the index is brought in line."""

from typing import Any

from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from reviews.calls.models import Call, Question
from reviews.contributions.models import ScreeningRule
from reviews.mechanism.models import DocumentKind, DrawConstraint, Phase, ReviewGroup, Secretariat, StepKind
from reviews.observations.models import Observation
from reviews.tracker.models import (
    CountryReview,
    FocalPoint,
    Measure,
    ReviewDocument,
    ReviewingState,
    ReviewsVersion,
    Snapshot,
    StepRecord,
)
from search.actions import drop, index, index_many
from stakeholders.entries.models import DirectoryVersion
from taxonomy.law.models import Article, Cluster, Instrument, Participation
from taxonomy.places.models import Country, Region

# What the desk edits in the back office.
LISTS = (
    ReviewGroup,
    Phase,
    DocumentKind,
    StepKind,
    DrawConstraint,
    Secretariat,
    Measure,
    Snapshot,
    ScreeningRule,
)

SHOWN: tuple[type[models.Model], ...] = (
    *LISTS,
    CountryReview,
    FocalPoint,
    ReviewDocument,
    ReviewingState,
    StepRecord,
    Article,
    Cluster,
    Country,
    Instrument,
    Participation,
    Region,
)


@receiver([post_save, post_delete], sender=Call, dispatch_uid="reviews.home")
def bump_home(**_said: Any) -> None:
    """The first page tells which calls are open."""
    DirectoryVersion.objects.bump()


@receiver([post_save, post_delete], dispatch_uid="reviews.version")
def bump_version(sender: type[models.Model], **_said: Any) -> None:
    if sender in SHOWN:
        ReviewsVersion.objects.bump()


@receiver(post_save, sender=Call, dispatch_uid="reviews.index.call")
def index_call(instance: Call, **_said: Any) -> None:
    """A draft has no document; it gets one by the move that publishes it (`publish_call`)."""
    if not instance.is_draft:
        index(instance)


@receiver(post_save, sender=Question, dispatch_uid="reviews.index.question")
def index_call_of(instance: Question, **_said: Any) -> None:
    if not instance.call.is_draft:
        index(instance.call)


@receiver(post_save, sender=Observation, dispatch_uid="reviews.index.observation")
def index_observation(instance: Observation, **_said: Any) -> None:
    """With the one that it is a part of, which is found no more."""
    index_many("reviews.observation", [pk for pk in (instance.pk, instance.split_from_id) if pk])


@receiver(m2m_changed, sender=Observation.topics.through, dispatch_uid="reviews.index.observation_topics")
def index_topics_of(instance: Any, action: str, **_said: Any) -> None:
    if isinstance(instance, Observation) and action.startswith("post_"):
        index(instance)


@receiver(post_delete, sender=Observation, dispatch_uid="reviews.drop.observation")
def drop_observation(instance: Observation, **_said: Any) -> None:
    drop(instance)
    if instance.split_from_id:
        index_many("reviews.observation", [instance.split_from_id])


@receiver([post_save, post_delete], sender=ReviewDocument, dispatch_uid="reviews.index.document")
def index_review_of(instance: ReviewDocument, **_said: Any) -> None:
    if instance.review_id:
        index_many("reviews.countryreview", [instance.review_id])


@receiver(post_save, sender=CountryReview, dispatch_uid="reviews.index.review")
def index_review(instance: CountryReview, **_said: Any) -> None:
    index(instance)


@receiver(post_save, sender=Country, dispatch_uid="reviews.index.country")
def index_review_in(instance: Country, created: bool, **_said: Any) -> None:
    """By its new names."""
    if not created:
        ids = list(CountryReview.objects.filter(country=instance.pk).values_list("pk", flat=True))
        index_many("reviews.countryreview", ids)

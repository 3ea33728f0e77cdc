"""What becomes of a person's part in reviews when the account is deleted; what follows from a saved row."""

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section, declare_kept, kept_lists
from accounts.people.enums import Role
from reviews.calls.models import Call, Question
from reviews.contributions import queries_pages as contributions_queries_pages
from reviews.contributions.models import ScreeningRule
from reviews.demo_calls import load_demo_calls
from reviews.demo_dialogues import load_demo_dialogues
from reviews.demo_reviews import load_demo_review
from reviews.dialogue_applications import queries as dialogue_applications_queries
from reviews.mechanism.models import DocumentKind, DrawConstraint, Phase, ReviewGroup, Secretariat, StepKind
from reviews.observations.models import Observation
from reviews.tracker.models import (
    CountryReview,
    FocalPoint,
    Measure,
    ReviewDocument,
    ReviewingState,
    Snapshot,
)
from search.actions import drop, index, index_many
from stakeholders.entries.models import DirectoryVersion
from stakeholders.hooks import demo_parts, dossier_sections
from taxonomy.curation.wiring import KINDS
from taxonomy.places.models import Country

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

declare_kept(
    _("Contributions, their files and signatures, which stay their stakeholder's"),
    "reviews.contribution.author",
    "reviews.evidence.uploaded_by",
    "reviews.cosignature.invited_by",
    "reviews.cosignature.answered_by",
)
declare_kept(_("Corrections of review pages that you sent"), "reviews.correction.reporter")
declare_kept(
    _("Work done at the desk"),
    "reviews.call.drafted_by",
    "reviews.correction.answered_by",
    "reviews.followup.written_by",
    "reviews.observation.recorded_by",
    "reviews.reviewimport.sent_by",
    "reviews.steprecord.recorded_by",
)

# --- Contributions in moderation, their part of a stakeholder's dossier, and who opened evidence -----

dossier_sections.register(
    "contributions",
    Section(
        _("Contributions to country reviews"),
        _("What was written and signed, what was decided, and the files that came with it."),
        contributions_queries_pages.dossier_contributions,
        contributions_queries_pages.dossier_evidence,
    ),
)
dossier_sections.register(
    "dialogues",
    Section(
        _("Applications to constructive dialogues"),
        _("The answers in each, and the status of every dialogue."),
        dialogue_applications_queries.dossier_applications,
    ),
)

# --- The desk's side of calls in the registries of the apps below ------------------------------------

demo_parts.register("reviews.calls", load_demo_calls)

demo_parts.register("reviews.dialogues", load_demo_dialogues)

demo_parts.register("reviews.tracker", load_demo_review)

for _model in (*LISTS, ReviewDocument, ReviewingState):
    kept_lists.register(_model._meta.label_lower, (Role.REVIEWS, Role.CURATION, Role.ADMINISTRATOR))

# The lists of this app are edited by the same act as those of taxonomy.
EDITED = (*LISTS, CountryReview, FocalPoint, ReviewDocument, ReviewingState)
KINDS.update({model._meta.label_lower: model._meta.verbose_name for model in EDITED})

# --- The index follows the rows that acts of several subjects save ------------------------------------


@receiver([post_save, post_delete], sender=Call, dispatch_uid="reviews.home")
def bump_home(**_signal: Any) -> None:
    """The first page tells which calls are open."""
    DirectoryVersion.objects.bump()


@receiver(post_save, sender=Call, dispatch_uid="reviews.index.call")
def index_call(instance: Call, **_signal: Any) -> None:
    """A draft has no document; it gets one by the move that publishes it (`publish_call`)."""
    if not instance.is_draft:
        index(instance)


@receiver(post_save, sender=Question, dispatch_uid="reviews.index.question")
def index_call_of(instance: Question, **_signal: Any) -> None:
    if not instance.call.is_draft:
        index(instance.call)


@receiver(post_save, sender=Observation, dispatch_uid="reviews.index.observation")
def index_observation(instance: Observation, **_signal: Any) -> None:
    """With the one that it is a part of, which is found no more."""
    index_many("reviews.observation", [pk for pk in (instance.pk, instance.split_from_id) if pk])


@receiver(m2m_changed, sender=Observation.topics.through, dispatch_uid="reviews.index.observation_topics")
def index_topics_of(instance: Any, action: str, **_signal: Any) -> None:
    if isinstance(instance, Observation) and action.startswith("post_"):
        index(instance)


@receiver(post_delete, sender=Observation, dispatch_uid="reviews.drop.observation")
def drop_observation(instance: Observation, **_signal: Any) -> None:
    drop(instance)
    if instance.split_from_id:
        index_many("reviews.observation", [instance.split_from_id])


@receiver([post_save, post_delete], sender=ReviewDocument, dispatch_uid="reviews.index.document")
def index_review_of(instance: ReviewDocument, **_signal: Any) -> None:
    if instance.review_id:
        index_many("reviews.countryreview", [instance.review_id])


@receiver(post_save, sender=CountryReview, dispatch_uid="reviews.index.review")
def index_review(instance: CountryReview, **_signal: Any) -> None:
    index(instance)


@receiver(post_save, sender=Country, dispatch_uid="reviews.index.country")
def index_review_in(instance: Country, created: bool, **_signal: Any) -> None:
    """By its new names."""
    if not created:
        ids = list(CountryReview.objects.filter(country=instance.pk).values_list("pk", flat=True))
        index_many("reviews.countryreview", ids)

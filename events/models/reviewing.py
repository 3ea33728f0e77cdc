"""What the desk works with while it reviews proposals. Proposers see nothing of it but mergers."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from events.enums import Held
from events.models.events import Event
from events.models.proposals import Proposal
from stakeholders.entries.models import Membership, Stakeholder
from taxonomy.names.models import Named, NamedQuerySet


class EligibilityQuestionQuerySet(NamedQuerySet["EligibilityQuestion"]):
    def in_order(self, language: str | None = None) -> "EligibilityQuestionQuerySet":
        return self.order_by("position", "pk")

    def in_use(self) -> "EligibilityQuestionQuerySet":
        return self.filter(retired=False)


class EligibilityQuestion(Named):
    """One question that every proposal is held against; "yes" is the answer of a proposal that fits."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.TextField(_("what to look at, in English"), blank=True)
    retired = models.BooleanField(_("no longer used"), default=False)

    objects = EligibilityQuestionQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("question of eligibility")
        verbose_name_plural = _("questions of eligibility")


class OfDeskQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> "OfDeskQuerySet[T]":
        """Those who run events, and nobody on a proposal of their own stakeholder."""
        if not (user.is_authenticated and user.is_active and user.has_role(Role.EVENTS, Role.HEAD)):
            return self.none()
        theirs = Membership.objects.filter(user=user).values("stakeholder_id")
        own = Q(proposal__author=user) | Q(proposal__lead__in=theirs)
        asked = Proposal.objects.filter(partners__stakeholder__in=theirs).values("pk")
        return self.exclude(own).exclude(proposal__in=asked)


class EligibilityAnswer(models.Model):
    """What was found for one question, with a comment. For the desk alone."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="checklist", verbose_name=_("proposal")
    )
    question = models.ForeignKey(
        EligibilityQuestion, models.PROTECT, related_name="+", verbose_name=_("question")
    )
    held = models.CharField(_("answer"), max_length=10, choices=Held)
    comment = models.CharField(_("comment"), max_length=1000, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("answered by")
    )
    at = models.DateTimeField(_("answered at"), db_default=Now())

    objects = OfDeskQuerySet["EligibilityAnswer"].as_manager()

    class Meta:
        verbose_name = _("answer of the checklist")
        verbose_name_plural = _("answers of the checklist")
        ordering = ["question__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "question"], name="one_eligibility_answer_each"),
            models.CheckConstraint(condition=Q(held__in=Held.values), name="eligibility_answer_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.question_id}: {self.held}"


class DeskComment(models.Model):
    """A remark of one reviewer to the others. For the desk alone."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="comments", verbose_name=_("proposal")
    )
    text = models.TextField(_("comment"), max_length=4000)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("written by")
    )
    at = models.DateTimeField(_("written at"), db_default=Now())

    objects = OfDeskQuerySet["DeskComment"].as_manager()

    class Meta:
        verbose_name = _("comment of the desk")
        verbose_name_plural = _("comments of the desk")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReviewArea(models.Model):
    """Who reviews what is sent for an event: the proposals of one theme, or of organizers of one region."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="review_areas", verbose_name=_("event"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("reviewer")
    )
    theme = models.ForeignKey(
        "taxonomy.Topic", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("theme")
    )
    region = models.ForeignKey(
        "taxonomy.Region", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("region")
    )

    class Meta:
        verbose_name = _("area of a reviewer")
        verbose_name_plural = _("areas of reviewers")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(theme__isnull=False, region=None) | Q(theme=None, region__isnull=False),
                name="area_is_theme_or_region",
            ),
            models.UniqueConstraint(fields=["event", "theme"], name="one_reviewer_per_theme"),
            models.UniqueConstraint(fields=["event", "region"], name="one_reviewer_per_region"),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.theme_id or self.region_id}"


class Merger(models.Model):
    """The desk suggests that one proposal joins another; it happens once both leads agree.

    Neither history is touched: what was merged keeps its page, receipts, and timeline.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="mergers", verbose_name=_("proposal that joins")
    )
    into = models.ForeignKey(
        Proposal, models.CASCADE, related_name="joining", verbose_name=_("proposal that stays")
    )
    note = models.TextField(_("why"), max_length=2000)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("suggested by")
    )
    proposed_at = models.DateTimeField(_("suggested at"), db_default=Now())
    agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed by, for the one that joins"),
    )
    agreed_at = models.DateTimeField(_("agreed at, for the one that joins"), null=True, blank=True)
    into_agreed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("agreed by, for the one that stays"),
    )
    into_agreed_at = models.DateTimeField(_("agreed at, for the one that stays"), null=True, blank=True)
    # Set once it is done, refused, or taken back: it is asked no more.
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    is_done = models.BooleanField(_("merged"), default=False)

    class Meta:
        verbose_name = _("merger")
        verbose_name_plural = _("mergers")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(proposal=models.F("into")), name="merger_of_two"),
            models.UniqueConstraint(
                fields=["proposal"], condition=Q(closed_at=None), name="one_open_merger_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} → {self.into_id}"


class TrustedProposer(models.Model):
    """A stakeholder whose proposals need no checklist; given with a reason, and taken away with one."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="trusted_as_proposer", verbose_name=_("stakeholder")
    )
    note = models.CharField(_("why"), max_length=300)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("given by")
    )
    given_at = models.DateTimeField(_("given at"), db_default=Now())
    ended_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("taken away by"),
    )
    ended_at = models.DateTimeField(_("taken away at"), null=True, blank=True)
    ended_note = models.CharField(_("why it was taken away"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("trusted proposer")
        verbose_name_plural = _("trusted proposers")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder"], condition=Q(ended_at=None), name="one_trust_of_a_proposer"
            )
        ]

    def __str__(self) -> str:
        return str(self.stakeholder)

"""What the desk works with while it reviews proposals. Proposers see nothing of it but mergers."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from events.proposals.enums import Held
from events.proposals.models import Proposal
from stakeholders.entries.models import entries_of
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
    text = models.TextField(_("what to check, in English"), blank=True)
    retired = models.BooleanField(_("no longer used"), default=False)

    objects = EligibilityQuestionQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("question of eligibility")
        verbose_name_plural = _("questions of eligibility")


class OfDeskQuerySet[T: models.Model](models.QuerySet[T]):
    def visible_to(self, user: Any) -> "OfDeskQuerySet[T]":
        """Return rows to those who run events, without proposals of their own stakeholders."""
        if not (user.is_authenticated and user.is_active and user.has_role(Role.EVENTS, Role.HEAD)):
            return self.none()
        theirs = entries_of(user)
        own = Q(proposal__author=user) | Q(proposal__lead__in=theirs)
        invited_to = Proposal.objects.filter(partners__stakeholder__in=theirs).values("pk")
        return self.exclude(own).exclude(proposal__in=invited_to)


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
    by = by_person(_("answered by"))
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
    by = by_person(_("written by"))
    at = models.DateTimeField(_("written at"), db_default=Now())

    objects = OfDeskQuerySet["DeskComment"].as_manager()

    class Meta:
        verbose_name = _("comment of the desk")
        verbose_name_plural = _("comments of the desk")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]

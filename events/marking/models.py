"""The criteria of a round and the marks that reviewers give by them. Proposers see nothing of it."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from events.proposals.models import Proposal, ProposalRound
from events.reviewing.models import OfDeskQuerySet

LOWEST, HIGHEST = 1, 5
MOST_WEIGHT = 10
LONGEST_NAME = 120


class Criterion(models.Model):
    """What proposals of one round are marked by, in the words of who runs it."""

    round = models.ForeignKey(
        ProposalRound, models.CASCADE, related_name="criteria", verbose_name=_("round of proposals")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=LONGEST_NAME)
    weight = models.PositiveSmallIntegerField(
        _("weight"), validators=[MinValueValidator(1), MaxValueValidator(MOST_WEIGHT)]
    )

    class Meta:
        verbose_name = _("criterion of a round")
        verbose_name_plural = _("criteria of rounds")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "name"], name="one_criterion_of_a_name"),
            models.CheckConstraint(
                condition=Q(weight__range=(1, MOST_WEIGHT)), name="criterion_weight_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class MarkSheet(models.Model):
    """What one reviewer gave one proposal: a mark for each criterion.

    For the desk alone, and there only for those of whom `queries.can_read` says so.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="mark_sheets", verbose_name=_("proposal")
    )
    by = by_person(_("marked by"))
    at = models.DateTimeField(_("marked at"), db_default=Now())

    objects = OfDeskQuerySet["MarkSheet"].as_manager()

    class Meta:
        verbose_name = _("marks of a reviewer")
        verbose_name_plural = _("marks of reviewers")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "by"], name="one_mark_sheet_of_a_reviewer")
        ]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.by_id}"

    @property
    def weighted_mean(self) -> float:
        """The mean of its marks by the weights of the criteria, 1 to 5."""
        marks = self.marks.all()
        return sum(mark.points * mark.criterion.weight for mark in marks) / sum(
            mark.criterion.weight for mark in marks
        )


class Mark(models.Model):
    """How well a proposal meets one criterion, from 1 (not at all) to 5 (fully)."""

    sheet = models.ForeignKey(MarkSheet, models.CASCADE, related_name="marks", verbose_name=_("marks"))
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="marks", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"))

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        ordering = ["criterion__position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="one_mark_by_a_criterion"),
            models.CheckConstraint(condition=Q(points__range=(LOWEST, HIGHEST)), name="mark_in_range"),
        ]

    def __str__(self) -> str:
        return str(self.points)

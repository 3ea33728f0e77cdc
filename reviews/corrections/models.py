"""What somebody knows better about a review, and the desk's answer."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from reviews.mechanism.enums import CorrectionOutcome
from reviews.tracker.models import CountryReview, DeskQuerySet, StepRecord


class CorrectionQuerySet(DeskQuerySet["Correction"]):
    def open(self) -> "CorrectionQuerySet":
        return self.filter(answered_at=None)

    def answered(self) -> "CorrectionQuerySet":
        return self.exclude(answered_at=None)


class Correction(models.Model):
    """What somebody knows better about a review, with the source that they name."""

    review = models.ForeignKey(
        CountryReview, models.PROTECT, related_name="corrections", verbose_name=_("country review")
    )
    text = models.TextField(_("what is to be corrected"), max_length=2000)
    source = models.TextField(_("source"), max_length=1000)
    reporter = by_person(_("sent by"), blank=True)
    address = models.EmailField(_("address for the answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=10)
    at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    outcome = models.CharField(_("outcome"), max_length=12, choices=CorrectionOutcome, blank=True)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = by_person(_("answered by"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)
    # What was recorded because of it.
    record = models.ForeignKey(
        StepRecord,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="corrections",
        verbose_name=_("record made of it"),
    )

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction of a review page")
        verbose_name_plural = _("corrections of review pages")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(source=""), name="correction_says_what_and_whence"
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, outcome="")
                | Q(answered_at__isnull=False, outcome__in=CorrectionOutcome.values),
                name="correction_answered_has_outcome",
            ),
        ]
        indexes = [models.Index(fields=["answered_at", "at"], name="correction_queue")]

    def __str__(self) -> str:
        return str(self.review)

    def get_absolute_url(self) -> str:
        return reverse("reviews_desk:correction", args=[self.pk])

    @property
    def wants_answer(self) -> bool:
        return bool(self.address or self.reporter_id)

"""Published lists as files: looked at, shown, and applied only when somebody says so."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from reviews.mechanism.enums import ImportKind, ImportStatus
from reviews.tracker.models import DeskQuerySet


class ReviewImport(models.Model):
    """A published list as a file: looked at, shown, and applied only when somebody says so."""

    kind = models.CharField(_("what it lists"), max_length=14, choices=ImportKind)
    name = models.CharField(_("name of the file"), max_length=200)
    text = models.TextField(_("the file"))
    source = models.TextField(_("source"), max_length=1000)
    source_date = models.DateField(_("state of"))
    status = models.CharField(_("state"), max_length=9, choices=ImportStatus, default=ImportStatus.CHECKED)
    sent_by = by_person(_("sent by"))
    at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    decided_at = models.DateTimeField(_("applied or discarded at"), null=True, blank=True)
    # What applying it did: {"new": 3, "changed": 1, "same": 40, "contradictions": 0}; where it can be undone
    # also the rows "before" and "after" by their codes.
    counts = models.JSONField(_("counts"), default=dict, blank=True)

    # What came by it.
    documents = models.ManyToManyField(
        "reviews.ReviewDocument", blank=True, related_name="+", verbose_name=_("documents")
    )
    observations = models.ManyToManyField(
        "reviews.Observation", blank=True, related_name="+", verbose_name=_("observations")
    )

    objects = DeskQuerySet["ReviewImport"].as_manager()

    class Meta:
        verbose_name = _("import of a published list")
        verbose_name_plural = _("imports of published lists")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ImportKind.values), name="review_import_kind_known"),
            models.CheckConstraint(
                condition=Q(status__in=ImportStatus.values), name="review_import_status_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("reviews_desk:import", args=[self.pk])

    @property
    def can_be_undone(self) -> bool:
        """Whether what stood before it was kept: so it is of lists of participations."""
        return self.status == ImportStatus.APPLIED and "before" in self.counts

"""Exports of the directory, made in the background: the row is the truth, the task only a nudge."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.uploads import StoredFile, private_path
from stakeholders.enums import ExportFault, ExportFormat, ExportStatus

LASTS = timedelta(days=7)
# After so long without a word from it the worker that makes an export counts as gone.
STALE = timedelta(minutes=5)
MOST_ATTEMPTS = 3


class ExportQuerySet(models.QuerySet["Export"]):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """A person's own, as long as they belong to the desk. Nothing for others."""
        if not (user.is_authenticated and user.is_active and user.is_desk):
            return self.none()
        return self.filter(asked_by=user)

    def lasting(self) -> "ExportQuerySet":
        return self.filter(expires_at__gt=now())

    def under_way(self) -> "ExportQuerySet":
        return self.filter(status__in=ExportStatus.UNDER_WAY)

    def free(self) -> "ExportQuerySet":
        """What a worker may take: nobody makes it, or the one who did has fallen silent."""
        silent = Q(status=ExportStatus.MAKING, beat_at__lt=now() - STALE)
        return self.filter(Q(status=ExportStatus.WAITING) | silent)


class Export(StoredFile):
    """The directory as one person of the desk asked for it; its file once that is made.

    `filters` is a query string as the directory writes it. `claim` names the one attempt that may write.
    """

    uploaded_at = None  # type: ignore[assignment]  # nobody sends it: it is made here

    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="exports", verbose_name=_("asked for by")
    )
    format = models.CharField(_("format"), max_length=4, choices=ExportFormat)
    filters = models.TextField(_("filters"), blank=True)
    language = models.CharField(_("language of the labels"), max_length=10)
    status = models.CharField(_("status"), max_length=10, choices=ExportStatus, default=ExportStatus.WAITING)
    fault = models.CharField(_("why it failed"), max_length=20, choices=ExportFault, blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveIntegerField(_("rows in all"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now(), editable=False)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"))

    file = models.FileField(_("file"), upload_to=private_path("exports"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the directory")
        verbose_name_plural = _("exports of the directory")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=ExportFormat.values), name="export_format_known"),
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="export_status_known"),
            models.CheckConstraint(
                condition=(Q(status=ExportStatus.FAILED) & Q(fault__in=ExportFault.values))
                | (~Q(status=ExportStatus.FAILED) & Q(fault="")),
                name="export_failed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ExportStatus.READY) | (~Q(file="") & Q(ready_at__isnull=False)),
                name="export_ready_has_its_file",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "beat_at"],
                condition=Q(status__in=("waiting", "making")),
                name="export_under_way",
            ),
            models.Index(fields=["expires_at"], name="export_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("vetting:export", args=[self.pk])

    @property
    def is_under_way(self) -> bool:
        return self.status in ExportStatus.UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.status == ExportStatus.READY

    @property
    def is_over(self) -> bool:
        return self.expires_at <= now()

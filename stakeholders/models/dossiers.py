"""The dossier of a stakeholder, made in the background: the row is the truth, the task only a nudge."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from core.uploads import StoredFile, private_path
from stakeholders.enums import DossierFault, ExportStatus, MemberRole
from stakeholders.models.entries import Membership, Stakeholder

LASTS = timedelta(days=7)
# After so long without a word from it the worker that makes a dossier counts as gone.
STALE = timedelta(minutes=5)
MOST_ATTEMPTS = 3


class DossierQuerySet(models.QuerySet["Dossier"]):
    def visible_to(self, user: Any) -> "DossierQuerySet":
        """What a person asked for, while they administer the stakeholder or vet for the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = self.filter(asked_by=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return own
        led = Membership.objects.filter(user=user, role=MemberRole.ADMIN).values("stakeholder_id")
        return own.filter(stakeholder_id__in=led)

    def lasting(self) -> "DossierQuerySet":
        return self.filter(expires_at__gt=now())

    def under_way(self) -> "DossierQuerySet":
        return self.filter(status__in=ExportStatus.UNDER_WAY)

    def free(self) -> "DossierQuerySet":
        """What a worker may take: nobody makes it, or the one who did has fallen silent."""
        silent = Q(status=ExportStatus.MAKING, beat_at__lt=now() - STALE)
        return self.filter(Q(status=ExportStatus.WAITING) | silent)


class Dossier(StoredFile):
    """Everything of one stakeholder that its own people may read, as one archive once that is made.

    `claim` names the one attempt that may write.
    """

    uploaded_at = None  # type: ignore[assignment]  # nobody sends it: it is made here

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="dossiers", verbose_name=_("stakeholder")
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("asked for by")
    )
    language = models.CharField(_("language"), max_length=10)
    status = models.CharField(_("status"), max_length=10, choices=ExportStatus, default=ExportStatus.WAITING)
    fault = models.CharField(_("why it failed"), max_length=20, choices=DossierFault, blank=True)
    done = models.PositiveSmallIntegerField(_("parts done"), default=0)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    claim = models.UUIDField(null=True, editable=False)
    beat_at = models.DateTimeField(_("last heard of"), null=True, editable=False)
    asked_at = models.DateTimeField(_("asked for at"), db_default=Now(), editable=False)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    expires_at = models.DateTimeField(_("kept until"))

    file = models.FileField(_("file"), upload_to=private_path("dossiers"), max_length=200, blank=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100, blank=True)
    size = models.PositiveBigIntegerField(_("size in bytes"), default=0)
    sha256 = models.CharField(_("SHA-256 of the content"), max_length=64, blank=True)

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier of a stakeholder")
        verbose_name_plural = _("dossiers of stakeholders")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=ExportStatus.values), name="dossier_status_known"),
            models.CheckConstraint(
                condition=(Q(status=ExportStatus.FAILED) & Q(fault__in=DossierFault.values))
                | (~Q(status=ExportStatus.FAILED) & Q(fault="")),
                name="dossier_failed_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(status=ExportStatus.READY) | (~Q(file="") & Q(ready_at__isnull=False)),
                name="dossier_ready_has_its_file",
            ),
            # Two clicks, or two windows, ask for one dossier.
            models.UniqueConstraint(
                fields=["stakeholder", "asked_by"],
                condition=Q(status__in=ExportStatus.UNDER_WAY),
                name="one_dossier_under_way",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="dossier_expires")]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.pk}"

    @property
    def is_under_way(self) -> bool:
        return self.status in ExportStatus.UNDER_WAY

    @property
    def is_ready(self) -> bool:
        return self.status == ExportStatus.READY

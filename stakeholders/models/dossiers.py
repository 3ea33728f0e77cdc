"""The dossier of a stakeholder, made in the background: the row is the truth, the task only a nudge."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.background_files import MadeFile, MadeFileQuerySet
from core.uploads import private_path
from stakeholders.enums import DossierFault, ExportStatus, MemberRole
from stakeholders.models.entries import Membership, Stakeholder

LASTS = timedelta(days=7)


class DossierQuerySet(MadeFileQuerySet["Dossier"]):
    def visible_to(self, user: Any) -> "DossierQuerySet":
        """What a person asked for, while they administer the stakeholder or vet for the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = self.filter(asked_by=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return own
        led = Membership.objects.filter(user=user, role=MemberRole.ADMIN).values("stakeholder_id")
        return own.filter(stakeholder_id__in=led)


class Dossier(MadeFile):
    """Everything of one stakeholder that its own people may read, as one archive once that is made."""

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
    file = models.FileField(_("file"), upload_to=private_path("dossiers"), max_length=200, blank=True)

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

"""Exports and dossiers, made in the background: the row is the truth, the task only a nudge."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import of_person
from core.background_files import MadeFile, MadeFileQuerySet, file_constraints
from core.uploads import private_path
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of
from stakeholders.exports.enums import DossierFault, ExportFault, ExportFormat, ExportStatus

LASTS = timedelta(days=7)


class ExportQuerySet(MadeFileQuerySet["Export"]):
    def visible_to(self, user: Any) -> "ExportQuerySet":
        """Return a person's own exports while they belong to the desk; none for others."""
        if not (user.is_authenticated and user.is_active and user.is_desk):
            return self.none()
        return self.filter(asked_by=user)


class Export(MadeFile):
    """The directory as one person of the desk asked for it; its file once that is made.

    `filters` is a query string as the directory writes it.
    """

    asked_by = of_person(_("asked for by"), related_name="exports")
    format = models.CharField(_("format"), max_length=4, choices=ExportFormat)
    filters = models.TextField(_("filters"), blank=True)
    language = models.CharField(_("language of the labels"), max_length=10)
    status = models.CharField(_("status"), max_length=10, choices=ExportStatus, default=ExportStatus.WAITING)
    fault = models.CharField(_("why it failed"), max_length=20, choices=ExportFault, blank=True)
    rows_done = models.PositiveIntegerField(_("rows done"), default=0)
    rows_total = models.PositiveIntegerField(_("rows in all"), default=0)
    file = models.FileField(_("file"), upload_to=private_path("exports"), max_length=200, blank=True)

    objects = ExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("export of the directory")
        verbose_name_plural = _("exports of the directory")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(format__in=ExportFormat.values), name="export_format_known"),
            *file_constraints("export", ExportStatus.values, ExportFault.values),
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
    def is_over(self) -> bool:
        return self.expires_at <= now()


# -----------------------------------------------------------------------------------------------------
# The dossier of a stakeholder, made in the background: the row is the truth, the task only a nudge.


class DossierQuerySet(MadeFileQuerySet["Dossier"]):
    def visible_to(self, user: Any) -> "DossierQuerySet":
        """What a person asked for, while they administer the stakeholder or vet for the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = self.filter(asked_by=user)
        if user.has_role(Role.VETTING, Role.HEAD):
            return own
        led = entries_of(user, MemberRole.ADMIN)
        return own.filter(stakeholder_id__in=led)


class Dossier(MadeFile):
    """Everything of one stakeholder that its own people may read, as one archive once that is made."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="dossiers", verbose_name=_("stakeholder")
    )
    asked_by = of_person(_("asked for by"))
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
            *file_constraints("dossier", ExportStatus.values, DossierFault.values),
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

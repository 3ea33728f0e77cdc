"""Copies of a person's own data, and for how long what is kept."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.data_rights.enums import ExportFault, ExportStatus
from accounts.hooks import Retained, retained
from accounts.people.models import User
from core.background_files import MadeFile, MadeFileQuerySet, file_constraints
from core.uploads import private_path


class DataExportQuerySet(MadeFileQuerySet["DataExport"]):
    def visible_to(self, user: Any) -> "DataExportQuerySet":
        """A person's own, and nobody else's: not the desk's either."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)


class DataExport(MadeFile):
    """The chosen parts of a person's data; its archive once that is made."""

    WAITS = ExportStatus.ASKED

    user = models.ForeignKey(User, models.CASCADE, related_name="data_exports", verbose_name=_("person"))
    sections = ArrayField(models.CharField(max_length=40), verbose_name=_("parts"))
    language = models.CharField(_("language"), max_length=2)
    status = models.CharField(_("status"), max_length=10, choices=ExportStatus, default=ExportStatus.ASKED)
    fault = models.CharField(_("why it failed"), max_length=20, choices=ExportFault, blank=True)
    done = models.PositiveSmallIntegerField(_("parts done"), default=0)
    file = models.FileField(_("file"), upload_to=private_path("data"), max_length=200, blank=True)

    objects = DataExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("copy of a person's data")
        verbose_name_plural = _("copies of people's data")
        ordering = ["-asked_at", "-pk"]
        constraints = [
            *file_constraints("data_export", ExportStatus.values, ExportFault.values),
            models.CheckConstraint(condition=Q(sections__len__gte=1), name="data_export_of_something"),
            # Two clicks, or two windows, ask for one copy.
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(status__in=ExportStatus.UNDER_WAY),
                name="one_data_export_under_way",
            ),
        ]
        indexes = [
            models.Index(
                fields=["status", "beat_at"],
                condition=Q(status__in=ExportStatus.UNDER_WAY),
                name="data_export_under_way",
            ),
            models.Index(fields=["expires_at"], name="data_export_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("rights:export", args=[self.pk])


# -----------------------------------------------------------------------------------------------------
# For how long what is kept, as rules that an administrator may change; and what each night removed.


class RetentionRule(models.Model):
    """How many days the rows of one subject are kept after they have ended. Subjects are registered."""

    subject = models.CharField(_("subject"), max_length=60, unique=True, editable=False)
    days = models.PositiveIntegerField(
        _("days"),
        help_text=_("How long rows are kept after they have ended, before they are deleted at night."),
    )
    reason = models.CharField(
        _("reason or source"),
        max_length=300,
        help_text=_("Why it is this long: the retention schedule, the decision or the need, with its date."),
    )
    changed_at = models.DateTimeField(_("changed at"), auto_now=True)

    class Meta:
        verbose_name = _("retention rule")
        verbose_name_plural = _("retention rules")
        ordering = ["subject"]

    def __str__(self) -> str:
        return str(self.declared.label) if self.declared else self.subject

    @property
    def declared(self) -> Retained | None:
        """None for a subject that the portal no longer has."""
        return dict(retained.items()).get(self.subject)

    def clean(self) -> None:
        declared = self.declared
        if declared and self.days is not None and not declared.least <= self.days <= declared.most:
            raise ValidationError(
                {
                    "days": ValidationError(
                        _("Choose from %(least)s to %(most)s days for this subject."),
                        params={"least": declared.least, "most": declared.most},
                    )
                }
            )


class RetentionRun(models.Model):
    """What one night removed by one rule."""

    rule = models.ForeignKey(
        RetentionRule, models.CASCADE, related_name="runs", verbose_name=_("retention rule")
    )
    # Translators: The date and time of an event, as the name of a field.
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)
    days = models.PositiveIntegerField(_("days"))
    removed = models.PositiveIntegerField(_("rows removed"))
    failed = models.BooleanField(_("ended before its end"), default=False)

    class Meta:
        verbose_name = _("run of a retention rule")
        verbose_name_plural = _("runs of retention rules")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["-at"], name="retention_run_newest")]

    def __str__(self) -> str:
        return f"{self.rule_id} · {self.removed}"


def subjects() -> dict[str, Any]:
    """Every registered subject as {subject: defaults of its rule}."""
    return {name: {"days": declared.days, "reason": declared.reason} for name, declared in retained.items()}

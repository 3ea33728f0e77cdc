"""For how long what is kept, as rules that an administrator may change; and what each night removed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.registry import Retained, retained


class RetentionRule(models.Model):
    """How many days the rows of one subject are kept after they have ended. Subjects are registered."""

    subject = models.CharField(_("subject"), max_length=60, unique=True, editable=False)
    days = models.PositiveIntegerField(
        _("days"), help_text=_("How long rows are kept after they have ended, before a night removes them.")
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
    return {name: {"days": one.days, "reason": one.reason} for name, one in retained.items()}

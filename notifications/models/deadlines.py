"""What closes when, and how its followers are reminded of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from notifications.models.told import Told


class Deadline(Told):
    """One instant that something is due by. `key` names it within its subject, as "closing".

    `told_days` and `told_at` say which reminder left last, and for which instant: when the date moves, the
    reminders begin anew.
    """

    terms = ArrayField(models.CharField(max_length=100), verbose_name=_("what it concerns"))
    at = models.DateTimeField(_("due at"))
    told_days = models.PositiveSmallIntegerField(_("last reminder, days before"), null=True, blank=True)
    told_at = models.DateTimeField(_("deadline of the last reminder"), null=True, blank=True)

    class Meta:
        verbose_name = _("deadline")
        verbose_name_plural = _("deadlines")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "key"], name="one_deadline_per_name"
            )
        ]
        indexes = [models.Index(fields=["at"], name="deadline_at")]

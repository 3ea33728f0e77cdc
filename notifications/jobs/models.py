"""When each job of the schedule ran, and whether somebody was told that it does not."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

BACKUP = "backup"


class Job(models.Model):
    """The last runs of one job that is in CELERY_BEAT_SCHEDULE, by the name of its task.

    Another row, BACKUP, is of the backup, which the operator's own schedule makes: only its ends are noted.

    `seconds` is how long the last finished run took; `error` names the class of what the last run failed
    with, and is empty where it succeeded. `alarmed_at` is set as long as an alarm has not been taken back.
    """

    name = models.CharField(_("job"), max_length=120, unique=True)
    known_since = models.DateTimeField(_("known since"), db_default=Now())
    started_at = models.DateTimeField(_("last start"), null=True, blank=True)
    ended_at = models.DateTimeField(_("last end"), null=True, blank=True)
    succeeded_at = models.DateTimeField(_("last success"), null=True, blank=True)
    seconds = models.FloatField(_("seconds of the last run"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=120, blank=True)
    alarmed_at = models.DateTimeField(_("alarm since"), null=True, blank=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

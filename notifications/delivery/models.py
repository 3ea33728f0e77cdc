"""How fast mail may leave, and what the desk holds back."""

from typing import Any

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from notifications.happenings.models import Happening


class Outlet(models.Model):
    """One mail server, by host and port: how much it takes, and whether it rests after a fault.

    The row is the bucket of tokens that all workers share, and the lock under which they take mail: `tokens`
    are what was left at `filled_at`. `faults` counts failures to reach it in a row.
    """

    name = models.CharField(_("mail server"), max_length=200, unique=True)
    per_second = models.FloatField(
        _("e-mails per second"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0.01), MaxValueValidator(1000)],
        help_text=_("What your mail provider allows. Leave it empty to send as fast as the server takes it."),
    )
    tokens = models.FloatField(_("e-mails free to leave"), default=0, editable=False)
    filled_at = models.DateTimeField(_("counted at"), db_default=Now(), editable=False)
    faults = models.PositiveSmallIntegerField(_("faults in a row"), default=0, editable=False)
    resting_until = models.DateTimeField(_("rests until"), null=True, blank=True, editable=False)
    error = models.CharField(_("last error"), max_length=500, blank=True, editable=False)

    class Meta:
        verbose_name = _("mail server")
        verbose_name_plural = _("mail servers")
        constraints = [
            models.CheckConstraint(
                condition=Q(per_second__isnull=True) | Q(per_second__gt=0), name="outlet_rate_possible"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PauseQuerySet(models.QuerySet["Pause"]):
    def visible_to(self, user: Any) -> "PauseQuerySet":
        return self.all() if user.has_perm("notifications.steer_sending") else self.none()

    def live(self) -> "PauseQuerySet":
        return self.filter(ended_at__isnull=True)


class Pause(models.Model):
    """The desk holds back one kind, or the mails of one happening, until somebody lets them go on."""

    kind = models.CharField(_("kind"), max_length=80)
    happening = models.ForeignKey(
        Happening, models.CASCADE, null=True, blank=True, related_name="pauses", verbose_name=_("happening")
    )
    since = models.DateTimeField(_("since"), db_default=Now())
    by = by_person(_("paused by"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = by_person(_("ended by"), blank=True)

    objects = PauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("pause")
        verbose_name_plural = _("pauses")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "happening"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="paused_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_by__isnull=True), name="pause_ended_whole"
            ),
        ]

    def __str__(self) -> str:
        return self.kind


def outlet_name() -> str:
    """Which mail server the portal sends by: host and port, or the backend where there is no server."""
    mailer = settings.MAILERS["default"]
    options: Any = mailer.get("OPTIONS", {})
    return (
        f"{options['host']}:{options['port']}" if "host" in options else str(mailer["BACKEND"]).split(".")[-2]
    )

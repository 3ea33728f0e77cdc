"""How each person wants to hear."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from notifications.enums import Channel

DIGEST_HOUR = 8


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: Any) -> "PreferenceQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()


class Preference(models.Model):
    """One person's choice for one kind; without a row the default of the kind holds."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="preferences", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=80)
    mail = models.CharField(_("by mail"), max_length=10, choices=Channel)
    in_app = models.BooleanField(_("in the inbox"), default=True)

    objects = PreferenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("preference")
        verbose_name_plural = _("preferences")
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="one_preference_per_kind"),
            models.CheckConstraint(condition=Q(mail__in=Channel.values), name="preference_mail_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.mail}"


class Habits(models.Model):
    """When a person's clock lets mail through; without a row, digests at eight and no quiet hours.

    Hours and times are local to the person's time zone. `weekly_day` is 0 for Monday. Quiet hours may span
    midnight; they hold back everything but security and decisions.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        primary_key=True,
        related_name="habits",
        verbose_name=_("person"),
    )
    digest_hour = models.PositiveSmallIntegerField(_("hour of the digest"), default=DIGEST_HOUR)
    weekly_day = models.PositiveSmallIntegerField(_("day of the weekly digest"), default=0)
    quiet_from = models.TimeField(_("quiet from"), null=True, blank=True)
    quiet_to = models.TimeField(_("quiet until"), null=True, blank=True)

    class Meta:
        verbose_name = _("habits")
        verbose_name_plural = _("habits")
        constraints = [
            models.CheckConstraint(condition=Q(digest_hour__lte=23), name="digest_hour_of_a_day"),
            models.CheckConstraint(condition=Q(weekly_day__lte=6), name="weekly_day_of_a_week"),
            models.CheckConstraint(
                condition=Q(quiet_from__isnull=True, quiet_to__isnull=True)
                | Q(quiet_from__isnull=False, quiet_to__isnull=False),
                name="quiet_hours_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}"

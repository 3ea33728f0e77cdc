"""The secret address at which a person's own calendar is read."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person


class CalendarAddressQuerySet(models.QuerySet["CalendarAddress"]):
    def visible_to(self, user: Any) -> "CalendarAddressQuerySet":
        """Return the person's own addresses."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(user=user)

    def live(self) -> "CalendarAddressQuerySet":
        return self.filter(revoked_at=None)


class CalendarAddress(models.Model):
    """Whoever has the address reads the calendar, so its digest alone is stored and it is shown once."""

    user = of_person(_("person"), related_name="calendar_addresses")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    ending = models.CharField(_("ends with"), max_length=4, editable=False)
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)
    # A day, so that a program that reads every hour writes once.
    last_used_on = models.DateField(_("last read on"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = CalendarAddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address of a calendar")
        verbose_name_plural = _("addresses of calendars")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user"], condition=Q(revoked_at=None), name="one_live_calendar")
        ]

    def __str__(self) -> str:
        return f"…{self.ending}"

"""Who is the regional focal point of which regions and countries, and for how long."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import Grant, by_person, of_person
from core.time_display import VIENNA
from stakeholders.appointments.enums import EndReason


def today() -> date:
    """Return today's date at the desk, by whose days terms begin and end."""
    return now().astimezone(VIENNA).date()


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: Any) -> "AppointmentQuerySet":
        """Return all appointments for the desk, and their own for a person; none for others."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.all() if user.is_desk else self.filter(user=user)

    def standing(self) -> "AppointmentQuerySet":
        """Neither ended nor over: in force, or still to begin."""
        return self.filter(ended_at=None, ends_on__gte=today())

    def in_force(self) -> "AppointmentQuerySet":
        return self.standing().filter(starts_on__lte=today())


class Appointment(models.Model):
    """A person's term for regions and countries. Several may overlap; each holds role grants of its own."""

    user = of_person(_("person"), related_name="appointments")
    regions = models.ManyToManyField(
        "taxonomy.Region", blank=True, related_name="+", verbose_name=_("regions")
    )
    countries = models.ManyToManyField(
        "taxonomy.Country", blank=True, related_name="+", verbose_name=_("countries or areas")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    note = models.TextField(_("note of the desk"), max_length=2000, blank=True)
    grants = models.ManyToManyField(Grant, editable=False, related_name="+", verbose_name=_("role grants"))
    appointed_by = by_person(_("appointed by"))
    appointed_at = models.DateTimeField(_("appointed at"), default=now)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = by_person(
        _("ended by"),
        blank=True,
        help_text=_("Empty if it was ended automatically, or by a person who has left."),
    )
    end_reason = models.CharField(_("why it ended"), max_length=10, choices=EndReason, blank=True)
    end_note = models.TextField(_("note on the end"), max_length=1000, blank=True)
    version = models.PositiveIntegerField(default=0, editable=False)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        ordering = ["ends_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="appointment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, end_reason="")
                | Q(ended_at__isnull=False, end_reason__in=EndReason.values),
                name="appointment_ended_says_why",
            ),
        ]
        indexes = [
            # The clock's question, and who covers what today.
            models.Index(fields=["ends_on"], condition=Q(ended_at=None), name="appointment_standing")
        ]

    def __str__(self) -> str:
        return str(self.user)

    def get_absolute_url(self) -> str:
        return reverse("vetting:appointment", args=[self.pk])

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.starts_on, time(), VIENNA)

    @property
    def ends_at(self) -> datetime:
        """The instant after the last day."""
        return datetime.combine(self.ends_on + timedelta(days=1), time(), VIENNA)

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None or self.ends_on < today()

    @property
    def is_to_come(self) -> bool:
        return not self.is_over and self.starts_on > today()

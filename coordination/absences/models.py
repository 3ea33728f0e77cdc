"""Who may stand in for a regional focal point, when somebody does, and which work went along."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import Grant, by_person, of_person
from stakeholders.appointments.models import Appointment, today
from workflow.items.models import WorkItem


class Deputy(models.Model):
    """Who may stand in for somebody while a term lasts. Gives no role; an absence does."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="deputies", verbose_name=_("appointment")
    )
    user = of_person(_("deputy"))
    added_by = by_person(_("named by"))
    added_at = models.DateTimeField(_("named at"), db_default=Now())

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        ordering = ["added_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["appointment", "user"], name="one_deputy_each")]

    def __str__(self) -> str:
        return str(self.user)


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def standing(self) -> "AbsenceQuerySet":
        """Neither over nor called off: in force, or still to begin."""
        return self.filter(over_at=None, ends_on__gte=today())

    def in_force(self) -> "AbsenceQuerySet":
        """While a deputy who can act stands in."""
        return self.standing().filter(
            starts_on__lte=today(), deputy__is_active=True, appointment__in=Appointment.objects.in_force()
        )

    def visible_to(self, user: Any) -> "AbsenceQuerySet":
        """All for the desk; for a person their own, and those in which they stand in."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.all() if user.is_desk else self.filter(Q(appointment__user=user) | Q(deputy=user))


class Absence(models.Model):
    """Days on which a deputy stands in, with role grants of its own and the work that was passed on."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="absences", verbose_name=_("appointment")
    )
    deputy = of_person(_("deputy"))
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    grants = models.ManyToManyField(Grant, editable=False, related_name="+", verbose_name=_("role grants"))
    said_by = by_person(_("entered by"))
    said_at = models.DateTimeField(_("entered at"), default=now)
    begun_at = models.DateTimeField(_("work passed at"), null=True, blank=True)
    over_at = models.DateTimeField(_("work given back at"), null=True, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="absence_ends_after_start")
        ]
        indexes = [
            # The clock's question, and whose grants rest.
            models.Index(fields=["ends_on"], condition=Q(over_at=None), name="absence_standing")
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} · {self.starts_on}"

    @property
    def is_standing(self) -> bool:
        return self.over_at is None and self.ends_on >= today()


class Passed(models.Model):
    """One piece of work that a deputy holds for somebody, until it is done or given back."""

    absence = models.ForeignKey(Absence, models.CASCADE, related_name="passed", verbose_name=_("absence"))
    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="+", verbose_name=_("work item"))

    class Meta:
        verbose_name = _("work passed to a deputy")
        verbose_name_plural = _("work passed to deputies")
        constraints = [models.UniqueConstraint(fields=["absence", "item"], name="work_passed_once")]

    def __str__(self) -> str:
        return f"{self.absence_id} · {self.item_id}"


def acts_as(user: Any) -> list[int]:
    """Return the ids of the person and of those for whom they stand in now.

    The answer is cached with the grants that were read, as in `places_of`: it changes with them.
    """
    grants = user.live_grants
    known: tuple[Any, list[int]] | None = user.__dict__.get("_acts_as")
    if known is None or known[0] is not grants:
        away = Absence.objects.in_force().filter(deputy=user)
        people = sorted({user.pk, *away.values_list("appointment__user_id", flat=True)})
        known = user.__dict__["_acts_as"] = (grants, people)
    return known[1]

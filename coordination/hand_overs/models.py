"""A term passes to somebody else, with notes for those who come after."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person, of_person
from coordination.absences.models import Absence
from stakeholders.appointments.models import Appointment, today

NOTE_LENGTH = 10_000


class TermNoteQuerySet(models.QuerySet["TermNote"]):
    def visible_to(self, user: Any) -> "TermNoteQuerySet":
        """Whoever holds the term, a deputy while they stand in, the successor, and the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        standing_in = Absence.objects.in_force().filter(deputy=user).values("appointment")
        after = HandOver.objects.filter(done_at__isnull=False, next_appointment__user=user)
        return self.filter(
            Q(appointment__user=user)
            | Q(appointment__in=standing_in)
            | Q(appointment__in=after.values("appointment"))
        )


class TermNote(models.Model):
    """What a regional focal point writes down for deputies and for whoever comes next."""

    appointment = models.OneToOneField(
        Appointment, models.CASCADE, related_name="notes", verbose_name=_("appointment")
    )
    text = models.TextField(_("notes"), max_length=NOTE_LENGTH)
    changed_at = models.DateTimeField(_("changed at"), default=now)

    objects = TermNoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("notes of a term")
        verbose_name_plural = _("notes of terms")

    def __str__(self) -> str:
        return f"{self.appointment_id}"


class HandOverQuerySet(models.QuerySet["HandOver"]):
    def due(self) -> "HandOverQuerySet":
        """Set for a day that has come, and not done."""
        return self.filter(set_at__isnull=False, done_at=None, starts_on__lte=today())

    def visible_to(self, user: Any) -> "HandOverQuerySet":
        """All for the desk; what is done also for whoever took over."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        return self.filter(done_at__isnull=False, next_appointment__user=user)


class HandOver(models.Model):
    """A term that passes to somebody else: prepared in steps, then done in one act, at once or by the clock.

    `starts_on`: the day for which it is set, empty for at once. `introduced_to` is the last stakeholder whose
    people were told; a worker goes on behind it.
    """

    appointment = models.OneToOneField(
        Appointment, models.CASCADE, related_name="hand_over", verbose_name=_("appointment that ends")
    )
    successor = of_person(_("successor"))
    starts_on = models.DateField(_("first day of the successor's term"), null=True, blank=True)
    ends_on = models.DateField(_("last day of the successor's term"))
    note = models.TextField(_("note to the successor"), max_length=NOTE_LENGTH, blank=True)
    introduces = models.BooleanField(_("introduce the successor by e-mail"), default=True)
    prepared_by = by_person(_("prepared by"))
    version = models.PositiveIntegerField(default=0, editable=False)
    set_by = by_person(_("set by"), blank=True)
    set_at = models.DateTimeField(_("set at"), null=True, blank=True)
    done_by = by_person(_("handed over by"), blank=True)
    done_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    next_appointment = models.OneToOneField(
        Appointment,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("appointment that begins"),
    )
    work = models.PositiveIntegerField(_("pieces of work passed"), default=0)
    introduced_to = models.BigIntegerField(default=0, editable=False)
    introduced = models.PositiveIntegerField(_("stakeholders informed"), default=0)
    introduced_at = models.DateTimeField(_("all informed at"), null=True, blank=True)

    objects = HandOverQuerySet.as_manager()

    class Meta:
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_at=None, next_appointment=None)
                | Q(done_at__isnull=False, next_appointment__isnull=False),
                name="hand_over_done_names_the_next",
            ),
            models.CheckConstraint(
                condition=Q(set_at=None) | Q(starts_on__isnull=False), name="hand_over_set_for_a_day"
            ),
        ]
        indexes = [
            models.Index(
                fields=["done_at"],
                condition=Q(introduces=True, introduced_at=None, done_at__isnull=False),
                name="hand_over_introducing",
            ),
            # The clock's question.
            models.Index(
                fields=["starts_on"], condition=Q(set_at__isnull=False, done_at=None), name="hand_over_set"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appointment_id} → {self.successor_id}"

    def get_absolute_url(self) -> str:
        return reverse("appointing:hand_over", args=[self.appointment_id])

    @property
    def is_set(self) -> bool:
        """For a later day, by the clock."""
        return self.set_at is not None and self.done_at is None

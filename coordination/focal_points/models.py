"""Who agreed to be named as a regional focal point, and what people ask them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person, of_person
from coordination.absences.models import Absence
from stakeholders.appointments.models import Appointment

ABOUT_LENGTH = 600
SUBJECT_LENGTH = 150
TEXT_LENGTH = 5000


class Named(models.Model):
    """That a regional focal point agreed to be named to everybody, and how they put it."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    about = models.TextField(_("about you and your work for the region"), max_length=ABOUT_LENGTH, blank=True)
    agreed_at = models.DateTimeField(_("agreed at"), default=now)

    class Meta:
        verbose_name = _("regional focal point who is named")
        verbose_name_plural = _("regional focal points who are named")

    def __str__(self) -> str:
        return str(self.user)


class EnquiryQuerySet(models.QuerySet["Enquiry"]):
    def answered_by(self, user: Any) -> "EnquiryQuerySet":
        """Those for the person's own terms in force, and for those in which they stand in."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        standing_in = Absence.objects.in_force().filter(deputy=user).values("appointment")
        own = Appointment.objects.in_force().filter(user=user).values("pk")
        return self.filter(Q(appointment__in=own) | Q(appointment__in=standing_in))

    def visible_to(self, user: Any) -> "EnquiryQuerySet":
        """Whoever wrote, and whoever answers. Not the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(sender=user) | Q(pk__in=Enquiry.objects.answered_by(user).values("pk")))


class Enquiry(models.Model):
    """What somebody asks a regional focal point through the portal. Goes with the account of who asked."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="enquiries", verbose_name=_("appointment")
    )
    sender = of_person(_("sender"))
    subject = models.CharField(_("what it is about"), max_length=SUBJECT_LENGTH)
    began_at = models.DateTimeField(_("began at"), default=now)
    last_at = models.DateTimeField(_("last message at"), default=now)
    # Whose turn it is: what waits in the workspace.
    waits = models.BooleanField(_("awaiting an answer"), default=True)

    objects = EnquiryQuerySet.as_manager()

    class Meta:
        verbose_name = _("enquiry")
        verbose_name_plural = _("enquiries")
        ordering = ["-last_at", "-pk"]
        indexes = [models.Index(fields=["appointment", "-last_at"], name="enquiry_of_appointment")]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("regional:enquiry", args=[self.pk])


class EnquiryLine(models.Model):
    enquiry = models.ForeignKey(Enquiry, models.CASCADE, related_name="lines", verbose_name=_("enquiry"))
    author = by_person(_("author"))
    answers = models.BooleanField(_("an answer of the regional focal point"))
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    at = models.DateTimeField(_("at"), default=now)

    class Meta:
        verbose_name = _("message of an enquiry")
        verbose_name_plural = _("messages of enquiries")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.enquiry_id} · {self.at:%Y-%m-%d}"

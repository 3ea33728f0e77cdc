"""What belongs to the term of a regional focal point: deputies, absences, notes, a hand-over, enquiries."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import Grant
from stakeholders.appointments.models import Appointment, today
from workflow.items.models import WorkItem

NOTE_LENGTH = 10_000
ABOUT_LENGTH = 600
SUBJECT_LENGTH = 150
TEXT_LENGTH = 5000


class Deputy(models.Model):
    """Who may stand in for somebody while a term lasts. Gives no role; an absence does."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="deputies", verbose_name=_("appointment")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("deputy")
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("named by")
    )
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
    """Days on which a deputy stands in: with role grants of its own, and with the work that was held."""

    appointment = models.ForeignKey(
        Appointment, models.CASCADE, related_name="absences", verbose_name=_("appointment")
    )
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("deputy")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    grants = models.ManyToManyField(Grant, editable=False, related_name="+", verbose_name=_("role grants"))
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("entered by")
    )
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
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("successor")
    )
    starts_on = models.DateField(_("first day of the successor's term"), null=True, blank=True)
    ends_on = models.DateField(_("last day of the successor's term"))
    note = models.TextField(_("note to the successor"), max_length=NOTE_LENGTH, blank=True)
    introduces = models.BooleanField(_("introduce the successor by mail"), default=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("prepared by")
    )
    version = models.PositiveIntegerField(default=0, editable=False)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("set by"),
    )
    set_at = models.DateTimeField(_("set at"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed over by"),
    )
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
    introduced = models.PositiveIntegerField(_("stakeholders told"), default=0)
    introduced_at = models.DateTimeField(_("all told at"), null=True, blank=True)

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
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("sender")
    )
    subject = models.CharField(_("what it is about"), max_length=SUBJECT_LENGTH)
    began_at = models.DateTimeField(_("began at"), default=now)
    last_at = models.DateTimeField(_("last message at"), default=now)
    # Whose turn it is: what waits in the workspace.
    waits = models.BooleanField(_("waits for an answer"), default=True)

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
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("author")
    )
    answers = models.BooleanField(_("an answer of the regional focal point"))
    text = models.TextField(_("text"), max_length=TEXT_LENGTH)
    at = models.DateTimeField(_("at"), default=now)

    class Meta:
        verbose_name = _("message of an enquiry")
        verbose_name_plural = _("messages of enquiries")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.enquiry_id} · {self.at:%Y-%m-%d}"

"""The rules of registration for an event, who registered, and what they answered."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from events.events.enums import EventStatus, Mode
from events.events.models import Event
from events.registrations.enums import (
    LOOKS,
    REGISTRATION_MOVES,
    REGISTRATION_SENTENCES,
    SEATS,
    Admission,
    AnswerKind,
    QuotaPer,
    RegistrationStatus,
    ShownTo,
    Stage,
)
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of
from workflow.windows.models import Window

RETENTION_MOST = 180


class RegistrationRules(Window):
    """How one registers for one event. Its row is locked for every change of a seat."""

    # Whether the form has questions of its own, as far as whoever read the row knows.
    has_questions: bool = True

    event = models.OneToOneField(
        Event, models.CASCADE, related_name="registration_rules", verbose_name=_("event")
    )
    admission = models.CharField(
        _("who may take part"), max_length=10, choices=Admission, default=Admission.OPEN
    )
    guidance = models.TextField(
        _("guidance"), blank=True, max_length=4000, help_text=_("Shown above the form, in your own words.")
    )
    seats_in_person = models.PositiveIntegerField(
        _("places in person"), null=True, blank=True, help_text=_("Leave blank for unlimited places.")
    )
    seats_online = models.PositiveIntegerField(
        _("places online"), null=True, blank=True, help_text=_("Leave blank for unlimited places.")
    )
    has_waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        help_text=_("Without one, registration ends once the places are taken."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a place that became free"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
    )
    needs_stakeholder = models.BooleanField(
        _("only for people of a stakeholder"),
        default=False,
        help_text=_("Participants then choose a stakeholder, which has to be active on the portal."),
    )
    edits_renew = models.BooleanField(
        _("changed answers need approval again"),
        default=True,
        help_text=_("With approval: people who change an answer keep the place meanwhile."),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days after which sensitive answers are erased"),
        default=30,
        validators=[MaxValueValidator(RETENTION_MOST)],
        help_text=_("Counted from the end of the event; 180 at most."),
    )
    gives_certificate = models.BooleanField(
        _("certificate of attendance"),
        default=False,
        db_default=False,
        help_text=_(
            "After the end, people who were checked in are informed that their certificate is ready. "
            "It has a code that anybody can check."
        ),
    )
    # Whether new registrations go on the waiting list; set under the lock by acts that change the seats.
    is_full = models.BooleanField(_("full"), default=False, db_default=False, editable=False)
    erased_at = models.DateTimeField(_("sensitive answers erased at"), null=True, blank=True, editable=False)
    accreditation_url = models.URLField(
        _("page for accreditation and badges"),
        max_length=500,
        blank=True,
        help_text=_(
            "Registration here does not grant access to United Nations premises. Add the link "
            "to the badge or accreditation page."
        ),
    )

    class Meta(Window.Meta):
        verbose_name = _("rules of registration")
        verbose_name_plural = _("rules of registration")
        constraints = [
            *Window.Meta.constraints,
            models.CheckConstraint(
                condition=Q(admission__in=Admission.values), name="registration_admission_known"
            ),
            models.CheckConstraint(
                condition=Q(retention_days__lte=RETENTION_MOST), name="registration_retention_limited"
            ),
        ]

    def __str__(self) -> str:
        return str(self.event)

    def seats(self, mode: str) -> int | None:
        """Return how many places this mode has; None for no limit."""
        return self.seats_online if mode == Mode.ONLINE else self.seats_in_person


class Quota(models.Model):
    """At most so many places for each stakeholder, kind or region, or for one of them."""

    rules = models.ForeignKey(
        RegistrationRules, models.CASCADE, related_name="quotas", verbose_name=_("rules")
    )
    per = models.CharField(_("for each"), max_length=12, choices=QuotaPer)
    code = models.CharField(_("only for"), max_length=20, blank=True)
    most = models.PositiveIntegerField(_("places at most"))

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(per__in=QuotaPer.values), name="quota_per_known"),
            models.UniqueConstraint(fields=["rules", "per", "code"], name="one_quota_each"),
        ]

    def __str__(self) -> str:
        return f"{self.per}:{self.code or '*'} ≤ {self.most}"


class RegistrationQuestion(models.Model):
    """One question of the form of an event."""

    rules = models.ForeignKey(
        RegistrationRules, models.CASCADE, related_name="questions", verbose_name=_("rules")
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    text = models.CharField(_("question"), max_length=300)
    help = models.CharField(_("help"), max_length=300, blank=True)
    kind = models.CharField(_("kind of answer"), max_length=10, choices=AnswerKind, default=AnswerKind.LINE)
    options = models.TextField(
        _("answers to choose from"), blank=True, max_length=2000, help_text=_("One on each line.")
    )
    stage = models.CharField(_("asked"), max_length=10, choices=Stage, default=Stage.FIRST)
    is_required = models.BooleanField(_("must be answered"), default=False)
    is_sensitive = models.BooleanField(
        _("sensitive"),
        default=False,
        help_text=_(
            "Health, diet, travel documents: only the WhatsOn team reads it, and it is deleted "
            "after the event."
        ),
    )

    class Meta:
        verbose_name = _("question on registering")
        verbose_name_plural = _("questions on registering")
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=AnswerKind.values), name="registration_question_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=Stage.values), name="registration_question_stage_known"
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def choices(self) -> list[str]:
        return [line.strip() for line in self.options.splitlines() if line.strip()]


class Invited(models.Model):
    """An address on the list of an event that one registers for by invitation. The desk alone sees it."""

    rules = models.ForeignKey(
        RegistrationRules, models.CASCADE, related_name="invited", verbose_name=_("rules")
    )
    address = models.EmailField(_("e-mail address"))
    added_by = by_person(_("added by"))
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("invited address")
        verbose_name_plural = _("invited addresses")
        ordering = ["address"]
        constraints = [models.UniqueConstraint("rules", Lower("address"), name="invited_once")]

    def __str__(self) -> str:
        return f"{self.rules_id} · {self.pk}"


# --- Who registered for an event, and what they answered ---------------------------------------------

S = RegistrationStatus


def new_code() -> str:
    """What the QR code of a registration holds: nobody guesses another's."""
    return secrets.token_urlsafe(12)


class RegistrationQuerySet(models.QuerySet["Registration"]):
    def visible_to(self, user: Any) -> "RegistrationQuerySet":
        """Return the person's own, those of stakeholders that they administer, and all for the desk."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.has_role(Role.EVENTS, Role.HEAD):
            return self.all()
        led = entries_of(user, MemberRole.ADMIN)
        return self.filter(Q(user=user) | Q(stakeholder__in=led))

    def live(self) -> "RegistrationQuerySet":
        return self.filter(status__in=S.LIVE)

    def confirmed(self) -> "RegistrationQuerySet":
        return self.filter(status=S.CONFIRMED)

    def certified(self) -> "RegistrationQuerySet":
        """Return those whose certificate of attendance is valid now."""
        return self.filter(
            certificate__isnull=False,
            attended_at__isnull=False,
            rules__gives_certificate=True,
            rules__event__ends_at__lt=now(),
            user__is_active=True,
        ).exclude(rules__event__status__in=EventStatus.OFF)

    def named_to(self, user: Any, rules: RegistrationRules) -> "RegistrationQuerySet":
        """Return the confirmed who let `user` see them; every list of participants starts here."""
        confirmed = self.filter(rules=rules, status=S.CONFIRMED, user__isnull=False)
        everybody = Q(shown=ShownTo.EVERYONE)
        if not (user.is_authenticated and user.is_active):
            return confirmed.filter(everybody)
        takes_part = Registration.objects.filter(rules=rules, user=user, status=S.CONFIRMED).exists()
        return confirmed.filter(everybody | Q(shown=ShownTo.PARTICIPANTS) if takes_part else everybody)


class Registration(models.Model):
    """A person's registration for an event.

    `kind` and `region` (M49) are those of the stakeholder when it was received, so that quotas count what
    they were promised on. `queued_at` orders the waiting list; `offer_until` ends an offer.
    """

    MOVES = REGISTRATION_MOVES
    SENTENCES = REGISTRATION_SENTENCES

    rules = models.ForeignKey(
        RegistrationRules, models.PROTECT, related_name="registrations", verbose_name=_("event")
    )
    user = by_person(_("person"), related_name="registrations")
    stakeholder = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="registrations",
        verbose_name=_("stakeholder"),
    )
    kind = models.CharField(_("kind of stakeholder"), max_length=10, blank=True)
    region = models.CharField(_("region (M49)"), max_length=3, blank=True)
    mode = models.CharField(_("format"), max_length=10, choices=SEATS)
    status = models.CharField(_("status"), max_length=10, choices=S, default=S.RECEIVED)
    shown = models.CharField(
        _("who may see that I take part"), max_length=12, choices=ShownTo, default=ShownTo.NOBODY
    )
    registered_by = by_person(_("registered by"))
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    queued_at = models.DateTimeField(_("on the waiting list since"), null=True, blank=True)
    offer_until = models.DateTimeField(_("offer ends at"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    code = models.CharField(max_length=24, unique=True, editable=False)
    attended_at = models.DateTimeField(_("counted in at"), null=True, blank=True)
    counted_by = by_person(_("counted by"), blank=True)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        verbose_name = _("registration")
        verbose_name_plural = _("registrations")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=S.values), name="registration_status_known"),
            models.CheckConstraint(
                condition=Q(mode__in=[code for code, _label in SEATS]), name="registration_mode_known"
            ),
            models.CheckConstraint(condition=Q(shown__in=ShownTo.values), name="registration_shown_known"),
            models.CheckConstraint(
                condition=~Q(status=S.OFFERED) | Q(offer_until__isnull=False), name="offer_ends"
            ),
            models.CheckConstraint(
                condition=~Q(status=S.WAITING) | Q(queued_at__isnull=False), name="waiting_since"
            ),
            models.CheckConstraint(
                condition=Q(attended_at=None) | Q(status=S.CONFIRMED), name="only_the_confirmed_attend"
            ),
            models.UniqueConstraint(
                fields=["rules", "user"], condition=Q(status__in=S.LIVE), name="one_live_registration_each"
            ),
        ]
        indexes = [
            # Counted under the lock on every registration.
            models.Index(fields=["rules", "mode", "status"], name="registration_seats"),
            models.Index(
                fields=["rules", "mode", "queued_at", "id"],
                condition=Q(status=S.WAITING),
                name="registration_line",
            ),
            models.Index(fields=["offer_until"], condition=Q(status=S.OFFERED), name="registration_offers"),
        ]

    def __str__(self) -> str:
        return f"{self.rules} · {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.code = self.code or new_code()
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        return reverse("events:registration", args=[self.pk])

    @property
    def event(self) -> Event:
        return self.rules.event

    @property
    def look(self) -> str:
        """The look of the badge with the status."""
        return LOOKS.get(self.status, "quiet")

    @property
    def participant(self) -> str:
        """Return the person's name, or words for a person whose account is deleted."""
        return str(self.user or _("A former participant"))

    @property
    def is_live(self) -> bool:
        return self.status in S.LIVE

    @property
    def is_confirmed(self) -> bool:
        return self.status == S.CONFIRMED

    @property
    def edits_are_judged(self) -> bool:
        """Return whether a changed answer that the desk judged needs another approval (E-19)."""
        rules = self.rules
        is_judged = self.status in (S.WAITING, S.OFFERED, S.CONFIRMED)
        return rules.admission == Admission.APPROVAL and rules.edits_renew and is_judged

    @property
    def is_offered(self) -> bool:
        """Whether there is an offer that can still be accepted now."""
        return (
            self.status == S.OFFERED and self.offer_until is not None and now() <= self.offer_until
        ) and not self.event.has_started

    @property
    def link_opens_at(self) -> datetime | None:
        event = self.event
        return event.starts_at - event.link_opens_before if event.starts_at else None

    @property
    def link(self) -> str:
        """Return the address for taking part online: for the confirmed, from the set time until the end."""
        event, opens = self.event, self.link_opens_at
        if not (self.is_confirmed and event.link and opens) or event.is_cancelled or event.is_over:
            return ""
        return event.link if opens <= now() else ""

    @property
    def has_ticket(self) -> bool:
        return self.is_confirmed and not self.event.is_cancelled and not self.event.is_over

    @property
    def has_certificate(self) -> bool:
        """Whether the certificate of attendance is valid now, as `certified` asks of rows."""
        event = self.event
        is_over = self.attended_at is not None and event.is_over and not event.is_cancelled
        return is_over and self.rules.gives_certificate and hasattr(self, "certificate")


class Certificate(models.Model):
    """The code of a certificate of attendance, once it is issued; withdrawn, the row is deleted.

    Whether it is valid says `has_certificate` of the registration.
    """

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="certificate", verbose_name=_("registration")
    )
    code = models.CharField(_("code"), max_length=24, unique=True, editable=False)
    issued_at = models.DateTimeField(_("issued at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("certificate of attendance")
        verbose_name_plural = _("certificates of attendance")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.code


class RegistrationAnswer(models.Model):
    """What was answered to one question; `text` is "" where only a proposed answer waits."""

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="answers", verbose_name=_("registration")
    )
    question = models.ForeignKey(
        RegistrationQuestion, models.PROTECT, related_name="answers", verbose_name=_("question")
    )
    text = models.TextField(_("answer"), max_length=4000)
    # What the person wants it to be, once the desk approves; "" to take it away, None where nothing waits.
    proposed = models.TextField(  # noqa: DJ001  an empty answer is one, too
        _("answer pending approval"), max_length=4000, null=True
    )

    class Meta:
        verbose_name = _("answer on registering")
        verbose_name_plural = _("answers on registering")
        ordering = ["question__position", "question_id"]
        constraints = [
            models.UniqueConstraint(fields=["registration", "question"], name="one_answer_on_registering")
        ]

    def __str__(self) -> str:
        return f"{self.registration_id} · {self.question_id}"


class Reminder(models.Model):
    """A mail to the confirmed, planned by the event's own clock (E-23)."""

    rules = models.ForeignKey(
        RegistrationRules, models.CASCADE, related_name="reminders", verbose_name=_("rules")
    )
    days = models.SmallIntegerField(
        _("days"),
        validators=[MinValueValidator(-60), MaxValueValidator(60)],
        help_text=_("−7: seven days before the first day; 2: two days after the last day."),
    )
    hour = models.PositiveSmallIntegerField(
        _("hour"), default=9, validators=[MaxValueValidator(23)], help_text=_("By the clock of the event.")
    )
    note = models.TextField(_("text"), blank=True, max_length=2000)
    created_at = models.DateTimeField(_("planned at"), default=now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True, editable=False)
    skipped_at = models.DateTimeField(_("skipped at"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["days", "hour", "pk"]
        constraints = [models.UniqueConstraint(fields=["rules", "days", "hour"], name="one_reminder_each")]

    def __str__(self) -> str:
        return f"{self.rules_id} · {self.days} · {self.hour}"

    def due_at(self, event: Event) -> datetime | None:
        """Return the instant, by the hour in the event's zone; None where the event has no date."""
        if event.starts_at is None or event.ends_at is None:
            return None
        # The end is exclusive with whole days: one moment before it is the last day.
        day = event.starts_at if self.days <= 0 else event.ends_at - timedelta(microseconds=1)
        local = day.astimezone(event.clock).date() + timedelta(days=self.days)
        return datetime(local.year, local.month, local.day, self.hour, tzinfo=event.clock)

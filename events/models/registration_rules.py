"""The rules of registration for an event: seats, quotas, questions, who is invited."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from events.enums.events import Mode
from events.enums.registrations import Admission, AnswerKind, QuotaPer, Stage
from events.models.events import Event
from workflow.windows.models import Window

RETENTION_MOST = 180


class RegistrationRules(Window):
    """How one registers for one event. Its row is the lock of all seats of the event."""

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
        _("places in person"), null=True, blank=True, help_text=_("Empty: as many as register.")
    )
    seats_online = models.PositiveIntegerField(
        _("places online"), null=True, blank=True, help_text=_("Empty: as many as register.")
    )
    has_waiting_list = models.BooleanField(
        _("waiting list"),
        default=True,
        help_text=_("Without one, nobody can register once the places are taken."),
    )
    offer_hours = models.PositiveSmallIntegerField(
        _("hours to accept a place that became free"),
        default=48,
        validators=[MinValueValidator(1), MaxValueValidator(24 * 14)],
    )
    needs_stakeholder = models.BooleanField(
        _("only for people of a stakeholder"),
        default=False,
        help_text=_("Whoever registers then says for which stakeholder, while that is active on the portal."),
    )
    edits_renew = models.BooleanField(
        _("changed answers need approval again"),
        default=True,
        help_text=_(
            "Where the desk approves: who changes an answer from registering keeps the place meanwhile."
        ),
    )
    retention_days = models.PositiveSmallIntegerField(
        _("days after which sensitive answers are erased"),
        default=30,
        validators=[MaxValueValidator(RETENTION_MOST)],
        help_text=_("Counted from the end of the event; 180 at most."),
    )
    erased_at = models.DateTimeField(_("sensitive answers erased at"), null=True, blank=True, editable=False)
    accreditation_url = models.URLField(
        _("page for accreditation and badges"),
        max_length=500,
        blank=True,
        help_text=_("A place here opens no door of the United Nations: say where the badge is asked for."),
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
        """How many places of this mode there are; None: as many as register."""
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
        help_text=_("Health, diet, travel papers: only the desk reads it, and it is erased after the event."),
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
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("invited address")
        verbose_name_plural = _("invited addresses")
        ordering = ["address"]
        constraints = [models.UniqueConstraint("rules", Lower("address"), name="invited_once")]

    def __str__(self) -> str:
        return f"{self.rules_id} · {self.pk}"

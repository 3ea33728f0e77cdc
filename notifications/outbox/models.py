"""What goes out by mail, and how each person or address wants to hear."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person
from notifications.happenings.models import FactsRow, Happening
from notifications.hooks import Channel
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.rules import sees_mail


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        return self.all() if sees_mail(user) else self.none()

    def due(self, moment: Any) -> "MessageQuerySet":
        return self.filter(status__in=Status.DUE, not_before__lte=moment)


class Message(FactsRow):
    """One mail to one address: the row is the truth, a task only a nudge."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mail",
        verbose_name=_("person"),
    )
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    status = models.CharField(_("state"), max_length=16, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), db_default=Now())
    # Translators: The mark of the program that has taken an e-mail to send it; not a claim to a profile.
    claim = models.UUIDField(_("claim"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.CharField(_("claimed by"), max_length=100, blank=True)
    handed_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    doubtful_at = models.DateTimeField(
        _("in doubt since"),
        null=True,
        blank=True,
        help_text=_("When a worker vanished, or the line broke, while the message was being handed over."),
    )
    happening = models.ForeignKey(
        Happening,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="messages",
        verbose_name=_("happening"),
    )
    # What was told of it after it had left; see `notifications.bounces.actions` for which word is the last.
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=Outcome, blank=True, default="", db_default=""
    )
    outcome_at = models.DateTimeField(_("outcome sent at"), null=True, blank=True)
    again_of = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="again",
        verbose_name=_("sent again instead of"),
    )
    message_id = models.CharField(_("Message-ID"), max_length=120, unique=True, editable=False)
    error = models.CharField(_("last error"), max_length=500, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = [
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(user__isnull=False), name="message_once_per_person"
            ),
            models.UniqueConstraint(
                Lower("address"), "key", condition=Q(user__isnull=True), name="message_once_per_address"
            ),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="message_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=Status.HELD, claim__isnull=False, claimed_at__isnull=False)
                | ~Q(status__in=Status.HELD),
                name="message_held_by_a_claim",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.DUE, claim__isnull=True) | ~Q(status__in=Status.DUE),
                name="message_due_is_free",
            ),
            models.CheckConstraint(
                condition=Q(status=Status.SENT, sent_at__isnull=False)
                | (~Q(status=Status.SENT) & Q(sent_at__isnull=True)),
                name="message_sent_at_when_sent",
            ),
            models.CheckConstraint(
                condition=Q(handed_at__isnull=False) | ~Q(status=Status.HANDING_OVER),
                name="message_handed_at_when_handing",
            ),
            models.CheckConstraint(
                condition=Q(doubtful_at__isnull=False) | ~Q(status=Status.UNKNOWN),
                name="message_unknown_since",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", outcome_at=None)
                | Q(outcome__in=Outcome.values, outcome_at__isnull=False),
                name="message_outcome_told_at",
            ),
        ]
        # The sweep reads the first two alone; they stay as small as what is under way.
        indexes = [
            models.Index(
                fields=["kind", "not_before", "id"], condition=Q(status__in=Status.DUE), name="message_lanes"
            ),
            models.Index(fields=["claimed_at"], condition=Q(status__in=Status.HELD), name="message_held"),
            # What ended lately, for the page about sending; `claimed_at` is when its last attempt began.
            models.Index(
                fields=["claimed_at"], condition=Q(status__in=Status.OVER), name="message_ended_lately"
            ),
            models.Index(fields=["happening"], condition=Q(status=Status.PAUSED), name="message_paused"),
            models.Index(fields=["subject_kind", "subject_id"], name="message_of_subject"),
            # The desk reads the newest of all, of a kind or a state, and finds addresses by their beginning.
            models.Index(fields=["created_at"], name="message_newest"),
            models.Index(fields=["kind", "-id"], name="message_newest_of_kind"),
            models.Index(fields=["status", "outcome", "-id"], name="message_by_state"),
            models.Index(OpClass(Lower("address"), name="text_pattern_ops"), name="message_address"),
        ]


class MailboxMessage(models.Model):
    """A mail as it would have left, kept where there is no mail server: development only."""

    at = models.DateTimeField(_("at"), db_default=Now())
    # Translators: The address to which an e-mail goes.
    to = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    headers = models.JSONField(_("headers"), default=list)
    text = models.TextField(_("text"))
    html = models.TextField("HTML", blank=True)

    class Meta:
        verbose_name = _("e-mail pending")
        verbose_name_plural = _("e-mails pending")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject


# --- How each person wants to hear -------------------------------------------------------------------

DIGEST_HOUR = 8


class PreferenceQuerySet(models.QuerySet["Preference"]):
    def visible_to(self, user: Any) -> "PreferenceQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()


class Preference(models.Model):
    """One person's choice for one kind; without a row the default of the kind holds."""

    user = of_person(_("person"), related_name="preferences")
    kind = models.CharField(_("kind"), max_length=80)
    mail = models.CharField(_("by e-mail"), max_length=10, choices=Channel)
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
        # Translators: At what hours a person usually reads e-mail.
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


# --- Addresses without an account that want no more mail of a kind -----------------------------------


class Stop(models.Model):
    """One address that has stopped one kind. People with an account have a preference instead."""

    address = models.EmailField(_("e-mail address"))
    kind = models.CharField(_("kind"), max_length=80)
    at = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("stopped kind of e-mail")
        verbose_name_plural = _("stopped kinds of e-mail")
        constraints = [models.UniqueConstraint(Lower("address"), "kind", name="stopped_once")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.address}"

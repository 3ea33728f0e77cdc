"""What providers and mail servers said of mail that had left, and the addresses that get less or nothing."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from notifications.bounces.enums import Why
from notifications.outbox.enums import Outcome
from notifications.outbox.models import Message
from notifications.outbox.rules import reads_addresses, sees_mail


class MailEventQuerySet(models.QuerySet["MailEvent"]):
    def visible_to(self, user: Any) -> "MailEventQuerySet":
        return self.all() if sees_mail(user) else self.none()


class MailEvent(models.Model):
    """One thing that was said of one mail, as it came; kept once however often it is told.

    `reference` is what the teller called the mail: our Message-ID without its angles where it knew it.
    Without a message it is of a mail that we do not know, and has no effect.
    """

    provider = models.CharField(_("reported by"), max_length=20)
    event_id = models.CharField(_("number of the event"), max_length=200)
    outcome = models.CharField(_("what was reported"), max_length=10, choices=Outcome, blank=True)
    message = models.ForeignKey(
        Message, models.CASCADE, null=True, blank=True, related_name="events", verbose_name=_("message")
    )
    reference = models.CharField(_("name of the e-mail"), max_length=250, blank=True)
    address = models.CharField(_("e-mail address"), max_length=254, blank=True)
    note = models.CharField(_("answer of the mail server"), max_length=500, blank=True)
    happened_at = models.DateTimeField(_("happened at"))
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)

    objects = MailEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("report on an e-mail")
        verbose_name_plural = _("reports on e-mail")
        ordering = ["-happened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="mail_event_once"),
            models.CheckConstraint(condition=Q(outcome__in=["", *Outcome.values]), name="mail_event_known"),
        ]
        indexes = [
            models.Index(Lower("address"), "happened_at", name="mail_event_of_address"),
            models.Index(fields=["-received_at"], condition=Q(message=None), name="mail_event_unknown"),
            models.Index(fields=["received_at"], name="mail_event_age"),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.event_id}"


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    def visible_to(self, user: Any) -> "SuppressionQuerySet":
        return self.all() if reads_addresses(user) else self.none()

    def in_force(self) -> "SuppressionQuerySet":
        return self.filter(lifted_at=None)

    def of(self, address: str) -> "SuppressionQuerySet":
        return self.alias(lowered=Lower("address")).filter(lowered=address.lower())


class Suppression(models.Model):
    """An address that gets less mail, or none, until this is lifted. What was lifted stays as history: a
    report that is older than the lifting does not hold the address back again.
    """

    address = models.EmailField(_("e-mail address"))
    why = models.CharField(_("why"), max_length=10, choices=Why, default=Why.HARD, db_default=Why.HARD)
    reason = models.CharField(_("reason"), max_length=500)
    since = models.DateTimeField(_("since"), db_default=Now())
    event = models.ForeignKey(
        MailEvent, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("report")
    )
    by = by_person(_("noted by"), blank=True)
    lifted_at = models.DateTimeField(_("lifted at"), null=True, blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        ordering = ["-since", "-pk"]
        constraints = [
            models.UniqueConstraint(
                Lower("address"), condition=Q(lifted_at=None), name="suppression_once_per_address"
            ),
            models.CheckConstraint(condition=Q(why__in=Why.values), name="suppression_why_known"),
        ]
        indexes = [models.Index(Lower("address"), name="suppression_history")]

    def __str__(self) -> str:
        return self.address

"""Messages to the WhatsOn team."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from portal.team_messages.enums import MOVES, MessageStatus, Purpose
from portal.team_messages.rules import purposes_of
from stakeholders.contact.models import TEXT_LENGTH


class TeamMessageQuerySet(models.QuerySet["TeamMessage"]):
    def visible_to(self, user: Any) -> "TeamMessageQuerySet":
        """Return what the person sent, and what they answer by their roles."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        return self.filter(Q(sender=user) | Q(purpose__in=purposes_of(user)))

    def answered_by(self, user: Any) -> "TeamMessageQuerySet":
        """Return what the person answers by their roles."""
        return self.filter(purpose__in=purposes_of(user))


class TeamMessage(models.Model):
    """What somebody wrote to the team by the form, and the answer.

    `reference` is the number on the receipt: whoever has it reads how far the message is, never its words.
    Goes with the sender's account.
    """

    MOVES = MOVES

    reference = models.CharField(_("number"), max_length=24, unique=True)
    purpose = models.CharField(_("what it is about"), max_length=12, choices=Purpose)
    text = models.TextField(_("message"), max_length=TEXT_LENGTH)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+", verbose_name=_("sender")
    )
    address = models.EmailField(_("address for the answer"), blank=True)
    language = models.CharField(_("language of the answer"), max_length=10)
    # Of who wrote what: the same twice is one message, also at the same moment.
    fingerprint = models.CharField(max_length=64, unique=True, editable=False)
    status = models.CharField(
        _("status"), max_length=10, choices=MessageStatus, default=MessageStatus.NEW, db_default="new"
    )
    at = models.DateTimeField(_("sent at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("last changed"), db_default=Now(), editable=False)
    answer = models.TextField(_("answer"), max_length=TEXT_LENGTH, blank=True)
    answered_by = by_person(_("answered by"))
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = TeamMessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message to the team")
        verbose_name_plural = _("messages to the team")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(purpose__in=Purpose.values, status__in=MessageStatus.values) & ~Q(text=""),
                name="team_message_known",
            ),
            models.CheckConstraint(
                condition=Q(sender=None) ^ Q(address=""), name="team_message_from_person_or_address"
            ),
            models.CheckConstraint(
                condition=(Q(status="answered", answered_at__isnull=False) & ~Q(answer=""))
                | (~Q(status="answered") & Q(answered_at__isnull=True, answer="")),
                name="team_message_answered_has_answer",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "at"], name="team_message_queue"),
            models.Index(fields=["updated_at"], name="team_message_age"),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("portal:team_message", args=[self.reference])

    @property
    def look(self) -> str:
        """Which badge its status gets."""
        looks = {MessageStatus.NEW: "waiting", MessageStatus.ANSWERED: "done"}
        return looks.get(MessageStatus(self.status), "quiet")

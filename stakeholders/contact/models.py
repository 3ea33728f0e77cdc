"""Messages that the portal relays between a person and the people of a stakeholder."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person, of_person
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder, entries_of

SUBJECT_LENGTH = 150
TEXT_LENGTH = 5000


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def visible_to(self, user: Any) -> "ConversationQuerySet":
        """Whoever began it, and the administrators and editors of the stakeholder. Not the desk.

        What its people have reported is shown to those who vet with the report.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        ours = entries_of(user, *MemberRole.WRITERS)
        return self.filter(Q(sender=user) | Q(stakeholder_id__in=ours))


class Conversation(models.Model):
    """What one person wrote to one stakeholder, and what was answered.

    Goes with the sender's account. In a merge it moves; a fingerprint that both sides have is emptied first.
    """

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="conversations", verbose_name=_("stakeholder")
    )
    sender = of_person(_("sender"), related_name="conversations")
    subject = models.CharField(_("subject"), max_length=SUBJECT_LENGTH)
    shows_address = models.BooleanField(_("shows the sender's address"), default=False)
    # Of the first message: the same twice is refused, also at the same moment.
    fingerprint = models.CharField(max_length=64, editable=False)
    began_at = models.DateTimeField(_("began at"), db_default=Now(), editable=False)
    last_at = models.DateTimeField(_("last message at"), db_default=Now(), editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        verbose_name = _("conversation")
        verbose_name_plural = _("conversations")
        ordering = ["-last_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(subject=""), name="conversation_has_subject"),
            models.UniqueConstraint(
                fields=["stakeholder", "sender", "fingerprint"],
                condition=~Q(fingerprint=""),
                name="one_message_of_its_words",
            ),
        ]
        indexes = [
            models.Index(fields=["sender", "-last_at"], name="conversation_of_sender"),
            models.Index(fields=["stakeholder", "-last_at"], name="conversation_of_entry"),
            models.Index(fields=["last_at"], name="conversation_age"),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:conversation", args=[self.pk])


class Line(models.Model):
    """One message of a conversation, plain text."""

    conversation = models.ForeignKey(
        Conversation, models.CASCADE, related_name="lines", verbose_name=_("conversation")
    )
    author = by_person(_("written by"))
    from_stakeholder = models.BooleanField(_("written for the stakeholder"))
    text = models.TextField(_("message"), max_length=TEXT_LENGTH)
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("message of a conversation")
        verbose_name_plural = _("messages of conversations")
        ordering = ["at", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="line_says_something")]

    def __str__(self) -> str:
        return f"{self.conversation_id} · {self.pk}"


class Block(models.Model):
    """A person who may no longer write to a stakeholder. In a merge one of two equal ones is dropped."""

    stakeholder = models.ForeignKey(
        Stakeholder, models.CASCADE, related_name="blocks", verbose_name=_("stakeholder")
    )
    user = of_person(_("person"))
    by = by_person(_("blocked by"))
    at = models.DateTimeField(_("at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("blocked sender")
        verbose_name_plural = _("blocked senders")
        constraints = [models.UniqueConstraint(fields=["stakeholder", "user"], name="one_block_each")]

    def __str__(self) -> str:
        return f"{self.stakeholder_id} · {self.user_id}"

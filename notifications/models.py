"""What goes out by mail, what stands in a person's inbox, and which addresses get nothing."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Now
from django.utils.translation import gettext_lazy as _

from accounts.enums import Role
from notifications.enums import Status
from notifications.registry import Kind, kinds


class Told(models.Model):
    """What a message and a notice have in common: a kind with its facts, never finished sentences.

    The words are made when they are read or sent, so that a wording can be corrected later.
    """

    kind = models.CharField(_("kind"), max_length=80)
    key = models.CharField(_("key"), max_length=160, help_text=_("Once per recipient."))
    url = models.CharField(_("address"), max_length=500, blank=True)
    url_name = models.CharField(_("name of the address"), max_length=100, blank=True)
    url_args = models.JSONField(_("arguments of the address"), default=list, blank=True)
    facts = models.JSONField(_("facts"), default=dict, blank=True)
    subject_kind = models.CharField(_("kind of subject"), max_length=80, blank=True)
    subject_id = models.BigIntegerField(_("subject"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"

    @property
    def declared(self) -> Kind:
        return kinds[self.kind]

    def still_visible(self, user: Any) -> bool:
        ask = self.declared.still_visible
        return ask is None or bool(ask(user, self.subject_id))


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: Any) -> "MessageQuerySet":
        seen = user.is_authenticated and user.has_role(Role.ADMINISTRATOR)
        return self.all() if seen else self.none()

    def due(self, moment: Any) -> "MessageQuerySet":
        return self.filter(status__in=Status.DUE, not_before__lte=moment)


class Message(Told):
    """One mail to one address: the row is the truth, a task only a nudge."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="mail",
        verbose_name=_("person"),
    )  # fmt: skip
    address = models.EmailField(_("e-mail address"))
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    status = models.CharField(_("state"), max_length=16, choices=Status, default=Status.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    not_before = models.DateTimeField(_("not before"), db_default=Now())
    claim = models.UUIDField(_("claim"), null=True, blank=True, editable=False)
    claimed_at = models.DateTimeField(_("claimed at"), null=True, blank=True)
    claimed_by = models.CharField(_("claimed by"), max_length=100, blank=True)
    handed_at = models.DateTimeField(_("handed over at"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    doubtful_at = models.DateTimeField(
        _("in doubt since"), null=True, blank=True,
        help_text=_("When a worker vanished, or the line broke, while the message was being handed over."),
    )  # fmt: skip
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
        ]
        # The sweep reads these alone; both stay as small as what is under way.
        indexes = [
            models.Index(fields=["not_before"], condition=Q(status__in=Status.DUE), name="message_due"),
            models.Index(fields=["claimed_at"], condition=Q(status__in=Status.HELD), name="message_held"),
            models.Index(fields=["subject_kind", "subject_id"], name="message_of_subject"),
        ]


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(Told):
    """One happening in one person's inbox."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("person")
    )
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once_per_person")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_newest"),
            models.Index(fields=["user"], condition=Q(read_at__isnull=True), name="notice_unread"),
        ]


class Suppression(models.Model):
    """An address that gets no mail until somebody lifts this."""

    address = models.EmailField(_("e-mail address"))
    reason = models.CharField(_("reason"), max_length=500)
    since = models.DateTimeField(_("since"), db_default=Now())

    class Meta:
        verbose_name = _("suppressed address")
        verbose_name_plural = _("suppressed addresses")
        constraints = [models.UniqueConstraint(Lower("address"), name="suppression_once_per_address")]

    def __str__(self) -> str:
        return self.address


class MailboxMessage(models.Model):
    """A mail as it would have left, kept where there is no mail server: development only."""

    at = models.DateTimeField(_("at"), db_default=Now())
    to = models.TextField(_("to"))
    subject = models.TextField(_("subject"))
    headers = models.JSONField(_("headers"), default=list)
    text = models.TextField(_("text"))
    html = models.TextField("HTML", blank=True)

    class Meta:
        verbose_name = _("mail in the mailbox")
        verbose_name_plural = _("mails in the mailbox")
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.subject

"""The mailbox to which mail returns: how far it was read, and what each mail in it was."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from notifications.incoming.enums import Sort
from notifications.outbox.models import Message
from notifications.outbox.rules import sees_mail


class Mailbox(models.Model):
    """A mailbox at a server. Its mails are numbered upward (RFC 3501, 2.3.1.1): `last_uid` is the last that
    was handled. Where the server numbers anew, `uidvalidity` differs and counting begins again."""

    name = models.CharField(_("e-mail account"), max_length=250, unique=True)
    uidvalidity = models.BigIntegerField(_("numbering"), default=0)
    last_uid = models.BigIntegerField(_("last number"), default=0)
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    error = models.CharField(_("last error"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("e-mail account")
        verbose_name_plural = _("e-mail accounts")

    def __str__(self) -> str:
        return self.name


class IncomingMailQuerySet(models.QuerySet["IncomingMail"]):
    def visible_to(self, user: Any) -> "IncomingMailQuerySet":
        return self.all() if sees_mail(user) else self.none()

    def open(self) -> "IncomingMailQuerySet":
        """What a person wrote and the desk has still to see to."""
        return self.filter(sort__in=Sort.TO_ANSWER, done_at=None)


class IncomingMail(models.Model):
    """One mail that arrived, kept once however often the mailbox shows it.

    Words are kept only of what a person wrote to the desk: a reply stands where it was passed on to, and of
    one that could not be passed on, and of what machines write, nothing but its subject is known here.
    """

    mailbox = models.ForeignKey(
        Mailbox, models.CASCADE, related_name="mails", verbose_name=_("e-mail account"), db_index=False
    )
    uidvalidity = models.BigIntegerField(_("numbering"))
    uid = models.BigIntegerField(_("number on the mail server"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    sort = models.CharField(_("sort"), max_length=10, choices=Sort)
    # The mail of ours that it answers or reports on.
    message = models.ForeignKey(
        Message, models.SET_NULL, null=True, blank=True, related_name="returns", verbose_name=_("message")
    )
    sender = models.CharField(_("sender"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    arrived_at = models.DateTimeField(_("arrived at"))
    removed_at = models.DateTimeField(_("removed from the mail server at"), null=True, blank=True)
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = by_person(_("done by"), blank=True)

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("incoming e-mail")
        verbose_name_plural = _("incoming e-mails")
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "uidvalidity", "uid"], name="incoming_once"),
            models.CheckConstraint(condition=Q(sort__in=Sort.values), name="incoming_sort_known"),
            models.CheckConstraint(
                condition=Q(text="") | Q(sort=Sort.LETTER), name="incoming_words_of_letters_alone"
            ),
        ]
        indexes = [
            models.Index(
                fields=["-arrived_at"],
                condition=Q(sort__in=Sort.FOR_THE_DESK, done_at=None),
                name="incoming_open",
            ),
            models.Index(
                fields=["mailbox", "uid"],
                condition=Q(sort__in=Sort.UNDERSTOOD, removed_at=None),
                name="incoming_to_remove",
            ),
            models.Index(fields=["arrived_at"], name="incoming_age"),
            models.Index(Lower("sender"), name="incoming_sender"),
        ]

    def __str__(self) -> str:
        return self.subject

"""What stands in a person's inbox, and the digests made of it."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import of_person
from notifications.happenings.models import FactsRow, Happening
from notifications.hooks import Channel
from notifications.inbox.enums import Rhythm


class DigestQuerySet(models.QuerySet["Digest"]):
    def visible_to(self, user: Any) -> "DigestQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()


class Digest(models.Model):
    """What had gathered for one person when their hour came, in one mail.

    `until` is the hour itself, by the person's clock, not the moment of the job: one that runs late makes the
    same digest. `since` is where the last one ended. A window that holds nothing makes no digest.
    """

    user = of_person(_("person"), related_name="digests")
    rhythm = models.CharField(_("rhythm"), max_length=10, choices=Rhythm)
    since = models.DateTimeField(_("from"), null=True, blank=True)
    until = models.DateTimeField(_("until"))
    items = models.PositiveIntegerField(_("items"), default=0)
    made_at = models.DateTimeField(_("made at"), db_default=Now(), editable=False)

    objects = DigestQuerySet.as_manager()

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        ordering = ["-until", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "rhythm", "until"], name="digest_window_once"),
            models.CheckConstraint(condition=Q(rhythm__in=Rhythm.values), name="digest_rhythm_known"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(since__lt=F("until")), name="digest_window_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.rhythm} {self.until:%Y-%m-%d}"


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> "NoticeQuerySet":
        return self.filter(user=user) if user.is_authenticated else self.none()

    def in_inbox(self) -> "NoticeQuerySet":
        """Those that the person wants in the inbox; the others are kept for the digest and its reasons."""
        return self.filter(in_app=True)

    def unread(self) -> "NoticeQuerySet":
        return self.filter(read_at__isnull=True)


class Notice(FactsRow):
    """One happening in one person's inbox."""

    user = of_person(_("person"), related_name="notices")
    read_at = models.DateTimeField(_("read at"), null=True, blank=True)
    # How the person's preferences stood when it happened: they decide once.
    mail = models.CharField(_("by e-mail"), max_length=10, choices=Channel, default=Channel.AT_ONCE)
    in_app = models.BooleanField(_("in the inbox"), default=True)
    happening = models.ForeignKey(
        Happening, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("happening")
    )
    via = models.CharField(
        _("because of"),
        max_length=500,
        blank=True,
        help_text=_("The terms of the follow that brought it, separated by spaces."),
    )
    digest = models.ForeignKey(
        Digest, models.SET_NULL, null=True, blank=True, related_name="notices", verbose_name=_("digest")
    )

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once_per_person")]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_newest"),
            # How much is unread is asked by every page, of the newest alone.
            models.Index(
                fields=["user", "-created_at", "-id"],
                condition=Q(read_at__isnull=True, in_app=True),
                name="notice_unread",
            ),
            # What the next digest of somebody will gather.
            models.Index(
                fields=["user", "mail", "created_at"],
                condition=Q(digest__isnull=True, mail__in=("daily", "weekly")),
                name="notice_to_gather",
            ),
            models.Index(fields=["subject_kind", "subject_id"], name="notice_of_subject"),
        ]

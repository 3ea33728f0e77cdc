"""The newsletter: its issues, what is in them, and who wants it."""

from datetime import timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from audit.models import Entry, kind_of
from news.newsletter.enums import WRITTEN, IssueState
from news.newsletter.rules import makes_newsletter
from notifications.happenings.models import Happening
from workflow.windows.models import VIENNA

_BY_LANGUAGE = _("{language code: {field: text}}")


class SubscriberQuerySet(models.QuerySet["Subscriber"]):
    def visible_to(self, user: Any) -> "SubscriberQuerySet":
        """Nobody reads the list, the desk neither: it is only counted. A person finds what is theirs."""
        return self.of(user.email) if user.is_authenticated and user.is_active else self.none()

    def of(self, address: str) -> "SubscriberQuerySet":
        return self.alias(lowered=Lower("address")).filter(lowered=address.lower())

    def confirmed(self) -> "SubscriberQuerySet":
        return self.filter(confirmed_at__isnull=False)


class Subscriber(models.Model):
    """One address that wants the newsletter. It need not belong to an account.

    `languages` in the order in which the reader prefers them: each issue comes once, in the first that it
    has. Without topics every issue comes. `consent_*` and `asked_at` say to which words the reader agreed,
    and when. Leaving deletes the row. `nonce` is what links are made of: a new one ends the older links.
    """

    address = models.EmailField(_("e-mail address"))
    languages = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES), verbose_name=_("languages")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    consent_version = models.CharField(_("version of the text of consent"), max_length=20)
    consent_language = models.CharField(
        _("language of the text of consent"), max_length=2, choices=settings.LANGUAGES
    )
    asked_at = models.DateTimeField(_("asked at"), default=now)
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True, blank=True)
    nonce = models.UUIDField(default=uuid4, editable=False)

    objects = SubscriberQuerySet.as_manager()

    class Meta:
        verbose_name = _("subscriber of the newsletter")
        verbose_name_plural = _("subscribers of the newsletter")
        constraints = [
            models.UniqueConstraint(Lower("address"), name="subscriber_once_per_address"),
            models.CheckConstraint(condition=Q(languages__len__gte=1), name="subscriber_reads_a_language"),
        ]
        indexes = [
            models.Index(fields=["asked_at"], condition=Q(confirmed_at=None), name="subscriber_unconfirmed")
        ]

    def __str__(self) -> str:
        return str(self.pk)


class IssueQuerySet(models.QuerySet["Issue"]):
    def visible_to(self, user: Any) -> "IssueQuerySet":
        """What is out is everybody's, what is being made is its makers'."""
        return self.all() if makes_newsletter(user) else self.out()

    def out(self) -> "IssueQuerySet":
        return self.filter(state__in=IssueState.OUT)

    def counted_still(self) -> "IssueQuerySet":
        """What has left lately: mail comes back for some weeks."""
        return self.filter(state=IssueState.SENT, started_at__gt=now() - timedelta(days=60))

    def in_language(self, language: str) -> "IssueQuerySet":
        return self.filter(texts__has_key=language)


class Issue(models.Model):
    """One issue. It comes out in the languages of `texts`, to subscribers of one of its topics (or to all).

    `version` counts its contents. It leaves once a second person has approved the contents that it has.

    `reached` is the last subscriber (id) for whom a mail was written: whoever goes on after a kill begins
    behind it. The numbers are those of the outbox as counted last; the outbox forgets sooner than we do.
    """

    state = models.CharField(_("state"), max_length=10, choices=IssueState, default=IssueState.DRAFT)
    texts: Any = models.JSONField(_("texts"), default=dict, blank=True, help_text=_BY_LANGUAGE)
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    made_by = by_person(_("made by"))
    created_at = models.DateTimeField(_("created at"), db_default=Now(), editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)
    approved_at = models.DateTimeField(_("approved at"), null=True, blank=True)
    approved_by = by_person(_("approved by"), blank=True)

    scheduled_at = models.DateTimeField(_("leaves at"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA)
    started_at = models.DateTimeField(_("sending began at"), null=True, blank=True)
    ended_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    happening = models.OneToOneField(
        Happening, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("happening")
    )
    reached = models.BigIntegerField(default=0, editable=False)
    all_written = models.BooleanField(default=False, editable=False)

    written = models.PositiveIntegerField(_("e-mails written"), default=0)
    sent = models.PositiveIntegerField(_("sent"), default=0)
    failed = models.PositiveIntegerField(_("failed"), default=0)
    held = models.PositiveIntegerField(_("held back"), default=0)
    unknown = models.PositiveIntegerField(_("outcome unknown"), default=0)
    bounced = models.PositiveIntegerField(_("came back"), default=0)
    complained = models.PositiveIntegerField(_("marked as unwanted"), default=0)
    left = models.PositiveIntegerField(_("left by it"), default=0)
    counted_at = models.DateTimeField(_("counted at"), null=True, blank=True)

    objects = IssueQuerySet.as_manager()

    class Meta:
        verbose_name = _("issue of the newsletter")
        verbose_name_plural = _("issues of the newsletter")
        ordering = [F("started_at").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=IssueState.values), name="issue_state_known"),
            models.CheckConstraint(
                condition=~Q(state=IssueState.SCHEDULED) | Q(scheduled_at__isnull=False),
                name="issue_scheduled_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=(IssueState.DRAFT, IssueState.SENT)) | Q(approved_at__isnull=False),
                name="issue_leaves_approved",
            ),
            models.CheckConstraint(
                condition=Q(state__in=IssueState.OUT, started_at__isnull=False)
                | Q(~Q(state__in=IssueState.OUT), started_at=None),
                name="issue_started_when_out",
            ),
        ]
        indexes = [models.Index(fields=["state", "-started_at"], name="issue_by_state")]

    def __str__(self) -> str:
        return self.title or f"#{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("newsletter:issue", args=[self.pk, self.slug])

    @property
    def languages(self) -> list[str]:
        """Return the languages in which it comes out, in the portal's order."""
        return [code for code, _name in settings.LANGUAGES if self.texts.get(code, {}).get("title")]

    def in_which(self, language: str | None = None) -> str:
        """Return `language`, or the one in use, where the issue has it, else its first."""
        preferred, available = (language or get_language() or "en")[:2], self.languages
        return preferred if preferred in available or not available else available[0]

    def field_text(self, field: str, language: str | None = None) -> str:
        return str(self.texts.get(self.in_which(language), {}).get(field, ""))

    @property
    def title(self) -> str:
        return self.field_text("title")

    @property
    def slug(self) -> str:
        """Return a slug of its first title with Latin letters; the number alone opens the page."""
        titles = (self.texts[code]["title"] for code in self.languages)
        return next(filter(None, (slugify(title)[:60] for title in titles)), "") or "issue"

    @property
    def is_draft(self) -> bool:
        return self.state == IssueState.DRAFT

    @property
    def is_out(self) -> bool:
        return self.state in IssueState.OUT

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def writers(self) -> set[int]:
        """Return the ids of the people who began it or changed its contents, from the audit log."""
        entries = Entry.objects.filter(subject_kind=kind_of(self), subject_id=self.pk, action__in=WRITTEN)
        people = entries.order_by().values_list("actor_id", flat=True).distinct()
        return {pk for pk in people if pk is not None}


class IssueSection(models.Model):
    """Some items under one heading. `titles`: language → heading; none is no heading."""

    # Translators: An issue of the newsletter (numéro), not a problem.
    issue = models.ForeignKey(Issue, models.CASCADE, related_name="sections", verbose_name=_("issue"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    titles: Any = models.JSONField(_("headings"), default=dict, blank=True)

    class Meta:
        verbose_name = _("section of an issue")
        verbose_name_plural = _("sections of an issue")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading() or str(next(iter(self.titles.values()), ""))

    def heading(self, language: str | None = None) -> str:
        return str(self.titles.get((language or get_language() or "en")[:2], ""))


class IssueItem(models.Model):
    """One object as it was when it was picked: `texts` is language → {title, summary, path}.

    `left_out_at` is when it was found to be no longer public; what is not public is shown nowhere.
    """

    issue = models.ForeignKey(Issue, models.CASCADE, related_name="items", verbose_name=_("issue"))
    section = models.ForeignKey(IssueSection, models.CASCADE, related_name="items", verbose_name=_("section"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    kind = models.CharField(_("kind"), max_length=80)
    # Translators: The thing that something is about, as the name of a field.
    object_id = models.BigIntegerField(_("object"))
    texts: Any = models.JSONField(_("texts"), default=dict, help_text=_BY_LANGUAGE)
    left_out_at = models.DateTimeField(_("left out since"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of an issue")
        verbose_name_plural = _("items of an issue")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "kind", "object_id"], name="issue_holds_it_once")
        ]

    def __str__(self) -> str:
        return self.field_text("title")

    def in_which(self, language: str | None = None) -> str:
        """Return the language in which it is shown to a reader of `language`."""
        preferred = (language or get_language() or "en")[:2]
        if preferred in self.texts or not self.texts:
            return preferred
        return "en" if "en" in self.texts else str(next(iter(self.texts)))

    def field_text(self, field: str, language: str | None = None) -> str:
        return str(self.texts.get(self.in_which(language), {}).get(field, ""))

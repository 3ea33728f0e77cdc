"""One event, whether it is a congress with a programme or a webinar of an hour."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from events.events.enums import EVENT_MOVES, EVENT_SENTENCES, EventKind, EventStatus, MeetingWord, Mode
from stakeholders.entries.models import Stakeholder, entries_of
from taxonomy.names.models import Named, NamedQuerySet, Translated
from workflow.windows.models import VIENNA, known_zone

S = EventStatus


def _names(label: Any) -> Any:
    return ArrayField(models.CharField(max_length=200), verbose_name=label, default=list, blank=True)


class BodyQuerySet(NamedQuerySet["Body"]):
    def in_order(self, language: str | None = None) -> "BodyQuerySet":
        return self.order_by("position", "pk")


class Body(Named):
    """A body whose sessions are events: a Conference, a commission, a working group."""

    code = models.CharField(_("code"), max_length=20, primary_key=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    objects = BodyQuerySet.as_manager()

    class Meta(Named.Meta):
        verbose_name = _("body")
        verbose_name_plural = _("bodies")


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: Any) -> "EventQuerySet":
        """Return what is shown, and before that the person's own events, and all for those who run events."""
        shown = Q(status__in=S.SHOWN)
        if not (user.is_authenticated and user.is_active):
            return self.filter(shown)
        theirs = entries_of(user)
        own = Q(organizer__in=theirs)
        if user.has_role(Role.EVENTS, Role.HEAD):
            # A stakeholder's draft is its own until it is sent.
            return self.filter(shown | own | ~Q(status=S.DRAFT) | Q(organizer=None))
        return self.filter(shown | own)

    def shown(self) -> "EventQuerySet":
        return self.filter(status__in=S.SHOWN)

    def coming(self, at: datetime | None = None) -> "EventQuerySet":
        """Return the events that have not ended, the next first."""
        return self.filter(ends_at__gte=at or now()).order_by("starts_at", "pk")

    def held(self, at: datetime | None = None) -> "EventQuerySet":
        """Return the events that have ended or that a source names without their day, the latest first."""
        undated = Q(ends_at=None) & ~Q(code="")
        rows = self.filter(Q(ends_at__lt=at or now()) | undated)
        return rows.order_by(F("starts_at").desc(nulls_last=True), "-pk")

    def past(self, at: datetime | None = None) -> "EventQuerySet":
        """Return the events that have ended, the latest first; those without a known date at the end."""
        over = Q(ends_at__lt=at or now()) | Q(ends_at=None)
        return self.filter(over).order_by(F("starts_at").desc(nulls_last=True), "pk")


class Event(Translated):
    """A session, a dialogue, a training; it may have a programme, registration, a round of proposals.

    `starts_at` and `ends_at` are UTC and told in `zone`; with `whole_days` they are the midnights of that
    zone before the first and after the last day. Both are empty where no source gives a date.
    `sequence` rises with every change that calendars have to learn of (RFC 5545, 3.8.7.4).
    """

    MOVES = EVENT_MOVES
    SENTENCES = EVENT_SENTENCES

    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    body = models.ForeignKey(
        Body, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("body")
    )
    title = models.CharField(_("title"), max_length=250)
    about = models.TextField(
        _("description"), blank=True, max_length=10_000, help_text=_("Plain text or Markdown.")
    )
    language = models.ForeignKey(
        "taxonomy.Language", models.PROTECT, related_name="+", verbose_name=_("language of this text")
    )
    part_of = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("held with"),
        help_text=_("The session that a dialogue or a preparation day belongs to."),
    )
    organizer = models.ForeignKey(
        Stakeholder,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name=_("organizer"),
        help_text=_("Empty for events of the United Nations."),
    )
    # As a source names them; pages lead to the entries of that name. States by their codes.
    organizer_names = _names(_("organizers"))
    co_organizer_names = _names(_("co-organizers"))
    supporting_states = _names(_("supporting States"))
    speaker_institutions = _names(_("institutions of speakers"))
    status = models.CharField(_("status"), max_length=10, choices=EventStatus, default=EventStatus.DRAFT)

    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    whole_days = models.BooleanField(_("whole days"), default=False)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA)
    # Empty where the source of a past event does not say.
    mode = models.CharField(_("format"), max_length=10, choices=Mode, default=Mode.IN_PERSON, blank=True)
    city = models.CharField(_("city"), max_length=120, blank=True)
    country = models.ForeignKey(
        "taxonomy.Country",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    url = models.URLField(_("page of the event"), max_length=500, blank=True)
    # Shown to the confirmed alone, from `link_opens_before` on.
    link = models.URLField(_("link for taking part online"), max_length=500, blank=True)
    link_opens_before = models.DurationField(
        _("link is given"), default=timedelta(hours=24), help_text=_("So long before the start.")
    )
    languages = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="+", verbose_name=_("languages spoken or interpreted")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    meeting_word = models.CharField(
        _("word for a meeting held at it"), max_length=15, choices=MeetingWord, default=MeetingWord.SIDE_EVENT
    )
    has_programme = models.BooleanField(_("has a programme"), default=False)

    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    note = models.CharField(_("what the source leaves open"), max_length=500, blank=True)
    left_source = models.BooleanField(_("no longer named by its source"), default=False, editable=False)
    # The key of loaded rows, by which loading again finds them.
    code = models.CharField(max_length=60, blank=True, editable=False)
    edited_by_hand = models.BooleanField(default=False, editable=False)

    written_by = by_person(_("written by"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration event"), default=False, editable=False)

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=EventStatus.values), name="event_status_known"),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="event_kind_known"),
            models.CheckConstraint(condition=Q(mode__in=["", *Mode.values]), name="event_mode_known"),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__lt=F("ends_at")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The end has to come after the start."),
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="event_code_once"),
        ]
        indexes = [models.Index(fields=["status", "ends_at"], name="event_by_end")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("events:event", args=[self.pk, self.slug])

    def clean(self) -> None:
        super().clean()
        known_zone(self.zone)

    @property
    def slug(self) -> str:
        return slugify(self.title)[:80] or "event"

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def is_draft(self) -> bool:
        return self.status == S.DRAFT

    @property
    def is_cancelled(self) -> bool:
        return self.status in S.OFF

    @property
    def is_shown(self) -> bool:
        """Whether everybody may see it."""
        return self.status in S.SHOWN

    @property
    def has_started(self) -> bool:
        return self.starts_at is not None and self.starts_at <= now()

    @property
    def is_over(self) -> bool:
        return self.ends_at is not None and self.ends_at < now()

    @property
    def kind_label(self) -> str:
        """Its kind; a side event has the word of the session that it was held at."""
        if self.kind == EventKind.SIDE_EVENT and self.part_of:
            return str(self.part_of.get_meeting_word_display())
        return str(self.get_kind_display())

    @property
    def party(self) -> str:
        return f"stakeholder:{self.organizer_id}" if self.organizer_id else ""

    @property
    def told_title(self) -> tuple[str, str]:
        """(title, its language) for the reader."""
        return self.text_for_reader("title", self.language_id)

    @property
    def told_about(self) -> tuple[str, str]:
        return self.text_for_reader("about", self.language_id)

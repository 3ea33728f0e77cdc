"""What regional focal points do: meetings, trainings, calls with States, visits; and what follows."""

from typing import Any
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from accounts.people.models import by_person
from coordination.absences.models import acts_as
from coordination.activities.enums import (
    ACTIVITY_MOVES,
    ACTIVITY_SENTENCES,
    ActivityKind,
    ActivityStatus,
    Sharing,
)
from core.time_display import VIENNA
from core.uploads import StoredFile
from events.events.enums import Mode
from stakeholders.appointments.models import today
from stakeholders.entries.models import Stakeholder
from workflow.windows.models import known_zone

S = ActivityStatus


class ActivityQuerySet(models.QuerySet["Activity"]):
    def visible_to(self, user: Any) -> "ActivityQuerySet":
        """All for the desk. For a regional focal point their own, those of whom they stand in for, those
        in which something is theirs to do, and what is shared with their places. Nothing for others.
        """
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_desk:
            return self.all()
        if not user.has_role(Role.REGIONAL):
            return self.none()
        acting = acts_as(user)
        to_do = FollowUp.objects.filter(activity=OuterRef("pk"), owner__in=acting)
        own = Q(author__in=acting) | Q(Exists(to_do))
        places = user.places_of(Role.REGIONAL)
        if places is None:
            return self.filter(own | Q(sharing=Sharing.REGION))
        return self.filter(own | (Q(sharing=Sharing.REGION) & Q(Exists(_in_places(sorted(places))))))

    def in_countries(self, codes: Any) -> "ActivityQuerySet":
        """Those that concern one of these countries, each once."""
        return self.filter(Exists(_in_places(codes)))

    def held(self) -> "ActivityQuerySet":
        return self.filter(status__in=S.DONE)


def _in_places(codes: Any) -> Any:
    through = Activity.countries.through._default_manager
    return through.filter(activity=OuterRef("pk"), country__in=codes)


class Activity(models.Model):
    """One piece of coordination work, from the plan to what came of it.

    `starts_at` and `ends_at` are UTC and told in `zone`; with `whole_days` they are the midnights of that
    zone before the first and after the last day. `sequence` rises with every change calendars have to learn.
    """

    MOVES = ACTIVITY_MOVES
    SENTENCES = ACTIVITY_SENTENCES

    kind = models.CharField(_("kind"), max_length=12, choices=ActivityKind)
    status = models.CharField(_("status"), max_length=10, choices=S, default=S.PLANNED)
    title = models.CharField(_("title"), max_length=200)
    purpose = models.TextField(_("purpose"), max_length=4000)
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    whole_days = models.BooleanField(_("whole days"), default=False)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA.key)
    mode = models.CharField(_("format"), max_length=10, choices=Mode, default=Mode.IN_PERSON)
    city = models.CharField(_("city"), max_length=120, blank=True)
    venue = models.CharField(_("venue"), max_length=200, blank=True)
    countries = models.ManyToManyField(
        "taxonomy.Country", related_name="+", verbose_name=_("countries or areas")
    )
    topics = models.ManyToManyField("taxonomy.Topic", blank=True, related_name="+", verbose_name=_("topics"))
    stakeholders = models.ManyToManyField(
        Stakeholder, blank=True, related_name="activities", verbose_name=_("stakeholders involved")
    )
    others = models.TextField(_("others who take part"), max_length=1000, blank=True)
    sharing = models.CharField(_("who reads it"), max_length=8, choices=Sharing, default=Sharing.REGION)
    outcome = models.TextField(_("outcome"), max_length=6000, blank=True)
    took_part = models.PositiveIntegerField(_("people who took part"), null=True, blank=True)
    author = by_person(_("planned by"), related_name="activities")
    reported_at = models.DateTimeField(_("reported at"), null=True, blank=True)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    version = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(_("planned at"), db_default=Now(), editable=False)
    updated_at = models.DateTimeField(_("updated at"), db_default=Now(), editable=False)
    is_demo = models.BooleanField(_("demonstration activity"), default=False, editable=False)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        ordering = ["-starts_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ActivityKind.values), name="activity_kind_known"),
            models.CheckConstraint(condition=Q(status__in=S.values), name="activity_status_known"),
            models.CheckConstraint(condition=Q(sharing__in=Sharing.values), name="activity_sharing_known"),
            models.CheckConstraint(condition=Q(mode__in=Mode.values), name="activity_mode_known"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="activity_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(status=S.REPORTED) | (~Q(outcome="") & Q(reported_at__isnull=False)),
                name="activity_reported_says_what_came_of_it",
            ),
        ]
        indexes = [
            models.Index(fields=["-starts_at", "-id"], name="activity_by_start"),
            models.Index(fields=["author", "-starts_at"], name="activity_by_author"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:activity", args=[self.pk])

    def clean(self) -> None:
        super().clean()
        known_zone(self.zone)

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    @property
    def is_written(self) -> bool:
        return self.status in S.WRITTEN

    @property
    def is_planned(self) -> bool:
        return self.status == S.PLANNED

    @property
    def is_cancelled(self) -> bool:
        return self.status == S.CANCELLED

    @property
    def is_reported(self) -> bool:
        return self.status == S.REPORTED

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= now()

    def belongs_to(self, user: Any) -> bool:
        """They wrote it, or stand in for whoever did."""
        return self.author_id in acts_as(user)


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: Any) -> "FollowUpQuerySet":
        return self.filter(activity__in=Activity.objects.visible_to(user).values("pk"))

    def waiting(self) -> "FollowUpQuerySet":
        return self.filter(done_at=None)


class FollowUp(models.Model):
    """Something to be done after an activity, by whom and until which day (by the desk's clock)."""

    activity = models.ForeignKey(
        Activity, models.CASCADE, related_name="follow_ups", verbose_name=_("activity")
    )
    text = models.CharField(_("what is to be done"), max_length=300)
    owner = by_person(_("who does it"), related_name="follow_ups")
    due_on = models.DateField(_("until"))
    done_at = models.DateTimeField(_("done at"), null=True, blank=True)
    done_by = by_person(_("done by"), blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ["due_on", "pk"]
        indexes = [
            # What a person has to do, and the clock that reminds of it.
            models.Index(fields=["owner", "due_on"], condition=Q(done_at=None), name="follow_up_waiting")
        ]

    def __str__(self) -> str:
        return self.text

    def belongs_to(self, user: Any) -> bool:
        """They are to do it, or stand in for whoever is."""
        return self.owner_id in acts_as(user)

    @property
    def is_late(self) -> bool:
        return self.done_at is None and self.due_on < today()


class NoteQuerySet(models.QuerySet["ActivityNote"]):
    def visible_to(self, user: Any) -> "NoteQuerySet":
        """One's own; shared ones with the activity. Not even the desk reads a private note of another."""
        notes = self.filter(activity__in=Activity.objects.visible_to(user).values("pk"))
        return notes.filter(Q(is_shared=True) | Q(author=user)) if user.is_authenticated else self.none()


class ActivityNote(models.Model):
    """A line on an activity: for oneself, or for everybody who reads the activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="notes", verbose_name=_("activity"))
    text = models.TextField(_("note"), max_length=4000)
    is_shared = models.BooleanField(_("shared"), default=False)
    author = by_person(_("written by"))
    at = models.DateTimeField(_("written at"), db_default=Now(), editable=False)

    objects = NoteQuerySet.as_manager()

    class Meta:
        verbose_name = _("note on an activity")
        verbose_name_plural = _("notes on activities")
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ActivityFileQuerySet(models.QuerySet["ActivityFile"]):
    def visible_to(self, user: Any) -> "ActivityFileQuerySet":
        return self.filter(activity__in=Activity.objects.visible_to(user).values("pk"))


class ActivityFile(StoredFile):
    """Minutes, a list, a programme: what came with an activity."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="files", verbose_name=_("activity"))
    title = models.CharField(_("title"), max_length=200)
    uploaded_by = by_person(_("uploaded by"))

    objects = ActivityFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file of an activity")
        verbose_name_plural = _("files of activities")
        ordering = ["pk"]

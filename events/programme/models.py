"""The programme of an event: rooms, official items, where each meeting is placed, and what was released.

`Placement` is the desk's board and nobody else's. A release copies it into `Shown`, which everybody reads,
and keeps what changed as `ReleaseChange`; what the desk moves afterwards is private until the next one.
"""

from datetime import time
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person, of_person
from events.events.models import Event
from events.meeting_reports.enums import LinkKind
from events.programme.enums import ChangeKind
from events.proposals.models import Proposal
from taxonomy.names.models import Translated


class Programme(models.Model):
    """How the meetings of one event are scheduled, and which version of it is public.

    `slots`: the hours of a day by the event's clock, [["09:00", "10:00"], …]; the grid of the board.
    `official`: the official items as they were released, so that a change stays private like any other.
    """

    event = models.OneToOneField(
        Event, models.CASCADE, related_name="programme", verbose_name=_("event"), primary_key=True
    )
    slots: Any = models.JSONField(_("slots of a day"), default=list, blank=True)
    rest_minutes = models.PositiveSmallIntegerField(
        _("minutes between two meetings in a room"), default=15, help_text=_("For going out and coming in.")
    )
    locks_at = models.DateTimeField(
        _("fixed from"),
        null=True,
        blank=True,
        help_text=_("Everybody then sees which meetings were changed, and when."),
    )
    released = models.PositiveIntegerField(_("version that is public"), default=0, editable=False)
    released_at = models.DateTimeField(_("released at"), null=True, blank=True, editable=False)
    official: Any = models.JSONField(default=list, blank=True, editable=False)

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")

    def __str__(self) -> str:
        return str(self.event)

    @property
    def hours(self) -> list[tuple[time, time]]:
        return [(time.fromisoformat(starts), time.fromisoformat(ends)) for starts, ends in self.slots]

    @property
    def is_locked(self) -> bool:
        return self.locks_at is not None and self.locks_at <= now()


class Room(Translated):
    """Where meetings are held; one without a place of its own is a room online.

    Its name is in the language of the event, `translations` hold it in others.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="rooms", verbose_name=_("event"))
    name = models.CharField(_("name"), max_length=80)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    capacity = models.PositiveIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty for a room without a limit, as online.")
    )
    equipment = models.CharField(_("equipment"), max_length=500, blank=True)
    interpretation = models.ManyToManyField(
        "taxonomy.Language", blank=True, related_name="+", verbose_name=_("interpretation is provided into")
    )

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["position", "name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "name"],
                name="room_name_once",
                violation_error_message=_("There is a room with this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Closure(models.Model):
    """A time at which a room cannot be used."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="closures", verbose_name=_("room"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    why = models.CharField(_("why"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("time at which a room is closed")
        verbose_name_plural = _("times at which rooms are closed")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="closure_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.room_id} · {self.starts_at:%Y-%m-%d %H:%M}"


class OfficialItem(Translated):
    """A part of the official programme: the plenary, a working group."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="official_items", verbose_name=_("event"))
    title = models.CharField(_("title"), max_length=250)
    language = models.ForeignKey(
        "taxonomy.Language",
        models.PROTECT,
        related_name="+",
        default="en",
        verbose_name=_("language of this text"),
    )
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="official_items", verbose_name=_("room")
    )
    place = models.CharField(
        # Translators: Where a meeting is held.
        _("place"),
        max_length=120,
        blank=True,
        help_text=_("Where it is held, if in none of the rooms."),
    )
    keeps_free = models.BooleanField(
        _("no meeting should be held at the same time"),
        default=False,
        help_text=_("As for the opening: the board then warns of meetings at its hours."),
    )

    class Meta:
        verbose_name = _("official item")
        verbose_name_plural = _("official items")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="official_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """Where and when the desk wants a meeting to be held. Private until it is released."""

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="placement", verbose_name=_("meeting"), primary_key=True
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="placements", verbose_name=_("room"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    changed_at = models.DateTimeField(default=now, editable=False)
    changed_by = by_person(_("placed by"))

    class Meta:
        verbose_name = _("place of a meeting")
        verbose_name_plural = _("places of meetings")
        ordering = ["starts_at", "room__position", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="placement_ends_after_start")
        ]
        indexes = [models.Index(fields=["room", "starts_at"], name="placement_in_room")]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.room_id} · {self.starts_at:%Y-%m-%d %H:%M}"


class ShownQuerySet(models.QuerySet["Shown"]):
    def visible_to(self, user: Any) -> "ShownQuerySet":
        """Released times are everybody's where the event itself is to be seen."""
        return self.filter(proposal__event__in=Event.objects.visible_to(user).values("pk"))


class Shown(models.Model):
    """Where and when a meeting is held, as last released.

    One that was taken out of the programme stays, so that calendars learn that it is off.
    `sequence` rises with every release that changes it (RFC 5545, 3.8.7.4).
    """

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="shown", verbose_name=_("meeting"), primary_key=True
    )
    room = models.ForeignKey(Room, models.PROTECT, related_name="shown", verbose_name=_("room"))
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    is_off = models.BooleanField(_("taken out of the programme"), default=False)
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(_("changed at"), default=now)
    # The mark that everybody sees: it was changed once the programme had been fixed (peers: E-10).
    late_at = models.DateTimeField(_("changed after it was fixed"), null=True, blank=True)

    objects = ShownQuerySet.as_manager()

    class Meta:
        verbose_name = _("released place of a meeting")
        verbose_name_plural = _("released places of meetings")
        ordering = ["starts_at", "room__position", "pk"]

    def __str__(self) -> str:
        return f"{self.proposal_id} · {self.starts_at:%Y-%m-%d %H:%M}"


class Release(models.Model):
    """One numbered version of a programme that was made public."""

    programme = models.ForeignKey(
        Programme, models.CASCADE, related_name="releases", verbose_name=_("programme")
    )
    number = models.PositiveIntegerField(_("version"))
    at = models.DateTimeField(_("released at"), default=now)
    by = by_person(_("released by"))
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("version of a programme")
        verbose_name_plural = _("versions of programmes")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="release_number_once")]

    def __str__(self) -> str:
        return f"{self.programme_id} · {self.number}"


class ReleaseChange(models.Model):
    """What one release changed for one meeting, or for one official item (then without a meeting).

    `before`, `after`: {"room": its name then, "starts": ISO instant, "ends": ISO instant}, or {} for nowhere;
    with "rooms", {language code: its name}, where that was translated.
    """

    release = models.ForeignKey(Release, models.CASCADE, related_name="changes", verbose_name=_("version"))
    proposal = models.ForeignKey(
        Proposal, models.CASCADE, null=True, related_name="programme_changes", verbose_name=_("meeting")
    )
    title = models.CharField(_("title"), max_length=250)
    kind = models.CharField(_("what changed"), max_length=10, choices=ChangeKind)
    before: Any = models.JSONField(default=dict)
    after: Any = models.JSONField(default=dict)
    is_late = models.BooleanField(_("after the programme was fixed"), default=False)

    class Meta:
        verbose_name = _("change of a programme")
        verbose_name_plural = _("changes of programmes")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ChangeKind.values), name="programme_change_known")
        ]

    def __str__(self) -> str:
        return f"{self.release_id} · {self.title}"

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()


class Star(models.Model):
    """A meeting on somebody's own agenda. Nobody else sees it."""

    user = of_person(_("person"), related_name="stars")
    proposal = models.ForeignKey(Proposal, models.CASCADE, related_name="stars", verbose_name=_("meeting"))
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("meeting on an agenda")
        verbose_name_plural = _("meetings on agendas")
        constraints = [models.UniqueConstraint(fields=["user", "proposal"], name="one_star_each")]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.proposal_id}"


class MeetingLink(models.Model):
    """Something about a meeting that is to be read or seen elsewhere: a paper, a recording, the report."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="meeting_links", verbose_name=_("meeting")
    )
    kind = models.CharField(_("what it is"), max_length=10, choices=LinkKind)
    title = models.CharField(_("title"), max_length=200)
    url = models.URLField(_("address"), max_length=500)
    added_by = by_person(_("added by"))
    added_at = models.DateTimeField(_("added at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("document of a meeting")
        verbose_name_plural = _("documents of meetings")
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LinkKind.values), name="meeting_link_kind_known")
        ]

    def __str__(self) -> str:
        return self.title

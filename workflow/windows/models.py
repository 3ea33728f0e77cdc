"""A time in which something may be handed in, and longer times for single parties."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from workflow.moves.models import About, AboutQuerySet

VIENNA = "Europe/Vienna"


def known_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(_("Choose a time zone of the list, such as Europe/Vienna."), code="zone")


class Window(models.Model):
    """Opens and closes at an instant; the clock decides at each act, whether or not a job has run.

    `opens_at` and `closes_at` are UTC; `zone` is the one in which people are told of them.
    """

    opens_at = models.DateTimeField(_("opens at"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes at"), null=True, blank=True)
    zone = models.CharField(_("time zone"), max_length=60, default=VIENNA)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="%(class)s_closes_after_it_opens",
                violation_error_message=_("The closing has to come after the opening."),
            )
        ]

    def clean(self) -> None:
        super().clean()
        known_zone(self.zone)

    @property
    def clock(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def closes_for(self, party: str = "") -> datetime | None:
        """The last instant for this party ("stakeholder:12"): the closing, or its own extension if later."""
        extension = Extension.objects.about(self).filter(party=party).first() if party else None
        if extension is None or self.closes_at is None:
            return self.closes_at
        return max(self.closes_at, extension.until)

    def is_open_for(self, party: str = "", at: datetime | None = None) -> bool:
        """Whether the party may hand in at `at` (now); the closing instant itself is still in time."""
        at = at or now()
        closes = self.closes_for(party)
        return (self.opens_at is not None and self.opens_at <= at) and (closes is None or at <= closes)

    @property
    def has_opened(self) -> bool:
        return self.opens_at is not None and self.opens_at <= now()

    @property
    def has_closed(self) -> bool:
        return self.closes_at is not None and self.closes_at < now()

    @property
    def is_open(self) -> bool:
        return self.has_opened and not self.has_closed


class ExtensionQuerySet(AboutQuerySet["Extension"]):
    def of(self, window: models.Model, parties: Any) -> "ExtensionQuerySet":
        return self.about(window).filter(party__in=parties)


class Extension(About):
    """More time for one party. Only that party and the desk learn of it."""

    party = models.CharField(_("party"), max_length=40)
    until = models.DateTimeField(_("until"))
    reason = models.CharField(_("reason"), max_length=500)
    given_by = by_person(_("given by"))
    at = models.DateTimeField(_("given at"), db_default=Now())

    objects = ExtensionQuerySet.as_manager()

    class Meta:
        verbose_name = _("extension")
        verbose_name_plural = _("extensions")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id", "party"], name="one_extension_per_party"
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject_kind}:{self.subject_id} {self.party}"

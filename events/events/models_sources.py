"""What sources tell of an event: its documents, and how many took part as counted by whom."""

from datetime import date
from typing import NamedTuple

from django.db import models
from django.db.models import Q
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from accounts.people.models import by_person
from events.events.enums import Exactness
from events.events.models import Event


class SourceRow(models.Model):
    """A row of content/, where it has a code, or of the desk, which also keeps what it edited."""

    code = models.CharField(max_length=80, blank=True, editable=False)
    edited_by_hand = models.BooleanField(_("edited by the desk"), default=False, editable=False)
    gone_since = models.DateField(_("no longer in its file since"), null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class EventDocument(SourceRow):
    """A document of an event, by symbol and title, and the page where it was read or named."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="documents", verbose_name=_("event"))
    symbol = models.CharField(_("document symbol"), max_length=80, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)

    class Meta:
        verbose_name = _("document of an event")
        verbose_name_plural = _("documents of events")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(symbol="", title=""), name="event_document_named"),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="event_document_code_once"),
        ]

    def __str__(self) -> str:
        return self.symbol or self.title


class Counter(NamedTuple):
    """Who counted, where that was read, and when."""

    name: str
    url: str
    on: date | None
    seen_on: date | None


class Attendance(SourceRow):
    """A number of those who took part, or of what was held, and who counted: sources do not always agree."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="attendance", verbose_name=_("event"))
    what = models.CharField(_("what was counted"), max_length=200)
    precision = models.CharField(_("precision"), max_length=10, choices=Exactness, blank=True)
    number = models.PositiveIntegerField(_("number"))
    counted_by = models.CharField(_("who counted"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.DateField(_("date of the source"), null=True, blank=True)
    on = models.DateField(_("date of the count"), null=True, blank=True)
    written_by = by_person(_("written by"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(precision__in=["", *Exactness.values]), name="attendance_precision_known"
            ),
            models.UniqueConstraint(fields=["code"], condition=~Q(code=""), name="attendance_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.told_number} {self.what}"

    @property
    def counter(self) -> Counter:
        return Counter(self.counted_by, self.source_url, self.on, self.source_date)

    @property
    def told_number(self) -> str:
        """As “more than 1,500”."""
        number = number_format(self.number, force_grouping=True)
        return str(Exactness(self.precision).label) % {"number": number} if self.precision else number

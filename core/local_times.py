"""Day and time as a clock on the wall shows them, and the instant that this is."""

from datetime import UTC, date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.time_display import VIENNA

LAST_MINUTE = time(23, 59)


def last_minute_of(day: date, clock: ZoneInfo = VIENNA) -> datetime:
    """The instant at which a deadline ends that is given as a day."""
    return datetime.combine(day, LAST_MINUTE, clock)


def with_time(value: Any) -> Any:
    """What was typed as the end of something; a day alone ends at its last minute."""
    try:
        day = date.fromisoformat(str(value).strip())
    except ValueError:
        return value
    return datetime.combine(day, LAST_MINUTE)


class ClosingField(forms.DateTimeField):
    """The end of something, by the clock that is in use."""

    def to_python(self, value: Any) -> datetime | None:
        closing: datetime | None = super().to_python(with_time(value))
        return closing


class WallClockField(forms.Field):
    """Its value is a naive datetime, of which `at_zone` makes an instant.

    With `ends`, a day alone means its last minute.
    """

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Give day and time, such as 2027-03-31T18:00.")}

    def __init__(self, *, ends: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ends = ends

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        value = with_time(value) if self.ends else value
        try:
            moment = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        except ValueError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        if moment.tzinfo is not None or not 2000 <= moment.year < 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


def at_zone(moment: datetime, zone: str) -> datetime:
    """The instant, in UTC. Raises ValidationError for an hour that the change of clocks leaves out."""
    clock = ZoneInfo(zone)
    instant = moment.replace(tzinfo=clock).astimezone(UTC)
    if instant.astimezone(clock).replace(tzinfo=None) != moment:
        raise ValidationError(
            _("The clocks of this time zone leave this hour out on that day. Choose another one.")
        )
    return instant


def wall_clock(instant: datetime | None, zone: str) -> datetime | None:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if instant else None

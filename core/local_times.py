"""Day and time as a clock on the wall shows them, and the instant that this is."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class WallClockField(forms.Field):
    """Its value is a naive datetime; `at_zone` makes an instant of it."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    default_error_messages = {"invalid": _("Give day and time, such as 2027-03-31T18:00.")}

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            said = value if isinstance(value, datetime) else datetime.fromisoformat(str(value).strip())
        except ValueError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        if said.tzinfo is not None or not 2000 <= said.year < 2200:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return said


def at_zone(said: datetime, zone: str) -> datetime:
    """The instant, in UTC. Raises ValidationError for an hour that the change of clocks leaves out."""
    clock = ZoneInfo(zone)
    instant = said.replace(tzinfo=clock).astimezone(UTC)
    if instant.astimezone(clock).replace(tzinfo=None) != said:
        raise ValidationError(
            _("The clocks of this time zone leave this hour out on that day. Choose another one.")
        )
    return instant


def wall_clock(instant: datetime | None, zone: str) -> datetime | None:
    return instant.astimezone(ZoneInfo(zone)).replace(tzinfo=None) if instant else None

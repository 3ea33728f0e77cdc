"""An instant as people read it: by the clock of Vienna, and by their own where it differs."""

from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel.dates import get_timezone_location
from django.template import Context
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_naive, now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

VIENNA = ZoneInfo("Europe/Vienna")


def clock_of(zone: str) -> ZoneInfo:
    """Return the clock of a reader's zone; Vienna's where it is empty or unknown."""
    try:
        return ZoneInfo(zone) if zone else VIENNA
    except (ZoneInfoNotFoundError, ValueError):
        return VIENNA


def readers_zone(context: Context) -> str:
    """Return the zone of the account that reads a template; "" of a visitor.

    What is kept and rendered without a request is given it as `readers_zone`.
    """
    if zone := context.get("readers_zone"):
        return str(zone)
    # The attribute is there in what is included with "only", too.
    request = getattr(context, "request", None) or context.get("request")
    user = getattr(request, "user", None)
    return str(getattr(user, "time_zone", ""))


def percent_passed(opens_at: datetime, closes_at: datetime) -> int:
    """Return how many per cent of the time between the two have passed, from 0 to 100."""
    whole = (closes_at - opens_at).total_seconds()
    return min(100, max(0, round((now() - opens_at).total_seconds() / whole * 100))) if whole else 0


def last_minute(local: datetime) -> datetime:
    """The end of something as people read it: midnight is 23:59 of the day that it closes."""
    is_midnight = local.hour == local.minute == local.second == local.microsecond == 0
    return local - timedelta(minutes=1) if is_midnight else local


def hours_between(starts: datetime, ends: datetime) -> str:
    """The hours of a local day: "09:00–10:15"."""
    return f"{starts:%H:%M}–{last_minute(ends):%H:%M}"


def by_both_clocks(instant: datetime | str, zone: str = "", *, ends: bool = False) -> str:
    """An aware instant (datetime or ISO text) as "24 November 2026, 18:00 Vienna time (20:00 in Nairobi)".

    `zone` is the reader's, as "Africa/Nairobi"; empty or unknown, Vienna's stands alone. A naive instant
    raises ValueError, since nobody could say whose clock it meant. Midnight is told as 00:00 of the day
    that begins, unless it `ends` something: then as 23:59 of the day that it closes.
    """
    moment = parse_datetime(instant) if isinstance(instant, str) else instant
    if moment is None or is_naive(moment):
        raise ValueError(f"{instant!r} is no instant with a time zone.")
    vienna = moment.astimezone(VIENNA)
    if ends:
        vienna = last_minute(vienna)
    vienna_text = _("%(date)s, %(time)s Vienna time") % {
        "date": date_format(vienna),
        "time": f"{vienna:%H:%M}",
    }
    try:
        own = vienna.astimezone(ZoneInfo(zone)) if zone else vienna
    except (ZoneInfoNotFoundError, ValueError):
        own = vienna
    if own.utcoffset() == vienna.utcoffset():
        return vienna_text
    if ends:
        own = last_minute(own)
    place = place_of(zone)
    clock = f"{own:%H:%M}" if own.date() == vienna.date() else f"{date_format(own)}, {own:%H:%M}"
    return _("%(vienna)s (%(time)s in %(place)s)") % {"vienna": vienna_text, "time": clock, "place": place}


def by_its_clock(instant: datetime, zone: str, readers: str = "", *, ends: bool = False) -> str:
    """As `by_both_clocks`, told first by the clock of `zone`, in which the matter itself counts its time.

    "24 November 2026, 18:00 Nairobi time (16:00 in Vienna)".
    """
    if zone == VIENNA.key:
        return by_both_clocks(instant, readers, ends=ends)
    its = instant.astimezone(ZoneInfo(zone))
    if ends:
        its = last_minute(its)
    its_text = _("%(date)s, %(time)s %(place)s time") % {
        "date": date_format(its),
        "time": f"{its:%H:%M}",
        "place": place_of(zone),
    }
    try:
        own = its.astimezone(ZoneInfo(readers)) if readers else its
    except (ZoneInfoNotFoundError, ValueError):
        own = its
    if own.utcoffset() == its.utcoffset():
        return its_text
    if ends:
        own = last_minute(own)
    clock = f"{own:%H:%M}" if own.date() == its.date() else f"{date_format(own)}, {own:%H:%M}"
    return _("%(its)s (%(time)s in %(place)s)") % {"its": its_text, "time": clock, "place": place_of(readers)}


def days_until(instant: datetime, zone: str = VIENNA.key) -> int:
    """Whole days for any reader, by the clock of `zone`, in which the closing is given; 0 on the last one."""
    clock = ZoneInfo(zone)
    return max(0, (last_minute(instant.astimezone(clock)).date() - now().astimezone(clock).date()).days)


def day_of(instant: datetime, zone: str, *, ends: bool = False) -> str:
    """The day of an instant by the clock of `zone`; of a midnight that `ends` something the day before."""
    local = instant.astimezone(ZoneInfo(zone))
    return date_format((last_minute(local) if ends else local).date())


def saved_message(zone: str = "") -> str:
    """ "Saved at 14:05", by the person's clock, or Vienna's where they have chosen none."""
    clock = clock_of(zone)
    time = f"{now().astimezone(clock):%H:%M}"
    if zone == clock.key:
        return _("Saved at %(time)s") % {"time": time}
    return _("Saved at %(time)s Vienna time") % {"time": time}


def place_of(zone: str) -> str:
    """ "Nairobi" of "Africa/Nairobi", in the language of the page."""
    return _city(zone, get_language() or "en")


@cache
def _city(zone: str, language: str) -> str:
    """As Unicode's CLDR names it."""
    return get_timezone_location(zone, locale=language, return_city=True)

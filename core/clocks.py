"""An instant as people read it: by the clock of Vienna, and by their own where it differs."""

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

VIENNA = ZoneInfo("Europe/Vienna")


def by_both_clocks(instant: datetime | str, zone: str = "") -> str:
    """An aware instant (datetime or ISO text) as "24 November 2026, 18:00 Vienna time (20:00 in Nairobi)".

    `zone` is the reader's, as "Africa/Nairobi"; empty or unknown, Vienna's stands alone. A naive instant
    raises ValueError, since nobody could say whose clock it meant.
    """
    moment = parse_datetime(instant) if isinstance(instant, str) else instant
    if moment is None or is_naive(moment):
        raise ValueError(f"{instant!r} is no instant with a time zone.")
    vienna = moment.astimezone(VIENNA)
    told = _("%(date)s, %(time)s Vienna time") % {"date": date_format(vienna), "time": f"{vienna:%H:%M}"}
    try:
        own = moment.astimezone(ZoneInfo(zone)) if zone else vienna
    except (ZoneInfoNotFoundError, ValueError):
        own = vienna
    if own.utcoffset() == vienna.utcoffset():
        return told
    place = zone.rpartition("/")[2].replace("_", " ")
    clock = f"{own:%H:%M}" if own.date() == vienna.date() else f"{date_format(own)}, {own:%H:%M}"
    return _("%(vienna)s (%(time)s in %(place)s)") % {"vienna": told, "time": clock, "place": place}

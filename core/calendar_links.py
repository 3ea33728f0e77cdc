"""Into the calendars that people have: the addresses at which Google's and Microsoft's take up ours.

Neither company documents them; both have kept them for years. The file and its own address need neither.
"""

from datetime import timedelta
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from core.ics import Entry

GOOGLE = "https://calendar.google.com/calendar"
OUTLOOK = "https://outlook.office.com/calendar/0"
LONGEST = 1500  # of what is told about it: browsers and servers cut long addresses


def subscribing(url: str, name: str) -> dict[str, str]:
    """To follow the calendar file at `url`; Google wants its address as Apple's programs do."""
    webcal = f"webcal://{url.partition('://')[2]}"
    return {
        "google": f"{GOOGLE}/r?{urlencode({'cid': webcal})}",
        "outlook": f"{OUTLOOK}/addfromweb?{urlencode({'url': url, 'name': name})}",
        "apple": webcal,
    }


def adding(entry: Entry) -> dict[str, str]:
    """To put one entry in. Google's last day of whole days is the one after, Microsoft's the last itself."""
    zone = ZoneInfo(entry.zone)
    first, last = entry.starts.astimezone(zone), entry.ends.astimezone(zone)
    about = "\n\n".join(filter(None, (entry.about[:LONGEST], entry.url)))
    if entry.whole_days:
        dates = f"{first:%Y%m%d}/{last:%Y%m%d}"
        outlook_times = (first.date().isoformat(), (last - timedelta(seconds=1)).date().isoformat())
    else:
        dates = f"{first:%Y%m%dT%H%M%S}/{last:%Y%m%dT%H%M%S}"
        outlook_times = (entry.starts.isoformat(), entry.ends.isoformat())
    google = {
        "action": "TEMPLATE",
        "text": entry.title,
        "dates": dates,
        "ctz": entry.zone,
        "details": about,
        "location": entry.place,
    }
    outlook = {
        "path": "/calendar/action/compose",
        "rru": "addevent",
        "subject": entry.title,
        "startdt": outlook_times[0],
        "enddt": outlook_times[1],
        "allday": "true" if entry.whole_days else "false",
        "body": about,
        "location": entry.place,
    }
    return {
        "google": f"{GOOGLE}/render?{urlencode(google)}",
        "outlook": f"{OUTLOOK}/deeplink/compose?{urlencode(outlook)}",
    }

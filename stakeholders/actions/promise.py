"""Until when somebody has promised to act, in working days of the desk."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DESK_ZONE = ZoneInfo("Europe/Vienna")
SATURDAY = 5


def working_days_after(moment: datetime, days: int) -> datetime:
    """The end of the desk's day, Vienna time, `days` working days after `moment`.

    Saturdays and Sundays do not count; public holidays differ by duty station and do.
    """
    day = moment.astimezone(DESK_ZONE)
    while days:
        day += timedelta(days=1)
        if day.weekday() < SATURDAY:
            days -= 1
    return day.replace(hour=18, minute=0, second=0, microsecond=0)

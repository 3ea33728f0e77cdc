"""Days that are still to come, whenever the tests run."""

from datetime import date, timedelta

from django.utils.timezone import now

NEXT_YEAR = now().year + 1


def last_sunday(year: int, month: int) -> date:
    """Of a month of 31 days. In March and October it is the day on which the clocks of Europe change."""
    last = date(year, month, 31)
    return last - timedelta(days=last.isoweekday() % 7)


# On this day Vienna has no 02:30.
CLOCKS_FORWARD = last_sunday(NEXT_YEAR, 3)

"""The counted use is written into rows, each number once, and days become months."""

import time
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, date, datetime

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.timezone import localtime

from portal.usage.counting import HOLD_SECONDS, PERIOD, key_of
from portal.usage.enums import FILE, KINDS, RESOURCE, CountedUse
from portal.usage.models import UsageFlush
from portal.usage.queries import first_of_month
from resources.files.models import ResourceFile

# In the order of the rows, so that of two that write the same ones each waits for the other once.
ADD = """
INSERT INTO portal_usage (kind, object_id, what, span, day, times)
SELECT kind, object_id, what, 'day', %s, times
FROM unnest(%s::varchar[], %s::bigint[], %s::varchar[], %s::bigint[])
    AS counted (kind, object_id, what, times)
ORDER BY kind, object_id, what
ON CONFLICT (kind, object_id, what, span, day) DO UPDATE SET times = portal_usage.times + EXCLUDED.times
"""
ROLL_UP = """
WITH gone AS (DELETE FROM portal_usage WHERE span = 'day' AND day < %s RETURNING *)
INSERT INTO portal_usage (kind, object_id, what, span, day, times)
SELECT kind, object_id, what, 'month', date_trunc('month', day)::date, sum(times)
FROM gone GROUP BY 1, 2, 3, 5
ON CONFLICT (kind, object_id, what, span, day) DO UPDATE SET times = portal_usage.times + EXCLUDED.times
"""


def write_counts() -> int:
    """Write the numbers of every period that is over; return the number of those periods.

    The number of a period is written in the same transaction: killed anywhere, or run twice at the same time,
    each number is added once.
    """
    counts_of = getattr(cache, "counts_of", None)
    if counts_of is None:
        return 0
    now = int(time.time()) // PERIOD
    done = set(UsageFlush.objects.values_list("period", flat=True))
    # A page that began within a period may end a little after it.
    periods = [period for period in range(now - HOLD_SECONDS // PERIOD, now - 1) if period not in done]
    written = 0
    for period, counts in zip(periods, counts_of([key_of(period) for period in periods]), strict=False):
        if counts:
            written += _write(period, counts)
            cache.delete(key_of(period))
    return written


def _write(period: int, counts: Mapping[str, int]) -> bool:
    with transaction.atomic():
        # Another that writes it at this moment is waited for here.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO portal_usageflush (period) VALUES (%s) ON CONFLICT DO NOTHING", [period]
            )
            if not cursor.rowcount:
                return False
        add(localtime(datetime.fromtimestamp(period * PERIOD, UTC)).date(), counts)
    return True


def add(day: date, counts: Mapping[str, int]) -> None:
    """Add to the numbers of a day. A file counts for its resource; unknown kinds are left out."""
    split = [_parts(name) for name in counts if name.count(":") == 2]
    files = {pk for kind, pk, _use in split if kind == FILE}
    of_file = dict(ResourceFile.objects.filter(pk__in=files).values_list("pk", "edition__resource"))
    sums: Counter[tuple[str, int, str]] = Counter()
    for kind, pk, use in split:
        number = of_file.get(pk) if kind == FILE else pk
        name = RESOURCE if kind == FILE else kind
        if number and name in KINDS and use in CountedUse.values:
            sums[name, number, use] += counts[f"{kind}:{pk}:{use}"]
    if sums:
        kinds, numbers, uses = zip(*sums, strict=True)
        with connection.cursor() as cursor:
            cursor.execute(ADD, (day, list(kinds), list(numbers), list(uses), list(sums.values())))


def _parts(name: str) -> tuple[str, int, str]:
    kind, pk, use = name.split(":")
    return kind, int(pk), use


def roll_up() -> int:
    """Days of months that are long over become one number a month; twice is once."""
    UsageFlush.objects.filter(period__lt=int(time.time() - 2 * HOLD_SECONDS) // PERIOD).delete()
    with connection.cursor() as cursor:
        cursor.execute(ROLL_UP, [first_of_month(settings.USAGE_MONTHS_OF_DAYS)])
        return int(cursor.rowcount)

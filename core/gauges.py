"""Numbers for Prometheus that are asked anew each time: the database, the queue, the disk, the release."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection
from prometheus_client.core import GaugeMetricFamily, Metric

from core import probes
from core.maintenance import maintenance
from core.metrics import gauges


def gauge(name: str, help_text: str, *labels: str, rows: Any = ()) -> GaugeMetricFamily:
    """`rows`: (values of the labels, number) each; without labels a single number."""
    family = GaugeMetricFamily(name, help_text, labels=labels)
    for values, number in rows:
        family.add_metric([str(value) for value in values], number)
    return family


def state_now() -> list[Metric]:
    """Every gauge that could be asked for; `whatson_up` says which part did not answer."""
    answers = probes.ask_all(
        {"database": probes.database_answers(), "queue": probes.queues, "disk": probes.media_disk}
    )
    up = [(("database",), bool(answers["database"])), (("queue",), answers["queue"] is not None)]
    metrics: list[Metric] = [
        gauge("whatson_up", "Whether this part answers", "part", rows=up),
        gauge(
            "whatson_release_info",
            "What runs",
            "version",
            "release",
            rows=[((settings.VERSION, settings.RELEASE), 1)],
        ),
        *_queue(answers["queue"]),
        *_disk(answers["disk"]),
    ]
    if answers["database"]:
        metrics += [metric for source in gauges.values() for metric in source()]
    return metrics


def _queue(queues: probes.Queues | None) -> Iterator[Metric]:
    states = queues.states if queues else []
    yield gauge(
        "whatson_queue_waiting",
        "Tasks that wait for a worker",
        "queue",
        rows=[((state.name,), state.waiting) for state in states],
    )
    yield gauge(
        "whatson_queue_oldest_seconds",
        "For how long the first of them has waited",
        "queue",
        rows=[((state.name,), state.oldest) for state in states],
    )
    in_hand = [((), queues.in_hand)] if queues else []
    yield gauge("whatson_queue_in_hand", "Tasks that workers hold", rows=in_hand)


def _disk(disk: probes.Disk | None) -> Iterator[Metric]:
    size, free = ([((), disk.size)], [((), disk.free)]) if disk else ([], [])
    yield gauge("whatson_media_size_bytes", "Disk of the uploads; none where they lie in S3", rows=size)
    yield gauge("whatson_media_free_bytes", "What is free of it", rows=free)


CONNECTIONS = """
    SELECT coalesce(state, 'other'), count(*),
           coalesce(extract(epoch FROM max(clock_timestamp() - xact_start)), 0)
    FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()
    GROUP BY 1
"""
WHOLE = """
    SELECT pg_database_size(current_database()), current_setting('max_connections')::int,
           (SELECT deadlocks FROM pg_stat_database WHERE datname = current_database())
"""


def database() -> Iterator[Metric]:
    with connection.cursor() as cursor:
        cursor.execute(CONNECTIONS)
        rows = cursor.fetchall()
        cursor.execute(WHOLE)
        size, most, deadlocks = cursor.fetchone()
    yield gauge(
        "whatson_database_connections",
        "Connections to the database by what they do",
        "state",
        rows=[((state,), count) for state, count, _seconds in rows],
    )
    yield gauge("whatson_database_connections_most", "How many the server lets in", rows=[((), most)])
    oldest = max((float(seconds) for _state, _count, seconds in rows), default=0.0)
    yield gauge(
        "whatson_database_oldest_transaction_seconds", "Age of the oldest transaction", rows=[((), oldest)]
    )
    yield gauge("whatson_database_size_bytes", "Size of the database", rows=[((), size)])
    yield gauge("whatson_database_deadlocks", "Deadlocks so far", rows=[((), deadlocks)])


gauges.register("database", database)


def maintained() -> Iterator[Metric]:
    yield gauge(
        "whatson_maintenance", "Whether the portal is under maintenance", rows=[((), bool(maintenance()))]
    )


gauges.register("maintenance", maintained)

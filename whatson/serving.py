"""What a web server's processes do as they end; shared by every gunicorn configuration."""

from typing import Any


def worker_exit(server: Any, worker: Any) -> None:
    """Close the pool: a worker that ends with its pool open waits five seconds for each of its threads."""
    from django.db import connections  # noqa: PLC0415  before the worker forks, Django must not be loaded

    for connection in connections.all(initialized_only=True):
        if hasattr(connection, "close_pool"):
            connection.close_pool()

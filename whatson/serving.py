"""What a web server's processes do as they begin and end, and what workers do like them."""

import gc
from typing import Any


def when_ready(server: Any) -> None:
    load_ahead()


def load_ahead() -> None:
    """The portal is loaded, its processes are still to part: load what each would with its first pages, too.

    What is there now is never looked through for waste, which would make a copy of it for each.
    """
    from django.apps import apps  # noqa: PLC0415  other configurations load the portal only after parting
    from django.conf import settings  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415
    from django.utils.translation import trans_real  # noqa: PLC0415

    if apps.ready:
        import psycopg_pool  # noqa: F401, PLC0415  Django imports it with the first connection, 7 MB

        get_resolver().url_patterns  # noqa: B018
        for code, _name in settings.LANGUAGES:
            trans_real.translation(code)
    gc.collect()
    gc.freeze()


def worker_exit(server: Any, worker: Any) -> None:
    """Close the pool: a worker that ends with its pool open waits five seconds for each of its threads."""
    from core.startup_checks import close_pools  # noqa: PLC0415  as above

    close_pools()

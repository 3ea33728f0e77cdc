"""What a web server's processes do as they begin and end, and what workers do like them."""

import gc
from threading import Thread
from typing import Any
from urllib.parse import urlsplit
from wsgiref.util import setup_testing_defaults

import structlog

LONGEST_PAGE = 10  # seconds that a new process waits for its own page; gunicorn ends it after 60

logger = structlog.get_logger(__name__)


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


def post_worker_init(worker: Any) -> None:
    """Make one page before anybody asks: the first of a process takes ten times as long as those after it.

    Words, sets and templates are loaded by a question with a word. Where several visitors come to a new
    process at once, each of its threads would load them by itself, while all wait for each other.

    The process takes requests in any case: also while a database lets it in and answers no statement, and
    where the page cannot be made. gunicorn would end all processes for an error here.
    """
    from django.apps import apps  # noqa: PLC0415  as above

    if apps.ready:
        page = Thread(target=make_page, args=[worker], daemon=True)
        page.start()
        page.join(LONGEST_PAGE)


def make_page(worker: Any) -> None:
    from django.conf import settings  # noqa: PLC0415  as above

    environ = {
        "PATH_INFO": "/en/stakeholders/",
        "QUERY_STRING": f"q=law&process={worker.pid}",  # so that no process finds the page of another
        "HTTP_HOST": urlsplit(settings.SITE_URL).netloc,
        "HTTP_X_FORWARDED_PROTO": "https",
        "REMOTE_ADDR": "127.0.0.1",
    }
    setup_testing_defaults(environ)
    try:
        response = worker.wsgi(environ, lambda *_status_and_headers: None)
        b"".join(response)
        response.close()
    except Exception:
        logger.exception("first_page_not_made")


def worker_exit(server: Any, worker: Any) -> None:
    """Close the pool: a worker that ends with its pool open waits five seconds for each of its threads."""
    from core.startup_checks import close_pools  # noqa: PLC0415  as above

    close_pools()

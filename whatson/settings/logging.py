"""What processes say of themselves: lines for a person in development, JSON where a machine reads them.

Never names, addresses or what somebody typed: ids and codes only.
"""

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog

# What follows these in an address opens something: a new password, an address to confirm, an invitation, the
# choice of what somebody hears, a calendar. A number alone opens nothing.
_SECRET = re.compile(
    r"(/(?:key|confirm-email|stakeholders/(?:invitations|invited|for-states)|mail/stop|mail/preferences|mail/works"
    r"|events/mine|events/speakers|surveys/answer|newsletter/(?:confirm|preferences|leave))/)"
    r"(?!\d+/)[^/\s?]+"
)
# What a search was for, and headers that hold whole addresses.
_HOLDING_ADDRESSES = {"query_string", "referer", "hx-current-url"}


def leave_out_secrets(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """An address without its query (what somebody searched) and without the keys that it may carry."""
    for name in ("request", "event"):
        logged: Any = event.get(name)
        if hasattr(logged, "get_full_path"):  # Django hands the whole request to what it logs of an answer
            # It does so once the answer has left all that knew the id.
            if request_id := logged.META.get("HTTP_X_REQUEST_ID"):
                event.setdefault("request_id", request_id)
            logged = f"{logged.method} {logged.get_full_path()}"
        if isinstance(logged, str):
            logged = _SECRET.sub(r"\1…", logged)
            event[name] = logged.split("?", 1)[0] if name == "request" else logged
    return event


def leave_out_of_errors(event: Any, _hint: Any) -> Any:
    """The same for what leaves for the service that gathers errors: an event, or a step on the way to one."""
    return _without_secrets(event)


def _without_secrets(logged: Any) -> Any:
    if isinstance(logged, str):
        return _SECRET.sub(r"\1…", logged)
    if isinstance(logged, dict):
        return {
            key: _without_secrets(value)
            for key, value in logged.items()
            if str(key).lower() not in _HOLDING_ADDRESSES
        }
    if isinstance(logged, list | tuple):
        return [_without_secrets(entry) for entry in logged]
    return logged


# What machines ask every few seconds: no news while all is well.
_PROBES = {"GET /healthz", "GET /readyz", "GET /metrics"}


def leave_out_of_answers(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """No line for the questions of machines that went well, and none with somebody's browser."""
    if event.get("request") in _PROBES and event.get("code", 200) == 200:
        raise structlog.DropEvent
    event.pop("user_agent", None)
    return event


def shorten_what_passes(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """What failed because a part was away is answered 503: its lines say so, without a traceback."""
    if not event.get("exc_info"):
        return event
    from core.errors import is_database_away, is_no_room, is_statement_too_long  # noqa: PLC0415  needs Django

    given = event["exc_info"]
    error = given[1] if isinstance(given, tuple) else sys.exception() if given is True else given
    if is_database_away(error) or is_statement_too_long(error) or is_no_room(error):
        del event["exc_info"]
        event["error"] = type(error).__name__
        if event.get("event") == "request_failed":
            event["code"] = 503
    return event


_SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
    structlog.processors.UnicodeDecoder(),
    shorten_what_passes,
    leave_out_secrets,
]


# One list, however often it is configured: loggers keep the one that they began with.
_OF_STRUCTLOG: list[Any] = [
    structlog.stdlib.filter_by_level,
    leave_out_of_answers,
    *_SHARED,
    structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
]


def logging_of(level: str, *, as_json: bool) -> dict[str, Any]:
    """Django's LOGGING; structlog's own loggers go the same way."""
    structlog.configure(
        processors=_OF_STRUCTLOG,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    logging.captureWarnings(as_json)  # of Python; in development they are read as they are
    last: list[Any] = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if as_json
        # Not with each variable of each frame: to print a query asks the database, which may just be away.
        else [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {
                "()": structlog.stdlib.ProcessorFormatter,
                # What came along first, so that secrets are left out of it too.
                "foreign_pre_chain": [structlog.stdlib.ExtraAdder(), *_SHARED],
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
            }
        },
        "handlers": {"stream": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["stream"], "level": level},
        "loggers": {
            # Ours: Django's own handlers would say each line twice.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "celery.worker.strategy": {"level": "WARNING"},
            # A Host that is not ours: answered 400, and nothing that somebody here could mend.
            "django.security.DisallowedHost": {"level": "CRITICAL"},
        },
    }

"""Errors that speak to people. Their message is always safe to show to the person who caused them."""

from collections.abc import Mapping
from errno import EDQUOT, EFBIG, ENOSPC

from django.db import OperationalError


class DomainError(Exception):
    """A rule said no. `fields` maps a form field to its own message, where one field is to blame."""

    def __init__(self, message: str, *, fields: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.fields = dict(fields or {})


class WrongState(DomainError):
    """Somebody else was first: the object is no longer in a state from which this move starts."""


class TooMany(DomainError):
    """A rate limit was reached; views answer 429. `retry_after` is in seconds."""

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Unreadable(Exception):
    """The file as a whole cannot be read. The message says where and what to do."""


# Of SQL: a lost connection, a server that starts or stops, no connection left.
_AWAY = ("08", "57P", "53300")


def is_database_away(error: BaseException | None) -> bool:
    """Whether it failed because the database cannot be reached, not because of what it was asked."""
    if not isinstance(error, OperationalError):
        return False
    state = _state(error)
    return state is None or state.startswith(_AWAY)


def is_no_room(error: BaseException | None) -> bool:
    """Whether a file found no room: a full disk, a quota, the largest size that the system allows."""
    return isinstance(error, OSError) and error.errno in (ENOSPC, EDQUOT, EFBIG)


def is_statement_too_long(error: BaseException | None) -> bool:
    """Whether the database ended a statement that took longer than this process allows (`startup_checks`)."""
    return isinstance(error, OperationalError) and _state(error) == "57014"


def _state(error: OperationalError) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)

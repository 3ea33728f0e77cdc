"""Statements that Django writes once, and that are asked again with other arguments.

Of a page that shows a little of many things, Django takes several times longer to write the statements than
PostgreSQL to answer them, and writes the same ones for each reader who is not signed in. A function that
writes one is called once, with marks in place of its arguments; afterwards the arguments of a call take the
place of the marks.
"""

import copy
from collections.abc import Callable, Hashable, Sequence
from datetime import UTC, date, datetime, time
from functools import partial
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import EmptyResultSet
from django.db import connections, models
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import get_language

type Argument = int | str | date  # a moment too


class Statement(NamedTuple):
    """What the database is asked, and what is needed to read its answer."""

    sql: str
    params: Sequence[Any]
    shape: Any = None


type Write = Callable[..., Statement]
type Rows = Callable[..., models.QuerySet[Any, Any]]


def written_once(*, per: Callable[[], date] | None = None) -> Callable[[Write], Write]:
    """Decorates a function that writes a statement: it is called once for a language, and each day of `per`.

    Its arguments are numbers, codes, days and moments that its statement compares as they are; what decides
    more is given by keyword, and has a statement of its own. Beside them, the language and that day nothing
    may decide what it writes: no reader who is signed in, no row, no setting. Of a statement with another
    moment, or that says something else with other arguments, nothing is kept.
    """

    def decorate(write: Write) -> Write:
        kept: dict[Hashable, tuple[date | None, Statement, list[Argument]]] = {}

        def statement(*arguments: Argument, **ways: Hashable) -> Statement:
            key = get_language(), tuple(map(type, arguments)), *sorted(ways.items())
            day = per() if per else None
            if key not in kept or kept[key][0] != day:
                written, marks = write(*arguments, **ways), [_mark(*one) for one in enumerate(arguments)]
                marked = write(*marks, **ways)
                if not _holds(written, marked, marks, arguments, day):
                    return written
                kept[key] = day, marked, marks
            _day, marked, marks = kept[key]
            return marked._replace(params=_filled(marked.params, marks, arguments))

        return statement

    return decorate


def rows_written_once(*, per: Callable[[], date] | None = None) -> Callable[[Rows], Rows]:
    """As `written_once`, for a function that gives a query: its rows, which cannot be narrowed further."""

    def decorate(write: Rows) -> Rows:
        @written_once(per=per)
        def compiled(*arguments: Argument, **ways: Hashable) -> Statement:
            rows = write(*arguments, **ways)
            compiler = rows.query.get_compiler(rows.db)
            sql, params = compiler.as_sql()
            return Statement(sql, params, (rows, compiler))

        def rows(*arguments: Argument, **ways: Hashable) -> models.QuerySet[Any, Any]:
            try:
                sql, params, (asked, compiler) = compiled(*arguments, **ways)
            except EmptyResultSet:  # a number that no column holds
                return write(*arguments, **ways).none()
            found: models.QuerySet[Any, Any] = asked.all()
            query = copy.copy(asked.query)
            query.get_compiler = lambda using, **_how: _Compiler(compiler, using, sql, params)
            found._query = query  # type: ignore[attr-defined]
            return found

        return rows

    return decorate


def written_for_visitors(*, per: Callable[[], date] | None = None) -> Callable[[Rows], Rows]:
    """As `rows_written_once`, for a function of a reader and arguments; who is signed in has it anew."""

    def decorate(write: Rows) -> Rows:
        kept = rows_written_once(per=per)(partial(write, AnonymousUser()))

        def rows(user: Any, *arguments: Argument, **ways: Hashable) -> models.QuerySet[Any, Any]:
            if user.is_authenticated:
                return write(user, *arguments, **ways)
            return kept(*arguments, **ways)

        return rows

    return decorate


class _Compiler(SQLCompiler):
    """Asks what was written, by the connection of this thread, and reads the answer as its writer would."""

    def __init__(self, written: SQLCompiler, using: str, sql: str, params: Sequence[Any]) -> None:
        self.__dict__ |= written.__dict__
        self.connection, self.using = connections[using], using
        self._said = sql, tuple(params)

    def as_sql(self, *_limits: Any, **_how: Any) -> tuple[str, tuple[Any, ...]]:
        return self._said


def _mark(at: int, argument: Argument) -> Argument:
    """What no row has, and every column of its type can be compared with."""
    match argument:
        case datetime():
            return datetime(9999, 12, 1 + at, tzinfo=UTC)
        case date():
            return date(9999, 11, 1 + at)
        case int():
            return 2_000_000_000 + at
    return f"\ue000{at}\ue001"


def _holds(
    written: Statement,
    marked: Statement,
    marks: list[Argument],
    arguments: Sequence[Argument],
    day: date | None,
) -> bool:
    """Whether the marked statement says with these arguments what was written for them, while it is kept."""
    later = [param for param in marked.params if isinstance(param, date | time) and param not in marks]
    filled = _filled(marked.params, marks, arguments)
    return marked.sql == written.sql and filled == list(written.params) and not {*later} - {day}


def _filled(params: Sequence[Any], marks: list[Argument], arguments: Sequence[Argument]) -> list[Any]:
    return [
        arguments[marks.index(param)] if isinstance(param, int | str | date) and param in marks else param
        for param in params
    ]

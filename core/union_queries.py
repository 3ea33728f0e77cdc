"""The rows of several queries in one statement, for pages that show a little of many things."""

import json
from collections.abc import Hashable, Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import batched
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models
from django.db.models.query import ModelIterable

from core.database import reading_connection
from core.written_once import Statement

MOST_ARGUMENTS = 100  # of a function of PostgreSQL


class Few(NamedTuple):
    """A short query, and the columns of it that are shown: names of fields (of a relation
    its column, as `language_id`), or of its annotations.

    Neither `select_related` nor `prefetch_related` is followed: annotate what a related row tells.
    """

    rows: models.QuerySet[Any]
    names: Sequence[str]


def fetch_together(*parts: Few, values: Sequence[models.Func] = ()) -> tuple[list[list[Any]], list[Any]]:
    """The objects of each part in its order, and the `values` (functions without arguments). One statement.

    Asking an object for another field asks the database again, as after `only`. Annotations come as JSON
    has them: a moment as text.
    """
    return ask_together(write_together(*parts, values=values))


def write_together(*parts: Few, values: Sequence[models.Func] = ()) -> Statement:
    """The statement of `fetch_together`."""
    selected: list[str] = []
    params: list[Any] = []
    for part in parts:
        statement, its_params = part.rows.values_list("pk", *part.names).query.sql_with_params()
        selected.append(_as_json(statement, len(part.names) + 1))
        params += its_params
    for value in values:
        statement, its_params = value.as_sql(parts[0].rows.query.get_compiler("default"), connection)
        selected.append(statement)
        params += its_params
    return Statement(f"SELECT {', '.join(selected)}", params, parts)


def ask_together(statement: Statement) -> tuple[list[list[Any]], list[Any]]:
    parts, told = statement.shape, _asked(statement)
    found = [
        _objects(part, json.loads(said, parse_float=Decimal))
        for part, said in zip(parts, told[: len(parts)], strict=True)
    ]
    return found, list(told[len(parts) :])


def write_values(parts: Mapping[str, tuple[models.QuerySet[Any], Mapping[str, Any]]]) -> Statement:
    """For `ask_values`: one statement, which Django writes sooner than subqueries of one row.

    A part: a query, and name → field or expression.
    """
    selected: list[str] = []
    params: list[Any] = []
    for rows, said in parts.values():
        try:
            statement, its_params = rows.values_list(*said.values()).query.sql_with_params()
        except EmptyResultSet:
            selected.append("'[]'")
        else:
            selected.append(_as_json(statement, len(said)))
            params += its_params
    names = {name: list(said) for name, (_rows, said) in parts.items()}
    return Statement(f"SELECT {', '.join(selected)}", params, names)


def ask_values(statement: Statement) -> dict[str, list[dict[str, Any]]]:
    """Of each part what it tells of its rows, in their order. Values as JSON has them: a moment as text."""
    return {
        name: [dict(zip(said, row, strict=True)) for row in json.loads(found)]
        for (name, said), found in zip(statement.shape.items(), _asked(statement), strict=True)
    }


def _asked(statement: Statement) -> tuple[Any, ...]:
    with reading_connection().cursor() as cursor:
        cursor.execute(statement.sql, statement.params)
        told: tuple[Any, ...] = cursor.fetchone()
    return told


def _as_json(statement: str, number: int) -> str:
    """All rows of a statement with so many columns as one text: a list of lists."""
    columns = [f"c{at}" for at in range(number)]
    row = " || ".join(
        f"jsonb_build_array({', '.join(few)})" for few in batched(columns, MOST_ARGUMENTS, strict=False)
    )
    return (
        f"(SELECT coalesce(jsonb_agg({row}), '[]')::text"  # noqa: S608  made of querysets
        f" FROM ({statement}) AS part ({', '.join(columns)}))"
    )


def load_found[Key: Hashable](asked: Mapping[Key, models.QuerySet[Any]]) -> dict[Key, models.QuerySet[Any]]:
    """The same queries, read: with related rows (`select_related`) and annotations, each object as it would
    be alone. Two statements, however many they are: which find anything, and all of those.

    What is prefetched asks for itself.
    """
    there = found_among(asked)
    told = _rows_together({key: asked[key] for key in asked if key in there})
    return {key: _as_read(rows, told.get(key, ())) for key, rows in asked.items()}


def _as_read(rows: models.QuerySet[Any], objects: Iterable[Any]) -> models.QuerySet[Any]:
    """The query with its answer. Of a `none()` Django writes the whole statement before it drops it."""
    read = rows.all()
    read._result_cache = list(objects)
    return read


class _Told:
    """Stands in for a query, and for the compiler of its statement, of which the answer is there already."""

    def __init__(self, compiler: Any) -> None:
        self.columns = [column[0] for column in compiler.select]
        self.select, self.klass_info = compiler.select, compiler.klass_info
        self.annotation_col_map = compiler.annotation_col_map
        self.rows: list[list[Any]] = []

    def take(self, said: str) -> None:
        read = [column.output_field.to_python for column in self.columns]
        self.rows = [
            [value if value is None else to_python(value) for to_python, value in zip(read, row, strict=True)]
            for row in json.loads(said, parse_float=Decimal)
        ]

    def get_compiler(self, using: str) -> "_Told":
        return self

    def execute_sql(self, **_how: Any) -> None:
        return None

    def results_iter(self, _results: None) -> list[list[Any]]:
        return self.rows


def _rows_together[Key: Hashable](asked: Mapping[Key, models.QuerySet[Any]]) -> dict[Key, Iterable[Any]]:
    """The objects of each query. One statement."""
    selected: list[str] = []
    params: list[Any] = []
    told = {}
    for key, rows in asked.items():
        compiler = rows.query.get_compiler(rows.db)
        statement, its_params = compiler.as_sql()
        told[key] = _Told(compiler)
        selected.append(_as_json(statement, len(told[key].columns)))
        params += its_params
    if not told:
        return {}
    with reading_connection().cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)}", params)
        found = cursor.fetchone()
    made: dict[Key, Iterable[Any]] = {}
    for (key, one), said in zip(told.items(), found, strict=True):
        one.take(said)
        rows = asked[key].all()
        rows._query = one  # type: ignore[attr-defined]
        made[key] = ModelIterable(rows)
    return made


def found_among[Key: Hashable](asked: Mapping[Key, models.QuerySet[Any]]) -> set[Key]:
    """Which of the queries find anything. One statement, however many they are.

    For pages that ask for a lot of which mostly little is there.
    """
    return ask_found(write_found(asked)) if asked else set()


def write_found(asked: Mapping[Any, models.QuerySet[Any]]) -> Statement:
    """The statement of `found_among`."""
    questions: list[str] = []
    params: list[Any] = []
    for rows in asked.values():
        try:
            statement, its_params = rows.query.exists().get_compiler("default").as_sql()
        except EmptyResultSet:
            questions.append("false")
        else:
            questions.append(f"EXISTS ({statement})")
            params += its_params
    return Statement(f"SELECT {', '.join(questions)}", params, list(asked))


def ask_found(statement: Statement) -> set[Any]:
    return {key for key, is_there in zip(statement.shape, _asked(statement), strict=True) if is_there}


def _objects(part: Few, rows: list[list[Any]]) -> list[Any]:
    model = part.rows.model
    at = {name: number for number, name in enumerate(("pk", *part.names))}
    at[model._meta.pk.attname] = 0
    # `from_db` takes values in the order of the model's fields.
    fields = [
        (at[name], field) for field in model._meta.concrete_fields for name in (field.attname,) if name in at
    ]
    columns = [field.attname for _at, field in fields]
    others = [name for name in part.names if name not in columns]
    made = []
    for row in rows:
        one = model.from_db("default", columns, [field.to_python(row[number]) for number, field in fields])
        for name in others:
            setattr(one, name, row[at[name]])
        made.append(one)
    return made

"""The rows of several queries in one statement, for pages that show a little of many things."""

import json
from collections.abc import Hashable, Mapping, Sequence
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection, models


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
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)}", params)
        told = cursor.fetchone()
    found = [
        _objects(part, json.loads(said, parse_float=Decimal))
        for part, said in zip(parts, told[: len(parts)], strict=True)
    ]
    return found, list(told[len(parts) :])


def values_together(
    parts: Mapping[str, tuple[models.QuerySet[Any], Mapping[str, Any]]],
) -> dict[str, list[dict[str, Any]]]:
    """Of each part what it tells of its rows, in their order. One statement, which Django writes sooner than
    subqueries of one row.

    A part: a query, and name → field or expression. Values come as JSON has them: a moment as text.
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
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(selected)}", params)
        told = cursor.fetchone()
    return {
        name: [dict(zip(said, row, strict=True)) for row in json.loads(found)]
        for (name, (_rows, said)), found in zip(parts.items(), told, strict=True)
    }


def _as_json(statement: str, number: int) -> str:
    """All rows of a statement with so many columns as one text: a list of lists."""
    columns = ", ".join(f"c{at}" for at in range(number))
    return (
        f"(SELECT coalesce(jsonb_agg(jsonb_build_array({columns})), '[]')::text"  # noqa: S608  made of querysets
        f" FROM ({statement}) AS part ({columns}))"
    )


def without_empty[Key: Hashable](
    asked: Mapping[Key, models.QuerySet[Any]],
) -> dict[Key, models.QuerySet[Any]]:
    """The same queries; those that find nothing are not asked again. One statement, however many they are."""
    there = found_among(asked)
    return {key: rows if key in there else rows.none() for key, rows in asked.items()}


def found_among[Key: Hashable](asked: Mapping[Key, models.QuerySet[Any]]) -> set[Key]:
    """Which of the queries find anything. One statement, however many they are.

    For pages that ask for a lot of which mostly little is there.
    """
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
    if not questions:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(questions)}", params)
        told = cursor.fetchone()
    return {key for key, is_there in zip(asked, told, strict=True) if is_there}


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

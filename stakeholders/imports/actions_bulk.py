"""An import as statements over whole sets of rows: one each for fifty rows and for fifty thousand."""

import json
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import ManyToManyRel, ManyToOneRel

from core.bulk import as_array
from stakeholders.applications.models import OtherName
from stakeholders.entries.enums import NameKind, Status
from stakeholders.entries.models import Stakeholder
from stakeholders.imports.enums import RowOutcome, TwinReason
from stakeholders.imports.import_rows import JudgedRow
from stakeholders.imports.models import Import, ImportRow

# The columns of an entry that an import may write, but for the date of the source.
TEXTS = (
    "kind",
    "name",
    "name_latin",
    "acronym",
    "country_id",
    "city",
    "website",
    "listing",
    "ror_id",
    "source_name",
    "source_url",
    "name_key",
    "sort_key",
    "site_key",
    "slug",
)
# Those whose values stand in a row itself, but for the country.
_ROW_COLUMNS = ("kind", "name", "name_latin", "acronym", "city", "website", "listing", "ror_id", "source_url")
STAGED = (
    "of_id",
    "row",
    "cells",
    "values",
    "changes",
    "problems",
    "outcome",
    "why",
    "stakeholder_id",
    "decision",
    "left",
    "name_key",
    "sort_key",
    "site_key",
    "slug",
)
_OF_JSON = {"cells", "values", "changes", "problems"}
_JSON = json.JSONEncoder(ensure_ascii=False).encode
# Beyond so many new rows only equal names and sites are looked for, no likenesses.
MOST_COMPARED = 2_000
ALIKE = 0.6

ENTRY = Stakeholder._meta.db_table
ROW = ImportRow._meta.db_table
NAME = OtherName._meta.db_table
TOPIC = Stakeholder.topics.through._meta.db_table
# Lists of terms that no row says.
_LINKED = [
    getattr(Stakeholder, field.name).through._meta.db_table
    for field in Stakeholder._meta.many_to_many
    if field.name != "topics"
]
_NAMES_NOW = (
    "(SELECT coalesce(jsonb_agg(jsonb_build_array(n.text, coalesce(n.language_id, '')) "  # noqa: S608  own names
    "ORDER BY n.text COLLATE \"C\", coalesce(n.language_id, '') COLLATE \"C\"), '[]') "
    f"FROM {NAME} n WHERE n.stakeholder_id = s.id AND n.kind = 'other')"
)
_TOPICS_NOW = (
    f"(SELECT coalesce(jsonb_agg(t.topic_id ORDER BY t.topic_id COLLATE \"C\"), '[]') "  # noqa: S608  own names
    f"FROM {TOPIC} t WHERE t.stakeholder_id = s.id)"
)


def _run(sql: str, *params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.rowcount)


def _ids(sql: str, *params: Any) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return [row[0] for row in cursor.fetchall()]


def stage(rows: Sequence[JudgedRow]) -> None:
    """Keep rows that were judged."""
    columns = ", ".join(f'"{name}"' for name in STAGED)
    with connection.cursor() as cursor, cursor.copy(f"COPY {ROW} ({columns}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(
                [_JSON(getattr(row, name)) if name in _OF_JSON else getattr(row, name) for name in STAGED]
            )


# Identifiers that another import compares as it reads, and acronyms, which many share in a large register.
_BY_CODES = f"""
            UNION ALL
            SELECT f.id, s.id, 0, s.ror_id FROM fresh f JOIN {ENTRY} s
                ON s.ror_id = f.ror_id AND s.ror_id <> '' AND s.status <> 'merged'
            UNION ALL
            SELECT f.id, s.id, 4, s.ror_id FROM fresh f JOIN {ENTRY} s
                ON upper(s.acronym) = f.acronym AND s.acronym <> '' AND s.country_id = f.country
                AND s.status <> 'merged'
"""  # noqa: S608  own names


def find_twins(of: Import) -> int:
    """Point new rows at an entry which may be the same, and say why; returns how many do.

    The same name in the same country, or the same site; of members also the same ROR identifier, or the same
    acronym in the same country; and in a short file a like name in the same country.
    """
    # Left to the server's own schedule the statistics would come after the joins that need them.
    _run(f"ANALYZE {ROW}")
    statement = f"""
        WITH fresh AS MATERIALIZED (
            SELECT r.id, r.name_key, r.sort_key, r.site_key, r.values->>'country' AS country,
                   coalesce(r.values->>'ror_id', '') AS ror_id,
                   upper(coalesce(r.values->>'acronym', '')) AS acronym
            FROM {ROW} r WHERE r.of_id = %s AND r.outcome = 'new'
        ), pairs AS (
            SELECT f.id, s.id AS twin, 1 AS sure, s.ror_id FROM fresh f JOIN {ENTRY} s
                ON s.name_key = f.name_key AND s.country_id = f.country AND s.status <> 'merged'
            UNION ALL
            SELECT f.id, s.id, 2, s.ror_id FROM fresh f JOIN {ENTRY} s
                ON s.sort_key = f.sort_key AND s.country_id = f.country AND s.status <> 'merged'
            UNION ALL
            SELECT f.id, s.id, 3, s.ror_id FROM fresh f JOIN {ENTRY} s
                ON s.site_key = f.site_key AND s.site_key <> '' AND s.status <> 'merged'
            {_BY_CODES if of.is_of_members else ""}
        ), best AS (
            SELECT DISTINCT ON (p.id) p.id, p.twin,
                   (ARRAY['{TwinReason.ROR}', '{TwinReason.NAME}', '{TwinReason.NAME}', '{TwinReason.SITE}',
                          '{TwinReason.ACRONYM}'])[p.sure + 1] AS why
            FROM pairs p JOIN fresh f ON f.id = p.id
            -- Two that a registry tells apart are not the same.
            WHERE f.ror_id = '' OR p.ror_id = '' OR f.ror_id = p.ror_id
            ORDER BY p.id, p.sure, p.twin
        )
        UPDATE {ROW} r SET twin_id = best.twin, why = best.why FROM best WHERE r.id = best.id
    """  # noqa: S608  own names
    number = _run(statement, of.pk)
    rest = of.rows.filter(outcome=RowOutcome.NEW, twin=None)
    if rest.count() <= MOST_COMPARED:
        number += _find_alike(of)
    return number


def _find_alike(of: Import) -> int:
    _run("SELECT set_config('pg_trgm.similarity_threshold', %s, true)", str(ALIKE))
    return _run(
        f"""
        UPDATE {ROW} r SET why = '{TwinReason.ALIKE}', twin_id = (
            SELECT s.id FROM {ENTRY} s
            WHERE s.name_key %% r.name_key AND s.country_id = r.values->>'country' AND s.status <> 'merged'
              AND (s.ror_id = '' OR coalesce(r.values->>'ror_id', '') = '')
            ORDER BY similarity(s.name_key, r.name_key) DESC, s.id LIMIT 1
        ) WHERE r.of_id = %s AND r.outcome = 'new' AND r.twin_id IS NULL
          AND EXISTS (SELECT FROM {ENTRY} s WHERE s.name_key %% r.name_key
                      AND s.country_id = r.values->>'country' AND s.status <> 'merged'
                      AND (s.ror_id = '' OR coalesce(r.values->>'ror_id', '') = ''))
        """,  # noqa: S608  own names
        of.pk,
    )


def is_outdated(of: Import) -> bool:
    """Return whether the dry run is outdated: an entry to be changed differs, or a new one has come."""
    standing = f"""
        SELECT count(*) FROM {ROW} r LEFT JOIN {ENTRY} s ON s.id = r.stakeholder_id AND s.status = 'listed'
        WHERE r.of_id = %s AND r.outcome = 'changed' AND (s.id IS NULL OR NOT ({_side_condition(0)}))
    """  # noqa: S608  own names
    taken = f"""
        SELECT count(*) FROM {ROW} r JOIN {ENTRY} s ON s.ror_id = r.values->>'ror_id' AND s.ror_id <> ''
        WHERE r.of_id = %s AND (r.outcome = 'new' OR (r.outcome = 'changed' AND s.id <> r.stakeholder_id))
    """  # noqa: S608  own names
    return bool(_ids(standing, of.pk)[0] or has_newer_entries(of) or _ids(taken, of.pk)[0])


def has_newer_entries(of: Import) -> bool:
    """Return whether an entry of the name and country of a new row was made since the dry run."""
    come = f"""
        SELECT count(*) FROM {ROW} r JOIN {ENTRY} s
            ON s.name_key = r.name_key AND s.country_id = r.values->>'country'
        WHERE r.of_id = %s AND r.outcome = 'new' AND s.created_at > %s
    """  # noqa: S608  own names
    return bool(_ids(come, of.pk, of.checked_at)[0])


def _side_condition(side: int) -> str:
    """Return the SQL condition that entry `s` has the values of row `r` on this side (0 before, 1 after)."""
    texts = [f"(NOT r.changes ? '{name}' OR s.{name} = r.changes->'{name}'->>{side})" for name in TEXTS]
    return " AND ".join(
        [
            *texts,
            f"(NOT r.changes ? 'source_date' OR s.source_date IS NOT DISTINCT FROM "
            f"(r.changes->'source_date'->>{side})::date)",
            f"(NOT r.changes ? 'topics' OR {_TOPICS_NOW} = r.changes->'topics'->{side})",
            f"(NOT r.changes ? 'other_names' OR {_NAMES_NOW} = r.changes->'other_names'->{side})",
        ]
    )


# Columns that an import fills by itself, besides those that a row says.
_FILLED = {"id", "status", "source_date", "created_at", "updated_at"}


def _default_columns() -> list[tuple[str, str, Any]]:
    """Return (column, its value in SQL, its parameter) of the columns that no row fills.

    Each begins with the default of its field; where it holds anything else, somebody has changed it since.
    """
    return [
        (
            f'"{field.column}"',
            f"%s::{field.db_type(connection)}",
            field.get_db_prep_save(field.get_default(), connection),
        )
        for field in Stakeholder._meta.concrete_fields
        if field.column not in _FILLED and field.column not in TEXTS
    ]


def create(of: Import, *, moment: Any) -> list[int]:
    """List the new rows; returns the ids of their entries."""
    sequence = f"nextval(pg_get_serial_sequence('{ENTRY}', 'id'))"
    _run(
        f"UPDATE {ROW} SET stakeholder_id = {sequence} WHERE of_id = %s AND outcome = 'new'",  # noqa: S608
        of.pk,
    )
    expressions = {
        "id": "r.stakeholder_id",
        "status": f"'{Status.LISTED}'",
        "country_id": "r.values->>'country'",
        "name_key": "r.name_key",
        "sort_key": "r.sort_key",
        "site_key": "r.site_key",
        "slug": "r.slug",
        "source_name": "coalesce(r.values->>'source_name', %s)",
        "source_date": "%s::date",
        "created_at": "%s",
        "updated_at": "%s",
    }
    parameters = {
        "source_name": of.source.name,
        "source_date": of.source_date,
        "created_at": moment,
        "updated_at": moment,
    }
    columns = [f'"{column}"' for column in expressions]
    values, params = (
        list(expressions.values()),
        [parameters[column] for column in expressions if column in parameters],
    )
    for column in TEXTS:
        if column not in expressions:
            columns.append(f'"{column}"')
            values.append(f"coalesce(r.values->>'{column}', '')")
    for column, empty, value in _default_columns():
        columns.append(column)
        values.append(empty)
        params.append(value)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {ENTRY} ({', '.join(columns)}) SELECT {', '.join(values)} "  # noqa: S608  own names
            f"FROM {ROW} r WHERE r.of_id = %s AND r.outcome = 'new' ORDER BY r.row",
            [*params, of.pk],
        )
    _create_lists(of)
    return _ids(
        f"SELECT stakeholder_id FROM {ROW} WHERE of_id = %s AND outcome = 'new' ORDER BY row",  # noqa: S608
        of.pk,
    )


def _create_lists(of: Import) -> None:
    """Create the topics and other names of the new entries."""
    _run(
        f"INSERT INTO {TOPIC} (stakeholder_id, topic_id) "  # noqa: S608  own names
        f"SELECT r.stakeholder_id, t.code FROM {ROW} r, "
        "jsonb_array_elements_text(r.values->'topics') t(code) "
        "WHERE r.of_id = %s AND r.outcome = 'new' AND r.values ? 'topics'",
        of.pk,
    )
    _run(
        f"INSERT INTO {NAME} (stakeholder_id, kind, text, language_id) "  # noqa: S608  own names
        f"SELECT r.stakeholder_id, 'other', n->>0, nullif(n->>1, '') FROM {ROW} r, "
        "jsonb_array_elements(r.values->'other_names') n "
        "WHERE r.of_id = %s AND r.outcome = 'new' AND r.values ? 'other_names' ORDER BY r.row",
        of.pk,
    )


def write(of: Import, *, side: int, moment: Any) -> list[int]:
    """Bring the entries of changed rows to one side of their changes: 1 after, 0 back to before.

    Only those that are not marked as left. Returns the ids of the entries.
    """
    sets = [
        f"{name} = CASE WHEN r.changes ? '{name}' THEN r.changes->'{name}'->>{side} ELSE s.{name} END"
        for name in TEXTS
    ]
    sets.append(
        f"source_date = CASE WHEN r.changes ? 'source_date' THEN (r.changes->'source_date'->>{side})::date "
        "ELSE s.source_date END"
    )
    ids = _ids(
        f"UPDATE {ENTRY} s SET {', '.join(sets)}, updated_at = %s FROM {ROW} r "  # noqa: S608  own names
        "WHERE r.of_id = %s AND r.outcome = 'changed' AND NOT r.left AND r.stakeholder_id = s.id "
        "RETURNING s.id",
        moment,
        of.pk,
    )
    of_topics = (
        f"FROM {ROW} r WHERE r.of_id = %s AND r.outcome = 'changed' AND NOT r.left AND r.changes ? 'topics'"
    )
    _run(f"DELETE FROM {TOPIC} t WHERE t.stakeholder_id IN (SELECT r.stakeholder_id {of_topics})", of.pk)  # noqa: S608
    _run(
        f"INSERT INTO {TOPIC} (stakeholder_id, topic_id) "  # noqa: S608  own names
        f"SELECT r.stakeholder_id, t.code FROM {ROW} r, "
        f"jsonb_array_elements_text(r.changes->'topics'->{side}) t(code) "
        "WHERE r.of_id = %s AND r.outcome = 'changed' AND NOT r.left AND r.changes ? 'topics'",
        of.pk,
    )
    _write_names(of, side)
    return ids


def _write_names(of: Import, side: int) -> None:
    """Do as `write` for other names; the rows of names that are on both sides stay."""
    changed = (
        "r.of_id = %s AND r.outcome = 'changed' AND NOT r.left AND r.changes ? 'other_names' "
        "AND n.stakeholder_id = r.stakeholder_id AND n.kind = 'other'"
    )
    pairs = f"jsonb_array_elements(r.changes->'other_names'->{side}) pair"
    same = "pair = jsonb_build_array(n.text, coalesce(n.language_id, ''))"
    _run(
        f"DELETE FROM {NAME} n USING {ROW} r WHERE {changed} "  # noqa: S608  own names
        f"AND NOT EXISTS (SELECT FROM {pairs} WHERE {same})",
        of.pk,
    )
    _run(
        f"INSERT INTO {NAME} (stakeholder_id, kind, text, language_id) "  # noqa: S608  own names
        f"SELECT r.stakeholder_id, 'other', pair->>0, nullif(pair->>1, '') FROM {ROW} r, {pairs} "
        "WHERE r.of_id = %s AND r.outcome = 'changed' AND NOT r.left AND r.changes ? 'other_names' "
        f"AND NOT EXISTS (SELECT FROM {NAME} n WHERE n.stakeholder_id = r.stakeholder_id "
        f"AND n.kind = 'other' AND {same})",
        of.pk,
    )


def mark_left(of: Import) -> int:
    """Mark the rows whose entries have been changed since, or carry something by now; returns how many."""
    texts = " AND ".join(f"s.{name} = coalesce(r.values->>'{name}', '')" for name in _ROW_COLUMNS)
    unsaid = _default_columns()
    untouched = " AND ".join(
        [
            texts,
            "s.country_id = r.values->>'country'",
            "s.source_name = coalesce(r.values->>'source_name', %s)",
            "s.source_date = %s",
            *(f"s.{column} IS NOT DISTINCT FROM {empty}" for column, empty, _value in unsaid),
            f"{_TOPICS_NOW} = coalesce(r.values->'topics', '[]')",
            f"{_NAMES_NOW} = coalesce(r.values->'other_names', '[]')",
            *(f"NOT EXISTS (SELECT FROM {table} t WHERE t.stakeholder_id = s.id)" for table in _LINKED),
        ]
    )
    _run(
        f"""
        UPDATE {ROW} r SET "left" = true FROM {ENTRY} s
        WHERE r.of_id = %s AND s.id = r.stakeholder_id AND (
            (r.outcome = 'new' AND NOT (s.status = 'listed' AND {untouched}))
            OR (r.outcome = 'changed' AND NOT (s.status = 'listed' AND {_side_condition(1)}))
        )
        """,  # noqa: S608  own names
        of.pk,
        of.source.name,
        of.source_date,
        *(value for _column, _empty, value in unsaid),
    )
    _run(
        f'UPDATE {ROW} SET "left" = true WHERE of_id = %s AND outcome = \'new\' AND NOT "left" '  # noqa: S608  own names
        f"AND stakeholder_id IN ({_referenced_entries()})",
        of.pk,
    )
    return of.rows.filter(left=True).count()


def _referenced_entries() -> str:
    """Return the SQL of the entries to which other rows point: applications, members, flags, offers…

    Read once for all: to look for each entry in each of some forty tables would take longer than the rest.
    """
    parts = []
    for relation in Stakeholder._meta.related_objects:
        model: Any = relation.related_model
        field: Any = relation.field
        if isinstance(relation, ManyToManyRel):
            through: Any = relation.through
            parts.append((through._meta.db_table, field.m2m_reverse_name(), "true"))
        elif model is OtherName:
            # Its other names are compared with those that the row says.
            parts.append((NAME, field.column, f"kind <> '{NameKind.OTHER}'"))
        elif model is not ImportRow:
            parts.append((model._meta.db_table, field.column, "true"))
    return " UNION ALL ".join(f"SELECT {column} FROM {table} WHERE {which}" for table, column, which in parts)  # noqa: S608


def lock(of: Import) -> None:
    """Hold the entries that the import made or changed until the transaction ends."""
    _run(
        f"SELECT s.id FROM {ENTRY} s WHERE s.id IN (SELECT r.stakeholder_id FROM {ROW} r "  # noqa: S608
        "WHERE r.of_id = %s AND r.outcome IN ('new', 'changed')) ORDER BY s.id FOR UPDATE",
        of.pk,
    )


def new_entries(of: Import) -> Sequence[int]:
    """Return the entries that the import made and that nobody has changed since."""
    return list(
        of.rows.filter(outcome=RowOutcome.NEW, left=False)
        .exclude(stakeholder=None)
        .order_by("row")
        .values_list("stakeholder_id", flat=True)
    )


def remove(ids: Sequence[int]) -> None:
    """Delete entries that `mark_left` found as they were made, with the rows that hold only for them.

    Where something else points to one of them by now, the database refuses at the end of the transaction.
    """
    gone = as_array(ids)
    these = "(SELECT unnest(%s::bigint[]))"  # joined: of an array alone each would be looked up by itself
    for column in ("stakeholder_id", "twin_id"):
        _run(f"UPDATE {ROW} SET {column} = NULL WHERE {column} IN {these}", gone)  # noqa: S608  own names
    for relation in Stakeholder._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and (relation.hidden or relation.related_model is OtherName):
            table, column = relation.related_model._meta.db_table, relation.field.column
            _run(f"DELETE FROM {table} WHERE {column} IN {these}", gone)  # noqa: S608  own names
    _run(f"DELETE FROM {ENTRY} WHERE id IN {these}", gone)  # noqa: S608  own names

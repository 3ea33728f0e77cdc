"""Nothing that the portal does to rows is more than production's plain role may do.

In a copy of the test database every table that points at a person, a stakeholder or a term holds a row that
does. The copy has no rules on values, so that a row needs no more than its link; the rights are the same.
"""

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.db.models import ProtectedError
from psycopg import sql

from accounts.people.models import User
from core.merging import repoint
from stakeholders.entries.models import Stakeholder
from taxonomy.terms.models import Term
from tests import support

pytestmark = pytest.mark.slow

TERMS = [model for model in apps.get_models() if issubclass(model, Term)]
POINTED_AT = [User, Stakeholder, *TERMS]
COPY = "filled_{}"
# NOT NULL stays where it makes the primary key; foreign keys stay everywhere.
RULES = """
    SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', r.relname, c.conname)
    FROM pg_constraint c JOIN pg_class r ON r.oid = c.conrelid
    WHERE r.relnamespace = 'public'::regnamespace AND (c.contype IN ('c', 'u', 'x') OR c.contype = 'n'
        AND NOT EXISTS (SELECT FROM pg_constraint p WHERE p.conrelid = c.conrelid AND p.contype = 'p'
                        AND p.conkey && c.conkey))
    UNION ALL
    SELECT format('DROP INDEX %I', i.relname) FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid
    WHERE i.relnamespace = 'public'::regnamespace AND x.indisunique
        AND NOT EXISTS (SELECT FROM pg_constraint c WHERE c.conindid = x.indexrelid)
"""


def relations(model):
    return [
        field
        for field in model._meta.get_fields(include_hidden=True)
        if isinstance(field, models.ManyToOneRel) and not field.parent_link
    ]


@pytest.fixture(scope="module")
def filled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        name = connection.settings_dict["NAME"]
        copy = COPY.format(name)
        support.change_database("postgres")
        support.owner().execute(f'DROP DATABASE IF EXISTS "{copy}"')
        support.owner().execute(f'CREATE DATABASE "{copy}" TEMPLATE "{name}"')
        support.change_database(copy)
        support.run_as_owner([statement for (statement,) in support.owner().execute(RULES).fetchall()])
        yield
        support.change_database("postgres")
        support.owner().execute(f'DROP DATABASE "{copy}"')
        support.change_database(name)


@pytest.fixture
def rows(filled, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


def add(table: str, **values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(
                sql.Identifier(table),
                sql.SQL(", ").join(map(sql.Identifier, values)),
                sql.SQL(", ").join(sql.Placeholder() * len(values)),
            ),
            list(values.values()),
        )


def target(model, number: int) -> models.Model:
    key = f"t{number}" if isinstance(model._meta.pk, models.CharField) else 10_000_000 + number
    add(model._meta.db_table, **{model._meta.pk.column: key})
    return model._base_manager.only("pk").get(pk=key)


def point_at(row: models.Model, *, protecting: bool | None = None) -> list[str]:
    """Give each table that may point at `row` a row that does; return their relations."""
    pointing = []
    for number, relation in enumerate(relations(type(row))):
        field = relation.field
        if protecting is not None and (relation.on_delete is models.PROTECT) != protecting:
            continue
        values = {field.column: row.pk}
        key = field.model._meta.pk
        if isinstance(key, models.CharField):
            values[key.column] = f"{row.pk}r{number}"[:8]
        elif key.is_relation and key is not field:
            values[key.column] = target(key.related_model, 50_000 + number).pk
        add(field.model._meta.db_table, **values)
        pointing.append(f"{field.model._meta.label}.{field.name}")
    return pointing


@pytest.mark.parametrize("model", POINTED_AT, ids=lambda model: model.__name__)
def test_whatever_pointed_at_it_it_is_deleted_or_protected(rows, model):
    goes, stays = target(model, 1), target(model, 2)
    assert point_at(goes, protecting=False)
    goes.delete()
    assert not model._base_manager.filter(pk=goes.pk).exists()
    if point_at(stays, protecting=True):
        with pytest.raises(ProtectedError):
            stays.delete()


@pytest.mark.parametrize("model", [Stakeholder, *TERMS], ids=lambda model: model.__name__)
def test_everything_that_pointed_at_the_one_points_at_the_other(rows, model):
    gone, remaining = target(model, 1), target(model, 2)
    point_at(remaining)
    pointing = point_at(gone)
    assert {name.lower() for name in pointing} == set(repoint(gone, remaining))


def test_rows_of_an_import_are_analysed_before_they_are_compared(rows):
    """A role that may not is only warned, and the comparison that follows does not end."""
    add("stakeholders_importrow", values="{}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE stakeholders_importrow")
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'stakeholders_importrow'")
        assert cursor.fetchone() == (1,)

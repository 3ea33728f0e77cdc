"""What the application's plain role may do: read and write rows, but change no table and no history."""

from argparse import ArgumentParser
from typing import Any

import pgtrigger
from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, models, transaction
from psycopg import sql

WRITES = {"UPDATE": pgtrigger.Update, "DELETE": pgtrigger.Delete}
UNTOUCHABLE = {"django_migrations"}  # the owner's alone; the app only reads which were applied
# MAINTAIN lets an import have its rows analysed before it compares them; it changes no row.
EVERY = ("SELECT", "INSERT", "UPDATE", "DELETE", "MAINTAIN")


def restrictions(model: type[models.Model]) -> dict[str, list[str]]:
    """write → the columns that it may still touch, where a trigger of the model refuses the others.

    A trigger with a condition of its own is left to decide by itself.
    """
    writable: dict[str, list[str]] = {}
    for trigger in getattr(model._meta, "triggers", ()):
        if not isinstance(trigger, pgtrigger.Protect):
            continue
        if isinstance(trigger, pgtrigger.ReadOnly):
            writable["UPDATE"] = _writable_columns(model, trigger)
        elif trigger.condition is None:
            operation = trigger.operation
            several = operation if isinstance(operation, pgtrigger.Operations) else (operation,)
            writable |= {
                name: [] for name, operation_of_write in WRITES.items() if operation_of_write in several
            }
    return writable


def _writable_columns(model: type[models.Model], trigger: pgtrigger.ReadOnly) -> list[str]:
    columns = {field.name: str(field.column) for field in model._meta.local_fields}
    if trigger.fields:
        return [column for name, column in columns.items() if name not in trigger.fields]
    return [columns[name] for name in trigger.exclude or ()]


def privileges() -> dict[str, dict[str, list[str] | None]]:
    """table → privilege of the plain role → the columns it is limited to, or None. Never TRUNCATE."""
    restricted = {
        model._meta.db_table: restrictions(model) for model in apps.get_models(include_auto_created=True)
    }
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    granted: dict[str, dict[str, list[str] | None]] = {}
    for table in sorted(tables):
        limits = restricted.get(table, {})
        rights = ("SELECT",) if table in UNTOUCHABLE else EVERY
        granted[table] = {right: limits.get(right) for right in rights if limits.get(right) != []}
    return granted


def _statements(role: str) -> list[sql.Composable]:
    name, database = sql.Identifier(role), sql.Identifier(str(connection.settings_dict["NAME"]))
    statements: list[sql.Composable] = [
        # A database that was made for a backup to be restored lets everybody in.
        sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(database),
        sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(database, name),
        sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name),
        sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC").format(name),
        sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name),
    ]
    for table, rights in privileges().items():
        words = [
            sql.SQL(right)
            if columns is None
            else sql.SQL(right + " ({})").format(sql.SQL(", ").join(map(sql.Identifier, columns)))
            for right, columns in rights.items()
        ]
        statements.append(
            sql.SQL("GRANT {} ON TABLE {} TO {}").format(
                sql.SQL(", ").join(words), sql.Identifier(table), name
            )
        )
    return statements


class Command(BaseCommand):
    help = "Give the application's plain database role its rights. Run as the owner, after migrate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default=settings.DATABASE_APP_ROLE, help="name of the plain role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        # In one transaction: what runs meanwhile has either all rights of before or all of after.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s, to_regrole(quote_ident(%s)) IS NULL", [role, role])
            is_self, is_missing = cursor.fetchone()
            if is_self:
                raise CommandError(f"You are connected as {role} itself. Connect as the owner of the tables.")
            if is_missing:
                raise CommandError(f"There is no role {role}. Make it: CREATE ROLE {role} LOGIN PASSWORD '…'")
            for statement in _statements(role):
                cursor.execute(statement)
        self.stdout.write(f"{role} may now use the tables.")

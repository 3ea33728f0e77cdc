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


def forbidden(model: type[models.Model]) -> set[str]:
    """The writes that a trigger of the model refuses to everybody: the role is not even granted them."""
    refused: set[str] = set()
    for trigger in getattr(model._meta, "triggers", ()):
        if isinstance(trigger, pgtrigger.Protect):
            operations = trigger.operation
            several = operations if isinstance(operations, pgtrigger.Operations) else (operations,)
            refused |= {name for name, operation in WRITES.items() if operation in several}
    return refused


def privileges() -> dict[str, list[str]]:
    """table → privileges of the plain role. TRUNCATE is never among them."""
    limited = {
        model._meta.db_table: refused
        for model in apps.get_models(include_auto_created=True)
        if (refused := forbidden(model))
    }
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    granted = {}
    for table in sorted(tables):
        if table in UNTOUCHABLE:
            granted[table] = ["SELECT"]
        else:
            refused = limited.get(table, set())
            granted[table] = [one for one in ("SELECT", "INSERT", "UPDATE", "DELETE") if one not in refused]
    return granted


class Command(BaseCommand):
    help = "Give the application's plain database role its rights. Run as the owner, after migrate."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--role", default=settings.DATABASE_APP_ROLE, help="name of the plain role")

    def handle(self, *args: Any, role: str, **options: Any) -> None:
        name = sql.Identifier(role)
        # At once: between taking away and giving back, a running portal would be refused everything.
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT current_user = %s, to_regrole(quote_ident(%s)) IS NULL", [role, role])
            is_self, is_missing = cursor.fetchone()
            if is_self:
                raise CommandError(f"You are connected as {role} itself. Connect as the owner of the tables.")
            if is_missing:
                raise CommandError(f"There is no role {role}. Make it: CREATE ROLE {role} LOGIN PASSWORD '…'")
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
            cursor.execute(sql.SQL("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {}, PUBLIC").format(name))
            cursor.execute(
                sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name)
            )
            granted = privileges()
            for table, rights in granted.items():
                cursor.execute(
                    sql.SQL("GRANT {} ON TABLE {} TO {}").format(
                        sql.SQL(", ").join(map(sql.SQL, rights)), sql.Identifier(table), name
                    )
                )
        self.stdout.write(f"{role} may now use {len(granted)} tables.")

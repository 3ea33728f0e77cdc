from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection, transaction
from psycopg import sql

from audit.models import Entry


class Command(BaseCommand):
    help = (
        "Give a database role what the running application needs, and no more: it owns nothing, and may only "
        "read and add to the log. Run as the owner after each migration."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("role", help="An existing role, with which web and workers connect.")

    @transaction.atomic
    def handle(self, *args: Any, role: str, **options: Any) -> None:
        names = {"role": sql.Identifier(role), "log": sql.Identifier(Entry._meta.db_table)}
        with connection.cursor() as cursor:
            for statement in (
                "GRANT USAGE ON SCHEMA public TO {role}",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
                "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
                "REVOKE ALL ON {log} FROM {role}",
                "GRANT SELECT, INSERT ON {log} TO {role}",
            ):
                cursor.execute(sql.SQL(statement).format(**names).as_string(cursor.connection))
        self.stdout.write(self.style.SUCCESS(f"{role} may run the portal, and only read and add to the log."))

"""Django's `migrate`, but an empty database begins with whatson/schema.sql: what all migrations come to.

Rendering the state of every model after every operation takes twenty seconds; the file takes one. Migrations
that the file does not know yet follow it as usual. `make schema` writes it, a test holds it against them.
"""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import migrate
from django.db import connections, transaction
from django.db.migrations.loader import MigrationLoader

from core.apps import own_apps

SCHEMA = Path(settings.BASE_DIR) / "whatson" / "schema.sql"
OTHER_WAYS = (
    "app_label",
    "migration_name",
    "plan",
    "check_unapplied",
    "prune",
    "run_syncdb",
    "fake",
    "fake_initial",
)


class Command(migrate.Command):
    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--each",
            action="store_true",
            help="Run every migration by itself, also where the database is empty.",
        )
        parser.add_argument(
            "--grant", action="store_true", help="Then say what the plain role may do (grant_app_role)."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if connection.introspection.table_names():
            refuse_unknown_migrations(connection)
        elif not options["each"] and not any(options.get(name) for name in OTHER_WAYS):
            with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
                cursor.execute(SCHEMA.read_text(encoding="utf-8"))
        super().handle(*args, **options)
        if options["grant"]:
            call_command("grant_app_role")


def refuse_unknown_migrations(connection: Any) -> None:
    """End with one line where the tables were made by migrations that this version does not have.

    They are of a newer version, on which the one before runs; or of one before 1.0, whose migrations were
    written anew, and which only a developer's machine may still have.
    """
    loader = MigrationLoader(connection)
    ours = {config.label for config in own_apps()}
    unknown = {key for key in loader.applied_migrations if key[0] in ours} - set(loader.disk_migrations)
    if unknown:
        app, name = min(unknown)
        raise CommandError(
            f"The tables are of a newer version of WhatsOn ({app}.{name} is not known here), and nothing was "
            "changed. The version before runs on them, but not this step: go back with docker/rollback.sh."
            if not settings.DEV_PAGES
            else f"The tables were made by another version of WhatsOn ({app}.{name} is not known here). "
            "Start that version, or this one with another data folder: make run DATA=/path."
        )

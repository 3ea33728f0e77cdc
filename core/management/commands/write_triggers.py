"""Print what a migration needs so that the triggers of the database become those of the lists.

`make migrations APP=portal NAME=what_it_does EMPTY=1` writes the migration; its operations are replaced by
what is printed here, and `make schema` follows.
"""

from typing import Any

from django.core.management.base import BaseCommand

from core.triggers import listed_triggers, statements_between, triggers_of_schema


class Command(BaseCommand):
    help = "Print the operations by which the triggers of whatson/schema.sql become those of the lists."
    requires_system_checks = ()  # no database is needed

    def handle(self, *args: Any, **options: Any) -> None:
        existing, listed = triggers_of_schema(), listed_triggers()
        forward = statements_between(existing, listed)
        if not forward:
            self.stdout.write("The triggers are those of the lists.")
            return
        for name, statements in (("FORWARD", forward), ("BACK", statements_between(listed, existing))):
            lines = "\n".join(statements)
            self.stdout.write(f'{name} = """\n{lines}\n"""')
        self.stdout.write("operations = [migrations.RunSQL(FORWARD, BACK)]")

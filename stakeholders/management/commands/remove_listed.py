from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from stakeholders.registers.actions import remove_listed
from stakeholders.registers.queries import sources


class Command(BaseCommand):
    help = (
        "Take a source out of every unclaimed entry, with the entries that rest on it alone. Without a "
        "source, names those there are."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", nargs="?", help="The name of the source as the entries show it.")

    def handle(self, *args: Any, source: str | None, **options: Any) -> None:
        if not source:
            for listed_source in sources():
                self.stdout.write(f"{listed_source.entries:>9,}  {listed_source.name}")
            return
        try:
            removed, staying = remove_listed(source=source, actor=None)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(self.style.SUCCESS(f"{removed:,} entries were removed."))
        if staying:
            self.stdout.write(f"{staying:,} entries stay, because other sources name them too.")

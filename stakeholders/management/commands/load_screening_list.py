from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from core.errors import DomainError
from stakeholders.screening.actions import load_list
from stakeholders.screening.reader import Unreadable, pieces, read


class Command(BaseCommand):
    help = (
        "Put a consolidated list of sanctions into use: a file in the XML format in which the UN Security "
        "Council publishes its own. Everybody is then compared with it in the background."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            with file.open("rb") as stream:
                loaded = load_list(read(pieces(stream)), actor=None)
        except OSError as problem:
            raise CommandError(f"{file} cannot be opened: {problem.strerror}") from problem
        except (Unreadable, DomainError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(
            f"In use: the list of {loaded.generated}, {loaded.entries} entries, {loaded.rows} forms of names."
        )

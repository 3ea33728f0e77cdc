from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.actions import rebuild
from taxonomy.finding import ARTICLE
from taxonomy.seed import BadRow, load_reference


class Command(BaseCommand):
    help = "Load countries, instruments, topics and the other reference lists; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_reference()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")
        rebuild(ARTICLE)

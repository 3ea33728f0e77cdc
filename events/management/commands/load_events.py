from typing import Any

from django.core.management.base import BaseCommand, CommandError

from events.seed import load_events
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = "Load the bodies and their past sessions with sources; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_events()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")

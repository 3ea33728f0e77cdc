from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reviews.seed import load_mechanism
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = "Load groups, phases, steps and what is known of each country's review; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_mechanism()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")

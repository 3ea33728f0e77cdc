from typing import Any

from django.core.management.base import BaseCommand, CommandError

from resources.seed import load_resources
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = "Load the guidance for describing resources and the first collection; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_resources()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from portal.reference import load_everything
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = (
        "Load all that comes with the software: countries, articles and topics, the review mechanism, "
        "networks, first resources, legal versions, pages. Safe to repeat; what was edited stays."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = load_everything()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        for file, counts in report.items():
            self.stdout.write(f"{file}: {counts}")

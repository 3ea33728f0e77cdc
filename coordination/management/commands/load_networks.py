from typing import Any

from django.core.management.base import BaseCommand, CommandError

from coordination.network_seed import load_networks
from taxonomy.seed import BadRow


class Command(BaseCommand):
    help = "Load the known networks with their sources; safe to repeat."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = load_networks()
        except BadRow as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"networks.csv: {counts}")

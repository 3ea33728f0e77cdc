from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import maintenance
from core.models import Maintenance


class Command(BaseCommand):
    help = "Let people only read, and workers wait: on, off, or status."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("on", "off", "status"))
        parser.add_argument("--minutes", type=int, default=30, help="How long it will take, as pages say.")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["what"] == "on":
            if options["minutes"] > maintenance.LONGEST_MINUTES:
                raise CommandError(
                    f"At most {maintenance.LONGEST_MINUTES} minutes: later the queue gives what workers hold "
                    "to others. Stop the portal for what takes longer."
                )
            maintenance.begin(options["minutes"])
            self.stdout.write(
                f"On. Within {maintenance.LOOK_SECONDS} seconds pages say so and nothing more is saved. "
                "What workers are doing they finish."
            )
        elif options["what"] == "off":
            self.stdout.write("Off." if maintenance.end() else "It was off.")
        else:
            current = Maintenance.objects.first()
            self.stdout.write(f"On since {current.started_at:%H:%M}, until {current}." if current else "Off.")

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from notifications.jobs.actions import note_backup


class Command(BaseCommand):
    help = (
        "Note that a backup was made, or with --failed that it could not be; docker/backup.sh does so itself."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--failed", action="store_true")

    def handle(self, *args: Any, failed: bool, **options: Any) -> None:
        note_backup(failed=failed)

"""`manage.py take_up_changes`: bring the numbers of the directory in line; the clock does so too."""

from typing import Any

from django.core.management.base import BaseCommand

from stakeholders.directory.actions import take_up_changes


class Command(BaseCommand):
    help = "Bring the sets that the directory is counted from in line with its entries."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{take_up_changes()} changes.")

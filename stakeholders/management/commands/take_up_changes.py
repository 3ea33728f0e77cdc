"""`manage.py take_up_changes`: bring the numbers of the directory in line; the clock does so too."""

from typing import Any

from django.core.management.base import BaseCommand

from stakeholders.directory.actions import learn_common_words, take_up_changes


class Command(BaseCommand):
    help = "Bring the bits that the directory is counted from in line with its entries and their words."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{take_up_changes()} changes, {learn_common_words()} new common words.")

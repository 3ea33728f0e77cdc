"""`manage.py learn_words`: take in the words that misspelt ones are compared with; the clock does so too."""

from typing import Any

from django.core.management.base import BaseCommand

from search.actions import learn_words


class Command(BaseCommand):
    help = "Take in anew the words of the index that misspelt ones are compared with."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{learn_words()} words.")

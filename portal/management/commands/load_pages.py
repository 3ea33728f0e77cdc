from typing import Any

from django.core.management.base import BaseCommand

from portal.actions import load_pages


class Command(BaseCommand):
    help = "Loads the texts of the trust pages; those that the desk has changed stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        counts = load_pages()
        self.stdout.write(", ".join(f"{count} {what}" for what, count in counts.items()))

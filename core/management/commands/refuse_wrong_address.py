from typing import Any

from django.core.management.base import BaseCommand

from core.startup_checks import refuse_wrong_address


class Command(BaseCommand):
    help = (
        "End with one line when the server refuses whom DATABASE_URL names; migrate only says that it waited."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        refuse_wrong_address()

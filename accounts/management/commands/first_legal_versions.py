from typing import Any

from django.core.management.base import BaseCommand

from accounts.actions import publish_legal_version
from accounts.enums import Legal
from accounts.models import LegalVersion


class Command(BaseCommand):
    help = "Put a first, draft version of the terms and of the privacy notice in force where there is none."

    def handle(self, *args: Any, **options: Any) -> None:
        for kind in Legal.values:
            if not LegalVersion.objects.filter(kind=kind).exists():
                publish_legal_version(kind, "draft-1")

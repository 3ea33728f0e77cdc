"""Writes api/openapi.json, the schema as it was last given out; refuses to where that would break its users.

What breaks them is written first under "Changes" in docs/api.md, in the words of the refusal.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.management.breaking import COPY, unnamed
from api.schema import document


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        made = document()
        if COPY.exists() and (broken := unnamed(json.loads(COPY.read_text(encoding="utf-8")), made)):
            raise CommandError("Not named under “Changes” in docs/api.md:\n" + "\n".join(broken))
        COPY.write_text(as_text(made), encoding="utf-8")


def as_text(made: dict[str, Any]) -> str:
    return json.dumps(made, indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"

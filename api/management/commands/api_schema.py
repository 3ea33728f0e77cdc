"""Writes api/openapi.json, the schema as it was last given out; refuses to where that would break its users.

What breaks them is written first under "Changes" in docs/api.md, in the words of the refusal.
"""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from api.management.breaking import COPY, unnamed_changes
from api.schema import document


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        schema = document()
        if COPY.exists() and (
            broken := unnamed_changes(json.loads(COPY.read_text(encoding="utf-8")), schema)
        ):
            raise CommandError("Not named under “Changes” in docs/api.md:\n" + "\n".join(broken))
        COPY.write_text(as_text(schema), encoding="utf-8")


def as_text(schema: dict[str, Any]) -> str:
    return json.dumps(schema, indent=1, ensure_ascii=False, sort_keys=True, default=str) + "\n"

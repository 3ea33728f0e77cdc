"""The dumps as their page and their addresses have them."""

from datetime import date
from typing import Any

from portal.open_data.enums import LATEST
from portal.open_data.models import Dump, DumpFile


def latest(user: Any) -> Dump | None:
    """Return the latest dump with its files."""
    return Dump.objects.visible_to(user).latest_first().prefetch_related("files").first()


def days(user: Any) -> list[date]:
    """On which there is one, the latest first."""
    return list(Dump.objects.visible_to(user).latest_first().values_list("day", flat=True))


def file_of(user: Any, day: str, name: str) -> DumpFile | None:
    """Of a day (2026-11-29), or of the latest dump."""
    dumps = Dump.objects.visible_to(user).latest_first()
    if day != LATEST:
        try:
            dumps = dumps.filter(day=date.fromisoformat(day))
        except ValueError:  # the 30th of February
            return None
    return DumpFile.objects.filter(dump__in=dumps[:1].values("pk"), name=name).select_related("dump").first()

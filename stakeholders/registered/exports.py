"""Exports of the directory in the registries of the apps below."""

from typing import Any

from core.uploads import files
from stakeholders.enums import ExportStatus
from stakeholders.models import Export


def _export(user: Any, pk: int) -> Export | None:
    """The file of one's own export while it lasts."""
    return Export.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("export", _export)

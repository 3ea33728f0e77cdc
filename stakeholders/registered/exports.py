"""Exports of the directory and reports about entries in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from core.uploads import files
from notifications.registry import kind
from stakeholders.enums import ExportStatus
from stakeholders.models import Export
from workflow.registry import desk_pages


def _export(user: Any, pk: int) -> Export | None:
    """The file of one's own export while it lasts."""
    return Export.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("export", _export)
desk_pages.register("stakeholders.report", "vetting:report")
kind(
    "stakeholders.report_answered",
    label=_("The desk answers your report about an entry"),
    group=_("Your reports"),
    essential=True,
)

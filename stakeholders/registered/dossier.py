"""The dossier of a stakeholder in the registries, with this app's parts of it; and who opened papers."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.hooks import Section
from core.uploads import files, opened
from stakeholders.actions.opened import note_opened
from stakeholders.enums import ExportStatus
from stakeholders.models import Dossier
from stakeholders.queries import dossier
from stakeholders.registry import dossier_sections


def _dossier(user: Any, pk: int) -> Dossier | None:
    return Dossier.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("dossier", _dossier)
for _kind in ("paper", "note"):
    opened.register(_kind, note_opened)

dossier_sections.register(
    "profile",
    Section(
        _("The entry"), _("What the directory keeps, and what is offered and looked for."), dossier.profile
    ),
)
dossier_sections.register(
    "people", Section(_("Members"), _("Who acts for the stakeholder, and since when."), dossier.people)
)
dossier_sections.register(
    "decisions",
    Section(
        _("Applications and decisions"),
        _("What was applied for and changed, what the desk decided, and the papers."),
        dossier.decisions,
        dossier.papers,
    ),
)
dossier_sections.register(
    "consents",
    Section(
        _("What was agreed to"),
        _("Who may find it and write to it, and what was confirmed."),
        dossier.consents,
    ),
)

"""Exports and dossiers in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.hooks import Section
from audit.hooks import sentence
from core.desk_cards import desk_card
from core.uploads import files
from stakeholders.exports import queries_dossiers
from stakeholders.exports.enums import ExportStatus
from stakeholders.exports.models import Dossier, Export
from stakeholders.hooks import dossier_sections

sentence(
    "stakeholders.exported",
    _("%(actor)s exported %(rows)s profiles of the directory as %(format)s, filters: %(filters)s"),
    labels={"filters": {"": pgettext_lazy("filters of the directory", "none")}},
)

sentence("stakeholders.dossier_made", _("%(actor)s got the dossier of %(subject)s"))

# --- Exports of the directory in the registries of the apps below ------------------------------------


def _export(user: Any, pk: int) -> Export | None:
    """Return the file of the person's own export until it expires."""
    return Export.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("export", _export)

# -----------------------------------------------------------------------------------------------------
# The dossier of a stakeholder in the registries, with this app's parts of it; and who opened papers.


def _dossier(user: Any, pk: int) -> Dossier | None:
    return Dossier.objects.visible_to(user).lasting().filter(pk=pk, status=ExportStatus.READY).first()


files.register("dossier", _dossier)

dossier_sections.register(
    "profile",
    Section(
        _("The profile"),
        _("The data of the directory, and offers and needs."),
        queries_dossiers.profile,
        queries_dossiers.pictures,
    ),
)
dossier_sections.register(
    "people",
    Section(_("Members"), _("Who acts for the stakeholder, and since when."), queries_dossiers.people),
)
dossier_sections.register(
    "decisions",
    Section(
        _("Applications and decisions"),
        _("Applications and changes, decisions, and the documents."),
        queries_dossiers.decisions,
        queries_dossiers.papers,
    ),
)
dossier_sections.register(
    "consents",
    Section(
        _("What was agreed to"),
        _("Who may find it and write to it, and what was confirmed."),
        queries_dossiers.consents,
    ),
)

desk_card(
    "vetting:exports",
    group="directory",
    position=40,
    title=_("Your exports"),
    text=_("Files of the directory, as you filtered it."),
)

"""Imports into the directory in the registries of the apps below."""

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.help_places import help_at
from core.uploads import files
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.imports.actions import take_fetched_registry
from stakeholders.imports.models import Import, ImportSource
from stakeholders.imports.queries import imports
from taxonomy.hooks import Fetching, Place, Rows, Source, sources

sentence(
    "stakeholders.import_taken_in",
    _(
        "%(actor)s imported a file into the directory: %(new)s new profiles, %(changed)s "
        "changed, %(unchanged)s unchanged, %(skipped)s skipped, %(refused)s rows with "
        "errors left out"
    ),
)
sentence(
    "stakeholders.import_undone",
    _(
        "%(actor)s undid an import into the directory: %(removed)s profiles removed, "
        "%(restored)s restored, %(left)s left because they were changed since"
    ),
)

# --- The files of imports in the registries of the apps below ----------------------------------------


def _import(user: Any, pk: int) -> Import | None:
    return Import.objects.visible_to(user).filter(pk=pk).exclude(file="").first()


files.register("import", _import)


desk_card(
    "vetting:imports",
    group="directory",
    position=20,
    title=_("Imports into the directory"),
    text=_("Lists of organizations as files, checked before anything is saved."),
    permission="stakeholders.import_listed",
    rows=lambda user: imports(user).unfinished(),
    listed="?state=open",
)

# --- Where entries come from among the sources ---------------------------------------------------------
_LISTED = Q(status=Status.LISTED)
_IMPORTS = Place(_("Open the imports"), "vetting:imports", "stakeholders.import_listed")


sources.register(
    "ror",
    Source(
        position=40,
        title=_("Research Organization Registry (ROR)"),
        text=_("Universities, research bodies and other organizations, with all their names."),
        terms=_("In the public domain (CC0)."),
        address="https://ror.org/",
        rows=lambda user: [
            Rows(
                Stakeholder.objects.visible_to(user).exclude(ror_id="").exclude(status=Status.MERGED),
                edited=~_LISTED,
                dated=_LISTED,
                confirms=True,
            )
        ],
        permission="stakeholders.import_listed",
        places=(_IMPORTS,),
        waiting=lambda user: imports(user).unfinished().filter(format="ror"),
        fetching=Fetching(
            permission="stakeholders.import_listed",
            expects=_("The Registry as ROR publishes it: a ZIP archive with JSON in schema 2."),
            take=take_fetched_registry,
            page=lambda pk: reverse("vetting:import", args=[pk]),
            undo=_("An import can be undone on its page for 180 days."),
        ),
    ),
)
sources.register(
    "imports",
    Source(
        position=50,
        title=_("Lists that the WhatsOn team imported"),
        text=_("Profiles listed from a file sent by the WhatsOn team."),
        terms=_("As each list says."),
        rows=lambda user: [
            Rows(
                Stakeholder.objects.visible_to(user).filter(
                    _LISTED, ror_id="", source_name__in=ImportSource.objects.values("name")
                ),
                confirms=True,
            )
        ],
        permission="stakeholders.import_listed",
        places=(_IMPORTS,),
        waiting=lambda user: imports(user).unfinished().exclude(format="ror"),
        months=12,
    ),
)

help_at("imports#list", "stakeholders.imports")

"""Imports into the directory in the registries of the apps below."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from audit.hooks import sentence
from core.desk_cards import desk_card
from core.uploads import files
from stakeholders.imports.enums import ImportStatus
from stakeholders.imports.models import Import
from stakeholders.imports.queries import imports

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


def _unfinished_imports(user: Any) -> int:
    unfinished = (ImportStatus.SENT, ImportStatus.CHECKED)
    return imports(user).filter(status__in=unfinished).count()


desk_card(
    "vetting:imports",
    group="directory",
    position=20,
    title=_("Imports into the directory"),
    text=_("Lists of organizations as files, checked before anything is saved."),
    permission="stakeholders.import_listed",
    count=_unfinished_imports,
)

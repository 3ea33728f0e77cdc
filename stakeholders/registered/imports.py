"""The files of imports in the registries of the apps below."""

from typing import Any

from core.uploads import files
from stakeholders.models import Import


def _import(user: Any, pk: int) -> Import | None:
    return Import.objects.visible_to(user).filter(pk=pk).exclude(file="").first()


files.register("import", _import)

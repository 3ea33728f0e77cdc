"""Who opens files of the library, and the pictures of their first pages."""

from dataclasses import dataclass
from typing import Any

from core.uploads import files
from resources.models import Edition, ResourceFile


@dataclass(frozen=True, slots=True)
class Picture:
    file: Any
    name: str
    media_type: str = "image/jpeg"


def _file(user: Any, pk: int) -> ResourceFile | None:
    """As its readers may; and, while nobody has found a virus in it, whoever keeps the record."""
    seen = ResourceFile.objects.visible_to(user).filter(pk=pk).first()
    if seen is None:
        kept = ResourceFile.objects.filter(pk=pk, edition__in=Edition.objects.visible_to(user))
        mine = kept.select_related("edition__resource").exclude(scan="infected").first()
        if mine and user.has_perm("resources.file_resource", mine.edition.resource):
            seen = mine
    return seen


def _picture(user: Any, pk: int) -> Any:
    file = _file(user, pk)
    return Picture(file.thumbnail, f"{pk}.jpg") if file and file.thumbnail else None


files.register("resource", _file)
files.register("resource-picture", _picture)

"""Who opens files of the library and the pictures of their first pages; what goes with a row that goes."""

from dataclasses import dataclass
from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from audit.enums import Audience
from audit.hooks import sentence
from core.uploads import files, forget_bytes
from resources.files.enums import Scan
from resources.files.models import ProposedFile, ResourceFile
from resources.records.models import Edition


@dataclass(frozen=True, slots=True)
class Picture:
    file: Any
    name: str
    media_type: str = "image/jpeg"


def _file(user: Any, pk: int) -> ResourceFile | None:
    """Return the file for its readers and, unless it has a virus, for those who keep the record."""
    file = ResourceFile.objects.visible_to(user).filter(pk=pk).first()
    if file is None:
        rows = ResourceFile.objects.filter(pk=pk, edition__in=Edition.objects.visible_to(user))
        mine = rows.select_related("edition__resource").exclude(scan=Scan.INFECTED).first()
        if mine and user.has_perm("resources.file_resource", mine.edition.resource):
            file = mine
    return file


def _picture(user: Any, pk: int) -> Any:
    file = _file(user, pk)
    return Picture(file.thumbnail, f"{pk}.jpg") if file and file.thumbnail else None


def _proposed(user: Any, pk: int) -> ProposedFile | None:
    return ProposedFile.objects.visible_to(user).filter(pk=pk).first()


files.register("resource", _file)
files.register("proposed-file", _proposed)
files.register("resource-picture", _picture)


@receiver(post_delete, sender=ResourceFile)
def _forget_bytes(instance: ResourceFile, **kwargs: Any) -> None:
    """Delete the file in the storage after the row has been deleted for certain."""
    forget_bytes(instance.file, instance.thumbnail)


@receiver(post_delete, sender=ProposedFile)
def _forget_proposed(instance: ProposedFile, **kwargs: Any) -> None:
    """Delete the file in the storage too, unless it has become a version."""
    if not ResourceFile.objects.filter(file=instance.file.name).exists():
        forget_bytes(instance.file)


sentence(
    "resources.resource.add_file",
    _("%(actor)s added a file (%(language)s, version %(number)s)"),
    audience=Audience.SUBJECT,
)
sentence("resources.resource.remove_file", _("%(actor)s removed a file (%(language)s, version %(number)s)"))
sentence("resources.resource.infected", _("A virus was found in a file (%(language)s, version %(number)s)"))

"""Files of the library, as their readers and their keepers see them."""

from typing import Any

from django.db.models import Prefetch

from resources.models import Edition, Resource, ResourceFile


def newest_for(user: Any, resource: int, language: str) -> ResourceFile | None:
    """The newest version of a resource in a language that the person may open."""
    files = ResourceFile.objects.visible_to(user)
    return files.filter(edition__resource=resource, edition__language=language).order_by("-number").first()


def with_files(user: Any, editions: Any = None) -> Any:
    """Editions with `opened`: the versions of their files that the person may open, newest first."""
    rows = Edition.objects.all() if editions is None else editions
    files = ResourceFile.objects.safe_for(user).order_by("-number")
    return rows.select_related("language").prefetch_related(Prefetch("files", files, to_attr="opened"))


def kept_files(edition: Edition, user: Any) -> list[ResourceFile]:
    """Every version for those who keep them, also one with a virus; each with `twins`: the other records, of
    those that the person may see, that hold the same content. Two statements."""
    files = list(edition.files.select_related("uploaded_by").order_by("-number"))
    digests = {file.sha256 for file in files}
    held: dict[str, list[Resource]] = {}
    others = (
        Resource.objects.visible_to(user)
        .exclude(pk=edition.resource_id)
        .filter(editions__files__sha256__in=digests)
        .distinct()
        .prefetch_related("editions__files")
        .order_by("pk")[:20]
    )
    for other in others if digests else ():
        for digest in {file.sha256 for one in other.editions.all() for file in one.files.all()} & digests:
            held.setdefault(digest, []).append(other)
    for file in files:
        file.twins = held.get(file.sha256, [])  # type: ignore[attr-defined]
    return files

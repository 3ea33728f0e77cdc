"""Pages of files for the index: of each edition the newest version that all its readers may open."""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils.functional import cached_property

from core.uploads import PDF
from resources.models import FilePage, Resource, ResourceFile
from search.hooks import PAGES_FROM, Entry

# Parts below are for the editions of a resource.
STEP = PAGES_FROM


class Passages:
    """Of the resources `ids`, asked for in rising order of id: two statements, and never all in memory."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._newest = (
            ResourceFile.objects.safe_for(AnonymousUser())
            .filter(edition__resource__in=ids)
            .order_by("edition_id", "-number")
            .distinct("edition_id")
        )

    def made_of(self, resource: Resource) -> str:
        """Another text wherever a page of the resource would be written otherwise; "" without any file."""
        files = self._files.get(resource.pk)
        return sha256(repr(files).encode()).hexdigest() if files else ""

    def of(self, resource: Resource) -> Iterator[Entry]:
        while self._next and self._next[0] < resource.pk:
            self._next = next(self._groups, None)
        if not self._next or self._next[0] != resource.pk:
            return
        rank, last = 0, 0
        for _resource, edition, title, language, file, has_pages, kind, number, text in self._next[1]:
            rank, last = rank + (edition != last), edition
            yield Entry(
                object_id=resource.pk,
                name=title,
                url_name="core:file",
                url_args=["resource", file],
                anchor=f"page={number}" if has_pages and kind == PDF else "",
                audience=None,  # that of the resource takes its place
                text=text,
                language=language,
                part=rank * STEP + number,
                part_label=f"p. {number}" if has_pages else "",
            )
        self._next = next(self._groups, None)

    @cached_property
    def _files(self) -> dict[int, list[Any]]:
        rows = self._newest.values_list(
            "edition__resource_id",
            "edition_id",
            "pk",
            "edition__title",
            "edition__language_id",
            "pages_done",
            "beat_at",
        )
        return {resource: list(files) for resource, files in groupby(sorted(rows), key=itemgetter(0))}

    @cached_property
    def _groups(self) -> Iterator[tuple[int, Iterator[Any]]]:
        rows: Iterable[Any] = (
            FilePage.objects.filter(file__in=self._newest.values("pk"))
            .order_by("file__edition__resource_id", "file__edition_id", "number")
            .values_list(
                "file__edition__resource_id",
                "file__edition_id",
                "file__edition__title",
                "file__edition__language_id",
                "file_id",
                "file__has_pages",
                "file__media_type",
                "number",
                "text",
            )
            .iterator(chunk_size=200)
        )
        return groupby(rows, key=itemgetter(0))

    @cached_property
    def _next(self) -> tuple[int, Iterator[Any]] | None:
        return next(self._groups, None)

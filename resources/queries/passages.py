"""Pages of files for the index: of each edition the newest version that all its readers may open."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from django.contrib.auth.models import AnonymousUser

from resources.models import FilePage, Resource, ResourceFile
from search.registry import Entry

# Parts below are for the editions of a resource.
STEP = 100_000


class Passages:
    """Of the resources `ids`, asked for in rising order of id: one statement, and never all in memory."""

    def __init__(self, ids: Sequence[int]) -> None:
        newest = (
            ResourceFile.objects.safe_for(AnonymousUser())
            .filter(edition__resource__in=ids)
            .order_by("edition_id", "-number")
            .distinct("edition_id")
        )
        rows: Iterable[tuple[int, int, str, str, bool, int, str]] = (
            FilePage.objects.filter(file__in=newest.values("pk"))
            .order_by("file__edition__resource_id", "file__edition_id", "number")
            .values_list(
                "file__edition__resource_id", "file__edition_id", "file__edition__title",
                "file__edition__language_id", "file__has_pages", "number", "text",
            )
            .iterator(chunk_size=200)
        )  # fmt: skip
        self._groups = groupby(rows, key=itemgetter(0))
        self._next = next(self._groups, None)

    def of(self, resource: Resource) -> Iterator[Entry]:
        while self._next and self._next[0] < resource.pk:
            self._next = next(self._groups, None)
        if not self._next or self._next[0] != resource.pk:
            return
        rank, last = 0, 0
        for _resource, edition, title, language, has_pages, number, text in self._next[1]:
            rank, last = rank + (edition != last), edition
            yield Entry(
                object_id=resource.pk,
                name=title,
                url_name="resources:resource",
                url_args=[resource.pk, resource.slug],
                audience=None,  # that of the resource takes its place
                text=text,
                language=language,
                part=rank * STEP + number,
                part_label=f"p. {number}" if has_pages else "",
            )
        self._next = next(self._groups, None)

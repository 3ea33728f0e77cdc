"""Files as their readers and keepers see them; records with the pages of their files for the index."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch
from django.utils.functional import cached_property

from core.uploads import PDF
from resources.files.models import FilePage, ResourceFile
from resources.records.enums import Audience, ResourceKind
from resources.records.models import Edition, Resource
from search.enums import Audience as Found
from search.hooks import EDITION, PAGES_FROM, Entry
from search.text import in_all_languages


def newest_for(user: Any, resource: int, language: str) -> ResourceFile | None:
    """Return the newest version of a resource in a language that the person may open."""
    files = ResourceFile.objects.visible_to(user)
    return files.filter(edition__resource=resource, edition__language=language).order_by("-number").first()


def with_files(user: Any, editions: Any = None) -> Any:
    """Return the editions with `opened`: the versions that the person may open, newest first."""
    rows = Edition.objects.all() if editions is None else editions
    files = ResourceFile.objects.safe_for(user).order_by("-number")
    return rows.select_related("language").prefetch_related(Prefetch("files", files, to_attr="opened"))


def kept_files(edition: Edition, user: Any) -> list[ResourceFile]:
    """Return every version for those who keep the record, also one with a virus.

    Each has `twins`: the other records that the person may see and that hold the same content."""
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
        for digest in {
            file.sha256 for other_edition in other.editions.all() for file in other_edition.files.all()
        } & digests:
            held.setdefault(digest, []).append(other)
    for file in files:
        file.twins = held.get(file.sha256, [])  # type: ignore[attr-defined]
    return files


# --- Pages of files for the index: of each edition the newest version that all its readers may open --

# Parts below are for the editions of a resource.
STEP = PAGES_FROM


class Passages:
    """The pages of the resources `ids`, read in rising order of id, never all in memory."""

    def __init__(self, ids: Sequence[int]) -> None:
        self._newest = (
            ResourceFile.objects.safe_for(AnonymousUser())
            .filter(edition__resource__in=ids)
            .order_by("edition_id", "-number")
            .distinct("edition_id")
        )

    def made_of(self, resource: Resource) -> str:
        """Return a digest that changes with every page of the resource; "" without any file."""
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


def documents(ids: Sequence[int]) -> Iterable[Entry]:
    """Yield what is published and no longer under embargo: each edition as a part, then pages of files."""
    rows = Resource.objects.listed().filter(pk__in=ids).order_by("pk")
    passages = Passages(ids)
    for resource in rows.prefetch_related(
        "editions__language", "authors", "topics", "countries", "instruments", "articles", "stakeholders"
    ):
        editions = list(resource.editions.all())
        countries = list(resource.countries.all())
        named = [
            resource.publisher,
            resource.symbol,
            resource.doi,
            resource.isbn,
            *(author.name for author in resource.authors.all()),
        ]
        named += [row.name for row in resource.stakeholders.all() if row.is_named_publicly]
        filed = [*resource.topics.all(), *countries, *resource.instruments.all(), *resource.articles.all()]
        own = editions[0] if editions else None
        texts = [*(_words(own) if own else ()), " · ".join(filter(None, named))]
        texts.append(" · ".join(row.name_en for row in filed))
        entry = Entry(
            object_id=resource.pk,
            name=resource.title,
            aliases=[edition.title for edition in editions[1:]],
            text="\n".join(filter(None, texts)),
            language=own.language_id if own else str(resource.language_id),
            audience=FOUND_BY.get(Audience(resource.audience)),
            country=countries[0].pk if len(countries) == 1 and resource.audience == Audience.PUBLIC else "",
            facets=[
                f"resource:{resource.kind}",
                *(f"{EDITION}{edition.language_id}" for edition in editions),
                *(f"topic:{topic.pk}" for topic in resource.topics.all()),
            ],
            words=" ".join(_also_found_by(resource, editions)),
            url_name="resources:resource",
            url_args=[resource.pk, resource.slug],
            sort_key=resource.published_on.isoformat() if resource.published_on else "",
            pages=partial(passages.of, resource),
            pages_of=passages.made_of(resource),
        )
        yield entry
        for part, edition in enumerate(editions[1:], start=1):
            yield replace(
                entry,
                part=part,
                name=edition.title,
                aliases=[],
                text="\n".join(_words(edition)),
                language=edition.language_id,
                pages_of="",
            )


def _also_found_by(resource: Resource, editions: Iterable[Edition]) -> Iterator[str]:
    """Return the names of its kind, and of the languages that it can be read in."""
    yield in_all_languages(ResourceKind(resource.kind).label)
    yield ResourceKind.ALSO_CALLED.get(resource.kind, "")
    for edition in editions:
        yield from (*edition.language.names, edition.language.native_name)


def _words(edition: Edition) -> list[str]:
    return [text for text in (edition.abstract, edition.short_form, edition.full_form) if text]


FOUND_BY = {
    Audience.PUBLIC: Found.PUBLIC,
    Audience.MEMBERS_STATES: Found.MEMBERS_STATES,
    Audience.MEMBERS: Found.MEMBERS,
    Audience.REGIONAL: Found.REGIONAL,
}

"""Keeping the index true. Called inside the transaction of the act that changed the object."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from django.apps import apps
from django.db import connection, models, transaction
from django.utils.functional import cached_property
from django.utils.timezone import now

from core.bulk import as_array
from core.later import later
from search.enums import Audience
from search.hooks import PAGES_FROM, Entry, documents, names_of_places
from search.models import Change, Document, Stale, Word
from search.sounds import MARK, joined_sounds, sounds_of_names
from search.text import (
    LONGEST_BODY,
    WHOLE,
    config_for,
    fold,
    fold_endings,
    fold_lightly,
    in_all_languages,
    site_of,
    spread,
    wholes,
    without_dots,
    words_with_stems,
)

BATCH = 1000  # documents that one statement writes
MANY = 4000  # objects that are read together
WORKERS = 2  # bring in line what is more than that, each other objects
AT_ONCE = 200  # so many objects are brought in line within the act itself
TITLE, LABEL = 300, 60
SHORTEST_LEARNT, LONGEST_LEARNT = 4, 40


def index(obj: models.Model) -> None:
    """Write the document of one object, or delete it where the object can no longer be found."""
    index_many(obj._meta.label_lower, [obj.pk])


def index_many(kind: str, ids: Sequence[int], *, anew: bool = False) -> int:
    """Index many objects of one kind. Return how many of them can be found now.

    Pages of files are written only where something that they say or carry is another, or `anew`.
    """
    build = documents[kind].build
    findable_ids: set[int] = set()
    for start in range(0, len(ids), MANY):
        some = list(ids[start : start + MANY])
        entries: list[Entry] = []
        present_parts: list[tuple[int, int]] = []
        staying: list[int] = []
        pages = _Pages(kind, [] if anew else some)
        for entry in _as_their_object(build(some), pages, staying):
            if len(entries) == BATCH:
                _write(kind, entries)
                entries = []
            entries.append(entry)
            present_parts.append((entry.object_id, entry.part))
        _write(kind, entries, of=some, present_parts=present_parts, staying=staying)
        later("search.learn_words_of", kind=kind, ids=some)
        findable_ids.update(object_id for object_id, _ in present_parts)
    return len(findable_ids)


class _Pages:
    """What the pages of some objects were made of, and who could find them, at the last writing."""

    def __init__(self, kind: str, ids: Sequence[int]) -> None:
        self.kind, self.ids = kind, ids

    def are_still(self, head: Entry) -> bool:
        audience = None if head.audience is None else int(head.audience)
        facts = head.pages_of, audience, head.country, list(head.facets)
        return bool(head.pages_of) and self._known.get(head.object_id) == facts

    @cached_property
    def _known(self) -> dict[int, tuple[str, int | None, str, list[str]]]:
        rows = Document.objects.filter(kind=self.kind, object_id__in=self.ids, part=0)
        heads = rows.values_list("object_id", "pages_of", "audience", "country", "facets")
        return {pk: (pages, audience, country, facets) for pk, pages, audience, country, facets in heads}


def _as_their_object(entries: Iterable[Entry], pages: _Pages, staying: list[int]) -> Iterator[Entry]:
    """Yield entries; passages get the audience, country and facets of their object.

    Objects whose pages are as they were come into `staying`.
    """
    head: Entry | None = None
    still = False
    for entry in entries:
        if entry.part and (head is None or head.object_id != entry.object_id):
            raise ValueError(f"The passage {entry.part} of {entry.object_id} comes before its object.")
        if head and entry.part:
            yield _as(head, entry)
            continue
        if head:
            yield from _pages_of(head, still, staying)
        head, still = entry, pages.are_still(entry)  # before it is written itself
        yield entry
    if head:
        yield from _pages_of(head, still, staying)


def _pages_of(head: Entry, still: bool, staying: list[int]) -> Iterator[Entry]:
    if still:
        staying.append(head.object_id)
        return
    for page in head.pages():
        yield _as(head, page)


def _as(head: Entry, entry: Entry) -> Entry:
    return replace(entry, audience=head.audience, country=head.country, facets=head.facets)


def index_soon(kind: str, ids: Sequence[int]) -> None:
    """Leave many ids to a worker, which indexes them within a minute.

    Never for what hides something: the index would tell of it until then.
    """
    if len(ids) <= AT_ONCE:
        index_many(kind, ids)
        return
    with connection.cursor() as cursor:
        cursor.execute(_WAIT, [kind, as_array(ids)])
    for _worker in range(1 if len(ids) <= MANY else WORKERS):
        later("search.catch_up")


_WAIT = f"""
    INSERT INTO "{Stale._meta.db_table}" (kind, object_id, since)
    SELECT %s, unnest(%s::bigint[]), statement_timestamp() ON CONFLICT DO NOTHING
"""


_TAKE = f"""
    DELETE FROM "{Stale._meta.db_table}" WHERE id = ANY(ARRAY(
        SELECT id FROM "{Stale._meta.db_table}" ORDER BY id LIMIT %s FOR UPDATE SKIP LOCKED
    )) RETURNING kind, object_id
"""  # noqa: S608  names of our own table


def catch_up(most: int = MANY) -> int:
    """Index what waits longest, in one transaction. Return how many objects were taken.

    Several workers may do so at once: each takes others.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_TAKE, [most])
            taken = cursor.fetchall()
        waiting: dict[str, list[int]] = {}
        for kind, object_id in taken:
            waiting.setdefault(kind, []).append(object_id)
        for kind, ids in waiting.items():
            if kind in documents:
                index_many(kind, sorted(ids))
    return len(taken)


def drop(obj: models.Model) -> None:
    """Delete an object from the index. To be called before the object is deleted, while it has its id."""
    drop_many(obj._meta.label_lower, [obj.pk])


def drop_many(kind: str, ids: Sequence[int]) -> None:
    """Delete any number of objects of one kind from the index."""
    with connection.cursor() as cursor:
        cursor.execute(_DROP, [kind, as_array(ids)])
    Change.objects.create()


_DROP = f"""
    DELETE FROM "{Document._meta.db_table}" WHERE kind = %s AND object_id = ANY(%s::bigint[])
"""  # noqa: S608  names of our own table


def rebuild(kind: str, say: Callable[[int], None] = lambda done: None) -> int:
    """Write every document of one kind again, a batch at a time. Return how many there are now.

    `say` is told after each batch how many were made.

    Acts that run meanwhile are safe: a batch's objects are held until it is written.
    """
    numbers = documents[kind].numbers
    if numbers is not None:
        return _rebuild_short(kind, numbers(), say)
    model = apps.get_model(kind)
    total, last = 0, None
    while True:
        with transaction.atomic():
            rows = model._base_manager.order_by("pk")
            rows = rows if last is None else rows.filter(pk__gt=last)
            ids = list(rows.select_for_update(no_key=True).values_list("pk", flat=True)[:BATCH])
            if not ids:
                break
            total += index_many(kind, ids, anew=True)
            last = ids[-1]
        say(total)
    existing_ids = model._base_manager.values("pk")
    Document.objects.filter(kind=kind).exclude(object_id__in=existing_ids).delete()
    Change.objects.create()
    return total


def _rebuild_short(kind: str, ids: Sequence[int], say: Callable[[int], None]) -> int:
    """Rebuild a short list whose objects have other keys than their numbers here, in one transaction."""
    with transaction.atomic():
        total = index_many(kind, ids)
        Document.objects.filter(kind=kind).exclude(object_id__in=ids).delete()
        Change.objects.create()
    say(total)
    return total


def forget_changes() -> None:
    """Delete old changes. A new one is written with it, so that no version occurs twice."""
    with transaction.atomic():
        last = Change.objects.create()
        Change.objects.filter(pk__lt=last.pk).delete()


def learn_words() -> int:
    """Count anew the words that everybody may find. Return how many there are.

    One that stands in a single document counts too: it may be somebody's name, and it is public.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEARNING])
        Word.objects.all().delete()
        cursor.execute(_LEARN.format(which="true", known="NOTHING"), _LEARNT)
        return cursor.rowcount


def learn_words_of(kind: str, ids: Sequence[int]) -> int:
    """Store the words of these objects that were not known, so that slips of them are found at once.

    Of many, as an import brings them, it is told at once how often their words stand; otherwise when all are
    taken in anew.
    """
    which = "document.kind = %s AND document.object_id = ANY(%s)"
    known = "UPDATE SET times = known.times + excluded.times" if len(ids) > AT_ONCE else "NOTHING"
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LEARNING])
        cursor.execute(_LEARN.format(which=which, known=known), [*_LEARNT, kind, list(ids)])
        return cursor.rowcount


_LEARNING = 7_406_434  # one learns at a time; any number that nothing else in this database locks by
_LEARN = f"""
    INSERT INTO "{Word._meta.db_table}" AS known (word, times)
    SELECT lexeme, count(*) FROM "{Document._meta.db_table}" AS document,
        unnest(tsv) AS one (lexeme, positions, weights)
    WHERE audience = %s AND weights && CASE document.part WHEN 0 THEN %s::text[] ELSE %s END
        AND lexeme !~ %s AND length(lexeme) BETWEEN %s AND %s AND {{which}}
    GROUP BY lexeme
    ON CONFLICT (word) DO {{known}}
"""  # noqa: S608  names of our own tables
# A: words of names, which passages repeat, D: words of texts; C holds stems, which are no words.
_LEARNT: list[Any] = [
    int(Audience.PUBLIC),
    ["A", "D"],
    ["D"],
    f"[0-9{MARK}{WHOLE}]",
    SHORTEST_LEARNT,
    LONGEST_LEARNT,
]


# All documents of a batch are one parameter: to write out some thousand values one by one would take longer
# than all that the database does with them. Always in the same order, so that of two acts at once one waits
# for the other. Weights: A the names as they are; C names and text, stemmed; D the text as it is.
_WRITTEN = (
    "part_label",
    "language",
    "title",
    "text",
    "audience",
    "country",
    "facets",
    "url_name",
    "url_args",
    "anchor",
    "pages_of",
    "sort_key",
    "tsv",
    "updated_at",
)
# Words of Russian and Arabic stand in records of other languages too, as the name of their kind or a title.
_STEMS_BY_SCRIPT = "setweight(to_tsvector('russian', {0}) || to_tsvector('arabic', {0}), 'C')"
_UPSERT = f"""
    WITH gone AS (
        DELETE FROM "{Document._meta.db_table}" WHERE kind = %s AND object_id = ANY(%s::bigint[])
            AND (object_id, part) NOT IN (SELECT * FROM unnest(%s::bigint[], %s::int[]))
            AND NOT (part >= {PAGES_FROM} AND object_id = ANY(%s::bigint[]))
    ), changed AS (
        INSERT INTO "{Change._meta.db_table}" DEFAULT VALUES
    ), besides (unseen, words) AS MATERIALIZED (
        SELECT number, to_tsvector('simple', one) || {_STEMS_BY_SCRIPT.format("one")}
        FROM unnest(%s::text[]) WITH ORDINALITY AS _ (one, number)
    )
    INSERT INTO "{Document._meta.db_table}" (kind, object_id, part, {", ".join(_WRITTEN)})
    SELECT %s, object_id, part, part_label, language, title, text, audience, country, facets, url_name,
        url_args, anchor, pages_of, sort_key,
        search_vector(names, stemmed, plain, config) || coalesce(words, '')
            || CASE WHEN scripts = '' THEN '' ELSE {_STEMS_BY_SCRIPT.format("scripts")} END, %s
    FROM json_to_recordset(%s) AS said (
        object_id bigint, part int, part_label text, language text, title text, text text,
        audience smallint, country text, facets text[], url_name text, url_args jsonb, anchor text,
        pages_of text, sort_key text, names text, stemmed text, plain text, config text, scripts text,
        unseen int
    ) LEFT JOIN besides USING (unseen)
    ORDER BY object_id, part
    ON CONFLICT (kind, object_id, part) DO UPDATE SET
        {", ".join(f"{name} = excluded.{name}" for name in _WRITTEN)}
"""  # noqa: S608  names of our own table


def _write(
    kind: str,
    entries: Sequence[Entry],
    *,
    of: Sequence[int] = (),
    present_parts: Sequence[tuple[int, int]] = (),
    staying: Sequence[int] = (),
) -> None:
    """Write these entries. Of the objects `of`, delete parts that are not in `present_parts`, but no pages
    of those that are `staying`."""
    places = names_of_places({entry.country for entry in entries if entry.country})
    kind_names = in_all_languages(documents[kind].label)
    # What objects of one kind and place are called besides is the same for many.
    unseen: dict[str, int] = {}
    rows = []
    for entry in entries:
        row = _row_of(entry)
        if not entry.part:
            called = f"{entry.words} {kind_names} {places.get(entry.country, '')}"
            row["unseen"] = unseen.setdefault(called, len(unseen) + 1)
        rows.append(row)
    rows_json = json.dumps(rows, ensure_ascii=False)
    parts = as_array(object_id for object_id, _ in present_parts), as_array(part for _, part in present_parts)
    besides = [spread(fold(text)) for text in unseen]
    with connection.cursor() as cursor:
        cursor.execute(
            _UPSERT, [kind, as_array(of), *parts, as_array(staying), besides, kind, now(), rows_json]
        )


def _row_of(entry: Entry) -> dict[str, Any]:
    body = entry.text[:LONGEST_BODY]
    names = [entry.name, *entry.aliases]
    light_names = [fold_lightly(name) for name in (*names, *without_dots(" ".join(names)))]
    light_body = fold_lightly(body)
    light = " ".join(light_names)
    marked = [*sounds_of_names(light), *(sound for name in light_names for sound in joined_sounds(name))]
    if not entry.part:
        called = [*names, site_of(entry.site)]
        folded = [fold_endings(name) for name in light_names[: len(names)]]
        marked += sorted(wholes(called, [*folded, fold(called[-1])]))
    return {
        "object_id": entry.object_id,
        "part": entry.part,
        "part_label": entry.part_label[:LABEL],
        "language": entry.language,
        "title": entry.name[:TITLE],
        "text": body,
        "audience": None if entry.audience is None else int(entry.audience),
        "country": entry.country,
        "facets": list(entry.facets),
        "url_name": entry.url_name,
        "url_args": list(entry.url_args),
        "anchor": entry.anchor,
        "pages_of": entry.pages_of,
        "sort_key": (entry.sort_key or " ".join(fold(entry.name).split()))[:TITLE],
        "names": spread(fold_endings(light)),
        "stemmed": spread(f"{light} {light_body}"),
        "scripts": " ".join(words_with_stems(f"{light} {light_body}", entry.language)),
        "plain": " ".join((spread(fold_endings(light_body)), *marked)),
        "config": config_for(entry.language),
    }

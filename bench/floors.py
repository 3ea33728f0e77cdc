"""The floor of each page: what it must ask of the database, by hand, over one bare connection.

The bytes that a floor returns are finished: the page itself, made once when the worker first asks for it.
"""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.http import HttpRequest, HttpResponse
from django.urls import path

SHOWN = "s.status IN ('listed', 'active') AND s.listing = 'public'"
CARD = (
    "s.id, s.kind, s.name, s.name_latin, s.acronym, s.country_id, s.city, s.mission, s.mission_language_id, "
    "s.status, s.listing, s.slug, s.source_date, s.confirmed_at, s.is_demo"
)
# Common, as it is read and as it is stemmed in the languages of its letters; as the page asks it.
WORDS = (
    "(to_tsquery('simple', '''{word}'':*') || plainto_tsquery('portal_en', '{word}') || "
    "plainto_tsquery('portal_fr', '{word}') || plainto_tsquery('portal_es', '{word}'))"
)
FOUND = (
    "SELECT d.object_id FROM search_document d "
    "WHERE d.audience = 0 AND d.kind = 'stakeholders.stakeholder' AND d.tsv @@ {words}"
)

_connection: psycopg.Connection[Any] | None = None


def connection() -> psycopg.Connection[Any]:
    global _connection  # noqa: PLW0603  the point of the floor: one bare connection for the process
    if _connection is None:
        _connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _connection


def directory(word: str = "", narrowed: str = "", offset: int = 0) -> list[str]:
    """The statements of one page of the directory: its rows, the numbers beside the choices, the topics."""
    words = WORDS.format(word=word)
    among = f" AND s.id IN ({FOUND.format(words=words)})" if word else ""
    where = f"{SHOWN}{f' AND {narrowed}' if narrowed else ''}"
    if word:
        rows = (
            f"SELECT {CARD} FROM search_document d JOIN stakeholders_stakeholder s ON s.id = d.object_id "
            f"WHERE d.audience = 0 AND d.kind = 'stakeholders.stakeholder' AND d.tsv @@ {words} AND {where} "
            f"ORDER BY ts_rank(d.tsv, {words}) DESC, d.sort_key, d.id LIMIT 20 OFFSET {offset}"
        )
    else:
        rows = (
            f"SELECT {CARD} FROM stakeholders_stakeholder s WHERE {where} "
            f"ORDER BY s.sort_key, s.id LIMIT 20 OFFSET {offset}"
        )
    return [
        rows,
        "SELECT s.kind, s.country_id, count(*) FROM stakeholders_stakeholder s "
        f"WHERE {SHOWN}{among} GROUP BY 1, 2",
        f"SELECT t.topic_id, s.kind, s.country_id, count(*) FROM stakeholders_stakeholder_topics t "
        f"JOIN stakeholders_stakeholder s ON s.id = t.stakeholder_id WHERE {SHOWN}{among} GROUP BY 1, 2, 3",
    ]


PROFILE = [
    f"SELECT {CARD}, s.website, s.source_name, s.source_url, s.ror_id, s.updated_at, c.name_en, c.iso2 "
    "FROM stakeholders_stakeholder s JOIN taxonomy_country c ON c.iso3 = s.country_id "
    f"WHERE s.id = {{pk}} AND {SHOWN}",
    "SELECT t.code, t.name_en FROM taxonomy_topic t "
    "JOIN stakeholders_stakeholder_topics x ON x.topic_id = t.code "
    "WHERE x.stakeholder_id = {pk} ORDER BY t.sort_en",
]

# name → (address of the page, its statements); {pk} and {slug} are of one stakeholder
PAGES: dict[str, tuple[str, list[str]]] = {
    "directory": ("/en/stakeholders/", directory()),
    "directory, one filter": ("/en/stakeholders/?kind=ngo", directory(narrowed="s.kind = 'ngo'")),
    "directory, common word": ("/en/stakeholders/?q=university", directory("university")),
    "directory, rare word": ("/en/stakeholders/?q=ornithology", directory("ornithology")),
    "directory, word and two filters": (
        "/en/stakeholders/?q=university&kind=academia&country=JPN",
        directory("university", "s.kind = 'academia' AND s.country_id = 'JPN'"),
    ),
    "directory, page 20": ("/en/stakeholders/?page=20", directory(offset=380)),
    "profile": ("/en/stakeholders/{pk}-{slug}/", PROFILE),
}


def floor(number: int, statements: list[str]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that runs the statements and returns bytes that were finished before."""
    finished: list[bytes] = []

    def view(request: HttpRequest) -> HttpResponse:
        if not finished:
            finished.append(Path(os.environ["BENCH_FINISHED"], str(number)).read_bytes())
        for statement in statements:
            connection().execute(statement.replace("{pk}", os.environ["BENCH_PK"])).fetchall()
        return HttpResponse(finished[0], headers={"Content-Encoding": "gzip"})

    return view


urlpatterns = [
    path(f"{number}/", floor(number, statements))
    for number, (_address, statements) in enumerate(PAGES.values())
]

"""The floor of each page: what it must ask of the database, by hand, over one bare connection.

The bytes that a floor returns are finished: the page itself, made once when the worker first asks for it.
"""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.http import HttpRequest, HttpResponse
from django.urls import path

SHOWN = "s.status IN ('listed', 'active') AND s.listing = 'public'"
CARD = (
    "s.id, s.kind, s.name, s.name_latin, s.acronym, s.country_id, s.city, s.mission, s.mission_language_id, "
    "s.status, s.listing, s.slug, s.source_date, s.confirmed_at"
)
FOUND = (
    "SELECT d.object_id FROM search_document d "
    "WHERE d.audience = 0 AND d.kind = 'stakeholders.stakeholder' AND d.tsv @@ {words}"
)
# Facet → its table and the column of its codes.
LINKED = {
    "topic": ("stakeholders_stakeholder_topics", "topic_id"),
    "article": ("stakeholders_stakeholder_articles", "article_id"),
    "area": ("stakeholders_stakeholder_engagement_areas", "engagementarea_id"),
    "language": ("stakeholders_stakeholder_languages", "language_id"),
    "offers": (
        "(SELECT DISTINCT stakeholder_id, direction FROM stakeholders_offer "
        "WHERE closed_at IS NULL AND audience = 'public')",
        "direction",
    ),
}
LATIN = ("portal_en", "portal_fr", "portal_es")


def words(*said: str, last: str, configs: tuple[str, ...] = LATIN) -> str:
    """Words as they are read and as they are stemmed; the last also as a beginning, as the page asks it."""
    forms = [(word, f"'{word}'") for word in said] + [(last, f"'{last}':*")]
    asked = [
        " || ".join(
            [f"to_tsquery('simple', '{form.replace(chr(39), chr(39) * 2)}')"]
            + [f"plainto_tsquery('{config}', '{word}')" for config in configs]
        )
        for word, form in forms
    ]
    return "(" + " && ".join(f"({one})" for one in asked) + ")"


_connection: psycopg.Connection[Any] | None = None


def connection() -> psycopg.Connection[Any]:
    global _connection  # noqa: PLW0603  the point of the floor: one bare connection for the process
    if _connection is None:
        _connection = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    return _connection


def directory(
    asked: str = "", narrowed: str = "", offset: int = 0, before: tuple[str, ...] = ()
) -> list[str]:
    """The statements of one page of the directory: its rows, and the numbers beside all choices."""
    among = f" AND s.id IN ({FOUND.format(words=asked)})" if asked else ""
    where = f"{SHOWN}{f' AND {narrowed}' if narrowed else ''}"
    if asked:
        rows = (
            f"SELECT {CARD} FROM search_document d JOIN stakeholders_stakeholder s ON s.id = d.object_id "
            f"WHERE d.audience = 0 AND d.kind = 'stakeholders.stakeholder' AND d.tsv @@ {asked} AND {where} "
            f"ORDER BY ts_rank(d.tsv, {asked}) DESC, d.sort_key, d.id LIMIT 20 OFFSET {offset}"
        )
    else:
        rows = (
            f"SELECT {CARD} FROM stakeholders_stakeholder s WHERE {where} "
            f"ORDER BY s.sort_key, s.id LIMIT 20 OFFSET {offset}"
        )
    return [
        *before,
        rows,
        # Kind, country, standing and freshness leave their own choice out: all that the words find.
        "SELECT s.kind, s.country_id, s.status, s.confirmed_at > now() - interval '92 days', "
        "s.confirmed_at > now() - interval '366 days', count(*) FROM stakeholders_stakeholder s "
        f"WHERE {SHOWN}{among} GROUP BY 1, 2, 3, 4, 5",
        *(
            f"SELECT t.{code}, count(*) FROM {table} t "
            f"JOIN stakeholders_stakeholder s ON s.id = t.stakeholder_id WHERE {where}{among} GROUP BY 1"
            for table, code in LINKED.values()
        ),
    ]


UNIVERSITY = words(last="university")
NEAR = (
    "SELECT word FROM search_word WHERE word % 'univesity' AND abs(length(word) - 9) <= 2 "
    "ORDER BY similarity(word, 'univesity') DESC, times DESC LIMIT 12"
)
PROFILE = [
    f"SELECT {CARD}, s.website, s.source_name, s.source_url, s.ror_id, s.updated_at, c.name_en, c.iso2 "
    "FROM stakeholders_stakeholder s JOIN taxonomy_country c ON c.iso3 = s.country_id "
    f"WHERE s.id = {{pk}} AND {SHOWN}",
    "SELECT t.code, t.name_en FROM taxonomy_topic t "
    "JOIN stakeholders_stakeholder_topics x ON x.topic_id = t.code "
    "WHERE x.stakeholder_id = {pk} ORDER BY t.sort_en",
]

REVIEWS = [
    "SELECT r.id, r.country_id, r.group_id, r.source, c.name_en, c.un_group, g.name_en "
    "FROM reviews_countryreview r JOIN taxonomy_country c ON c.iso3 = r.country_id "
    "LEFT JOIN taxonomy_region g ON g.m49 = c.region_id ORDER BY c.sort_en",
    "SELECT DISTINCT ON (r.review_id) r.review_id, r.step_id, r.cluster_id, r.status, r.date, r.source "
    "FROM (SELECT DISTINCT ON (review_id, cluster_id, step_id, instrument_id) * FROM reviews_steprecord "
    "ORDER BY review_id, cluster_id, step_id, instrument_id, recorded_at DESC, id DESC) r "
    "WHERE r.status IN ('done', 'under_way') ORDER BY r.review_id, r.date DESC",
    "SELECT code, group_id, cluster_id, starts, ends FROM reviews_phase",
    "SELECT code, name_en FROM reviews_stepkind ORDER BY position",
]

REVIEW = [
    "SELECT r.*, c.name_en, c.un_group FROM reviews_countryreview r "
    "JOIN taxonomy_country c ON c.iso3 = r.country_id WHERE r.country_id = 'KEN'",
    "SELECT DISTINCT ON (cluster_id, step_id, instrument_id) s.* FROM reviews_steprecord s "
    "JOIN reviews_countryreview r ON r.id = s.review_id WHERE r.country_id = 'KEN' "
    "ORDER BY cluster_id, step_id, instrument_id, recorded_at DESC, s.id DESC",
    "SELECT code, group_id, cluster_id, starts, ends FROM reviews_phase",
    "SELECT code, name_en FROM reviews_stepkind ORDER BY position",
    "SELECT i.code, i.name_en, p.is_party, p.date FROM taxonomy_instrument i LEFT JOIN "
    "taxonomy_participation p "
    "ON p.instrument_id = i.code AND p.country_id = 'KEN' WHERE i.reviewed ORDER BY i.position",
    "SELECT d.* FROM reviews_reviewdocument d LEFT JOIN reviews_countryreview r ON r.id = d.review_id "
    "WHERE d.review_id IS NULL OR r.country_id = 'KEN'",
    # The parts: calls, contributions, observations, stakeholders.
    "SELECT DISTINCT c.id, c.title, c.closes_at FROM reviews_call c "
    "LEFT JOIN reviews_call_countries x ON x.call_id = c.id WHERE c.status = 'published' "
    "AND now() BETWEEN c.opens_at AND c.closes_at AND (x.country_id = 'KEN' OR x.country_id IS NULL) "
    "ORDER BY c.closes_at LIMIT 6",
    "SELECT DISTINCT c.id, c.visibility, c.published_at, l.title, s.name FROM reviews_contribution c "
    "JOIN reviews_call l ON l.id = c.call_id JOIN stakeholders_stakeholder s ON s.id = c.stakeholder_id "
    "JOIN reviews_call_countries x ON x.call_id = l.id WHERE c.status = 'published' AND x.country_id = 'KEN' "
    "ORDER BY c.published_at DESC, c.id DESC LIMIT 6",
    "SELECT o.*, a.number, a.name_en FROM reviews_observation o JOIN taxonomy_article a ON a.code = "
    "o.article_id "
    "WHERE o.country_id = 'KEN' AND o.published_at IS NOT NULL ORDER BY a.number LIMIT 6",
    f"SELECT {CARD} FROM stakeholders_stakeholder s WHERE {SHOWN} AND s.country_id = 'KEN' "
    "ORDER BY s.sort_key LIMIT 10",
]
CALL = [
    "SELECT * FROM reviews_call WHERE id = 1 AND status <> 'draft'",
    "SELECT q.* FROM reviews_question q WHERE q.call_id = 1 ORDER BY q.position",
    "SELECT status, visibility, count(*) FROM reviews_contribution WHERE call_id = 1 GROUP BY 1, 2",
    "SELECT c.id, c.visibility, c.published_at, s.name FROM reviews_contribution c "
    "JOIN stakeholders_stakeholder s ON s.id = c.stakeholder_id WHERE c.call_id = 1 AND c.status = "
    "'published' "
    "ORDER BY c.published_at DESC, c.id DESC LIMIT 20",
    'SELECT * FROM reviews_followup WHERE call_id = 1 ORDER BY "on"',
]
OBSERVATIONS = [
    "SELECT count(*) FROM reviews_observation WHERE published_at IS NOT NULL",
    "SELECT o.*, c.name_en, a.number, a.name_en FROM reviews_observation o "
    "JOIN taxonomy_country c ON c.iso3 = o.country_id JOIN taxonomy_article a ON a.code = o.article_id "
    "WHERE o.published_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM reviews_observation p "
    "WHERE p.split_from_id = o.id) ORDER BY c.sort_en, a.number, o.id LIMIT 50",
    "SELECT DISTINCT country_id FROM reviews_observation WHERE published_at IS NOT NULL",
    "SELECT DISTINCT article_id FROM reviews_observation WHERE published_at IS NOT NULL",
]

# name → (address of the page, its statements); {pk} and {slug} are of one stakeholder
_LIST = "/en/stakeholders/"
FRONT = [
    "SELECT n, resources_version() FROM stakeholders_directoryversion",
    "SELECT id, title, language_id, translations, closes_at, zone FROM reviews_call "
    "WHERE status = 'published' AND opens_at <= now() AND closes_at >= now() ORDER BY closes_at LIMIT 5",
    "SELECT id, title, language_id, translations, kind, starts_at, ends_at, zone, city FROM events_event "
    "WHERE status = 'published' AND ends_at >= now() ORDER BY starts_at LIMIT 5",
    "SELECT y.id, y.title, y.language_id, y.summary, y.publish_at, s.name FROM news_story y "
    "LEFT JOIN stakeholders_stakeholder s ON s.id = y.stakeholder_id "
    "WHERE y.status = 'published' AND y.publish_at <= now() ORDER BY y.publish_at DESC LIMIT 3",
    "SELECT s.id, s.name, s.slug, s.kind, s.city, s.country_id FROM stakeholders_stakeholder s "
    f"WHERE {SHOWN} ORDER BY s.created_at DESC, s.id DESC LIMIT 5",
    "SELECT id, kind, title, publisher, published_on FROM resources_resource "
    "WHERE status = 'published' AND audience = 'public' ORDER BY published_at DESC LIMIT 5",
    f"SELECT s.country_id, count(*) FROM stakeholders_stakeholder s WHERE {SHOWN} GROUP BY 1",
]


PAGES: dict[str, tuple[str, list[str]]] = {
    "no filter": (_LIST, directory()),
    "one filter": (f"{_LIST}?kind=ngo", directory(narrowed="s.kind = 'ngo'")),
    "word and two filters": (
        f"{_LIST}?q=university&kind=academia&country=JPN",
        directory(UNIVERSITY, "s.kind = 'academia' AND s.country_id = 'JPN'"),
    ),
    "common word": (f"{_LIST}?q=university", directory(UNIVERSITY)),
    "rare word": (f"{_LIST}?q=ornithology", directory(words(last="ornithology"))),
    "two words": (f"{_LIST}?q=cancer+institute", directory(words("cancer", last="institute"))),
    "misspelt word": (
        f"{_LIST}?q=univesity",
        directory(words(last="univesity"), before=(NEAR, *directory(UNIVERSITY)[1:])),
    ),
    "Arabic": (
        f"{_LIST}?q={quote('جامعة')}",
        directory(f"({words(last='جامعه', configs=())} || plainto_tsquery('arabic', 'جامعة'))"),
    ),
    "Russian": (
        f"{_LIST}?q={quote('университет')}",
        directory(words(last="университет", configs=("russian",))),
    ),
    "inside a Japanese name": (f"{_LIST}?q={quote('大学')}", directory("to_tsquery('simple', '''大学''')")),
    "page 100": (f"{_LIST}?page=100", directory(offset=1980)),
    "map": ("/en/stakeholders/map/", directory()[1:]),
    "coverage": (
        "/en/stakeholders/coverage/",
        [
            "SELECT s.kind, s.country_id, count(*) FROM stakeholders_stakeholder s "
            f"WHERE {SHOWN} GROUP BY 1, 2"
        ],
    ),
    "profile": ("/en/stakeholders/{pk}-{slug}/", PROFILE),
    "reviews": ("/en/reviews/", REVIEWS),
    "review of a country": ("/en/reviews/KEN/", REVIEW),
    "call": ("/en/calls/1/", CALL),
    "observations": ("/en/observations/", OBSERVATIONS),
    "front page": ("/en/", FRONT),
}


# The programme of one event; {pk} is the event's.
PROGRAMME = [
    "SELECT e.*, p.* FROM events_event e JOIN events_programme p ON p.event_id = e.id "
    "WHERE e.id = {pk} AND e.status IN ('published', 'cancelled')",
    "SELECT s.*, m.id, m.number, m.title, m.language_id, m.status, m.updated_at, m.summary, h.name, t.code, "
    "t.name_en, t.sort_en, r.name, r.position FROM events_shown s "
    "JOIN events_proposal m ON m.id = s.proposal_id "
    "JOIN events_room r ON r.id = s.room_id JOIN stakeholders_stakeholder h ON h.id = m.lead_id "
    "LEFT JOIN taxonomy_topic t ON t.code = m.theme_id WHERE m.event_id = {pk} AND NOT s.is_off "
    "ORDER BY s.starts_at, r.position",
    "SELECT p.proposal_id, p.stakeholder_id, h.name FROM events_partner p JOIN events_proposal m "
    "ON m.id = p.proposal_id JOIN stakeholders_stakeholder h ON h.id = p.stakeholder_id "
    "WHERE m.event_id = {pk} AND p.status = 'confirmed'",
]


SEARCHED = (
    "stakeholders.stakeholder",
    "events.event",
    "events.proposal",
    "reviews.call",
    "reviews.contribution",
    "reviews.observation",
    "reviews.countryreview",
    "reviews.dialogue",
)


def searched(asked: str, kind: str = "") -> list[str]:
    """Both statements of the search over everything: what is found with its numbers, and one page of it."""
    kinds = "VALUES " + ", ".join(f"('{one}', {10_001 if one == kind else 1_001})" for one in SEARCHED)
    only = f"WHERE kind = '{kind}'" if kind else ""
    numbers = (
        f"(SELECT jsonb_object_agg({name}, n) "
        f"FROM (SELECT {name}, count(*) AS n FROM {rows} GROUP BY 1) AS x)"
        for name, rows in (
            ("kind", "found"),
            ("country", "shown"),
            ("language", "shown"),
            ("code", "shown, unnest(facets) AS code"),
        )
    )
    return [
        f"WITH asked (kind, most) AS ({kinds}), found AS MATERIALIZED (SELECT one.* FROM asked, LATERAL ("
        f"SELECT id, d.kind, country, language, facets, sort_key, ts_rank(tsv, {asked}) AS rank "
        f"FROM search_document d WHERE d.kind = asked.kind AND audience = 0 AND tsv @@ {asked} "
        f"LIMIT asked.most) AS one), shown AS MATERIALIZED (SELECT * FROM found {only}) "
        "SELECT (SELECT array_agg(id) FROM "
        "(SELECT id FROM shown ORDER BY rank DESC, sort_key, id LIMIT 20) AS x), " + ", ".join(numbers),
        f"SELECT *, ts_headline('portal_en', text, {asked}) FROM search_document WHERE id = ANY(%ids)",
    ]


_ALL = "/en/search/"
_COMMON = words(last="university")
_ENTRIES = "stakeholders.stakeholder"
# Name → its page, and the statements that it must ask; without any there is no floor.
SEARCHES: dict[str, tuple[str, list[str]]] = {
    "rare word": (f"{_ALL}?q=ornithology", searched(words(last="ornithology"))),
    "two words": (f"{_ALL}?q=cancer+institute", searched(words("cancer", last="institute"))),
    "common word": (f"{_ALL}?q=university", searched(_COMMON)),
    "common word, one kind": (f"{_ALL}?q=university&kind={_ENTRIES}", searched(_COMMON, _ENTRIES)),
    "Russian": (f"{_ALL}?q={quote('суды')}", searched(words(last="суды", configs=("russian",)))),
    "inside a Japanese name": (f"{_ALL}?q={quote('大学')}", searched("to_tsquery('simple', '''大学''')")),
    "phrase": (f"{_ALL}?q=%22cancer+institute%22", []),
    "misspelt word": (f"{_ALL}?q=ornitholgy", []),
    "suggestions, 4 letters": (f"{_ALL}suggest/?q=univ", []),
    "suggestions, 6 letters": (f"{_ALL}suggest/?q=ornith", []),
}


def search(request: HttpRequest, number: int) -> HttpResponse:
    """Both statements of one search, the second for what the first has found."""
    first, second = list(SEARCHES.values())[number][1]
    row = connection().execute(first).fetchone()
    ids = ",".join(str(pk) for pk in (row[0] if row else None) or [])
    connection().execute(second.replace("%ids", f"'{{{ids}}}'")).fetchall()
    finished = Path(os.environ["BENCH_FINISHED"], f"search-{number}").read_bytes()
    return HttpResponse(finished, headers={"Content-Encoding": "gzip"})


def floor(name: str, statements: list[str]) -> Callable[[HttpRequest], HttpResponse]:
    """A view that runs the statements and returns bytes that were finished before."""
    finished: list[bytes] = []

    def view(request: HttpRequest) -> HttpResponse:
        if not finished:
            finished.append(Path(os.environ["BENCH_FINISHED"], name).read_bytes())
        for statement in statements:
            connection().execute(statement.replace("{pk}", os.environ["BENCH_PK"])).fetchall()
        return HttpResponse(finished[0], headers={"Content-Encoding": "gzip"})

    return view


_recorded: list[str] = []
_of_thread = threading.local()


def registration(request: HttpRequest, person: int) -> HttpResponse:
    """The statements of one registration as they were recorded, for another person and a row of their own."""
    if not _recorded:
        # Assigned, not added to: the threads of a worker may come here at once.
        _recorded[:] = Path(os.environ["BENCH_RECORDED"]).read_text().split("\x00")[:-1]
    if not hasattr(_of_thread, "connection"):  # a transaction belongs to one thread
        # As the portal's own connections: each statement is parsed and planned as it comes.
        _of_thread.connection = psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=None
        )
    first, row, code, message = _recorded[0].split()
    new = row
    for statement in _recorded[1:]:
        said = statement.replace(first, str(person)).replace(row, str(new)).replace(code, f"bench-{person}")
        done = _of_thread.connection.execute(said.replace(message, f"<bench.{person}@whatson.example>"))
        if done.description is not None:
            rows = done.fetchall()
            if statement.startswith('INSERT INTO "events_registration"'):
                new = rows[0][0]
    return HttpResponse(b"")


urlpatterns = [
    path("registrations/<int:person>/", registration),
    *(
        path(f"{number}/", floor(str(number), statements))
        for number, (_address, statements) in enumerate(PAGES.values())
    ),
    path("programme/", floor("programme", PROGRAMME)),
    path("search/<int:number>/", search),
]

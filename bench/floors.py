"""The floor of each page: what it must ask of the database, by hand and in the fewest statements, over one
bare connection of each thread, behind the middleware of the portal.

The bytes that a floor returns are finished: a page of its kind, made once before.
"""

import json
import os
import re
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from core.text import fold

SHOWN = "s.status IN ('listed', 'active') AND s.listing = 'public'"
CARD = (
    "s.id, s.kind, s.name, s.name_latin, s.acronym, s.country_id, s.city, s.mission, s.mission_language_id, "
    "s.status, s.listing, s.slug, s.source_date, s.confirmed_at"
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


_SCRIPTS = {"[\u0600-\u06ff]": ("arabic",), "[\u0400-\u04ff]": ("russian",), "[\u4e00-\u9fff]": ()}
_of_thread = threading.local()


def connection() -> psycopg.Connection[Any]:
    """Each statement is parsed and planned as it comes, as over the portal's own connections."""
    if not hasattr(_of_thread, "connection"):
        _of_thread.connection = psycopg.connect(
            os.environ["DATABASE_URL"], autocommit=True, prepare_threshold=None
        )
    return _of_thread.connection


def words(text: str) -> str:
    """Words as they are read and as they are stemmed; the last also as a beginning, as the page asks it.

    For words of letters alone: bench/questions.py makes no others.
    """
    configs = next((languages for script, languages in _SCRIPTS.items() if re.search(script, text)), LATIN)
    *before, last = re.findall(r"\w+", text)
    forms = [(word, f"'{fold(word)}'") for word in before]
    forms.append((last, f"'{fold(last)}'" + (":*" if configs else "")))
    queries = [
        " || ".join(
            [f"to_tsquery('simple', '{form.replace(chr(39), chr(39) * 2)}')"]
            + [f"plainto_tsquery('{config}', '{word}')" for config in configs]
        )
        for word, form in forms
    ]
    return "(" + " && ".join(f"({query})" for query in queries) + ")"


def directory(text: str = "", kind: str = "", country: str = "", offset: int = 0) -> str:
    """One page of the directory in one statement: its number, its rows, and the numbers beside all choices.

    Beside the choices of a facet its own choice is left out: an entry that misses one filter counts there.
    """
    misses = "0"
    within = f"FROM stakeholders_stakeholder s WHERE {SHOWN}"
    order = "sort_key, id"
    if text:
        query = words(text)
        within = (
            "FROM search_document d JOIN stakeholders_stakeholder s ON s.id = d.object_id "
            f"WHERE d.audience = 0 AND d.kind = 'stakeholders.stakeholder' AND d.part = 0 "
            f"AND d.tsv @@ {query} AND {SHOWN}"
        )
        order = "rank DESC, sort_key, id"
    if kind and country:
        misses = f"(s.kind <> '{kind}')::int + 2 * (s.country_id <> '{country}')::int"
        within += f" AND (s.kind = '{kind}' OR s.country_id = '{country}')"
    rank = f"ts_rank(d.tsv, {query})" if text else "0"
    linked = "".join(
        f", (SELECT jsonb_object_agg({code}, n) FROM (SELECT t.{code}, count(*) AS n FROM {table} t "
        f"JOIN found ON t.stakeholder_id = found.id WHERE misses = 0 GROUP BY 1) x)"
        for table, code in LINKED.values()
    )
    return (
        "WITH found AS MATERIALIZED (SELECT s.id, s.kind, s.country_id, s.status, s.sort_key, "
        "(s.confirmed_at > now() - interval '92 days')::int "
        "+ (s.confirmed_at > now() - interval '366 days')::int "
        f"AS fresh, {rank} AS rank, {misses} AS misses {within}) "
        "SELECT (SELECT count(*) FROM found WHERE misses = 0), "
        f"(SELECT jsonb_agg(x) FROM (SELECT {CARD}, c.name_en FROM (SELECT id FROM found WHERE misses = 0 "
        f"ORDER BY {order} LIMIT 20 OFFSET {offset}) AS one JOIN stakeholders_stakeholder s ON s.id = one.id "
        "JOIN taxonomy_country c ON c.iso3 = s.country_id) x), "
        "(SELECT jsonb_agg(x) FROM (SELECT kind, country_id, status, fresh, misses, count(*) FROM found "
        f"GROUP BY 1, 2, 3, 4, 5) x){linked}"
    )


# The right words for one that nobody wrote so.
NEAR = (
    "SELECT word FROM search_word WHERE word %% %(word)s AND abs(length(word) - length(%(word)s)) <= 2 "
    "ORDER BY similarity(word, %(word)s) DESC, times DESC LIMIT 1"
)


def asked_of_directory(request: HttpRequest) -> HttpResponse:
    """Any question to the directory; words that nothing is found for are looked up once, and asked again."""
    text, kind, country = (request.GET.get(name, "") for name in ("q", "kind", "country"))
    row = connection().execute(directory(text, kind, country)).fetchone()
    if text and row is not None and not row[0]:
        near = connection().execute(NEAR, {"word": text}).fetchone()
        if near:
            row = connection().execute(directory(near[0], kind, country)).fetchone()
    return _finished_page("stakeholders", row[0] if row else 0)


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
    "SELECT * FROM reviews_call WHERE id = {call} AND status <> 'draft'",
    "SELECT q.* FROM reviews_question q WHERE q.call_id = {call} ORDER BY q.position",
    "SELECT status, visibility, count(*) FROM reviews_contribution WHERE call_id = {call} GROUP BY 1, 2",
    "SELECT c.id, c.visibility, c.published_at, s.name FROM reviews_contribution c "
    "JOIN stakeholders_stakeholder s ON s.id = c.stakeholder_id WHERE c.call_id = {call} AND c.status = "
    "'published' "
    "ORDER BY c.published_at DESC, c.id DESC LIMIT 20",
    'SELECT * FROM reviews_followup WHERE call_id = {call} ORDER BY "on"',
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


# The programme of one event; {event} is the event's.
PROGRAMME = [
    "SELECT e.*, p.* FROM events_event e JOIN events_programme p ON p.event_id = e.id "
    "WHERE e.id = {event} AND e.status IN ('published', 'cancelled')",
    "SELECT s.*, m.id, m.number, m.title, m.language_id, m.status, m.updated_at, m.summary, h.name, t.code, "
    "t.name_en, t.sort_en, r.name, r.position FROM events_shown s "
    "JOIN events_proposal m ON m.id = s.proposal_id "
    "JOIN events_room r ON r.id = s.room_id JOIN stakeholders_stakeholder h ON h.id = m.lead_id "
    "LEFT JOIN taxonomy_topic t ON t.code = m.theme_id WHERE m.event_id = {event} AND NOT s.is_off "
    "ORDER BY s.starts_at, r.position",
    "SELECT p.proposal_id, p.stakeholder_id, h.name FROM events_partner p JOIN events_proposal m "
    "ON m.id = p.proposal_id JOIN stakeholders_stakeholder h ON h.id = p.stakeholder_id "
    "WHERE m.event_id = {event} AND p.status = 'confirmed'",
]


_LIST = "/en/stakeholders/"
# Name → its address, and its statements; {pk} and {slug} are of one stakeholder, {event} of the programme.
PAGES: dict[str, tuple[str, list[str]]] = {
    "no filter": (_LIST, [directory()]),
    "page 100": (f"{_LIST}?page=100", [directory(offset=1980)]),
    "map": ("/en/stakeholders/map/", [directory()]),
    "coverage": (
        "/en/stakeholders/coverage/",
        [f"SELECT kind, country_id, count(*) FROM stakeholders_stakeholder s WHERE {SHOWN} GROUP BY 1, 2"],
    ),
    "profile": ("/en/stakeholders/{pk}-{slug}/", PROFILE),
    "reviews": ("/en/reviews/", REVIEWS),
    "review of a country": ("/en/reviews/KEN/", REVIEW),
    "country": ("/en/countries/KEN/", []),
    "library": ("/en/resources/?q=witness", []),
    "call": ("/en/calls/{call}/", CALL),
    "observations": ("/en/observations/", OBSERVATIONS),
    "front page": ("/en/", FRONT),
    "programme": ("/en/events/{event}-congress/programme/", PROGRAMME),
    "calendar of the programme": ("/en/events/{event}-congress/programme.ics", PROGRAMME),
}
# Pages of one person → their address, and whose they are (bench/readers.py).
OWN_PAGES = {
    "own page": ("/en/me/", ("signed in", "member")),
    "regional workspace": ("/en/regional/", ("regional",)),
    "home of the desk": ("/en/desk/", ("head",)),
    "vetting queue": ("/en/desk/vetting/", ("head",)),
}


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


def search_statement(text: str, kind: str = "") -> str:
    """The search over everything in one statement: what is found with its numbers, and one page of it."""
    query = words(text)
    kinds = "VALUES " + ", ".join(
        f"('{searched_kind}', {10_001 if searched_kind == kind else 1_001})" for searched_kind in SEARCHED
    )
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
    return (
        f"WITH asked (kind, most) AS ({kinds}), found AS MATERIALIZED (SELECT one.* FROM asked, LATERAL ("
        f"SELECT id, d.kind, country, language, facets, sort_key, ts_rank(tsv, {query}) AS rank "
        f"FROM search_document d WHERE d.kind = asked.kind AND audience = 0 AND tsv @@ {query} "
        f"LIMIT asked.most) AS one), shown AS MATERIALIZED (SELECT * FROM found {only}) "
        "SELECT (SELECT jsonb_agg(x) FROM (SELECT d.id, d.kind, d.title, d.url_name, d.url_args, "
        f"ts_headline('portal_en', d.text, {query}) FROM (SELECT id FROM shown "
        "ORDER BY rank DESC, sort_key, id LIMIT 20) AS one JOIN search_document d ON d.id = one.id) AS x), "
        + ", ".join(numbers)
    )


def asked_of_all(request: HttpRequest) -> HttpResponse:
    """Any question to the search over everything."""
    text, kind = request.GET["q"], request.GET.get("kind", "")
    connection().execute(search_statement(text, kind)).fetchall()
    return _finished_page("search")


def page(name: str, statements: list[str]) -> Callable[[HttpRequest], HttpResponse]:
    def view(request: HttpRequest) -> HttpResponse:
        for statement in statements:
            connection().execute(fill_numbers(statement)).fetchall()
        return _finished_page(name)

    return view


def fill_numbers(text: str) -> str:
    """An address or a statement with the numbers of the rows that are measured."""
    for name, value in json.loads(os.environ["BENCH_ROWS"]).items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _finished_page(name: str, number: int | None = None) -> HttpResponse:
    finished = Path(os.environ["BENCH_FINISHED"], name).read_bytes()  # another page for each kind of question
    headers = {} if number is None else {"X-Found": str(number)}
    return HttpResponse(finished, headers={"Content-Encoding": "gzip", **headers})


# A registration after the lock, in one statement: seats counted, and all rows that the portal writes.
REGISTER = """
WITH rules AS (
    SELECT r.id, r.seats_in_person, e.title, e.zone, e.starts_at
    FROM events_registrationrules r JOIN events_event e ON e.id = r.event_id
    WHERE r.id = %(rules)s AND e.status = 'published' AND r.opens_at <= now()
), one AS (
    INSERT INTO events_registration
        (rules_id, user_id, kind, region, mode, status, shown, registered_by_id, queued_at, decided_at, code)
    SELECT rules.id, %(person)s, '', '', 'in_person', CASE WHEN free THEN 'confirmed' ELSE 'waiting' END,
           'nobody', %(person)s, CASE WHEN NOT free THEN now() END, CASE WHEN free THEN now() END, %(code)s
    FROM rules, LATERAL (
        SELECT count(*) < rules.seats_in_person AS free FROM events_registration
        WHERE rules_id = rules.id AND mode = 'in_person' AND status IN ('confirmed', 'offered')
    ) AS seats
    RETURNING id, status
), decided AS (
    INSERT INTO workflow_decision
        (subject_kind, subject_id, move, from_status, to_status, actor_id, reason, note)
    SELECT 'events.registration', id, 'confirm', 'received', status, %(person)s, '', '' FROM one
), audited AS (
    INSERT INTO audit_entry (actor_id, action, subject_kind, subject_id, data, click)
    SELECT %(person)s, 'events.registration_confirm', 'events.registration', id, '{}', gen_random_uuid()
    FROM one
), told AS (
    SELECT 'events.registration_confirmed' AS kind, 'registration:' || one.id AS key, '' AS url,
           'events:registration' AS url_name, jsonb_build_array(one.id) AS url_args,
           jsonb_build_object('event', title, 'mode', 'in_person', 'status', status, 'zone', zone) AS facts,
           'events.registration' AS subject_kind, one.id AS subject_id
    FROM one, rules
), noticed AS (
    INSERT INTO notifications_notice (kind, key, url, url_name, url_args, facts, subject_kind, subject_id,
        user_id, mail, in_app, via)
    SELECT told.*, %(person)s, 'at_once', true, '' FROM told
)
INSERT INTO notifications_message (kind, key, url, url_name, url_args, facts, subject_kind, subject_id,
    user_id, address, language, status, attempts, claimed_by, message_id, error)
SELECT told.*, %(person)s, %(address)s, 'en', 'queued', 0, '', %(code)s, '' FROM told
"""


def registration(request: HttpRequest, rules: int) -> HttpResponse:
    """Session and person, as the portal's middleware reads them, and two statements in a transaction."""
    person = request.user
    parameters = {"rules": rules, "person": person.pk, "code": f"bench-{person.pk}", "address": person.email}  # type: ignore[union-attr]
    with connection().transaction():
        connection().execute("SELECT FROM events_registrationrules WHERE id = %s FOR NO KEY UPDATE", [rules])
        connection().execute(REGISTER, parameters)
    return HttpResponse(b"")


# A page of the directory by the API, by hand: how many there are, and the rows of the first.
LISTED = (
    f"SELECT count(*) FROM stakeholders_stakeholder s WHERE {SHOWN}",
    f"SELECT {CARD}, (SELECT array_agg(t.topic_id) FROM stakeholders_stakeholder_topics t "
    "WHERE t.stakeholder_id = s.id), (SELECT array_agg(o.direction) FROM stakeholders_offer o "
    "WHERE o.stakeholder_id = s.id AND o.closed_at IS NULL AND o.audience = 'public') "
    f"FROM stakeholders_stakeholder s WHERE {SHOWN} ORDER BY s.sort_key, s.id LIMIT {{size}}",
)
# What bench.lists has found: number of rows → the bytes of the portal's own answer.
finished_lists: dict[int, bytes] = {}


def listed(_request: HttpRequest, size: int) -> HttpResponse:
    for statement in LISTED:
        connection().execute(statement.format(size=size)).fetchall()
    return HttpResponse(finished_lists[size], content_type="application/json")


urlpatterns = [
    path("lists/<int:size>/", login_not_required(listed)),
    path("registrations/<int:rules>/", registration),
    *(
        path(f"pages/{number}/", login_not_required(page(str(number), statements)))
        for number, (_address, statements) in enumerate(PAGES.values())
    ),
    path("stakeholders/", login_not_required(asked_of_directory)),
    path("search/", login_not_required(asked_of_all)),
]

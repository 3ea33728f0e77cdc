"""No page reads the whole directory, and none asks more statements because the directory has more entries.

Every page of the access table is asked for beside 10,000 entries, the main ones beside 1,000 too. The rows
are those that PostgreSQL itself counts for the tables of the directory and their indexes in one transaction,
so that nothing it reads is left out; nothing is kept in a cache from one page to the next. The entries are
committed and vacuumed before: rows that the same transaction had deleted would be counted as read. A fifth of
all entries are in one country, the one that the pages about countries are asked for.
"""

import logging
import math
from collections import defaultdict
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client
from django.utils import translation
from django.utils.timezone import now

from core import maintenance
from search.facets import MOST_RANKED
from stakeholders.directory.actions import take_up_changes
from stakeholders.entries.models import Stakeholder
from tests.access.walk import OK, ask, rows
from tests.access.world import people, things
from tests.factories.accounts import sign_in
from tests.factories.stakeholders import StakeholderFactory
from tests.support import owner, restore_tables

pytestmark = [pytest.mark.slow, pytest.mark.night, pytest.mark.django_db]

# From MOST_RANKED matches on a page of words is put together in another way.
FEW, BEYOND, MANY = 1_000, MOST_RANKED + 1_000, 10_000
DIRECTORY = (
    "stakeholders_stakeholder",
    "stakeholders_stakeholder_topics",
    "stakeholders_facetset",
    "stakeholders_pendingentry",
    "search_document",
)
# A page is asked for as the first of these who gets it; the main ones as all of them.
READERS = ("editor", "regional", "head", "visitor")
MAIN = {
    "calls:list",
    "dialogues:list",
    "events:event",
    "events:list",
    "events:programme",
    "networks:list",
    "networks:network",
    "news:list",
    "news:story",
    "portal:country",
    "portal:desk",
    "portal:home",
    "portal:me",
    "portal:opportunities",
    "portal:search",
    "regional:home",
    "regional:stakeholders",
    "resources:list",
    "resources:resource",
    "reviews:list",
    "reviews:review",
    "stakeholders:detail",
    "stakeholders:exchange",
    "stakeholders:list",
    "stakeholders:manage",
}
# What is asked of a page besides: a common word, a rare one, filters, the beginning of a word.
QUESTIONS = {
    "portal:search": ({"q": "association"}, {"q": "association 77"}),
    "portal:search_suggest": ({"q": "associat"},),
    "stakeholders:list": (
        {"q": "association"},
        {"q": "association 77"},
        {"country": "KEN", "kind": "ngo"},
        {"sort": "newest"},
        {"page": "10"},
    ),
}
# Below so many rows for each entry a page reads none that it does not show: the first steps of an index, a
# page of a list, an estimate.
NONE = 0.05
# What still reads more: rows for each entry, at most, and why. No other may come in, and no figure grow.
_BITS = "as many strings of bits as there are codes, for each 31,744 entries"
_REGION = "counts the entries of the region"
_AUDIENCE = "tells how many would get the message"
_OVERVIEW = "an overview that counts every entry"
_ALIKE = "looks for entries that may be the same, by each sign"
GROWS: dict[str, tuple[float, str]] = {
    "activities:docx": (5.3, _REGION),
    "activities:pdf": (5.3, _REGION),
    "activities:report": (5.3, _REGION),
    "activities:workbook": (5.3, _REGION),
    "letters_desk:new": (1.2, _AUDIENCE),
    "letters_regional:audience": (0.6, _AUDIENCE),
    "letters_regional:edit": (0.5, _AUDIENCE),
    "letters_regional:letter": (0.5, _AUDIENCE),
    "letters_regional:new": (0.6, _AUDIENCE),
    "letters_regional:send": (0.5, _AUDIENCE),
    "newsdesk:new": (1.2, "a menu of all active entries, of which one is chosen"),
    "portal:country": (0.3, "tells how many entries its country has"),
    "portal:desk_figures": (3.6, _OVERVIEW),
    "portal:home": (1.2, "tells how many entries there are; kept until the directory changes"),
    "portal:search?q=association": (0.2, "ranks the first thousand of a kind, however many there are"),
    "portal:search_desk": (1.1, _OVERVIEW),
    "portal:statistics": (2.6, _OVERVIEW),
    "regional:coverage": (0.9, _REGION),
    "regional:home": (0.9, f"{_REGION}; kept until the directory changes"),
    "regional:stakeholders": (0.5, _REGION),
    "reviews:review": (0.3, "tells how many entries its country has"),
    "sitemap": (1.1, "counts what is public, to say how many parts it has"),
    "sources:list": (1.2, _OVERVIEW),
    "stakeholders:coverage": (2.2, _OVERVIEW),
    "stakeholders:list": (0.08, _BITS),
    "api:stakeholders-list": (0.08, _BITS),
    "stakeholders:list?country=KEN&kind=ngo": (0.14, _BITS),
    "stakeholders:list?page=10": (0.13, f"{_BITS}; and the entries that come before"),
    # Of others only the bits: what a document's audience is to them, its country is to a focal point, too.
    "stakeholders:list?q=association": (1.1, "finds a common word by the index for a focal point of a place"),
    "stakeholders:list?sort=newest": (0.08, _BITS),
    "stakeholders:map": (0.06, _BITS),
    "vetting:application": (3.1, _ALIKE),
    "vetting:candidate": (2.6, _ALIKE),
    "vetting:change": (2.1, _ALIKE),
    "vetting:listed": (1.1, _OVERVIEW),
    "vetting:merge_choose": (2.1, _ALIKE),
}


class Cost(NamedTuple):
    rows: int
    statements: int


@pytest.fixture(scope="module")
def measured(django_db_setup, django_db_blocker):
    """(name of the address, question, what about, reader) → number of entries → what it cost there."""
    logging.disable(logging.CRITICAL)
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(maintenance, "_look_at", math.inf)  # once in five seconds, on whatever page
    try:
        with django_db_blocker.unblock():
            translation.activate(settings.LANGUAGE_CODE)
            try:
                yield measure_pages()
            finally:
                restore_tables()
    finally:
        logging.disable(logging.NOTSET)
        monkeypatch.undo()


def measure_pages():
    persons = people()
    arguments = things(persons)
    clients = {role: Client() for role in READERS}
    for role in READERS[:-1]:
        sign_in(clients[role], persons[role])
    first = StakeholderFactory(name="Association")
    costs = defaultdict(dict)
    start = 1
    for end in (FEW, BEYOND, MANY):
        add_entries(first, start, end)
        start = end + 1
        ask(clients["visitor"], "GET", "stakeholders:list", {})  # a process reads the new sets once
        for key in pages():
            name, query, about, role = key
            if end == MANY or (name in MAIN and (end == FEW or asks_words(query))):
                its = arguments["" if about == "-" else about]
                costs[key][end] = cost_of(clients[role], name, its, dict(parse_qsl(query)))
    return costs


def asks_words(query):
    return "q=" in query


def pages():
    """Each page once, about the first thing that somebody gets it for."""
    visited = set()
    for row in rows():
        readers = [role for role in READERS if row.cells[role] == OK]
        if row.method != "GET" or not readers or row.name in visited:
            continue
        visited.add(row.name)
        for role in readers if row.name in MAIN else readers[:1]:
            for question in ({}, *QUESTIONS.get(row.name, ())):
                yield row.name, urlencode(question), row.about, role


def cost_of(client, name, about, question):
    statements = []
    cache.clear()
    with transaction.atomic():
        before = rows_read()
        with connection.execute_wrapper(lambda run, *arguments: statements.append(1) or run(*arguments)):
            ask(client, "GET", name, about, question)
        cost = Cost(rows_read() - before, len(statements))
        transaction.set_rollback(True)
    return cost


def rows_read():
    """All that this transaction has read of the directory so far: rows of tables one after the other, and
    entries of their indexes.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(pg_stat_get_xact_tuples_returned(one.oid)) FROM pg_class AS one"
            " LEFT JOIN pg_index ON indexrelid = one.oid"
            " WHERE coalesce(indrelid, one.oid) = ANY (%s::regclass[])",
            [list(DIRECTORY)],
        )
        return int(cursor.fetchone()[0])


def add_entries(first, start, end):
    """Copies of an entry under names of their own, with topics and words, a fifth of them in its country."""
    table, known = Stakeholder._meta.db_table, Stakeholder.objects.latest("pk").pk
    changed = {
        "name": "'Association ' || n",
        "name_key": "'association ' || n",
        "sort_key": "'association ' || n",
        "slug": "'association-' || n",
        "country_id": "CASE WHEN n % 5 = 0 THEN country_id ELSE (codes)[1 + n % array_length(codes, 1)] END",
        "listing": "CASE WHEN n % 10 = 0 THEN 'members' ELSE listing END",
        "created_at": "%(now)s - n * interval '1 hour'",
    }
    names = [field.column for field in Stakeholder._meta.concrete_fields if not field.primary_key]
    columns = ", ".join(f'"{name}"' for name in names)
    selected = ", ".join(changed.get(name, f'"{name}"') for name in names)
    values = {"first": first.pk, "start": start, "end": end, "known": known, "now": now()}
    with connection.cursor() as cursor:
        for statement in (
            f"INSERT INTO {table} ({columns}) SELECT {selected} FROM {table},"  # noqa: S608  our own names
            " (SELECT array_agg(iso3 ORDER BY iso3) FROM taxonomy_country) AS country (codes),"
            " generate_series(%(start)s, %(end)s) AS n WHERE id = %(first)s",
            f"INSERT INTO {table}_topics (stakeholder_id, topic_id)"  # noqa: S608  as above
            f" SELECT id, code FROM {table}, taxonomy_topic"
            " WHERE id > %(known)s AND abs(hashtextextended(code, id)) %% 12 = 0",
            "INSERT INTO search_document"  # noqa: S608  as above
            " (kind, object_id, part, part_label, language, title, text, audience,"
            " country, facets, url_name, url_args, anchor, pages_of, sort_key, tsv, updated_at)"
            " SELECT 'stakeholders.stakeholder', id, 0, '', '', name, '', 0, country_id, '{}',"
            " 'stakeholders:detail', jsonb_build_array(id, slug), '', '', sort_key,"
            f" to_tsvector('simple', name), %(now)s FROM {table} WHERE id > %(known)s",
        ):
            cursor.execute(statement.replace("n % ", "n %% "), values)
    take_up_changes()
    owner().execute("VACUUM ANALYZE")


def test_no_page_reads_the_whole_directory(measured):
    reading = defaultdict(float)
    for (name, query, _about, _role), costs in measured.items():
        page = f"{name}?{query}" if query else name
        reading[page] = max(reading[page], costs[MANY].rows / MANY)
    over = {page: share for page, share in reading.items() if share > GROWS.get(page, (NONE, ""))[0]}
    assert over == {}, "\n".join(f"{page} {share}" for page, share in sorted(reading.items()) if share > NONE)
    assert {*GROWS} <= {*reading}


def test_no_page_asks_more_statements_of_a_larger_directory(measured):
    """Of too many to rank those called just so are asked for by themselves: one statement, and never more."""
    ranks_apart = ("stakeholders:list", "q=association")
    more = {}
    for key, costs in measured.items():
        counts = [costs[entries].statements for entries in sorted(costs)]
        allowed = [counts[0], *(counts[0] + (key[:2] == ranks_apart) for _larger in counts[1:])]
        if any(count > most for count, most in zip(counts, allowed, strict=True)):
            more[key] = counts
    assert more == {}

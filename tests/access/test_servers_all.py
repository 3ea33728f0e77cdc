"""What a visitor's page reads comes from one server: every public address of the access table is asked for.

The replica is a second wrapper of the connection in which the rows of the test are, so that it has them, too.
"""

import re

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection, connections
from django.test import Client
from django.urls import reverse

from core import replica
from core.database import REPLICA, reads_replica
from taxonomy.names.models import Versioned
from tests.access.walk import OK, patterns, rows
from tests.access.world import people, things

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]

PARTS = 3
# Questions of a page beside its plain address: words, a misspelt one, filters, a page far down.
QUESTIONS = {
    "portal:search": ("q=society", "q=socity", "q=society&kind=stakeholder"),
    "portal:search_suggest": ("q=soci",),
    "resources:list": ("q=report", "q=reprot", "kind=report"),
    "stakeholders:list": ("q=society", "q=socity", "country=KEN&kind=ngo", "page=2", "sort=newest"),
    "oai": ("verb=ListRecords&metadataPrefix=oai_dc", "verb=ListIdentifiers&metadataPrefix=oai_dc"),
}
# Read from the primary as a whole: what is asked is the primary itself, or no copy may answer for it.
OF_THE_PRIMARY = {"core:metrics", "core:readyz", "oai"}
# Answers to a survey wait in a table that no copy has.
WITHOUT_COPY = {"surveys:answer"}


@pytest.fixture(scope="module")
def arguments(module_rows):
    """By word of the table: the arguments of an address."""
    return things(people())


@pytest.fixture
def primary_statements(monkeypatch, settings):
    """The statements that reach the primary: (whether inside `on_primary`, statement)."""
    settings.DATABASE_ROUTERS = ["core.database.Router"]
    settings.KEEP_PAGES_SECONDS = 60  # so that versions of kept pages are read
    monkeypatch.setitem(connections.settings, REPLICA, connection.settings_dict)
    mirror = connection.copy(REPLICA)
    for name in ("connection", "in_atomic_block", "autocommit"):
        setattr(mirror, name, getattr(connection, name))
    connections[REPLICA] = mirror
    monkeypatch.setattr(replica.watch, "is_good", lambda: True)
    statements = []

    def note(execute, sql, params, many, context):
        statements.append((not reads_replica(), " ".join(str(sql).split())))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield statements
    del connections[REPLICA]


@pytest.mark.parametrize("part", range(PARTS))
def test_a_visitors_page_reads_one_server(arguments, primary_statements, part):
    public = [row for row in rows() if row.method == "GET" and row.cells["visitor"] == OK]
    wrong = []
    for row in public[part::PARTS]:
        about = arguments["" if row.about == "-" else row.about]
        if "slug" not in patterns()[row.name].pattern.converters:
            about = {key: value for key, value in about.items() if key != "slug"}
        for question in ("", *QUESTIONS.get(row.name, ())):
            cache.clear()
            primary_statements.clear()
            response = Client().get(f"{reverse(row.name, kwargs=about)}?{question}")
            assert response.status_code == 200, row.name
            assert response.getvalue()  # read to its end
            wrong += [
                (row.name, question, statement[:200])
                for on_purpose, statement in primary_statements
                if not on_purpose or not (row.name in OF_THE_PRIMARY | WITHOUT_COPY or is_of_lists(statement))
            ]
    assert wrong == []


def test_what_no_copy_can_answer_is_read_from_the_primary(primary_statements):
    copied = []

    def note(execute, sql, params, many, context):
        copied.append(sql)
        return execute(sql, params, many, context)

    with connections[REPLICA].execute_wrapper(note):
        for name in OF_THE_PRIMARY:
            primary_statements.clear()
            for question in QUESTIONS.get(name, ("",)):
                assert Client().get(f"{reverse(name)}?{question}").status_code == 200
            assert primary_statements, name
    assert copied == []


def is_of_lists(statement):
    """Whether it reads nothing but lists of names, which are kept under a version of the shared cache."""
    lists = {model._meta.db_table for model in apps.get_models() if issubclass(model, Versioned)}
    return set(re.findall(r'(?:FROM|JOIN) "(\w+)"', statement)) <= lists

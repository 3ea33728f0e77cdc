"""All pages of the desk on an installation without the demonstration: empty, and with one of each thing."""

import logging

import pytest
from django.test import Client
from django.urls import reverse

from accounts.middleware import BACK_OFFICE
from accounts.people.enums import Role
from news.newsletter.enums import Way
from portal.pages.actions import load_pages
from reviews.seed import load_mechanism
from search.actions import rebuild
from search.hooks import documents
from search.models import Document
from tests.access.walk import ADMIN, OK, ask, patterns, routes, rows
from tests.access.world import DESK, people, things
from tests.factories.accounts import person_with, sign_in
from tests.factories.newsletters import issue_with

pytestmark = [pytest.mark.slow, pytest.mark.night, pytest.mark.django_db]


@pytest.fixture(autouse=True)
def _quiet(reference):
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


def is_of_the_desk(name):
    return BACK_OFFICE.match(f"/{routes()[name]}") is not None


def index_everything():
    for kind in documents:
        rebuild(kind)


def faults_of(client, name, about, queries=({},)):
    """What an address answers instead of a page, for each of some questions."""
    for query in queries:
        response = ask(client, "GET", name, about, query)
        if response.status_code != 200:
            yield f"{name} {about} {query}: {response.status_code}"


def ways_to_pick():
    return [
        {},
        {"words": "register"},
        *({"way": way} for way in Way),
        *({"kind": kind} for kind in documents),
    ]


def test_every_page_of_the_desk_opens_where_nothing_is_yet():
    load_mechanism()
    load_pages()
    index_everything()
    assert Document.objects.filter(kind="portal.help").exists()
    clients = {role: Client(raise_request_exception=False) for role in DESK}
    for role, client in clients.items():
        sign_in(client, person_with(Role(role)))
    faults, opened = [], 0
    for row in rows():
        if row.method == "GET" and row.about == "-" and is_of_the_desk(row.name):
            for role, client in clients.items():
                if row.cells[role] == OK:
                    opened += 1
                    faults += faults_of(client, row.name, {})
    for name in patterns():
        if name.startswith(ADMIN) and name.endswith(("_changelist", "_add")):
            response = clients["administrator"].get(reverse(name))
            opened += response.status_code == 200
            faults += [f"{name}: {response.status_code}"] if response.status_code >= 500 else []
    issue = issue_with(actor=person_with(Role.CURATION))
    faults += faults_of(clients["curation"], "newsletterdesk:pick", {"pk": issue.pk}, ways_to_pick())
    assert faults == []
    assert opened > 150


def test_every_page_of_the_desk_opens_where_there_is_one_of_each():
    persons = people()
    objects = things(persons)
    index_everything()
    clients = {role: Client(raise_request_exception=False) for role in DESK}
    for role, client in clients.items():
        sign_in(client, persons[role])
    faults, opened = [], 0
    for row in rows():
        role = next((role for role in DESK if row.cells[role] == OK), None)
        if row.method == "GET" and role and is_of_the_desk(row.name):
            queries = ways_to_pick() if row.name == "newsletterdesk:pick" else ({},)
            opened += 1
            faults += faults_of(
                clients[role], row.name, objects["" if row.about == "-" else row.about], queries
            )
    assert faults == []
    assert opened > 150

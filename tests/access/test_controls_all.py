"""No page asks for everything at once: at most 40 controls, choices among many by a picker, the button near.
Each form has the help about it one click away.

Every page of the access table is asked for as the first who gets it; what has steps, in each of them.
"""

import logging
import re
from functools import cache

import pytest
from django.test import Client

from tests.access.controls import Page
from tests.access.pages import addresses
from tests.access.walk import ask
from tests.access.world import ROLES, people, things
from tests.factories.accounts import sign_in

pytestmark = [
    pytest.mark.slow,
    pytest.mark.night,
    pytest.mark.django_db,
    pytest.mark.usefixtures("reference"),
]

MOST_CONTROLS, MOST_STOPS = 40, 15
# Pages that cannot hold it, and why.
LONG_FORM = "so many questions of one thing, each of them wanted"
FAR_BUTTONS = {
    "eventdesk:registration_lines": "a table of questions, one line each",
    "resourcedesk:edit": LONG_FORM,
    "resources:propose": LONG_FORM,
    "stakeholders:project_add": LONG_FORM,
    "stakeholders:project": LONG_FORM,
    "rights:exports": "all parts are ticked, and one takes away a few",
}
MANY_BOXES = {"rights:exports": "as above"}


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@cache
def pages():
    """(name of the address, HTML) of everything that is HTML, asked for once for all tests here."""
    return list(_walk())


def _walk():
    persons = people()
    arguments = things(persons)
    clients = {role: Client() for role in ROLES}
    for role, client in clients.items():
        if role not in ("visitor", "asleep"):
            sign_in(client, persons[role])
    for role, name, about in addresses(arguments):
        answer = ask(clients[role], "GET", name, about)
        if answer.status_code == 200 and not answer.streaming and "html" in answer["Content-Type"]:
            yield name, answer.content.decode()


def test_no_page_is_a_wall():
    many, far, boxes = {}, {}, {}
    for name, html in pages():
        page = Page(html)
        if page.controls > MOST_CONTROLS:
            many[name] = page.controls
        if page.stops > MOST_STOPS:
            far[name] = max(page.stops, far.get(name, 0))
        if page.walls:
            boxes[name] = page.walls
    assert many == {}
    assert {*far} == {*FAR_BUTTONS}, far
    assert {*boxes} == {*MANY_BOXES}, boxes


def test_every_form_has_the_help_about_it_one_click_away():
    without, general, forms = [], [], 0
    for name, html in pages():
        if not Page(html).forms or "site-header" not in html:  # the back office has a frame of its own
            continue
        forms += 1
        places = re.findall(r'<a class="page-help" href="/en/help/([\w-]*)', html)
        if len(places) != 1:
            without.append(name)
        elif not places[0]:
            general.append(name)
    assert forms > 200
    assert without == []
    assert general == [], "say in the wiring.py of its subject where its help stands: help_at(…)"

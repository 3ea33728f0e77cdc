"""Every address of the portal × everybody who may come: `table.txt` says what each gets, and is complete.

A new address fails here until it has its lines. What a cell says: `ok` the page, `to` led on, `in` to the
sign-in, `2f` to the second factor, `.` nothing is there, `no` refused, `m` not by this method, `x` gone. An
address without a POST line takes none; of programs, neither PATCH nor DELETE.
"""

import logging
import re
from copy import copy
from functools import cache

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.backends import GrantBackend
from tests.access.walk import (
    ELSEWHERE,
    METHOD,
    MISSING,
    PROGRAMS,
    REFUSED,
    SECOND_FACTOR,
    SIGN_IN,
    VERBS,
    ask,
    cell_of,
    patterns,
    roles,
    rows,
)
from tests.access.world import ROLES, people, things
from tests.factories.accounts import sign_in
from whatson.settings.logging import leave_out_secrets

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]

BACK_OFFICE = "admin:"
# So many tests share the lines, none of them too long for a busy machine.
PARTS = 6
# A mail program posts to these by itself; the address holds the key.
POSTED_FROM_ELSEWHERE = {"mail:stop", "mail:preferences", "mail:works", "mail_reports", "newsletter:leave"}
# Asks, whichever way it is asked, and gets what a visitor would.
READ_BY_POST = {"oai"}


@pytest.fixture(autouse=True)
def _short_pages(monkeypatch):
    """Only the status counts here; pages made in full, and those that say no, take most of the time."""
    monkeypatch.setattr("core.views.render", lambda *_said, status=200, **_more: HttpResponse(status=status))
    monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_said: "")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world(monkeypatch):
    """(role → client, word of the table → arguments of the address)."""
    persons = people()
    made = things(persons)
    clients = {role: Client() for role in ROLES}
    for role, client in clients.items():
        if role == "asleep":
            client.force_login(persons[role])
        elif role != "visitor":
            sign_in(client, persons[role])
    # Reading who asks takes a quarter of an answer. It stays as it is: what a request changes is taken back.
    found = cache(GrantBackend().get_user)
    monkeypatch.setattr(GrantBackend, "get_user", lambda _self, user_id: copy(found(user_id)))
    return clients, made


def arguments(made):
    """Some arguments of every address of the table."""
    return {row.name: made["" if row.about == "-" else row.about] for row in rows()}


def test_every_address_is_in_the_table():
    declared = {row.name for row in rows()}
    there = {name for name in patterns() if not name.startswith(BACK_OFFICE)}
    assert {"lacks": there - declared, "has too many": declared - there} == {
        "lacks": set(),
        "has too many": set(),
    }
    assert tuple(roles()) == ROLES
    assert [row for row in rows() if row.method not in VERBS] == []


@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_what_the_table_says(world, part):
    clients, made = world
    wrong = []
    for row in rows()[part::PARTS]:
        about = made["" if row.about == "-" else row.about]
        for role, cell in row.cells.items():
            response = ask(clients[role], row.method, row.name, about)
            line = f"{row.method} {row.name} of {row.about} as {role}"
            if cell_of(response) != cell:
                wrong.append(f"{line}: {cell_of(response)}, not {cell}")
            wrong += [f"{line}: {fault}" for fault in faults_of(response, signed_in=role != "visitor")]
    assert wrong == []


def faults_of(response, *, signed_in):
    """What every answer must bring along, whoever gets it."""
    if "default-src 'none'" not in response.get("Content-Security-Policy", ""):
        yield "no policy for what it may load"
    framed = response.get("X-Frame-Options")
    if framed != "DENY" and (framed != "SAMEORIGIN" or response.get("Content-Type") != "application/pdf"):
        yield "can be framed"
    if response.get("X-Content-Type-Options") != "nosniff":
        yield "can be taken for another type"
    kept = response.get("Cache-Control", "")
    # "public": the same for everybody, and says so.
    fine = {"private", "no-store", "no-cache", "public"} & set(re.split(r"[,\s]+", kept))
    if signed_in and response.status_code == 200 and not fine:
        yield f"may be kept on the way ({kept})"


def test_addresses_without_a_line_for_it_change_nothing(world):
    clients, made = world
    lines = {(row.name, row.method) for row in rows()}
    taken = {
        f"{verb} {name} as {role}: {cell}"
        for name, about in arguments(made).items()
        if not name.startswith(("account_", "mfa_"))
        for verb in (VERBS[1:] if name.startswith(PROGRAMS) else ("POST",))
        if (name, verb) not in lines
        for role in ("admin", "head")
        if (cell := cell_of(ask(clients[role], verb, name, about))) != METHOD
    }
    assert taken == set()


def test_nothing_is_posted_without_the_token_of_its_form(world):
    """Also by somebody who is signed in and may do it: another site must not act with their cookies."""
    clients, made = world
    client = Client(enforce_csrf_checks=True)
    client.cookies = clients["head"].cookies
    taken = {
        name
        for name, about in arguments(made).items()
        for verb in (VERBS[1:] if name.startswith(PROGRAMS) else ("POST",))
        if ask(client, verb, name, about).status_code != 403
    }
    assert taken == POSTED_FROM_ELSEWHERE | READ_BY_POST


def test_the_back_office_opens_to_nobody_else(world):
    """Each of its addresses, by those who have no part in it; those who have one are tested with it."""
    clients, _made = world
    expected = {
        "visitor": {SIGN_IN},
        "admin": {MISSING, REFUSED, SIGN_IN, ELSEWHERE},
        "asleep": {SECOND_FACTOR},
    }
    wrong = []
    for name, pattern in patterns().items():
        if not name.startswith(BACK_OFFICE) or name.startswith(f"{BACK_OFFICE}en/"):
            continue
        keys = set(re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern)))
        about = {key: {"app_label": "auth", "content_type_id": "1"}.get(key, "1") for key in keys}
        for role, cells in expected.items():
            if (cell := cell_of(ask(clients[role], "GET", name, about))) not in cells:
                wrong.append(f"{name} as {role}: {cell}")
    assert wrong == []


def test_no_key_that_an_address_holds_comes_into_the_logs(world):
    _clients, made = world
    held = {name: about for name, about in arguments(made).items() if {"token", "key"} & set(about)}
    assert len(held) > 6
    for name, about in held.items():
        path = reverse(name, kwargs=about)
        secret = about.get("token") or about["key"]
        for event in ({"request": f"GET {path}"}, {"event": f"Not Found: {path}"}):
            assert secret not in str(leave_out_secrets(None, "info", event)), name


def test_a_number_in_an_address_is_logged():
    said = leave_out_secrets(None, "info", {"request": "GET /en/stakeholders/invited/12/"})
    assert said == {"request": "GET /en/stakeholders/invited/12/"}

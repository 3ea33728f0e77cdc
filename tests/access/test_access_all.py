"""Every address of the portal × everybody who may come: `table.txt` says what each gets.

What a cell says: `ok` the page, `to` led on, `in` to the sign-in, `2f` to the second factor, `.` nothing is
there, `no` refused, `m` not by this method, `x` gone. An address without a POST line takes none; of programs,
neither PATCH nor DELETE. `make test` requests the cells that `sample.py` draws, the night all of them.
"""

import logging
import re
from copy import copy
from functools import cache
from typing import Any, NamedTuple

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.backends import GrantBackend
from tests.access.sample import SPARSE, declared_cells, sampled_roles
from tests.access.walk import (
    ADMIN,
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
    rows,
)
from tests.access.world import ROLES, people, things
from tests.factories.accounts import sign_in
from whatson.settings.logging import leave_out_secrets

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]

# So many tests share the lines, none of them too long for a busy machine.
SAMPLED_PARTS, PARTS = 4, 6
# A mail program posts to these by itself; the address holds the key.
POSTED_FROM_ELSEWHERE = {
    "mail:stop",
    "mail:preferences",
    "mail:works",
    "mail_reports",
    "newsletter:leave",
    "single_sign_on_sign_out",
}
# Asks, whichever way it is asked, and gets what a visitor would.
READ_BY_POST = {"oai"}


class World(NamedTuple):
    persons: dict[str, Any]  # by role
    clients: dict[str, Client]  # by role
    things: dict[str, dict[str, Any]]  # by word of the table: the arguments of the address

    def arguments(self):
        """Some arguments of every address of the table."""
        return {row.name: self.things["" if row.about == "-" else row.about] for row in rows()}


@pytest.fixture(scope="module")
def world(module_rows):
    with pytest.MonkeyPatch.context() as monkeypatch:
        # Only the status counts here; pages made in full, and those that say no, take most of the time.
        monkeypatch.setattr(
            "core.views.render", lambda *_arguments, status=200, **_more: HttpResponse(status=status)
        )
        monkeypatch.setattr("django.template.backends.django.Template.render", lambda *_arguments: "")
        monkeypatch.setattr("portal.help.views.card_pdf", lambda _role: b"")  # is made of a rendered page
        logging.disable(logging.CRITICAL)
        persons = people()
        world = World(persons, {role: Client() for role in ROLES}, things(persons))
        for role, client in world.clients.items():
            if role == "asleep":
                client.force_login(persons[role])
            elif role != "visitor":
                sign_in(client, persons[role])
        # Reading who asks takes a quarter of an answer. It stays the same: what a request changes is undone.
        read = GrantBackend().get_user

        @cache
        def person_of(user_id):
            person = read(user_id)
            if person is not None:
                person.granted = list(person.grants.live())
            return person

        monkeypatch.setattr(GrantBackend, "get_user", lambda _self, user_id: copy(person_of(user_id)))
        yield world
        logging.disable(logging.NOTSET)


@pytest.mark.parametrize("part", range(SAMPLED_PARTS))
def test_people_get_what_the_table_says(world, part):
    wrong = []
    for row in rows()[part::SAMPLED_PARTS]:
        wrong += faults_in(row, sampled_roles(row, declared_cells(row, world.persons)), world)
    assert wrong == []


@pytest.mark.night
@pytest.mark.parametrize("part", range(PARTS))
def test_everybody_gets_what_the_table_says(world, part):
    wrong = []
    for row in rows()[part::PARTS]:
        wrong += faults_in(row, row.cells, world)
    assert wrong == []


def faults_in(row, roles, world):
    """Request a row of the table as these roles, and return what is wrong with the answers."""
    about = world.things["" if row.about == "-" else row.about]
    for role in roles:
        response = ask(world.clients[role], row.method, row.name, about)
        line = f"{row.method} {row.name} of {row.about} as {role}"
        if cell_of(response) != row.cells[role]:
            yield f"{line}: {cell_of(response)}, not {row.cells[role]}"
        for fault in faults_of(response, signed_in=role != "visitor"):
            yield f"{line}: {fault}"


def faults_of(response, *, signed_in):
    """What every answer must bring along, whoever gets it."""
    if "default-src 'none'" not in response.get("Content-Security-Policy", ""):
        yield "no policy for what it may load"
    framed = response.get("X-Frame-Options")
    if framed != "DENY" and (framed != "SAMEORIGIN" or response.get("Content-Type") != "application/pdf"):
        yield "can be framed"
    if response.get("X-Content-Type-Options") != "nosniff":
        yield "can be taken for another type"
    cache_control = response.get("Cache-Control", "")
    # "public": the same for everybody, and says so.
    fine = {"private", "no-store", "no-cache", "public"} & set(re.split(r"[,\s]+", cache_control))
    if signed_in and response.status_code == 200 and not fine:
        yield f"may be kept on the way ({cache_control})"


def test_verbs_that_no_decorator_declares_change_nothing(world):
    undeclared = {name for name, pattern in patterns().items() if not hasattr(pattern.callback, "access")}
    assert taken_without_a_line(world, undeclared, ["head"]) == set()


@pytest.mark.night
def test_addresses_without_a_line_for_it_change_nothing(world):
    assert taken_without_a_line(world, patterns(), ["admin", "head"]) == set()


def taken_without_a_line(world, names, roles):
    lines = {(row.name, row.method) for row in rows()}
    return {
        f"{verb} {name} as {role}: {cell}"
        for name, about in world.arguments().items()
        if name in names and not name.startswith(("account_", "mfa_"))
        for verb in (VERBS[1:] if name.startswith(PROGRAMS) else ("POST",))
        if (name, verb) not in lines
        for role in roles
        if (cell := cell_of(ask(world.clients[role], verb, name, about))) != METHOD
    }


def test_only_what_is_exempt_is_posted_without_a_token(world):
    """Whatever declares that it is exempt, and of the others one in so many."""
    names = {name for name, pattern in patterns().items() if getattr(pattern.callback, "csrf_exempt", False)}
    taken = taken_without_a_token(world, names | {*sorted(patterns())[::SPARSE]})
    assert taken == POSTED_FROM_ELSEWHERE | READ_BY_POST


@pytest.mark.night
def test_nothing_is_posted_without_the_token_of_its_form(world):
    assert taken_without_a_token(world, patterns()) == POSTED_FROM_ELSEWHERE | READ_BY_POST


def taken_without_a_token(world, names):
    """Also by somebody who is signed in and may do it: another site must not act with their cookies."""
    client = Client(enforce_csrf_checks=True)
    client.cookies = world.clients["head"].cookies
    return {
        name
        for name, about in world.arguments().items()
        if name in names
        for verb in (VERBS[1:] if name.startswith(PROGRAMS) else ("POST",))
        if ask(client, verb, name, about).status_code != 403
    }


# Who has no part in the back office, and what they get there.
OUTSIDERS = {"visitor": {SIGN_IN}, "admin": {MISSING, REFUSED, SIGN_IN, ELSEWHERE}, "asleep": {SECOND_FACTOR}}


def test_the_back_office_opens_to_no_visitor_and_no_member(world):
    assert [*opened_back_office(world, ["visitor", "admin"])] == []


@pytest.mark.night
def test_the_back_office_opens_to_nobody_else(world):
    """Each of its addresses, by those who have no part in it; those who have one are tested with it."""
    assert [*opened_back_office(world, OUTSIDERS)] == []


def opened_back_office(world, roles):
    for name, pattern in patterns().items():
        if not name.startswith(ADMIN) or name.startswith(f"{ADMIN}en/"):
            continue
        keys = set(re.findall(r"<(?:\w+:)?(\w+)>", str(pattern.pattern)))
        about = {key: {"app_label": "auth", "content_type_id": "1"}.get(key, "1") for key in keys}
        for role in roles:
            if (cell := cell_of(ask(world.clients[role], "GET", name, about))) not in OUTSIDERS[role]:
                yield f"{name} as {role}: {cell}"


def test_no_key_that_an_address_holds_comes_into_the_logs(world):
    held = {name: about for name, about in world.arguments().items() if {"token", "key"} & set(about)}
    assert len(held) > 6
    for name, about in held.items():
        path = reverse(name, kwargs=about)
        secret = about.get("token") or about["key"]
        for event in ({"request": f"GET {path}"}, {"event": f"Not Found: {path}"}):
            assert secret not in str(leave_out_secrets(None, "info", event)), name


def test_a_number_in_an_address_is_logged():
    line = leave_out_secrets(None, "info", {"request": "GET /en/stakeholders/invited/12/"})
    assert line == {"request": "GET /en/stakeholders/invited/12/"}

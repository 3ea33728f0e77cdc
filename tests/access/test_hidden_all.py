"""The name of an entry that hides is read by its own people and the desk alone, wherever it took part."""

import io
import logging
import zipfile

import pypdfium2
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from stakeholders.changes.actions import edit
from stakeholders.entries.enums import Listing
from stakeholders.standing.actions import suspend, withdraw
from tests.access.hidden import (
    NAME,
    OTHERS,
    TOGETHER,
    WORD,
    addresses_by_day,
    addresses_by_night,
    questions,
    take_part,
)
from tests.access.walk import patterns
from tests.access.world import people, things
from tests.factories.accounts import sign_in

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]

STORED = "core:file"  # what the factories upload is no whole PDF


class World:
    def __init__(self):
        self.persons = people(NAME)
        self.things = things(self.persons)
        self.things |= take_part(self.persons, self.things)
        self.own = self.persons["own"]
        self.clients = {role: Client() for role in self.persons if role not in ("own", "asleep")}
        for role, client in self.clients.items():
            if role != "visitor":
                sign_in(client, self.persons[role])

    def hide(self, how):
        self.own.refresh_from_db()
        reasons = {"reason": "conduct", "note": "As agreed."}
        match how:
            case "not listed":
                version, listing = self.own.updated_at, {"listing": Listing.UNLISTED}
                edit(self.own, actor=self.persons["admin"], version=version, answers=listing)
            case "suspended":
                suspend(self.own, actor=self.persons["vetting"], **reasons)
            case "withdrawn":
                withdraw(self.own, actor=self.persons["vetting"], **reasons)

    def text(self, role, name, word, query=None):
        about = self.things["" if word == "-" else word]
        if "slug" not in patterns()[name].pattern.converters:
            about = {key: value for key, value in about.items() if key != "slug"}
        path = reverse(name, kwargs=about)
        response = self.clients[role].get(path, query)
        # A page leads to itself in other languages; the address that was asked for may hold the name.
        return text_of(response, name).casefold().replace(path.removeprefix("/en"), "")

    def readers(self, pages, roles=OTHERS):
        """(address, word) → who reads the name there."""
        readers: dict[tuple[str, str], set[str]] = {}
        for name, word, *query in pages:
            for role in roles:
                if WORD in self.text(role, name, word, *query):
                    readers.setdefault((name, word), set()).add(role)
        return readers


def text_of(response, name):
    body = response.getvalue() if response.streaming else response.content
    if body.startswith(b"%PDF") and name != STORED:
        return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(body))
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return "\n".join(archive.read(part).decode(errors="replace") for part in archive.namelist())
    return body.decode(errors="replace")


@pytest.fixture(scope="module")
def world(module_rows):
    logging.disable(logging.CRITICAL)
    yield World()
    logging.disable(logging.NOTSET)


@pytest.fixture(autouse=True)
def _kept_pages(settings):
    settings.KEEP_PAGES_SECONDS = 600
    cache.clear()
    yield
    cache.clear()


@pytest.mark.parametrize("how", ["not listed", "suspended", "withdrawn"])
def test_a_name_goes_with_the_act_from_what_was_public_of_it(world, how):
    pages = [*addresses_by_day(), *questions(world.own.pk)]
    before = world.readers(pages, ["visitor"])
    assert len(before) > 40
    world.hide(how)
    assert world.readers(pages, ["visitor"]) == {}


def test_its_own_people_and_the_desk_go_on_reading_it(world):
    pages = [("events:event", "hidden-event"), ("news:story", "hidden-story"), ("api:events-list", "-")]
    world.hide("not listed")
    roles = {"reader", "editor", "admin", "curation", "events", "vetting"}
    assert world.readers(pages, roles) == dict.fromkeys(pages, roles)


@pytest.mark.night
def test_nobody_else_reads_the_name_anywhere(world):
    pages = [*addresses_by_night(), *questions(world.own.pk)]
    assert len(world.readers(pages, ["visitor"])) > 60
    world.hide("not listed")
    assert world.readers(pages) == TOGETHER

"""No page mixes languages: what the portal itself says in Arabic never stands in English there.

Every page of the access table, as the first person who gets it: first in English, so that what can be cached
of it is, and then in Arabic. What people have written may be in any language, and is tagged.
"""

import logging
import re
from functools import cache

import lxml.html
import polib
import pytest
from django.test import Client
from django.utils import translation

from tests.access.pages import addresses
from tests.access.walk import ask
from tests.access.world import ROLES, people, things
from tests.factories.accounts import sign_in
from tests.whatson import ROOT

pytestmark = [pytest.mark.slow, pytest.mark.night, pytest.mark.django_db]

PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|<[^>]*>")
# Three English words or more: of fewer, names of the Convention and of organizations are full.
PHRASE = re.compile(r"[A-Za-z][A-Za-z’'-]*(?: [A-Za-z][A-Za-z’'-]*){2,}")


@pytest.fixture(autouse=True)
def _quiet():
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@cache
def phrases_translated(language):
    """Return the English phrases of messages that have a translation, and that it does not use itself."""
    phrases, in_translations = set(), set()
    for entry in polib.pofile(str(ROOT / "locale" / language / "LC_MESSAGES" / "django.po")):
        texts = [entry.msgstr, *entry.msgstr_plural.values()]
        if entry.fuzzy or not any(texts):
            continue
        for message in (entry.msgid, entry.msgid_plural):
            phrases |= _phrases(message)
        for text in texts:
            in_translations |= _phrases(text)
    return phrases - in_translations


def _phrases(message):
    parts = PLACEHOLDER.split(message)
    return {phrase for part in parts for phrase in PHRASE.findall(" ".join(part.split()))}


def english_of(content, language):
    """Return what stands in English on a page, where its mark-up says that it is in the page's language."""
    tree = lxml.html.document_fromstring(content)
    # What was typed, and what a receipt keeps as it was sent, are in any language.
    own = "//textarea | //*[contains(@class, 'as-sent')]"
    others = f"//script | //style | {own} | //*[@lang and not(self::html) and @lang!='{language}']"
    for element in tree.xpath(others):
        element.drop_tree()
    texts = [" ".join(text.split()) for text in tree.itertext()]
    return phrases_translated(language) & {phrase for text in texts for phrase in PHRASE.findall(text)}


def test_a_sentence_in_english_is_found():
    page = "<html lang=ar><body><p>{}</p><p lang=en>This page is a draft.</p></body></html>"
    phrase = next(iter(phrases_translated("ar")))
    assert english_of(page.format("نص"), "ar") == set()
    assert phrase in english_of(page.format(phrase), "ar")


@pytest.fixture
def persons(db):
    return people()


@pytest.fixture
def clients(persons):
    """A client of each role, signed in."""
    by_role = {role: Client() for role in ROLES}
    for role, client in by_role.items():
        if role not in ("visitor", "asleep"):
            sign_in(client, persons[role])
    return by_role


@pytest.mark.behaviour("X-02")
def test_no_page_speaks_english_in_another_language(clients, persons, settings):
    settings.KEEP_PAGES_SECONDS = 60
    looked_at, mixed = 0, {}
    for role, name, about in addresses(things(persons)):
        for language in ("en", "ar"):
            with translation.override(language):  # a request leaves its own language behind
                response = ask(clients[role], "GET", name, about)
            path = response.wsgi_request.path
            if response.streaming or b"<html" not in response.content or "/dev/" in path:
                break
            if language != "en" and f'<html lang="{language}"' in response.text:
                looked_at += 1
                if phrases := english_of(response.text, language):
                    mixed[f"{role} {path}"] = phrases
    assert looked_at > 400
    assert mixed == {}

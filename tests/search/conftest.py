"""A kind of document for the tests: people, found by their name, with the words that a test gives."""

from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.people.models import User
from search import hooks as search_hooks
from search.actions import index
from search.enums import Audience
from search.hooks import PAGES_FROM, Entry, Source
from tests.factories.accounts import UserFactory

KIND = "accounts.user"


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def put(db, monkeypatch):
    """put("Name", text=…, audience=…) → the person, indexed; further arguments are those of an Entry.

    `pages`: the texts of its passages, page 1 first; `file_pages`: likewise, as pages of a file are given.
    """
    words: dict[int, dict] = {}
    search_hooks.thesaurus()  # names are kept from now on

    def build(ids):
        for person in User.objects.filter(pk__in=ids).exclude(name="Hidden"):
            fields = {"audience": Audience.PUBLIC, **words.get(person.pk, {})}
            pages, of_file = fields.pop("pages", ()), fields.pop("file_pages", ())
            given = [
                Entry(
                    person.pk,
                    person.name,
                    "core:file",
                    None,
                    ["resource", 7],
                    text=text,
                    part=PAGES_FROM + n,
                    part_label=f"p. {n}",
                    anchor=f"page={n}",
                )
                for n, text in enumerate(of_file, 1)
            ]
            fields["pages"], fields["pages_of"] = partial(iter, given), str(of_file) if of_file else ""
            yield Entry(person.pk, person.name, "portal:home", **fields)
            for number, text in enumerate(pages, 1):
                yield Entry(
                    person.pk,
                    person.name,
                    "portal:home",
                    Audience.PUBLIC,
                    text=text,
                    part=number,
                    part_label=f"p. {number}",
                    language=fields.get("language", ""),
                )

    def put(name, *, person=None, **entry):
        person = person or UserFactory(name=name)
        words[person.pk] = entry
        index(person)
        return person

    monkeypatch.setitem(search_hooks.documents._entries, KIND, Source("Person", build))
    return put

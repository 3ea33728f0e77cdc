"""A kind of document for the tests: people, found by their name, with the words that a test gives."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.models import User
from search import registry
from search.actions import index
from search.enums import Audience
from search.registry import Entry, Source
from tests.factories.accounts import UserFactory

KIND = "accounts.user"


@pytest.fixture
def visitor():
    return AnonymousUser()


@pytest.fixture
def put(db, monkeypatch):
    """put("Name", text=…, audience=…) → the person, indexed; further arguments are those of an Entry."""
    words: dict[int, dict] = {}

    def build(ids):
        for person in User.objects.filter(pk__in=ids).exclude(name="Hidden"):
            yield Entry(
                person.pk,
                person.name,
                "portal:home",
                **{"audience": Audience.PUBLIC, **words.get(person.pk, {})},
            )

    def put(name, **entry):
        person = UserFactory(name=name)
        words[person.pk] = entry
        index(person)
        return person

    monkeypatch.setitem(registry.documents._entries, KIND, Source("Person", build))
    return put

"""Where counting takes long: the last numbers at once, and those of now from a worker."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache

from accounts.people.enums import Role
from stakeholders.directory import queries_counts as directory_queries_counts
from stakeholders.directory.queries import DirectoryQuery
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.tasks import heavy_count
from tests.factories.accounts import person_with, sign_in
from tests.stakeholders.directory.pages import LIST, MAP, entry, names, total

pytestmark = pytest.mark.django_db


@pytest.fixture
def nudges(monkeypatch, settings):
    """Everything takes long; what a worker is asked for."""
    asked = []
    settings.STAKEHOLDERS_LONG_COUNT_SECONDS = -1
    monkeypatch.setattr(directory_queries_counts, "later", lambda task, **said: asked.append(said))
    cache.clear()
    return asked


@pytest.mark.parametrize("address", (LIST, MAP))
def test_the_last_numbers_are_told_until_a_worker_has_counted(client, reference, settings, nudges, address):
    settings.KEEP_PAGES_SECONDS = 60
    entry("Alpha")
    assert total(client.get(address)) == 1
    entry("Beta")
    assert [total(client.get(address)) for _time in range(2)] == [1, 1]
    assert nudges == [{"query": "", "reader": None}]
    heavy_count(**nudges[0])
    assert total(client.get(address)) == 2


@pytest.mark.parametrize("address", (LIST, MAP))
def test_the_page_with_the_last_numbers_is_kept(
    client, reference, settings, nudges, django_assert_num_queries, address
):
    """Without a worker it would be made for each visitor until the end of the day."""
    settings.KEEP_PAGES_SECONDS = 60
    shown = entry("Alpha")
    client.get(address)
    hidden = entry("Beta")
    client.get(address)
    with django_assert_num_queries(1):  # the version
        client.get(address)
    Stakeholder.objects.filter(pk=hidden.pk).update(listing=Listing.UNLISTED)
    DirectoryVersion.objects.bump()
    page = client.get(address)
    assert shown.name in page.content.decode() or address == MAP
    assert hidden.name not in page.content.decode()


def test_the_entries_are_always_those_of_now(client, reference, nudges):
    shown, hidden = entry("Alpha"), entry("Beta")
    client.get(LIST)
    Stakeholder.objects.filter(pk=hidden.pk).update(listing=Listing.UNLISTED)
    DirectoryVersion.objects.bump()
    page = client.get(LIST)
    assert (names(page), total(page)) == ([shown.name], 2)


def test_a_worker_counts_for_the_reader_who_asked(client, reference, nudges):
    entry("Alpha")
    entry("Beta", listing=Listing.MEMBERS)
    desk = person_with(Role.CURATION)
    sign_in(client, desk)
    assert total(client.get(f"{LIST}?kind=ngo")) == 2
    entry("Gamma", listing=Listing.MEMBERS)
    assert total(client.get(f"{LIST}?kind=ngo")) == 2
    assert nudges == [{"query": "kind=ngo", "reader": desk.pk}]
    heavy_count(**nudges[0])
    assert total(client.get(f"{LIST}?kind=ngo")) == 3


def test_what_is_counted_quickly_is_never_told_late(client, reference):
    entry("Alpha")
    client.get(LIST)
    entry("Beta")
    assert total(client.get(LIST)) == 2


def test_the_clock_counts_what_the_next_visitor_asks(reference, django_assert_num_queries):
    entry("Alpha")
    heavy_count()
    version = DirectoryVersion.objects.current()
    with django_assert_num_queries(0):
        assert Counts(AnonymousUser(), version).facets(DirectoryQuery()).total == 1
    with django_assert_num_queries(1):  # the version; nothing is counted twice
        heavy_count()

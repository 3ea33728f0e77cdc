"""Use is counted without tracking: what counts, once, who sees it, and how days become months."""

import threading
import time
from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from accounts.people.enums import Role
from core import caching
from portal.usage import actions, counting
from portal.usage.actions import roll_up, write_counts
from portal.usage.enums import EVENT, RESOURCE, STAKEHOLDER, CountedUse, Span
from portal.usage.models import Usage, UsageFlush
from resources.records.models import ResourceStakeholder
from search.actions import rebuild
from search.models import Often
from stakeholders.entries.enums import Listing
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.resources import resource_in
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0"


@pytest.fixture(autouse=True)
def _rested():
    """A cache that was away for one test is asked again by the next."""
    caching.servers.clear()


@pytest.fixture
def valkey(settings):
    settings.CACHES = settings.CACHES | {
        "default": {
            "BACKEND": "core.caching.ForgivingRedisCache",
            # Of these tests alone: others empty theirs while these count.
            "LOCATION": f"{settings.REDIS_URL}/11",
            "KEY_PREFIX": f"usage-{connection.settings_dict['NAME']}-{time.monotonic_ns()}",
        }
    }


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Harbour Observatory", website="https://harbour.example/")


def page_of(entry):
    return reverse("stakeholders:detail", args=[entry.pk, entry.slug])


def reader(**headers):
    return Client(headers={"User-Agent": FIREFOX, **headers})


def later_on(monkeypatch, periods=2):
    """The clock, so many periods further."""
    at = time.time() + periods * counting.PERIOD
    monkeypatch.setattr(counting.time, "time", lambda: at)


def counted():
    return {(row.kind, row.object_id, row.what): row.times for row in Usage.objects.filter(span=Span.DAY)}


def test_a_kept_page_counts_like_a_new_one_and_asks_the_database_nothing_more(
    valkey, settings, entry, monkeypatch, django_assert_num_queries
):
    settings.KEEP_PAGES_SECONDS = 600
    first = reader().get(page_of(entry))
    with django_assert_num_queries(1):  # the version of the profile
        second = reader().get(page_of(entry))
    assert second.content == first.content
    assert not second.cookies
    later_on(monkeypatch)
    assert write_counts() == 1
    assert counted() == {(STAKEHOLDER, entry.pk, CountedUse.VIEW): 2}
    assert Usage.objects.get().day == localdate()


def test_only_what_a_person_looks_at_counts(valkey, entry, monkeypatch):
    address = page_of(entry)
    for robot in (
        "",
        "curl/8.11",
        "python-requests/2.32",
        "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/131.0 Safari/537.36",
    ):
        Client(headers={"User-Agent": robot}).get(address)
    reader().head(address)
    reader(**{"Sec-Purpose": "prefetch;prerender"}).get(address)
    reader(**{"HX-Request": "true"}).get(address)
    reader().get(address.replace("harbour", "other"))  # led on, and not followed
    hidden = StakeholderFactory(listing=Listing.UNLISTED)
    assert reader().get(page_of(hidden)).status_code == 404
    reader().get(reverse("stakeholders:list"))
    phone = "Mozilla/5.0 (Linux; Android 10; CUBOT X30) AppleWebKit/537.36 Chrome/130 Mobile Safari/537.36"
    Client(headers={"User-Agent": phone}).get(address)
    later_on(monkeypatch)
    write_counts()
    assert counted() == {(STAKEHOLDER, entry.pk, CountedUse.VIEW): 1}


def test_without_valkey_pages_are_as_they_were(settings, entry):
    settings.CACHES = settings.CACHES | {
        "default": {"BACKEND": "core.caching.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}
    }
    assert reader().get(page_of(entry)).status_code == 200
    assert write_counts() == 0


def test_a_number_is_added_once_whoever_writes_and_whenever_it_is_killed(valkey, entry, monkeypatch):
    for _time in range(3):
        reader().get(page_of(entry))
    assert write_counts() == 0  # the period is not over
    later_on(monkeypatch)

    def killed(*_args):
        raise SystemExit

    with monkeypatch.context() as once:  # before the numbers are written: nothing is
        once.setattr(actions, "add", killed)
        with pytest.raises(SystemExit):
            write_counts()
    assert not UsageFlush.objects.exists()
    with monkeypatch.context() as once:  # between the rows and the cache: it is not written again
        once.setattr(cache, "delete", killed, raising=False)
        with pytest.raises(SystemExit):
            write_counts()
    assert counted() == {(STAKEHOLDER, entry.pk, CountedUse.VIEW): 3}
    write_counts()
    assert counted() == {(STAKEHOLDER, entry.pk, CountedUse.VIEW): 3}


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_write_at_once_add_each_number_once(valkey, entry, monkeypatch):
    for _time in range(4):
        reader().get(page_of(entry))
    later_on(monkeypatch)
    both = threading.Barrier(2)
    read = actions.cache.counts_of

    def together(keys):
        counts = read(keys)
        both.wait(10)
        return counts

    monkeypatch.setattr(actions, "cache", _Cache(together))

    def worker():
        write_counts()
        connection.close()

    workers = [threading.Thread(target=worker) for _worker in range(2)]
    for thread in workers:
        thread.start()
    for thread in workers:
        thread.join()
    assert counted() == {(STAKEHOLDER, entry.pk, CountedUse.VIEW): 4}
    assert UsageFlush.objects.count() == 1


class _Cache:
    def __init__(self, counts_of):
        self.counts_of, self.delete = counts_of, cache.delete


def test_days_become_months_once(reference, settings):
    today = date(2026, 11, 15)
    rows = [(date(2025, 9, 30), 2), (date(2025, 10, 1), 3), (date(2025, 10, 31), 4), (date(2025, 11, 1), 5)]
    Usage.objects.bulk_create(
        Usage(kind=RESOURCE, object_id=1, what=CountedUse.VIEW, span=Span.DAY, day=day, times=times)
        for day, times in rows
    )
    settings.USAGE_MONTHS_OF_DAYS = (localdate().year - today.year) * 12 + localdate().month - 11 + 12
    roll_up()
    roll_up()
    assert list(Usage.objects.order_by("day").values_list("span", "day", "times")) == [
        ("month", date(2025, 9, 1), 2),
        ("month", date(2025, 10, 1), 7),
        ("day", date(2025, 11, 1), 5),
    ]


@pytest.fixture
def indexed(entry):
    rebuild(STAKEHOLDER)


def used(kind, pk, use=CountedUse.VIEW, times=5, days_ago=1):
    Usage.objects.create(
        kind=kind,
        object_id=pk,
        what=use,
        span=Span.DAY,
        day=localdate() - timedelta(days=days_ago),
        times=times,
    )


def test_the_desk_reads_every_number_and_takes_it_along(client, entry, indexed):
    used(STAKEHOLDER, entry.pk, times=3)
    used(STAKEHOLDER, entry.pk, times=9, days_ago=100)
    used(EVENT, 999_999, times=1)
    Often.objects.create(week=localdate(), text="modern slavery", visitors=9, in_vain=6)
    Often.objects.create(week=localdate(), text="somebody", visitors=9, in_vain=4)
    sign_in(client, person_with(Role.HEAD))
    page = client.get(reverse("portal:usage"))
    assert [(line.title, line.numbers) for line in page.context["lines"]] == [
        ("Harbour Observatory", [3, 0, 0]),
        ("No longer there (999999)", [1, 0, 0]),
    ]
    months = page.context["months"]
    assert [number for _label, number in months[0][1]] == [9, 0, 0]
    assert sum(numbers[0][1] for _month, numbers in months) == 13
    assert [use for use, _label, _chart in page.context["charts"]] == [CountedUse.VIEW]
    assert "modern slavery" in page.text
    assert "somebody" not in page.text
    longer = client.get(reverse("portal:usage") + "?days=365&kind=stakeholders.stakeholder&by=view")
    assert [line.numbers for line in longer.context["lines"]] == [[12, 0, 0]]
    csv_text = (
        client.get(reverse("portal:usage_table", args=["csv"]) + "?days=365&by=nonsense").getvalue().decode()
    )
    assert "Harbour Observatory,12,0,0" in csv_text
    sheet = load_workbook(BytesIO(client.get(reverse("portal:usage_table", args=["xlsx"])).getvalue())).active
    assert [cell.value for cell in sheet[2]][2:4] == ["Harbour Observatory", 3]


def test_the_sheet_of_a_year_tells_no_small_number(client, entry, indexed):
    year = localdate().year
    used(STAKEHOLDER, entry.pk, times=4, days_ago=0)
    used(STAKEHOLDER, entry.pk, use=CountedUse.LINK, times=5, days_ago=0)
    sign_in(client, person_with(Role.HEAD))
    book = load_workbook(BytesIO(client.get(reverse("portal:usage_year", args=[year])).getvalue()))
    assert [cell.value for cell in book.worksheets[0][2]][2:] == ["fewer than 5", "fewer than 5", 5]
    assert [cell.value for cell in book.worksheets[1][2]][1:] == [
        "Harbour Observatory",
        "fewer than 5",
        "fewer than 5",
        5,
    ]
    assert client.get(reverse("portal:usage_year", args=[year - 1])).status_code == 404


def test_an_owner_sees_what_is_theirs_and_no_small_number(client, entry):
    """Profile, resources and events of theirs; of somebody else's nothing."""
    owner = member_of(entry)
    resource, event = resource_in("published"), EventFactory(organizer=entry)
    ResourceStakeholder.objects.create(resource=resource, stakeholder=entry)
    other = StakeholderFactory(name="Coastal Watch")
    for kind, pk, times in ((STAKEHOLDER, entry.pk, 4), (RESOURCE, resource.pk, 5), (EVENT, event.pk, 6)):
        used(kind, pk, times=times)
    used(STAKEHOLDER, other.pk, times=50)
    sign_in(client, owner)
    page = client.get(reverse("portal:own_usage"))
    assert [line.numbers for line, _month, _year in page.context["rows"]] == [
        [None, None, None],
        [5, None, None],
        [6, None, None],
    ]
    assert "Coastal Watch" not in page.text
    sign_in(client, UserFactory())
    assert "You do not manage a profile" in client.get(reverse("portal:own_usage")).text


def test_links_lead_where_a_row_says_and_nowhere_else(valkey, entry, monkeypatch):
    profile = reader().get(page_of(entry)).text
    out = reverse("portal:outgoing_stakeholder", args=[entry.pk])
    assert f'href="{out}"' in profile
    response = reader().get(f"{out}?next=https://evil.example/&url=//evil.example")
    assert (response.status_code, response["Location"]) == (302, "https://harbour.example/")
    hidden = StakeholderFactory(listing=Listing.UNLISTED, website="https://hidden.example/")
    assert reader().get(reverse("portal:outgoing_stakeholder", args=[hidden.pk])).status_code == 404
    bare = StakeholderFactory(website="")
    assert reader().get(reverse("portal:outgoing_stakeholder", args=[bare.pk])).status_code == 404
    resource = resource_in("published")
    edition = resource.editions.get()
    edition.link = "https://publisher.example/book"
    edition.save()
    out = reverse("portal:outgoing_resource", args=[resource.pk])
    assert reader().get(f"{out}?language={edition.language_id}")["Location"] == edition.link
    assert reader().get(out)["Location"] == edition.link
    later_on(monkeypatch)
    write_counts()
    assert counted() == {
        (STAKEHOLDER, entry.pk, CountedUse.VIEW): 1,
        (STAKEHOLDER, entry.pk, CountedUse.LINK): 1,
        (RESOURCE, resource.pk, CountedUse.LINK): 2,
    }

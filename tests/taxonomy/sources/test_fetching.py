"""Sources fetched from an address that the desk set: a new file waiting for a person, and changes nothing."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import WrongState
from stakeholders.screening.models import ListedName, ProposedList, ScreeningList
from taxonomy import tasks
from taxonomy.hooks import sources
from taxonomy.sources import actions
from taxonomy.sources.models import FetchedSource
from tests.factories.accounts import person_with, sign_in
from tests.factories.screening import ENTITIES, list_xml, loaded
from tests.factories.sources import serving

pytestmark = pytest.mark.django_db
PAGE = "/en/desk/sources/"
LIST = "security-council"
WITHOUT_LANTERN = ENTITIES[: ENTITIES.index("<ENTITY>", 20)]


@pytest.fixture
def server(settings, reference):
    with serving(settings) as server:
        server.content = list_xml()
        yield server


@pytest.fixture
def head(reference):
    return person_with(Role.HEAD)


@pytest.fixture
def as_head(client, head):
    sign_in(client, head)
    return client


def fetched(code, person, url, schedule="weekly", **how) -> FetchedSource:
    """The row after the address was set and a worker came."""
    actions.set_address(code, url=url, schedule=schedule, megabytes=how.pop("megabytes", 10), actor=person)
    return once_more(code)


def once_more(code) -> FetchedSource:
    FetchedSource.objects.filter(code=code).update(next_at=now())
    actions.fetch_source(FetchedSource.objects.get(code=code).pk)
    return FetchedSource.objects.get(code=code)


def test_nothing_is_fetched_by_itself(server, head):
    for code in sources:
        assert sources[code].fetching is None or not FetchedSource.objects.filter(code=code).exists()
    tasks.sweep_sources()
    actions.set_address(LIST, url=server.url, schedule="never", megabytes=10, actor=head)
    tasks.sweep_sources()
    tasks.heavy_fetch_source(FetchedSource.objects.get().pk)
    assert server.request_headers == []


@pytest.mark.behaviour("D-10", "X-16")
def test_a_new_list_waits_until_a_person_approves_it(as_head, server, head):
    loaded(entities=WITHOUT_LANTERN, generated="2026-10-01T00:00:00Z")
    form = {"url": server.url, "schedule": "weekly", "megabytes": "10"}
    assert as_head.post(f"{PAGE}{LIST}/", form).status_code == 302
    tasks.heavy_fetch_source(FetchedSource.objects.get().pk)
    assert server.request_headers[0]["User-Agent"].startswith("WhatsOn-Sources/1.0 (+")
    waiting = ProposedList.objects.get()
    assert (waiting.is_waiting, waiting.sent_by) == (True, head)
    assert ScreeningList.objects.get().generated.isoformat() == "2026-10-01"  # nothing counts yet
    page = as_head.get(f"{PAGE}{LIST}/").text
    assert "A new file needs a decision." in page
    assert f'href="{waiting.get_absolute_url()}"' in page
    page = as_head.get(waiting.get_absolute_url()).text
    assert "New: 1. Changed: 0. Removed: 0. Unchanged: 3." in page
    assert "石燈籠貿易公司" in page
    name = waiting.file.name
    assert as_head.post(waiting.get_absolute_url()).status_code == 302
    assert ListedName.objects.filter(reference="XXe.002").exists()
    waiting.refresh_from_db()
    assert (waiting.status, waiting.decided_by, waiting.file.name) == ("approved", head, "")
    assert name
    audit_actions = list(Entry.objects.order_by("pk").values_list("action", flat=True))
    assert audit_actions[-4:] == [
        "taxonomy.source_address_set",
        "stakeholders.screening_list_proposed",
        "taxonomy.source_fetched",
        "stakeholders.screening_list_loaded",
    ]


def test_what_is_unchanged_is_said_to_be_and_nothing_waits(server, head):
    source = fetched(LIST, head, server.url)
    assert source.outcome == "new"
    again = once_more(LIST)
    assert (again.outcome, again.sha256) == ("unchanged", source.sha256)
    server.etag = '"2"'
    server.content = list_xml(generated="2026-11-02T00:00:00Z")
    assert once_more(LIST).outcome == "new"
    server.content = b"never sent, since its mark is known"
    assert once_more(LIST).outcome == "unchanged"
    assert server.request_headers[-1]["If-None-Match"] == '"2"'
    assert ProposedList.objects.waiting().count() == 1


def test_a_newer_file_takes_the_place_of_one_that_waits(server, head):
    fetched(LIST, head, server.url)
    server.content = list_xml(generated="2026-11-02T00:00:00Z")
    once_more(LIST)
    old, new = ProposedList.objects.order_by("pk")
    assert (old.status, new.status) == ("discarded", "waiting")


def test_another_address_begins_anew(server, head):
    fetched(LIST, head, server.url)
    ProposedList.objects.all().delete()
    assert fetched(LIST, head, server.url).outcome == "unchanged"
    assert fetched(LIST, head, server.url + "?new").outcome == "new"


@pytest.mark.parametrize(
    ("how", "fault", "words"),
    (
        ({"status": 404}, "status", "The server answered with an error."),
        ({"content": b"<html>Moved</html>"}, "unreadable", "This is another format"),
        ({"content": b"x" * 1_000_001}, "size", "The file is larger than the limit."),
        ({"url": "https://127.0.0.1/list"}, "private", "not on the public internet"),
        ({"url": "https://nobody.invalid/list"}, "name", "The name of the website is"),
    ),
    ids=lambda parameter: parameter if isinstance(parameter, str) else None,
)
def test_what_went_wrong_is_said_and_what_is_here_stays(as_head, server, head, how, fault, words):
    in_use = loaded(generated="2026-10-01T00:00:00Z")
    server.status, server.content = how.get("status", 200), how.get("content", server.content)
    source = fetched(LIST, head, how.get("url", server.url), megabytes=1)
    assert (source.outcome, source.fault) == ("failed", fault)
    assert words in as_head.get(f"{PAGE}{LIST}/").text
    assert "Could not be fetched" in as_head.get(PAGE).text
    assert ScreeningList.objects.get() == in_use
    assert not ProposedList.objects.exists()
    assert now() < source.next_at < now() + timedelta(days=2)  # it is tried again
    server.status, server.content = 200, list_xml()
    assert once_more(LIST).outcome == ("failed" if "url" in how else "new")


def test_an_older_list_than_the_one_in_use_does_not_wait(server, head):
    loaded(generated="2026-11-20T00:00:00Z")
    source = fetched(LIST, head, server.url)
    assert (source.fault, source.said[:30]) == ("unreadable", "The list in use is newer than ")


def test_who_may_no_longer_screen_fetches_nothing(server, head):
    actions.set_address(LIST, url=server.url, schedule="weekly", megabytes=10, actor=head)
    head.grants.all().delete()
    source = once_more(LIST)
    assert source.fault == "not_allowed"
    assert server.request_headers == []


def test_twice_is_once_and_two_workers_do_not_meet(server, head):
    source = fetched(LIST, head, server.url)
    assert not actions.fetch_source(source.pk)  # not due
    FetchedSource.objects.update(next_at=now(), claimed_at=now())
    assert not actions.fetch_source(source.pk)  # another worker has it
    assert actions.sweep() == 0
    FetchedSource.objects.update(claimed_at=now() - actions.STALE - timedelta(seconds=1))
    assert actions.sweep() == 1  # and is gone
    assert len(server.request_headers) == 1


@pytest.mark.parametrize("when", ("before", "after"))
def test_a_worker_that_dies_leaves_nothing_half_done(server, head, monkeypatch, when):
    class Killed(BaseException):
        pass

    def die(*args, **kwargs):
        raise Killed

    where = (actions, "fetch") if when == "before" else (actions, "record")
    actions.set_address(LIST, url=server.url, schedule="weekly", megabytes=10, actor=head)
    pk = FetchedSource.objects.get().pk
    with monkeypatch.context() as broken:
        broken.setattr(*where, die)
        with pytest.raises(Killed):
            actions.fetch_source(pk)
    source = FetchedSource.objects.get()
    assert (source.outcome, source.sha256) == ("", "")
    assert not ProposedList.objects.exists()
    FetchedSource.objects.update(claimed_at=now() - actions.STALE - timedelta(seconds=1))
    assert actions.sweep() == 1
    assert actions.fetch_source(source.pk)
    assert ProposedList.objects.waiting().count() == 1


def test_an_address_that_was_changed_meanwhile_counts(server, head, monkeypatch):
    """What comes from the old one then is of no use."""
    real = actions.fetch

    def slow(url, into, **how):
        got = real(url, into, **how)
        actions.set_address(LIST, url=server.url + "?2", schedule="weekly", megabytes=10, actor=head)
        return got

    actions.set_address(LIST, url=server.url, schedule="weekly", megabytes=10, actor=head)
    with monkeypatch.context() as patched:
        patched.setattr(actions, "fetch", slow)
        assert not actions.fetch_source(FetchedSource.objects.get().pk)
    assert not ProposedList.objects.exists()
    assert FetchedSource.objects.get().outcome == ""


def test_an_error_of_ours_is_said_and_logged(server, head, monkeypatch):
    actions.set_address(LIST, url=server.url, schedule="weekly", megabytes=10, actor=head)

    def broken(*args, **kwargs):
        raise RuntimeError

    pk = FetchedSource.objects.get().pk
    monkeypatch.setattr(actions, "fetch", broken)
    with pytest.raises(RuntimeError):
        actions.fetch_source(pk)
    assert FetchedSource.objects.get().fault == "broken"


# --- The address ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sent", "words"),
    (
        ({"url": "http://example.org/list.xml"}, "has to begin with https://"),
        ({"url": "ftp://example.org/list.xml"}, "Please give a full address"),
        ({"url": "list.xml"}, "Please give a full address"),
        ({"megabytes": "101"}, "less than or equal to 100"),
        ({"megabytes": ""}, "This field is required."),
        ({"schedule": "hourly"}, "Select a valid choice."),
    ),
)
def test_a_wrong_address_is_said_at_its_field_and_stays_typed(as_head, sent, words):
    form = {"url": "https://example.org/x", "schedule": "weekly", "megabytes": "10"} | sent
    page = as_head.post(f"{PAGE}{LIST}/", form).text
    assert words in page
    assert f'value="{form["url"]}"' in page
    assert not FetchedSource.objects.exists()


def test_an_empty_address_ends_it(as_head, server, head):
    source = fetched(LIST, head, server.url)
    as_head.post(f"{PAGE}{LIST}/", {"url": "", "schedule": "weekly", "megabytes": "10"})
    source.refresh_from_db()
    assert (source.url, source.next_at) == ("", None)
    with pytest.raises(WrongState):
        actions.ask_now(LIST, actor=head)
    page = as_head.post(f"{PAGE}{LIST}/fetch/", follow=True).text
    assert "No address is set for this source." in page


@pytest.mark.behaviour("X-15")
def test_a_person_has_it_fetched_now(as_head, server, head):
    actions.set_address(LIST, url=server.url, schedule="never", megabytes=10, actor=head)
    page = as_head.post(f"{PAGE}{LIST}/fetch/", follow=True).text
    assert "The file is being fetched." in page
    assert actions.sweep() == 1
    tasks.heavy_fetch_source(FetchedSource.objects.get().pk)
    source = FetchedSource.objects.get()
    assert (source.outcome, source.next_at) == ("new", None)


def test_only_who_decides_sets_the_address(client, server, head):
    curator, reviews = person_with(Role.CURATION), person_with(Role.REVIEWS)
    for person, code in ((curator, LIST), (reviews, LIST), (reviews, "ror"), (head, "library")):
        with pytest.raises(PermissionDenied):
            actions.set_address(code, url=server.url, schedule="never", megabytes=1, actor=person)
        with pytest.raises(PermissionDenied):
            actions.ask_now(code, actor=person)
    sign_in(client, curator)
    form = {"url": server.url, "schedule": "weekly", "megabytes": "10"}
    assert client.post(f"{PAGE}{LIST}/", form).status_code == 404
    assert client.post(f"{PAGE}participations/", form).status_code == 404
    assert "Save the address" not in client.get(f"{PAGE}participations/").text
    assert client.post(f"{PAGE}participations/fetch/").status_code == 404
    assert client.post(f"{PAGE}ror/", form).status_code == 302


def test_the_list_of_sources_says_where_a_file_needs_a_decision(as_head, server, head):
    assert "A new file needs a decision." not in as_head.get(PAGE).text
    fetched(LIST, head, server.url)
    assert "A new file needs a decision." in as_head.get(f"{PAGE}{LIST}/").text

"""What a list tells its mirrors: what has changed since an instant, and what is gone."""

from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from celery import current_app
from django.core.cache import cache
from django.db import DatabaseError
from django.test import Client
from django.utils.timezone import now

from accounts.tokens.actions import make_token
from accounts.tokens.enums import TokenScope
from api import actions
from api.actions import compare, mirrored_lists
from api.models import Comparison, PublicRow
from api.queries import KEPT_DAYS
from api.tasks import heavy_compare, record_gone
from events.events.models import Event
from stakeholders.entries.enums import Listing, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from tests.access.world import people, things
from tests.factories.accounts import sign_in
from tests.factories.events import EventFactory
from tests.factories.exchange import offer
from tests.factories.profiles import project
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, together

pytestmark = pytest.mark.django_db
STAKEHOLDERS = "stakeholders"


class Mirror:
    """A copy of one list, brought up to date as docs/api.md says."""

    def __init__(self, name, size=100):
        self.address = f"/api/v1/{name}/?page_size={size}&fields={'id' if is_numbered(name) else 'code'}"
        self.field = "id" if is_numbered(name) else "code"
        self.keys = set()
        self.until = ""

    def ask(self):
        """Returns what was given anew, and what was called gone."""
        given, gone, pages = [], None, count()
        following = f"{self.address}&changed_since={self.until}"
        while following:
            answer = Client().get(following)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            if next(pages) == 0:
                self.until, gone = page["changed_until"], page["gone"]
            else:
                assert page.keys() == {"next", "results"}
            given += [row[self.field] for row in page["results"]]
            following = page["next"]
        self.keys = (self.keys - set(gone)) | set(given)
        return given, gone


def is_numbered(name):
    return name not in ("articles", "countries", "figures", "topics")


def mirror_of(name, **how):
    compare(name)
    mirror = Mirror(name, **how)
    mirror.ask()
    return mirror


def hide(entry, listing=Listing.UNLISTED):
    Stakeholder.objects.filter(pk=entry.pk).update(listing=listing)


def test_each_list_is_mirrored_whole_and_what_stays_is_written_once():
    world = people()
    things(world)
    offer(world["own"], audience="public")
    heavy_compare()
    before = list(PublicRow.objects.order_by("pk").values())
    heavy_compare()
    assert list(PublicRow.objects.order_by("pk").values()) == before
    wrong = []
    for name in mirrored_lists():
        mirror = mirror_of(name)
        listed = {row[mirror.field] for query in ("", *_MORE.get(name, ())) for row in _rows(name, query)}
        if not mirror.keys or not listed <= mirror.keys or (name not in _MORE and listed != mirror.keys):
            wrong.append((name, listed ^ mirror.keys))
        recorded = set(PublicRow.objects.filter(resource=name).values_list("key", flat=True))
        if recorded != set(map(str, mirror.keys)) or mirror.ask() != ([], []):
            wrong.append(name)
    assert wrong == []


# The calendar without a question begins today; of the versions of a story it shows one.
_MORE = {"events": ("when=past",), "stories": ("",)}


def _rows(name, query):
    following = f"/api/v1/{name}/?page_size=100&{query}"
    while following:
        page = Client().get(following).json()
        yield from page["results"]
        following = page["next"]


def test_a_mirror_is_given_what_has_changed_and_nothing_else():
    changed, new = StakeholderFactory(), StakeholderFactory(listing=Listing.MEMBERS)
    StakeholderFactory()
    mirror = mirror_of(STAKEHOLDERS)
    assert mirror.ask() == ([], [])
    project(changed)  # stands on its page alone, not on its line
    hide(new, Listing.PUBLIC)
    assert mirror.ask() == ([], [])  # nothing is given that is not on record
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([changed.pk, new.pk], [])
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([], [])


def test_a_text_that_changed_in_one_language_has_changed():
    event = EventFactory()
    mirror = mirror_of("events")
    Event.objects.filter(pk=event.pk).update(translations={"fr": {"about": "De quoi il s'agit."}})
    compare("events")
    assert mirror.ask() == ([event.pk], [])


@pytest.mark.behaviour("X-14")
def test_who_hides_is_gone_at_once_by_number_alone(client):
    entry, hidden = StakeholderFactory(name="Watch"), StakeholderFactory(name="Shy", listing=Listing.MEMBERS)
    mirror = mirror_of(STAKEHOLDERS)
    project(entry)
    entry.city = "Lamu"
    entry.save()
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([entry.pk], [])
    since = mirror.until
    hide(entry)
    hide(hidden)  # was never public
    assert mirror.ask() == ([], [entry.pk])
    answer = client.get(f"/api/v1/stakeholders/?changed_since={since}")
    assert answer.json().keys() == {"next", "results", "changed_until", "gone"}
    assert "Watch" not in answer.text
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([], [entry.pk])  # twice is once
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([], [])
    assert PublicRow.objects.get().digest == ""


@pytest.mark.parametrize("goes", ["withdrawn", "merged", "removed"])
def test_what_leaves_the_list_in_another_way_is_gone_too(goes):
    other, entry = StakeholderFactory(), StakeholderFactory()
    mirror = mirror_of(STAKEHOLDERS)
    rows = Stakeholder.objects.filter(pk=entry.pk)
    match goes:
        case "withdrawn":
            rows.update(status=Status.WITHDRAWN)
        case "merged":
            rows.update(status=Status.MERGED, merged_into=other)
        case "removed":
            rows.delete()
    assert mirror.ask() == ([], [entry.pk])
    if goes == "merged":
        moved = Client().get(f"/api/v1/stakeholders/{entry.pk}/")
        assert (moved.status_code, moved["Location"][-3 - len(str(other.pk)) :]) == (301, f"s/{other.pk}/")


def test_what_is_back_is_given_again_though_it_was_hidden_for_a_moment_alone(
    django_capture_on_commit_callbacks, monkeypatch
):
    entry = StakeholderFactory()
    mirror = mirror_of(STAKEHOLDERS)
    hide(entry)
    queued = []
    monkeypatch.setattr(current_app.tasks["api.record_gone"], "apply_async", lambda **_how: queued.append(1))
    cache.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert mirror.ask() == ([], [entry.pk])
    assert queued == [1]
    record_gone()  # what was queued, before the next comparison
    hide(entry, Listing.PUBLIC)
    assert mirror.ask() == ([], [entry.pk])
    compare(STAKEHOLDERS)
    mirror.ask()
    assert mirror.keys == {entry.pk}
    hide(entry)
    assert mirror.ask() == ([], [entry.pk])


def test_of_a_run_that_was_killed_the_next_one_finds_the_rest(monkeypatch):
    entries = [StakeholderFactory() for _number in range(3)]
    mirror = mirror_of(STAKEHOLDERS)
    since = mirror.until
    Stakeholder.objects.update(city="Kisumu")
    hide(entries[0])
    monkeypatch.setattr(actions, "BATCH", 1)
    record, batches = actions._record, count()

    def die_at_the_second(*args):
        if next(batches) == 1:
            raise KeyboardInterrupt
        record(*args)

    monkeypatch.setattr(actions, "_record", die_at_the_second)
    with pytest.raises(KeyboardInterrupt):
        compare(STAKEHOLDERS)
    assert mirror.ask() == ([entries[1].pk], [entries[0].pk])
    assert mirror.until == since  # so that it is asked of this run again
    compare(STAKEHOLDERS)
    assert mirror.ask() == ([entries[1].pk, entries[2].pk], [entries[0].pk])
    assert mirror.keys == {entries[1].pk, entries[2].pk}


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_what_one_writes():
    entries = [StakeholderFactory() for _number in range(5)]
    mirror = mirror_of(STAKEHOLDERS)
    Stakeholder.objects.update(city="Kisumu")
    hide(entries[0])
    both = [partial(compare, STAKEHOLDERS), partial(compare, STAKEHOLDERS), record_gone]
    assert together(*both) == [None, None, None]
    assert mirror.ask() == ([entry.pk for entry in entries[1:]], [entries[0].pk])
    assert mirror.ask() == ([], [])
    assert PublicRow.objects.count() == 5


def test_a_list_that_fails_does_not_hold_up_the_others(monkeypatch):
    real = actions.compare

    def fail(name):
        if name == "articles":
            raise DatabaseError("away")
        real(name)

    monkeypatch.setattr(actions, "compare", fail)
    with pytest.raises(ExceptionGroup):
        heavy_compare()
    compared = set(Comparison.objects.values_list("resource", flat=True))
    assert compared == set(mirrored_lists()) - {"articles"}


def test_pages_follow_one_another_though_rows_change_and_go_meanwhile():
    entries = [StakeholderFactory() for _number in range(4)]
    mirror = mirror_of(STAKEHOLDERS, size=1)
    assert mirror.keys == {entry.pk for entry in entries}
    Stakeholder.objects.update(city="Kisumu")
    compare(STAKEHOLDERS)
    first = Client().get(f"/api/v1/stakeholders/?changed_since={mirror.until}&page_size=2&page=1").json()
    assert [row["id"] for row in first["results"]] == [entries[0].pk, entries[1].pk]
    Stakeholder.objects.filter(pk=entries[0].pk).update(city="Mombasa")
    hide(entries[2])
    compare(STAKEHOLDERS)
    second = Client().get(first["next"]).json()
    assert [row["id"] for row in second["results"]] == [entries[3].pk]
    mirror.until = first["changed_until"]
    assert mirror.ask() == ([entries[0].pk], [entries[2].pk])


def test_an_instant_that_cannot_be_answered_is_refused_with_what_to_do(client):
    def ask(since, more=""):
        return client.get("/api/v1/stakeholders/", query_params={"changed_since": since} | dict(more))

    entry = StakeholderFactory()
    assert ask("").json()["changed_until"] is None  # no comparison has come to its end
    assert ask(now().isoformat()).status_code == 410
    compare(STAKEHOLDERS)
    assert ask(now().isoformat()).status_code == 200
    future = now() + timedelta(minutes=5)
    wrong = [future.isoformat(), "soon", "2026-02-30", "2026-05-04T09:30:00", "0001-01-01T00:00:00+23:00"]
    for since in wrong:
        assert ask(since).json()["errors"].keys() == {"changed_since"}
    gone = ask("2020-01-01")
    assert (gone.status_code, gone["Content-Type"]) == (410, "application/problem+json")
    assert "Read the whole list again" in gone.json()["detail"]
    for name in ("country", "sort", "q"):
        assert ask("", {name: "name"}).json()["errors"].keys() == {name}
    assert ask("", {"page": "2"}).json()["errors"].keys() == {"page"}
    hide(entry)
    compare(STAKEHOLDERS)
    Comparison.objects.update(first_at=now() - timedelta(days=KEPT_DAYS + 9))
    PublicRow.objects.update(gone_at=now() - timedelta(days=KEPT_DAYS + 1))
    assert ask((now() - timedelta(days=KEPT_DAYS + 1)).isoformat()).status_code == 410
    assert ask((now() - timedelta(days=KEPT_DAYS - 1)).isoformat()).json()["gone"] == []
    compare(STAKEHOLDERS)
    assert not PublicRow.objects.exists()


def test_more_than_can_be_named_is_read_again_as_a_whole(monkeypatch):
    entries = [StakeholderFactory() for _number in range(3)]
    mirror = mirror_of(STAKEHOLDERS)
    monkeypatch.setattr("api.queries.MOST_GONE", 2)
    hide(entries[0])
    compare(STAKEHOLDERS)
    hide(entries[1])
    address = f"/api/v1/stakeholders/?changed_since={mirror.until}"
    assert len(Client().get(address).json()["gone"]) == 2
    hide(entries[2])
    assert Client().get(address).status_code == 410


def test_who_has_the_answer_is_not_sent_it_again_until_something_hides(client, settings):
    settings.KEEP_PAGES_SECONDS = 60
    entry = StakeholderFactory()
    address = f"/api/v1/stakeholders/?changed_since={mirror_of(STAKEHOLDERS).until}"
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304
    hide(entry)
    assert client.get(address, headers={"If-None-Match": tag}).json()["gone"] == [entry.pk]


def test_everybody_is_given_what_a_visitor_is():
    StakeholderFactory(listing=Listing.MEMBERS)
    public = StakeholderFactory()
    offer(public, audience="members")
    compare(STAKEHOLDERS)
    compare("offers")
    person = member_of(public)
    browser = Client()
    sign_in(browser, person)
    _token, secret = make_token(actor=person, name="Mirror", scopes=(TokenScope.DIRECTORY,), days=7)
    with_token = Client(headers={"Authorization": f"Bearer {secret}"})
    for asks in (Client(), browser, with_token):
        answer = asks.get("/api/v1/stakeholders/?changed_since=")
        assert [row["id"] for row in answer.json()["results"]] == [public.pk]
        assert asks.get("/api/v1/offers/?changed_since=").json()["results"] == []
    assert with_token.get("/api/v1/events/?changed_since=").status_code == 403


def test_a_list_without_it_says_so(client):
    paths = client.get("/api/schema/").json()["paths"]

    def takes(name):
        operation = paths[f"/api/v1/{name}/"]["get"]
        return any(parameter["name"] == "changed_since" for parameter in operation["parameters"])

    lists = {path.split("/")[3] for path in paths if path.endswith("/") and path.count("/") == 4}
    assert {name for name in lists if takes(name)} == set(mirrored_lists())
    assert {name for name in lists - set(mirrored_lists()) if not name.startswith(("own-", "me"))} == {
        "reports",
        "reviews",
        "search",
    }
    for address in ("/api/v1/reviews/", "/api/v1/topics/firearms/"):
        refused = client.get(f"{address}?changed_since=")
        assert refused.json()["errors"] == {"changed_since": ["There is no such parameter."]}


@pytest.mark.parametrize("name", ["stakeholders", "offers", "projects"])
def test_it_costs_the_same_with_one_change_and_with_many(name):
    mirror = mirror_of(name)

    def add():
        for listing in (Listing.PUBLIC, Listing.PUBLIC):
            entry = StakeholderFactory(listing=listing)
            offer(entry, audience="public")
            project(entry)
        compare(name)
        hide(entry)
        DirectoryVersion.objects.bump()

    assert_no_growth(lambda: Client().get(f"{mirror.address}&changed_since={mirror.until}"), add)

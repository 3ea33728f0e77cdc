"""What is one's own is written by the forms and acts of the pages: what GET gives, PATCH takes."""

import pytest
from django.test import Client

from accounts.tokens.actions import make_token
from accounts.tokens.enums import TokenScope
from audit.models import Entry
from stakeholders.entries.enums import MemberRole
from tests.factories.exchange import offer
from tests.factories.profiles import project
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db
FIRST = {"mission": "We work.", "mission_language": "en", "topics": ["firearms"]}


def paths(entry):
    return {
        "profile": f"/api/v1/me/stakeholders/{entry.pk}/",
        "project": f"/api/v1/me/projects/{project(entry).pk}/",
        "offer": f"/api/v1/me/offers/{offer(entry).pk}/",
    }


def asks_for(person, *scopes):
    _token, secret = make_token(actor=person, name="Sync", scopes=scopes or TokenScope.values, days=7)
    return Client(headers={"Authorization": f"Bearer {secret}"})


def patch(asks, path, answers, tag):
    return asks.patch(
        path, answers, content_type="application/json", headers={"If-Match": tag} if tag else None
    )


@pytest.fixture
def entry():
    entry = StakeholderFactory(mission="We work.", mission_language_id="en")
    entry.topics.add("firearms")
    return entry


@pytest.mark.behaviour("X-08")
@pytest.mark.parametrize(
    ("part", "change"),
    [
        (
            "profile",
            {
                "city": "Mombasa",
                "contacts": [{"kind": "email", "value": "a@b.example", "audience": "public"}],
                "works_in": ["TZA", "UGA"],
            },
        ),
        ("project", {"title": "Ports", "partners": ["One", "Two"], "starts": "2024-10"}),
        ("offer", {"text": "Training in ports", "until": "2999-01-01"}),
    ],
)
def test_what_is_read_can_be_sent_back_and_changed(client, entry, part, change):
    person = member_of(entry, MemberRole.EDITOR)
    asks, path = asks_for(person), paths(entry)[part]
    read = asks.get(path)
    back = patch(asks, path, read.json(), read["ETag"])
    assert (back.status_code, back.json()) == (200, read.json())
    changed = patch(asks, path, change, asks.get(path)["ETag"])
    assert changed.status_code == 200, changed.text
    assert {name: changed.json()[name] for name in change} == change
    again = asks.get(path)
    assert (again.json(), again["ETag"]) == (changed.json(), changed["ETag"])
    assert {**again.json(), **change} == {**read.json(), **change}
    assert Entry.objects.filter(actor_id=person.pk, action__startswith="stakeholders.").exists()
    # The other's work, and who read nothing.
    late = patch(asks, path, read.json(), read["ETag"])
    assert late.status_code == 412
    assert patch(asks, path, read.json(), "").status_code == 428
    assert asks.get(path).json() == changed.json()
    assert patch(asks, path, {}, f"W/{changed['ETag']}").status_code == 200
    assert client.get(path).status_code == 401


@pytest.mark.parametrize(
    ("part", "answers", "where"),
    [
        ("profile", {"topics": []}, "topics"),
        ("profile", {"topics": ["zoo"]}, "topics"),
        ("profile", {"topics": "firearms"}, "topics"),
        ("profile", {"contacts": [{"kind": "email", "value": "x", "audience": "public"}]}, "contacts"),
        ("profile", {"contacts": [{"value": "1"}] * 21}, "contacts"),
        ("profile", {"name": "Another"}, "name"),
        ("profile", {"id": 1_000_000}, "id"),
        ("project", {"title": ""}, "title"),
        ("project", {"starts": "2024", "ends": "2023"}, "ends"),
        ("offer", {"area": "", "topic": ""}, "area"),
        ("offer", {"until": "2020-01-01"}, "until"),
        ("offer", [], ""),
    ],
)
def test_what_the_page_refuses_is_refused_at_the_same_field(entry, part, answers, where):
    asks, path = asks_for(member_of(entry)), paths(entry)[part]
    read = asks.get(path)
    refused = patch(asks, path, answers, read["ETag"])
    assert refused.status_code == 400
    assert refused.json()["errors"].keys() == {where}
    assert asks.get(path).json() == read.json()


def test_only_who_may_change_it_reads_and_writes_it_there(entry):
    addresses = paths(entry)
    tag = asks_for(member_of(entry)).get(addresses["profile"])["ETag"]
    reads = asks_for(member_of(entry), TokenScope.OWN)
    assert reads.get(addresses["profile"]).status_code == 200
    assert patch(reads, addresses["profile"], {"city": "X"}, tag).status_code == 403
    for person in (member_of(entry, MemberRole.READER), member_of(StakeholderFactory())):
        asks = asks_for(person)
        for path in addresses.values():
            assert asks.get(path).status_code == 404
            assert patch(asks, path, {}, tag).status_code == 404
            assert patch(asks, path, {}, "*").status_code == 404


def test_a_browser_writes_only_with_the_token_of_its_forms(entry):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(member_of(entry))
    path = f"/api/v1/me/stakeholders/{entry.pk}/"
    assert patch(browser, path, {"city": "X"}, browser.get(path)["ETag"]).status_code == 403

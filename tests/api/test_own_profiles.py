"""Projects and offers of one's own profiles: added and taken away as on the pages."""

import pytest

from accounts.tokens.enums import TokenScope
from audit.models import Entry
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.exchange import actions as exchange_actions
from stakeholders.exchange.models import Offer
from stakeholders.projects import actions as projects_actions
from stakeholders.projects.models import Project
from tests.api.own import Program, path_of
from tests.factories.exchange import first_area, offer
from tests.factories.profiles import project
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
LISTS = {"project": "/api/v1/me/projects/", "offer": "/api/v1/me/offers/"}
ROWS = {"project": Project.objects, "offer": Offer.objects.filter(closed_at=None)}
KINDS = pytest.mark.parametrize("kind", LISTS)


def fields_of(kind, entry):
    fields = {
        "project": {"title": "Ports", "language": "en", "partners": ["One", "Two"], "starts": "2024-10"},
        "offer": {"direction": "need", "area": first_area(), "text": "Interpreters", "languages": ["fr"]},
    }
    return {"stakeholder": entry.pk, **fields[kind]}


def address_of(kind, entry):
    return f"{LISTS[kind]}{(project if kind == 'project' else offer)(entry).pk}/"


@pytest.fixture
def entry():
    return StakeholderFactory()


@KINDS
def test_a_new_one_is_there_where_the_answer_says(entry, kind):
    person = member_of(entry, MemberRole.EDITOR)
    asks = Program(person)
    fields = fields_of(kind, entry)
    created = asks.post(LISTS[kind], fields)
    assert created.status_code == 201, created.text
    assert {name: created.json()[name] for name in fields} == fields
    read = asks.get(path_of(created))
    assert (read.json(), read["ETag"]) == (created.json(), created["ETag"])
    assert asks.patch(path_of(created), read.json(), created["ETag"]).json() == read.json()
    assert Entry.objects.filter(actor_id=person.pk, action=f"stakeholders.{kind}_added").count() == 1


@pytest.mark.parametrize(
    ("kind", "change", "where"),
    [
        ("project", {"title": ""}, "title"),
        ("project", {"title": None}, "title"),
        ("project", {"starts": "2024", "ends": "2023"}, "ends"),
        ("project", {"links": [{"label": "", "url": "https://a.example"}]}, "links"),
        ("project", {"colour": "red"}, "colour"),
        ("project", {"stakeholder": None}, "stakeholder"),
        ("project", {"stakeholder": "1"}, "stakeholder"),
        ("project", {"stakeholder": True}, "stakeholder"),
        ("project", {"stakeholder": 10**30}, "stakeholder"),
        ("offer", {"direction": "gift"}, "direction"),
        ("offer", {"direction": ""}, "direction"),
        ("offer", {"area": ""}, "area"),
        ("offer", {"until": "2020-01-01"}, "until"),
    ],
)
def test_what_the_page_would_refuse_is_refused_at_the_same_field(entry, kind, change, where):
    refused = Program(member_of(entry)).post(LISTS[kind], fields_of(kind, entry) | change)
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    assert refused.json()["errors"].keys() == {where}
    assert not ROWS[kind].exists()


@KINDS
def test_it_is_added_to_ones_own_profiles_alone(entry, kind):
    others = member_of(StakeholderFactory())
    missing = Program(others).post(LISTS[kind], fields_of(kind, entry) | {"stakeholder": 999_999})
    for person in (others, member_of(entry, MemberRole.READER)):
        refused = Program(person).post(LISTS[kind], fields_of(kind, entry))
        assert (refused.status_code, refused.json()) == (400, missing.json())
    reads = Program(member_of(entry), TokenScope.OWN)
    assert reads.post(LISTS[kind], fields_of(kind, entry)).status_code == 403
    assert not ROWS[kind].exists()


@KINDS
def test_a_profile_that_is_suspended_gains_nothing(entry, kind):
    asks = Program(member_of(entry))
    type(entry).objects.filter(pk=entry.pk).update(status=Status.SUSPENDED)
    assert asks.post(LISTS[kind], fields_of(kind, entry)).status_code == 400


def test_an_offer_of_a_profile_that_lapsed_waits_until_it_is_confirmed(entry):
    asks = Program(member_of(entry))
    type(entry).objects.filter(pk=entry.pk).update(status=Status.LAPSED)
    refused = asks.post(LISTS["offer"], fields_of("offer", entry))
    assert (refused.status_code, refused["Content-Type"]) == (409, "application/problem+json")


@KINDS
def test_who_read_it_deletes_it_once(entry, kind):
    asks, path = Program(member_of(entry)), address_of(kind, entry)
    assert asks.delete(path, "").status_code == 428
    assert asks.delete(path, '"other"').status_code == 412
    gone = asks.delete(path)
    assert (gone.status_code, gone.content) == (204, b"")
    assert not ROWS[kind].exists()
    assert asks.get(path).status_code == 404
    assert asks.delete(path, "*").status_code == 404


@KINDS
def test_others_delete_nothing(entry, kind):
    path = address_of(kind, entry)
    for person in (member_of(StakeholderFactory()), member_of(entry, MemberRole.READER)):
        assert Program(person).delete(path, "*").status_code == 404
    assert Program(member_of(entry), TokenScope.OWN).delete(path).status_code == 403
    assert ROWS[kind].exists()


@KINDS
@pytest.mark.parametrize("verb", ["patch", "delete"])
def test_what_another_saves_in_between_is_not_lost(entry, kind, verb, monkeypatch):
    """Between the check of the tag and the act, as of two who are equally fast."""
    person = member_of(entry)
    asks, path = Program(person), address_of(kind, entry)
    act, name, change = {
        "project": (projects_actions, "change_project", {"title": "Theirs"}),
        "offer": (exchange_actions, "change_offer", {"text": "Theirs"}),
    }[kind]
    taken_away = {"project": "remove_project", "offer": "close_offer"}[kind]
    ours = name if verb == "patch" else taken_away
    really = getattr(act, ours)

    def after_another(row, **how):
        monkeypatch.setattr(act, ours, really)
        assert asks.patch(path, change).status_code == 200
        return really(row, **how)

    tag = asks.tag(path)
    monkeypatch.setattr(act, ours, after_another)
    late = asks.patch(path, {next(iter(change)): "Ours"}, tag) if verb == "patch" else asks.delete(path, tag)
    assert (late.status_code, late["Content-Type"]) == (412, "application/problem+json")
    assert change.items() <= asks.get(path).json().items()


@KINDS
def test_a_list_and_a_row_cost_as_much_however_many_there_are(entry, kind):
    asks = Program(member_of(entry))
    path = address_of(kind, entry)
    for address in (LISTS[kind], path):
        assert_no_growth(lambda address=address: asks.get(address), lambda: address_of(kind, entry))


def test_profiles_themselves_are_neither_added_nor_deleted(entry):
    asks = Program(member_of(entry))
    for refused in (
        asks.post("/api/v1/me/stakeholders/", {}),
        asks.delete(f"/api/v1/me/stakeholders/{entry.pk}/", "*"),
        asks.submit(f"/api/v1/me/projects/{project(entry).pk}/", "*"),
    ):
        assert refused.status_code in (404, 405)
        assert refused["Content-Type"] == "application/problem+json"


@KINDS
def test_the_addresses_of_1_0_answer_as_the_new_ones_do(entry, kind):
    former = LISTS[kind].replace("/me/", "/own-")
    asks = Program(member_of(entry, MemberRole.EDITOR))
    created = asks.post(former, fields_of(kind, entry))
    assert path_of(created).startswith(former)
    read = asks.get(path_of(created).replace(former, LISTS[kind]))
    assert (read.json(), read["ETag"]) == (created.json(), created["ETag"])

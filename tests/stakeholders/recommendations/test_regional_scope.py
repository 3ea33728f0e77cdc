"""A regional focal point sees and counts what is shared of their own places, and what is public; no more."""

import re

import pytest

from accounts.people.enums import Role
from accounts.people.models import User
from search.actions import index
from search.models import Document
from search.queries import find
from search.spelling import did_you_mean
from stakeholders.applications.queries import likely_matches
from stakeholders.directory.queries import DirectoryQuery, matching_entries, shown_to
from stakeholders.directory.queries_counts import Counts
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.exports.models import Export
from stakeholders.invitations.models import Invitation
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of, sent_application
from tests.factories.workflow import WorkItemFactory
from tests.support import text_of
from workflow.items.models import WorkItem

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
LIST = "/en/stakeholders/"
WHO = {
    "kenya": {"country": "KEN"},
    "eastern africa": {"region": "014"},
    "africa": {"region": "002"},
    "peru": {"country": "PER"},
    "americas": {"region": "019"},
    "everywhere": {},
}
COVERS = {
    "kenya": {"KEN"},
    "eastern africa": {"KEN"},
    "africa": {"KEN"},
    "peru": {"PER"},
    "americas": {"PER"},
    "everywhere": {"KEN", "PER"},
}
SHARED = (Listing.MEMBERS_STATES, Listing.MEMBERS)


def names(response) -> set[str]:
    return set(re.findall(r"(?:Ken|Per)-\w+", text_of(response)))


def put(name, **fields):
    entry = StakeholderFactory(name=name, city="Hiddenville", **fields)
    index(entry)
    DirectoryVersion.objects.bump()
    return entry


@pytest.fixture
def entries():
    """Every listing in two countries, and every status of one that is shared."""
    entries_by_name = {}
    for country in ("KEN", "PER"):
        for listing in Listing.values:
            name = f"{country.title()}-{listing}"
            entries_by_name[name] = put(name, country_id=country, listing=listing)
        for status in (Status.LAPSED, Status.SUSPENDED, Status.WITHDRAWN):
            name = f"{country.title()}-{status}"
            entries_by_name[name] = put(name, country_id=country, listing=Listing.MEMBERS, status=status)
    return entries_by_name


def seen_by(who) -> set[str]:
    shared = {f"{country.title()}-{listing}" for country in COVERS[who] for listing in SHARED}
    return shared | {"Ken-public", "Per-public"}


@pytest.mark.behaviour("D-08")
def test_pages_lists_counts_search_and_suggestions_keep_to_the_places(client, entries, subtests):
    for who, places in WHO.items():
        with subtests.test(who=who):
            user = person_with(Role.REGIONAL, **places)
            sign_in(client, user)
            expected = seen_by(who)
            assert {entry.name for entry in Stakeholder.objects.visible_to(user)} == expected
            for name, entry in entries.items():
                assert client.get(entry.get_absolute_url()).status_code == (
                    200 if name in expected else 404
                ), name
                assert user.has_perm("stakeholders.view_stakeholder", entry) is (name in expected), name
                for page_of_it in ("manage/", "manage/entry/", "confirm/", "withdraw/"):
                    assert client.get(f"{LIST}{entry.pk}/{page_of_it}").status_code == 404, name
            for query in ("", "?q=hiddenville", "?kind=ngo", "?country=KEN&country=PER"):
                response = client.get(LIST + query)
                assert names(response) & set(entries) == expected, query
            assert names(client.get("/en/search/?q=hiddenville")) & set(entries) == expected
            assert {document.title for document in Document.objects.visible_to(user)} == expected
            for region, country in (("002", "Ken"), ("019", "Per")):
                of_region = {name for name in expected if name.startswith(country)}
                assert names(client.get(f"{LIST}?region={region}")) & set(entries) == of_region


@pytest.mark.behaviour("D-08")
def test_numbers_kept_for_one_are_never_shown_to_another(client, entries):
    """Same listings, other places: the kept counts of one region must not answer for the next."""
    everybody = {who: person_with(Role.REGIONAL, **places) for who, places in WHO.items()}
    everybody["member"] = member_of(StakeholderFactory(listing=Listing.UNLISTED))
    for _twice in range(2):
        for who, user in everybody.items():
            fresh = User.objects.get(pk=user.pk)
            counts = Counts(fresh, DirectoryVersion.objects.current())
            for query in (
                DirectoryQuery(),
                DirectoryQuery(q="hiddenville"),
                DirectoryQuery(country=("KEN",)),
            ):
                number = matching_entries(shown_to(fresh), fresh, query).count()
                assert counts.total(query) == number, (who, query)
            if who in WHO:
                assert counts.total(DirectoryQuery()) == len(seen_by(who)), who
                assert counts.facets(DirectoryQuery()).beside["kind"][Kind.NGO] == len(seen_by(who)), who


@pytest.mark.behaviour("D-08")
def test_the_facets_of_the_page_count_the_places_alone(client, entries):
    for who, shown in (("kenya", "Kenya (3)"), ("peru", "Kenya (1)"), ("africa", "Kenya (3)")):
        sign_in(client, person_with(Role.REGIONAL, **WHO[who]))
        assert shown in text_of(client.get(LIST)), who


def test_a_hidden_name_of_another_region_is_not_proposed_or_found_as_a_duplicate():
    put("Ornithology Society", country_id="PER", listing=Listing.MEMBERS)
    inside, outside = (person_with(Role.REGIONAL, country=code) for code in ("PER", "KEN"))
    # Of names that not everybody may find no word is learnt.
    assert did_you_mean(inside, "ornitholgy") is None
    assert did_you_mean(outside, "ornitholgy") is None
    assert list(find(outside, "ornithology")) == []
    for user, number in ((inside, 1), (outside, 0)):
        draft = full_draft(user, name="Ornithology Society")
        assert len(likely_matches(draft, Stakeholder.objects.visible_to(user))) == number


def test_nothing_is_exported_and_no_people_are_seen(client, entries):
    user = person_with(Role.REGIONAL)
    inviter = member_of(entries["Ken-public"])
    sign_in(client, user)
    for url in ("/en/desk/vetting/exports/", "/en/desk/vetting/", "/en/desk/", "/en/desk/vetting/screening/"):
        assert client.get(url).status_code == 404, url
    assert client.post("/en/desk/vetting/exports/", {"format": "csv", "filters": ""}).status_code == 404
    assert not Export.objects.exists()
    assert not Membership.objects.visible_to(user).exists()
    assert not Invitation.objects.visible_to(user).exists()
    assert inviter.name not in text_of(client.get(entries["Ken-public"].get_absolute_url()))


def test_a_focal_point_who_is_a_member_sees_as_members_do(entries):
    user = member_of(StakeholderFactory(name="Own", listing=Listing.UNLISTED))
    everything = {entry.name for entry in Stakeholder.objects.visible_to(user)}
    both = person_with(Role.REGIONAL, country="KEN")
    Membership.objects.create(stakeholder=StakeholderFactory(name="Own"), user=both, role="reader")
    assert {
        entry.name for entry in Stakeholder.objects.visible_to(User.objects.get(pk=both.pk))
    } == everything


def test_a_role_that_sleeps_or_has_ended_shows_what_everybody_sees(client, entries):
    user = person_with(Role.REGIONAL, country="KEN")
    client.force_login(user)
    assert client.get(entries["Ken-members"].get_absolute_url()).status_code == 404
    assert names(client.get(LIST)) & set(entries) == {"Ken-public", "Per-public"}
    closed = person_with(Role.REGIONAL, country="KEN", is_active=False)
    assert not closed.places_of(Role.REGIONAL)
    assert UserFactory().places_of(Role.REGIONAL) == frozenset()


@pytest.mark.behaviour("D-08")
def test_work_is_seen_and_counted_of_the_places_alone(client):
    """Also of a sub-region, which a work item does not name."""
    WorkItemFactory(what="kenya", waits_for=Role.REGIONAL, scope_country="KEN", scope_region="002")
    WorkItemFactory(what="nigeria", waits_for=Role.REGIONAL, scope_country="NGA", scope_region="002")
    WorkItemFactory(what="peru", waits_for=Role.REGIONAL, scope_country="PER", scope_region="019")
    WorkItemFactory(what="desk", waits_for=Role.VETTING, scope_country="KEN", scope_region="002")
    expected = {
        "kenya": {"kenya"},
        "eastern africa": {"kenya"},
        "africa": {"kenya", "nigeria"},
        "peru": {"peru"},
        "americas": {"peru"},
        "everywhere": {"kenya", "nigeria", "peru"},
    }
    for who, visible_work in expected.items():
        user = person_with(Role.REGIONAL, **WHO[who])
        visible = WorkItem.objects.visible_to(user)
        assert set(visible.values_list("what", flat=True)) == visible_work, who
        for item in WorkItem.objects.all():
            assert user.has_perm("workflow.view_workitem", item) is (item.what in visible_work), (who, item)
            assert user.has_perm("workflow.claim_workitem", item) is (item.what in visible_work), (who, item)
    nairobi, cuzco = (
        sent_application(name="Nairobi Watch"),
        sent_application(name="Cuzco Watch", country="PER"),
    )
    sign_in(client, person_with(Role.REGIONAL, region="019"))
    home = client.get("/en/regional/")
    assert [line.pk for line in home.context["waiting"]] == [cuzco.pk]
    assert home.context["page"].paginator.count == 1
    assert nairobi.name not in text_of(home)


def test_the_stakeholders_of_my_region_are_counted_and_linked(client, entries):
    sign_in(client, person_with(Role.REGIONAL, region="002"))
    home = client.get("/en/regional/")
    assert home.context["numbers"].total == 3
    assert '/en/stakeholders/?region=002"' in text_of(home)
    assert names(client.get(f"{LIST}?region=002")) & set(entries) == {
        "Ken-public",
        "Ken-members",
        "Ken-members_states",
    }

"""Grants and courses: suggested, checked, listed while the subject is on, and gone at their deadline."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import now

from accounts.hooks import retained
from accounts.people.enums import Role
from coordination.offerings import actions, queries
from coordination.offerings.models import Offering
from core.errors import DomainError, WrongState
from notifications.follows.actions import expand, follow, left_to_expand, remind_of_deadlines
from notifications.follows.models import Deadline
from notifications.inbox.models import Notice
from resources.links.actions import gather
from resources.links.models import LinkCheck
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.offerings import OfferingFactory, turned_on
from tests.factories.resources import ResourceFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db

YEAR = now().year + 1
LIST, DESK = "/en/opportunities/", "/en/desk/coordination/opportunities/"


def answers(**other):
    return {
        "version": "0",
        "title": "Demo Grant for Border Communities",
        "provider": "Demo Fund",
        "summary": "For local work against firearms trafficking.",
        "language": "en",
        "link": "https://fund.example/border",
        "amount": "50000",
        "currency": "usd",
        "closes": f"{YEAR}-03-01",
        "zone": "Africa/Nairobi",
        "who": ["ngo"],
        "topics": ["firearms"],
        "countries": ["KEN"],
        **other,
    }


@pytest.fixture
def writer(reference):
    entry = StakeholderFactory(name="Demo Watch")
    entry.topics.set(["firearms"])
    return member_of(entry, name="Wanda Writer")


def suggest(client, writer, **other):
    """The draft that the member began and wrote, on the page that sends it."""
    sign_in(client, writer)
    stakeholder = writer.memberships.get().stakeholder_id
    kind = other.pop("kind", "grant")
    begun = client.post("/en/opportunities/suggest/", {"kind": kind, "stakeholder": stakeholder})
    offering = Offering.objects.get()
    assert begun.url == f"/en/opportunities/{offering.pk}/write/"
    written = client.post(begun.url, answers(**other, check="1"))
    return offering, written


@pytest.mark.behaviour("S-01", "S-07")
def test_a_grant_is_suggested_checked_and_listed(client, writer, time_machine, mailoutbox):
    time_machine.move_to(datetime(YEAR, 1, 10, 9, tzinfo=UTC))
    curator = turned_on()
    offering, written = suggest(client, writer)
    assert written.url == f"/en/opportunities/{offering.pk}/check/"
    page = client.get(written.url).text
    for text in ("USD 50,000", "Non-governmental organization", "Kenya", f"1 March {YEAR}"):
        assert text in page
    assert client.post(written.url).url == f"/en/opportunities/{offering.pk}/"
    assert "With the WhatsOn team" in client.get("/en/me/").text
    client.logout()
    assert client.get(f"/en/opportunities/{offering.pk}/").status_code == 404

    sign_in(client, curator)
    assert "Demo Fund" in client.get(DESK).text
    page = client.get(f"/en/opportunities/{offering.pk}/").text
    assert "Wanda Writer" in page
    client.post(f"{DESK}{offering.pk}/publish/")
    client.logout()
    page = client.get(LIST).text
    assert "Demo Grant for Border Communities" in page
    assert "Wanda Writer" not in client.get(f"/en/opportunities/{offering.pk}/").text
    assert Notice.objects.filter(user=writer, kind="coordination.offering_answered").exists()


@pytest.mark.behaviour("S-01")
def test_what_is_missing_or_wrong_stands_at_its_field_and_nothing_is_lost(client, writer):
    turned_on()
    offering, page = suggest(client, writer, closes="", currency="", title="")
    for text in ("Give the title.", "Give the deadline.", "Choose the currency of the amount."):
        assert text in page.text
    assert "For local work" in page.text
    stored = Offering.objects.get()
    assert (stored.provider, stored.amount) == ("Demo Fund", 50000)
    wrong = client.post(f"/en/opportunities/{offering.pk}/write/", answers(version=1, currency="dollars"))
    assert "Use three letters, as USD or EUR." in wrong.text
    with pytest.raises(DomainError):
        actions.send(offering, actor=writer)


@pytest.mark.behaviour("S-01")
@pytest.mark.parametrize(
    ("name", "form", "status"),
    [
        ("return", {"note": "Which districts?"}, "draft"),
        ("decline", {"reason": "fee", "note": ""}, "declined"),
        ("remove", {"reason": "over", "note": ""}, "removed"),
    ],
)
def test_the_team_returns_declines_or_takes_out_with_a_reason(client, writer, name, form, status):
    curator = turned_on()
    offering = OfferingFactory(
        status="published" if name == "remove" else "sent",
        suggested_by=writer,
        suggested_for=writer.memberships.get().stakeholder,
    )
    sign_in(client, curator)
    address = f"{DESK}{offering.pk}/{name}/"
    assert client.post(address, {}).status_code == 200
    assert client.post(address, form).url == DESK
    offering.refresh_from_db()
    assert offering.status == status
    sign_in(client, writer)
    page = client.get(f"/en/opportunities/{offering.pk}/").text
    words = {"return": "Which districts?", "decline": "It asks applicants for money", "remove": "It is over"}
    assert words[name] in page


@pytest.mark.behaviour("S-01")
def test_nobody_decides_on_their_own_and_only_some_suggest(client, writer):
    curator = turned_on()
    own = OfferingFactory(status="sent", suggested_by=curator)
    with pytest.raises(DomainError):
        actions.decide(own, "publish", actor=curator)
    reader = member_of(writer.memberships.get().stakeholder, role="reader")
    focal_point = person_with(Role.REGIONAL, region="002")
    assert actions.begin("course", actor=focal_point).suggested_by == focal_point
    for person in (reader, UserFactory()):
        with pytest.raises(PermissionDenied):
            actions.begin("grant", actor=person)
    with pytest.raises(PermissionDenied):
        actions.begin("grant", actor=writer)
    sign_in(client, reader)
    assert client.get("/en/opportunities/suggest/").status_code == 404


@pytest.mark.behaviour("S-02")
def test_off_until_the_team_turns_it_on_and_off_again(client, writer):
    offering = OfferingFactory()
    course = ResourceFactory(kind="course")
    address = f"/en/opportunities/{offering.pk}/"
    sign_in(client, writer)
    assert client.get("/en/opportunities/suggest/").status_code == 404
    client.logout()
    for page in (LIST, f"{LIST}opportunities.atom", f"{LIST}closings.ics"):
        text = client.get(page).text
        assert "Demo Grant" not in text
        assert course.title not in text
    assert client.get(address).status_code == 404
    curator = person_with(Role.CURATION)
    sign_in(client, curator)
    page = client.get(DESK).text
    assert "Off: readers see neither grants nor courses" in page
    assert "ten minutes for each of three people" in page
    client.post(DESK, {"on": "1"})
    client.logout()
    assert "Demo Grant" in client.get(LIST).text
    assert client.get(address).status_code == 200
    sign_in(client, curator)
    client.post(DESK, {"off": "1"})
    client.logout()
    assert "Demo Grant" not in client.get(LIST).text


@pytest.mark.behaviour("S-03")
def test_courses_of_the_library_are_listed_from_their_records(client, reference):
    turned_on()
    ResourceFactory(kind="course", publisher="Demo School", title="Demo Lessons")
    ResourceFactory(kind="guide", title="Demo Guide")
    ResourceFactory(kind="course", audience="members", title="Hidden Lessons")
    page = client.get(f"{LIST}?kind=course").text
    assert "Demo Lessons" in page
    assert "Demo School" in page
    assert "Begin at any time" in page
    assert "Demo Guide" not in page
    assert "Hidden Lessons" not in page
    assert Offering.objects.count() == 0


@pytest.mark.behaviour("S-03")
def test_what_the_library_has_is_not_suggested_again(client, writer):
    turned_on()
    ResourceFactory(kind="course", original__link="https://school.example/lessons")
    _offering, page = suggest(client, writer, kind="course", link="https://school.example/lessons")
    assert "The library has this page already" in page.text


@pytest.mark.behaviour("S-03")
def test_grants_are_found_by_who_may_apply_and_by_country_and_region(client, reference):
    turned_on()
    OfferingFactory(title="Africa Grant", who=["academia"], regions=["002"])
    OfferingFactory(title="World Grant")
    for question, titles in (
        ("who=academia", {"Africa Grant", "World Grant"}),
        ("who=ngo", {"World Grant"}),
        ("country=KEN", {"Africa Grant", "World Grant"}),
        ("country=AUT", {"World Grant"}),
    ):
        page = client.get(f"{LIST}?{question}").text
        assert {title for title in ("Africa Grant", "World Grant") if title in page} == titles


@pytest.mark.behaviour("S-04")
def test_a_grant_leaves_the_list_at_its_deadline_in_its_zone(client, writer, time_machine):
    time_machine.move_to(datetime(YEAR, 1, 10, 9, tzinfo=UTC))
    turned_on()
    offering, _written = suggest(client, writer)
    actions.send(offering, actor=writer)
    actions.decide(offering, "publish", actor=turned_on())
    client.logout()
    time_machine.move_to(datetime(YEAR, 3, 1, 20, 50, tzinfo=UTC))  # 23:50 in Nairobi
    assert "Demo Grant for Border" in client.get(LIST).text
    time_machine.move_to(datetime(YEAR, 3, 1, 21, 10, tzinfo=UTC))  # the day after
    assert "Demo Grant for Border" not in client.get(LIST).text
    page = client.get(f"/en/opportunities/{offering.pk}/").text
    assert "This is closed." in page
    assert "https://fund.example" not in page
    with pytest.raises(WrongState):
        actions.decide(OfferingFactory(status="sent", closes_at=now()), "publish", actor=turned_on())


def hits(client, words="Demo Grant", **query):
    """The numbers of the grants and courses that a visitor finds."""
    client.logout()
    page = client.get("/en/search/", {"q": words, **query}).text
    return [int(number) for number in re.findall(r'href="/en/opportunities/(\d+)/"', page)]


@pytest.mark.behaviour("S-08")
def test_the_search_finds_what_is_open_while_it_is_listed(client, writer, time_machine):
    time_machine.move_to(datetime(YEAR, 1, 10, 9, tzinfo=UTC))
    offering = OfferingFactory(status="sent", published_at=None, suggested_by=writer)
    curator = turned_on()
    assert hits(client) == []
    actions.decide(offering, "publish", actor=curator)
    assert hits(client) == hits(client, "Demo Fund") == [offering.pk]
    assert hits(client, "firearms", kind=queries.KIND) == [offering.pk]
    actions.turn_off(actor=curator)
    assert hits(client) == []
    curator = turned_on()
    assert hits(client) == [offering.pk]
    time_machine.move_to(offering.closes_at - timedelta(minutes=1))
    assert actions.unlist_closed() == 0
    time_machine.move_to(offering.closes_at + timedelta(minutes=1))
    assert [actions.unlist_closed(), actions.unlist_closed()] == [1, 0]
    assert hits(client) == []


@pytest.mark.behaviour("S-08")
def test_what_is_taken_out_or_goes_with_the_account_leaves_the_search(client, reference):
    curator = turned_on()
    listed, removed = (OfferingFactory(status="sent", published_at=None) for _each in range(2))
    for offering in (listed, removed):
        actions.decide(offering, "publish", actor=curator)
    actions.decide(removed, "remove", actor=curator, reason="over")
    assert hits(client) == [listed.pk]
    actions.erase_person(curator)
    assert hits(client) == []
    assert not queries.is_on()


@pytest.mark.behaviour("S-05")
def test_tasks_say_why_it_fits(client, writer):
    turned_on()
    OfferingFactory(title="Of three reasons", who=["ngo"], regions=["002"], topics=["firearms", "cybercrime"])
    OfferingFactory(title="Of its topic alone", topics=["firearms"])
    OfferingFactory(title="For others", who=["academia"])
    sign_in(client, writer)
    page = client.get("/en/me/").text
    tiles = re.findall(r'<li class="tile">.*?</li>', page, re.DOTALL)
    because = {
        title: re.search(r"Fits you, because it names: ([^<]+?)\s*<", tile)[1]
        for tile in tiles
        for title in ("Of three reasons", "Of its topic alone")
        if title in tile
    }
    topic = Topic.objects.get(pk="firearms").name_en
    assert because == {
        "Of three reasons": f"Non-governmental organization · Kenya · {topic}",
        "Of its topic alone": topic,
    }
    assert "For others" not in page


@pytest.mark.behaviour("S-06")
def test_followers_hear_of_it_once(client, writer):
    curator = turned_on()
    fan, other = UserFactory(), UserFactory()
    follow(fan, ["topic:firearms"])
    follow(other, ["country:AUT"])
    offering = OfferingFactory(status="sent", suggested_by=writer, published_at=None)
    sign_in(client, curator)
    client.post(f"{DESK}{offering.pk}/publish/")
    expand(left_to_expand())
    notices = Notice.objects.filter(kind="coordination.offering_published")
    assert [notice.user for notice in notices] == [fan]
    sign_in(client, fan)
    assert "Demo Grant" in client.get(reverse("notifications:inbox")).text


@pytest.mark.behaviour("S-06")
def test_followers_are_reminded_of_the_deadline_unless_it_was_taken_out(client, writer):
    curator = turned_on()
    fan, saver, other = UserFactory(), UserFactory(), UserFactory()
    follow(fan, ["topic:firearms"])
    offering = OfferingFactory(status="sent", published_at=None, closes_at=now() + timedelta(days=10))
    actions.decide(offering, "publish", actor=curator)
    sign_in(client, saver)
    page = client.get(f"/en/opportunities/{offering.pk}/").text
    assert f'value="offering:{offering.pk}"' in page
    follow(saver, [f"offering:{offering.pk}"])
    assert remind_of_deadlines(offering.closes_at - timedelta(days=2)) == 1
    assert remind_of_deadlines(offering.closes_at - timedelta(days=2)) == 0
    expand(left_to_expand())
    notices = Notice.objects.filter(kind="coordination.offering_closing")
    assert {notice.user for notice in notices} == {fan, saver}
    assert not notices.filter(user=other).exists()
    actions.decide(offering, "remove", actor=curator, reason="over")
    assert not Deadline.objects.exists()


def test_a_course_without_a_deadline_reminds_of_none(reference):
    offering = OfferingFactory(kind="course", status="sent", published_at=None, closes_at=None)
    actions.decide(offering, "publish", actor=turned_on())
    assert not Deadline.objects.exists()


@pytest.mark.behaviour("S-07")
def test_the_data_of_who_suggested(client, writer):
    turned_on()
    draft = OfferingFactory(status="draft", suggested_by=writer)
    listed = OfferingFactory(suggested_by=writer)
    old = OfferingFactory(closes_at=now() - timedelta(days=400))
    assert len(queries.rows_of(writer)) == 2
    rule = retained["coordination.offering"]
    rule.remove(list(rule.rows(now() - timedelta(days=365)).values_list("pk", flat=True)))
    assert set(Offering.objects.all()) == {draft, listed}
    assert old.pk
    actions.erase_person(writer)
    assert list(Offering.objects.all()) == [listed]
    assert client.get(f"/en/opportunities/{listed.pk}/").status_code == 200


def test_links_of_what_is_open_are_watched(reference):
    turned_on()
    OfferingFactory(link="https://open.example/")
    OfferingFactory(link="https://over.example/", closes_at=now() - timedelta(days=1))
    gather()
    assert list(LinkCheck.objects.values_list("url", flat=True)) == ["https://open.example/"]

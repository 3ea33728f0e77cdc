"""Why did I get this, and why did I not hear of that: the answers that a person reads."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.utils.timezone import now

from notifications.bounces.models import Suppression
from notifications.digests.actions import make_digests
from notifications.follows.actions import expand, follow, unfollow
from notifications.follows.models import Follow
from notifications.happenings.models import Happening
from notifications.hooks import Channel
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify
from notifications.outbox.models import Habits, Message
from notifications.preferences.actions import choose
from notifications.preferences.queries import Choice
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.followers.actions import tell_joined, tell_returned
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory
from tests.factories.notifications import NoticeFactory, deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth

pytestmark = pytest.mark.django_db
WHY, WHY_NOT = "/en/me/notices/{}/why/", "/en/me/notices/why/"
KIND = "stakeholders.joined"


@pytest.fixture
def as_reader(client, reader, reference):
    client.force_login(reader)
    return client


@pytest.fixture
def entry(reference):
    stakeholder = StakeholderFactory(name="Coastal Watch")
    stakeholder.topics.set(["corruption"])
    return stakeholder


def tell_all(entry):
    tell_joined(entry)
    happening = Happening.objects.latest("pk")
    expand([happening.pk])
    return happening


def why(client, person):
    return client.get(WHY.format(Notice.objects.filter(user=person).latest("pk").pk))


def test_by_a_follow_at_once(as_reader, reader, entry):
    choose(reader, {KIND: Choice(Channel.AT_ONCE, in_app=True)})
    follow(reader, ["country:KEN", "topic:corruption"], level="steps")
    tell_all(entry)
    deliver_all()
    page = why(as_reader, reader).text
    for sentence in (
        "Coastal Watch",
        "You follow:",
        ">Kenya<",
        ">Corruption<",
        "Main steps and deadlines",
        "In your inbox, not read yet.",
        f"to {reader.email}.",
        "Sent on",
    ):
        assert sentence in page, sentence
    unfollow(Follow.objects.get())
    assert "You do not follow it any more." in why(as_reader, reader).text


def test_by_ones_part_in_an_organization(as_reader, reader, entry):
    notify(reader, "notifications.preferences_changed", key="k", facts={"kinds": []})
    page = why(as_reader, reader).text
    assert "You follow:" not in page
    assert "It is about to be sent." in page


@pytest.mark.parametrize(
    ("choice", "sentence"),
    [
        (Choice(Channel.OFF, in_app=True), "Not by e-mail: you have chosen so"),
        (Choice(Channel.DAILY, in_app=False), "Not in your inbox: you had chosen so"),
        (Choice(Channel.DAILY, in_app=True), "It will be in your next daily overview."),
        (Choice(Channel.WEEKLY, in_app=True), "It will be in your next weekly overview."),
    ],
)
def test_by_ones_choices(as_reader, reader, entry, choice, sentence):
    choose(reader, {KIND: choice})
    follow(reader, ["country:KEN"])
    tell_all(entry)
    assert sentence in why(as_reader, reader).text


def test_by_an_overview_that_has_left(as_reader, reader, entry):
    follow(reader, ["country:KEN"])
    tell_all(entry)
    make_digests(now() + timedelta(days=2))
    deliver_all()
    page = why(as_reader, reader).text
    assert "In your overview of" in page
    assert f"to {reader.email}." in page


def test_held_by_quiet_hours_by_a_lost_address_and_by_a_choice(as_reader, reader, entry):
    choose(reader, {KIND: Choice(Channel.AT_ONCE, in_app=True)})
    follow(reader, ["country:KEN"])
    hour = now().astimezone().hour
    reader.time_zone = "UTC"
    reader.save()
    Habits.objects.create(
        user=reader, quiet_from=time((now().hour - 1) % 24), quiet_to=time((now().hour + 2) % 24)
    )
    tell_all(entry)
    assert "It will be sent after your quiet hours" in why(as_reader, reader).text
    Message.objects.update(not_before=datetime(NEXT_YEAR, 5, 3, 22, tzinfo=UTC))
    assert f"quiet hours: 4 May {NEXT_YEAR}, 00:00 Vienna time" in why(as_reader, reader).text
    Message.objects.update(not_before=now())
    lost = Suppression.objects.create(address=reader.email, reason="550")
    deliver_all()
    assert "came back before" in why(as_reader, reader).text
    lost.delete()
    choose(reader, {KIND: Choice(Channel.OFF, in_app=True)})
    assert "you turned this kind off" in why(as_reader, reader).text
    assert hour is not None


def test_somebody_elses_or_hidden_is_not_there(as_reader, reader, entry):
    other = NoticeFactory()
    assert as_reader.get(WHY.format(other.pk)).status_code == 404
    follow(reader, ["country:KEN"])
    tell_all(entry)
    assert why(as_reader, reader).status_code == 200
    Stakeholder.objects.update(listing=Listing.UNLISTED)
    assert why(as_reader, reader).status_code == 404
    assert as_reader.get("/en/me/notices/").context["lines"] == []


# --- Why not --------------------------------------------------------------------------------------------
def ask_why_not(client, happening):
    return client.get(WHY_NOT, {"happening": happening.pk})


@pytest.mark.parametrize(
    ("follows", "sentence"),
    [
        (
            [(["country:KEN"], "muted"), (["topic:corruption"], "all")],
            "You chose to receive no news about Kenya",
        ),
        ([(["country:KEN"], "deadlines")], "For Kenya you chose: Deadlines only. This news was: Main step."),
        ([(["country:KEN", "topic:firearms"], "all")], "only one part of what you follow: Kenya and"),
    ],
)
def test_what_stood_in_the_way(as_reader, reader, entry, follows, sentence):
    for terms, level in follows:
        follow(reader, terms, level=level)
    happening = tell_all(entry)
    assert not Notice.objects.filter(user=reader).exists()
    assert "has joined the directory" in as_reader.get(WHY_NOT).text
    assert sentence in ask_why_not(as_reader, happening).text


def test_a_follow_begun_later_and_one_that_was_told(as_reader, reader, entry):
    happening = tell_all(entry)
    follow(reader, ["country:KEN"])
    assert "You began to follow Kenya on" in ask_why_not(as_reader, happening).text
    tell_returned([entry], "x")
    later = Happening.objects.latest("pk")
    assert "Its followers are being informed at" in ask_why_not(as_reader, later).text
    expand([later.pk])
    page = ask_why_not(as_reader, later).text
    assert "You were informed of it." in page
    assert WHY.format(Notice.objects.get(user=reader).pk) in page


def test_only_what_one_follows_may_see_and_of_late_can_be_asked_of(as_reader, reader, entry):
    happening = tell_all(entry)
    assert ask_why_not(as_reader, happening).status_code == 404
    assert "Nothing to ask about" in as_reader.get(WHY_NOT).text
    follow(reader, ["country:KEN"])
    assert ask_why_not(as_reader, happening).status_code == 200
    for number in ("0", "x", "9" * 40, "999999", "٣", "\x00"):
        assert as_reader.get(WHY_NOT, {"happening": number}).status_code == 404, number
    Happening.objects.update(created_at=now() - timedelta(days=31))
    assert ask_why_not(as_reader, happening).status_code == 404
    Happening.objects.update(created_at=now())
    Stakeholder.objects.update(listing=Listing.MEMBERS)
    assert ask_why_not(as_reader, happening).status_code == 404
    assert "Coastal Watch" not in as_reader.get(WHY_NOT).text


def test_the_pages_cost_the_same_for_one_and_three(as_reader, reader, reference):
    follow(reader, ["country:KEN"])
    for page in (WHY_NOT, "/en/me/notices/"):
        assert_no_growth(lambda page=page: as_reader.get(page), lambda: tell_all(StakeholderFactory()))
    assert len(as_reader.get("/en/me/notices/").context["lines"]) == 6


# --- The inbox ------------------------------------------------------------------------------------------
def test_the_inbox_is_narrowed_by_group_and_to_what_is_unread(as_reader, reader, entry):
    follow(reader, ["country:KEN"])
    tell_all(entry)
    read = NoticeFactory(user=reader, read_at=now())
    news = Notice.objects.get(user=reader, kind=KIND)
    account = NoticeFactory(user=reader)

    def shown(query):
        return {line.notice.pk for line in as_reader.get(f"/en/me/notices/{query}").context["lines"]}

    assert shown("") == {read.pk, news.pk, account.pk}
    assert shown("?group=what-you-follow") == {news.pk}
    assert shown("?group=your-account") == {read.pk, account.pk}
    assert shown("?unread=1") == {news.pk, account.pk}
    assert shown("?unread=1&group=your-account") == {account.pk}
    assert shown("?group=nonsense&page=x") == {read.pk, news.pk, account.pk}
    assert {group.code for group in as_reader.get("/ar/me/notices/").context["groups"]} == {
        "what-you-follow",
        "your-account",
    }
    answer = as_reader.post(f"/en/me/notices/{account.pk}/read/", {"back": "group=your-account&unread=1&x=y"})
    assert answer.headers["Location"] == "/en/me/notices/?group=your-account&unread=1"
    assert "Nothing of this kind" in as_reader.get(answer.headers["Location"]).text


def test_a_notice_of_a_sleeping_role_is_not_shown(client, reference):
    """The inbox opens without a second factor; what only the desk may see stays closed."""
    from accounts.people.enums import Role
    from tests.factories.accounts import person_with, sign_in

    hidden = StakeholderFactory(listing=Listing.UNLISTED)
    vetter = person_with(Role.VETTING)
    follow(vetter, ["country:KEN"])
    tell_all(hidden)
    client.force_login(vetter)
    assert client.get("/en/me/notices/").context["lines"] == []
    sign_in(client, vetter)
    assert len(client.get("/en/me/notices/").context["lines"]) == 1


# --- What is offered to whom --------------------------------------------------------------------------
def test_preferences_offer_only_what_can_reach_the_person(client, reference):
    from accounts.people.enums import Role
    from tests.factories.accounts import person_with, sign_in

    groups = {}
    for name, person in {
        "stranger": UserFactory(),
        "member": member_of(StakeholderFactory()),
        "regional": person_with(Role.REGIONAL, country="KEN"),
        "vetting": person_with(Role.VETTING),
        "events": person_with(Role.EVENTS),
    }.items():
        sign_in(client, person)
        form = client.get("/en/me/notices/preferences/").context["form"]
        groups[name] = {label for label, _rows in form.groups()}
    common = {
        "What you follow",
        "Overviews",
        "Reviews",
        "Opportunities",
        "Events",
        "Library",
        "News",
        "Networks",
        "Messages",
    }
    assert groups == {
        "stranger": common,
        "member": common
        | {
            "Your organizations",
            "Your profiles",
            "Your contributions",
            "Your applications to dialogues",
            "Your proposals for meetings",
            "Your networks",
        },
        "regional": common | {"Your region"},
        "vetting": common | {"Work of the desk", "Moderation", "Your region"},
        "events": common | {"Work of the desk", "Moderation", "Your region"},
    }

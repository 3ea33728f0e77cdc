"""A member tunes what they hear of, follows, gets an overview, asks why, and stops by one click."""

import re
from datetime import UTC, datetime

import pytest
from django.test import Client
from playwright.sync_api import expect

from notifications.digests.actions import make_digests
from notifications.follows.actions import expand, follow
from notifications.follows.models import Follow
from notifications.happenings.models import Happening
from notifications.inbox.models import Notice
from notifications.outbox.models import MailboxMessage, Preference
from stakeholders.followers.actions import tell_joined, tell_returned
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of

# The daily overview is due in between, the weekly one of Monday is not, on whatever day the test runs.
TUESDAY, WEDNESDAY = datetime(2026, 11, 24, 12, tzinfo=UTC), datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def mailbox(settings):
    settings.MAILERS = {"default": {"BACKEND": "notifications.backends.MailboxBackend"}}


@pytest.fixture
def member():
    home = StakeholderFactory(name="Coastal Watch")
    home.topics.set(["corruption"])
    return member_of(home, name="Amina Njeri")


def tell_followers(entry, act):
    act(entry)
    expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))


@pytest.mark.behaviour("A-13", "A-14", "A-15", "A-18")
def test_a_member_follows_gets_an_overview_asks_why_and_stops(page, member, enter, axe, mailbox):
    ghana = StakeholderFactory(name="Lagoon Study Group", country_id="GHA")
    ghana.topics.set(["trafficking-in-persons"])
    enter(page, member)

    page.goto("/en/me/notices/preferences/")
    axe(page)
    expect(page.get_by_role("radio", name="A daily overview")).to_be_checked()
    page.get_by_text("Choose for each type", exact=True).click()
    page.locator("details.preferences", has_text="A profile is in the directory again").evaluate(
        "group => group.open = true"
    )
    axe(page)
    page.get_by_label("By e-mail: A profile is in the directory again").select_option("weekly")
    page.get_by_role("button", name="Save my own choice").click()
    expect(page.locator(".messages")).to_contain_text("Your preferences are saved.")
    expect(page.get_by_role("radio", name="My own choice")).to_be_checked()

    page.goto(ghana.get_absolute_url())
    page.locator(".follow").get_by_role("button", name=re.compile("^Follow")).click()
    expect(page.locator(".follow")).to_contain_text("You follow this")
    expect(page.locator(".follow select")).to_be_focused()
    axe(page)
    page.locator(".follow select").select_option("steps")
    page.locator(".follow").get_by_role("button", name="Save").click()
    expect(page.locator(".follow [role=status]")).to_be_visible()

    page.goto("/en/stakeholders/?topic=trafficking-in-persons&region=011")
    axe(page)
    page.get_by_role("link", name="Follow this selection").click()
    expect(page.locator("main")).to_contain_text("You are informed only of news about")
    axe(page)
    page.get_by_role("button", name="Follow").click()
    expect(page.locator(".follow-line")).to_have_count(2)
    axe(page)
    assert sorted(Follow.objects.values_list("terms", "level")) == [
        (["region:011", "topic:trafficking-in-persons"], "all"),
        ([f"stakeholder:{ghana.pk}"], "steps"),
    ]

    _hears_asks_and_stops(page, member, ghana, axe)


def _hears_asks_and_stops(page, member, ghana, axe):
    tell_followers(ghana, tell_joined)
    tell_followers(ghana, lambda entry: tell_returned([entry], "once"))
    Notice.objects.update(created_at=TUESDAY)
    make_digests(WEDNESDAY)
    deliver_all()
    (overview,) = MailboxMessage.objects.all()
    assert "Lagoon Study Group has joined the directory." in overview.text
    assert "in the directory again" not in overview.text

    page.goto("/en/me/notices/")
    expect(page.locator("main .entry")).to_have_count(2)
    axe(page)
    page.get_by_label("Kind", exact=True).select_option("what-you-follow")
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile("group=what-you-follow"))
    page.get_by_role("link", name="Why did I get these?").click()
    page.locator("main .entry").last.get_by_role("link").click()
    expect(page.locator("main")).to_contain_text("In your overview of")
    expect(page.locator("main")).to_contain_text(member.email)
    axe(page)

    page.goto("/en/me/notices/why/")
    axe(page)
    page.get_by_role("link", name="Did it come to me?").first.click()
    expect(page.locator("main")).to_contain_text("You were informed of it.")
    axe(page)

    stop = next(value for name, value in overview.headers if name == "List-Unsubscribe").strip("<>")
    path = re.sub(r"^https?://[^/]+", "", stop)
    assert Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Preference.objects.get(user=member, kind="notifications.digest").mail == "off"
    page.goto("/en/me/notices/preferences/")
    expect(page.get_by_label("By e-mail: Overview of what you follow")).to_have_value("off")

    page.goto("/en/me/follows/")
    page.locator(".follow-line").first.get_by_role("button", name="Stop following").click()
    expect(page.locator(".follow-line")).to_have_count(1)


@pytest.mark.behaviour("A-14")
def test_without_script_everything_works_the_same(browser, browser_context_args, member, enter, axe):
    entry = StakeholderFactory(name="Lagoon Study Group", country_id="GHA")
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    enter(page, member)
    page.goto(entry.get_absolute_url())
    page.locator(".follow").get_by_role("button", name=re.compile("^Follow")).click()
    expect(page.locator(".messages")).to_contain_text("You follow it now.")
    expect(page).to_have_url(re.compile(rf"/stakeholders/{entry.pk}-"))
    page.locator(".follow select").select_option("muted")
    page.locator(".follow").get_by_role("button", name="Save").click()
    assert Follow.objects.get(user=member).level == "muted"
    page.locator(".follow").get_by_role("button", name="Stop following").click()
    expect(page.locator(".messages")).to_contain_text("You do not follow it any more.")
    assert not Follow.objects.exists()
    context.close()


def test_on_a_phone_and_from_right_to_left(phone_ar, member, enter, axe):
    ghana = StakeholderFactory(name="Lagoon Study Group", country_id="GHA")
    follow(member, [f"stakeholder:{ghana.pk}"])
    follow(member, ["country:GHA", "topic:trafficking-in-persons"], level="steps")
    tell_followers(ghana, tell_joined)
    enter(phone_ar, member)
    profile = f"stakeholders/{ghana.pk}-{ghana.slug}/"
    adding = "me/follows/add/?term=country:KEN&term=topic:corruption&term=country:GHA&more=1"
    notices = ("me/notices/", "me/notices/preferences/", "me/notices/why/")
    directory = ("stakeholders/?country=GHA", "stakeholders/coverage/", profile)
    for address in ("me/follows/", adding, *notices, *directory):
        phone_ar.goto(f"/ar/{address}")
        axe(phone_ar)
    # The words for how much to hear are longest in English and French.
    for language in ("en", "fr"):
        phone_ar.goto(f"/{language}/{profile}")
        axe(phone_ar)

"""A member suggests a grant, the team publishes it, and who follows its topic is told."""

import pytest
from django.urls import reverse
from django.utils.timezone import localdate
from playwright.sync_api import expect

from coordination.offerings.models import Offering
from notifications.follows.actions import expand, follow, left_to_expand
from tests.factories.accounts import UserFactory
from tests.factories.offerings import turned_on
from tests.factories.stakeholders import StakeholderFactory, member_of


@pytest.mark.behaviour("S-01", "S-06")
def test_a_grant_from_the_suggestion_to_the_alert(page, phone_ar, live_server, enter, look_at):
    curator = turned_on()
    writer = member_of(StakeholderFactory(name="Demo Watch"), name="Wanda Writer")
    follower = UserFactory(name="Fanny Follower")
    follow(follower, ["topic:firearms"])
    enter(page, writer)
    page.goto("/en/opportunities/")
    page.get_by_role("link", name="Suggest a grant or a course").click()
    page.get_by_role("radio", name="Grant").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Title").fill("Demo Grant")
    page.get_by_label("Funder").fill("Demo Fund")
    page.get_by_label("Summary").fill("For work on the coast.")
    page.get_by_label("Address of its page").fill("fund.example/grant")
    page.get_by_label("Largest amount").fill("50000")
    page.get_by_role("button", name="Check and send").click()
    expect(page.locator(".field-error", has_text="Give the deadline.")).to_be_visible()
    expect(page.get_by_label("Funder")).to_have_value("Demo Fund")  # nothing typed is lost
    look_at(page, "offering-refused")
    offering = Offering.objects.get()
    offering.topics.set(["firearms"])
    page.goto(f"/en/opportunities/{offering.pk}/write/")
    page.get_by_label("Currency").fill("usd")
    page.get_by_label("Deadline").fill(f"{localdate().year + 1}-03-01T18:00")
    page.get_by_role("button", name="Check and send").click()
    expect(page.get_by_text("USD 50,000")).to_be_visible()
    look_at(page, "offering-check")
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.get_by_text("With the WhatsOn team")).to_be_visible()

    enter(page, curator)
    page.goto("/en/desk/coordination/opportunities/")
    look_at(page, "offering-desk")
    page.get_by_role("link", name="Demo Grant").click()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("It is listed among the opportunities")).to_be_visible()
    expand(left_to_expand())

    enter(page, follower)
    page.goto(reverse("notifications:inbox"))
    page.get_by_role("link", name="Demo Grant").first.click()
    expect(page.get_by_role("heading", name="Demo Grant")).to_be_visible()
    look_at(page, "offering")
    phone_ar.goto("/ar/opportunities/")
    look_at(phone_ar, "opportunities-ar")

"""A member adds an offer and a need, and sees what answers them and why; a branch finds its parent."""

import pytest
from playwright.sync_api import expect

from stakeholders.exchange.models import Offer
from taxonomy.terms.models import EngagementArea
from tests.factories.exchange import offer
from tests.factories.stakeholders import StakeholderFactory, member_of


@pytest.fixture
def entry():
    return StakeholderFactory(name="Coastal Watch")


def _fill(page, direction, area, text):
    page.locator(f"[name=direction][value={direction}]").check()
    page.locator("[name=area]").select_option(area)
    page.locator("[name=text]").fill(text)
    page.locator("[name=languages]").select_option("fr")
    page.locator("main form button[type=submit]").last.click()


@pytest.mark.behaviour("D-18")
def test_a_member_adds_an_offer_and_a_need_and_sees_what_answers(page, phone_ar, entry, enter, axe):
    areas = [area.pk for area in EngagementArea.objects.in_order("en")[:2]]
    partner = StakeholderFactory(name="شبكة المدربين", country_id="EGY")
    offer(partner, "need", area_id=areas[0], text="We look for trainers.", languages=["fr", "ar"])
    offer(partner, "offer", area_id=areas[1], text="We lend rooms.", countries=["KEN"])
    admin = member_of(entry)
    enter(page, admin)
    page.goto(f"/en/stakeholders/{entry.pk}/manage/")
    axe(page)
    page.get_by_role("link", name="Offers and needs", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Add an offer or a need").first.click()
    axe(page)
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".error-summary")).to_be_visible()
    axe(page)
    _fill(page, "offer", areas[0], "Training for port officers.")
    page.get_by_role("link", name="Add an offer or a need").first.click()
    _fill(page, "need", areas[1], "A room in Mombasa.")
    expect(page.locator("main .entry")).to_have_count(2)
    axe(page)
    page.get_by_role("link", name="Needs that you could meet, and who offers what you need").click()
    expect(page.locator("main .entry")).to_have_count(2)
    expect(page.locator("main .reasons").first).to_contain_text("The same area:")
    expect(page.locator("main .reasons").first).to_contain_text("A language in common: French")
    expect(page.locator("main .reasons").last).to_contain_text("Where you are: Kenya")
    axe(page)
    assert Offer.objects.filter(stakeholder=entry).count() == 2

    enter(phone_ar, admin)
    for path in (
        "exchange/",
        "exchange/?direction=need",
        f"{entry.pk}/manage/offers/",
        f"{entry.pk}/manage/offers/add/",
        f"{entry.pk}/manage/offers/matches/",
    ):
        phone_ar.goto(f"/ar/stakeholders/{path}")
        axe(phone_ar)
    page.goto("/en/stakeholders/exchange/")
    axe(page)
    page.locator("[name=direction][value=need]").check()
    page.locator("main .with-filters form button[type=submit]").click()
    expect(page.locator("main .found .entry")).to_have_count(2)
    axe(page)


@pytest.mark.behaviour("D-14")
def test_a_branch_asks_and_its_parent_confirms(page, phone_ar, entry, enter, axe):
    parent = StakeholderFactory(name="World Watch", country_id="CHE")
    enter(page, member_of(entry))
    page.goto(f"/en/stakeholders/{entry.pk}/manage/family/")
    page.locator("main [name=q]").first.fill("world")
    page.locator("main").get_by_role("button", name="Search").click()
    axe(page)
    page.get_by_label("World Watch").check()
    page.get_by_label("Our parent organization").check()
    page.get_by_role("button", name="Ask for the link").click()
    expect(page.locator("main .entry")).to_have_count(1)
    axe(page)
    enter(phone_ar, member_of(parent))
    phone_ar.goto(f"/ar/stakeholders/{parent.pk}/manage/family/")
    axe(phone_ar)
    phone_ar.locator("main form[action*='/confirm/'] button").click()
    phone_ar.goto(f"/ar/stakeholders/{parent.pk}-{parent.slug}/")
    expect(phone_ar.locator("main")).to_contain_text("Coastal Watch")
    axe(phone_ar)

"""A visitor claims a listed entry by e-mail at its own domain; a colleague asks to join and is let in."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from notifications.outbox.models import MailboxMessage, Message
from notifications.tasks import sweep
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Membership, Stakeholder
from tests.browser.registering import press, read_receipt
from tests.factories.accounts import PASSWORD, person_with
from tests.factories.claims import listed_entry
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")
OWN = "amina@private.example"
AT_WORK = "amina@coastalwatch.org"


@pytest.fixture
def look(axe):
    def at(page, name: str) -> None:
        axe(page)
        if SHOTS:
            Path(SHOTS).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)

    return at


@pytest.fixture
def mailbox(settings):
    settings.MAILERS = {"default": {"BACKEND": "notifications.backends.MailboxBackend"}}

    def newest(page, address: str) -> None:
        """Open the newest mail to an address in the development mailbox."""
        sweep()
        page.goto(f"/dev/mail/{MailboxMessage.objects.filter(to=address).latest('pk').pk}/")

    return newest


def sign_up_from_here(page, address: str) -> None:
    """By the button of the page and the link of the mail; back where it began."""
    page.locator("main a[href*='signup']").first.click()
    page.locator("[name=name]").fill("Amina Njeri")
    page.locator("[name=email]").fill(address)
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=is_unaffiliated][value=False]").check()
    if page.locator("[name=agreed]").count():
        page.locator("[name=agreed]").check()
    page.locator("main form[action*='signup'] button[type=submit]").first.click()
    page.wait_for_url(re.compile("/confirm-email/"))
    page.goto(Message.objects.filter(address=address).latest("pk").url)
    page.locator("main form button[type=submit]").first.click()


def show_by_mail(page, look, mailbox) -> None:
    """A wrong address first, then the code that lies in the development mailbox."""
    page.get_by_label("Your address there").fill("amina@gmail.com")
    page.get_by_role("button", name="Send a code").click()
    expect(page.locator(".error-summary")).to_contain_text("not at the domain")
    look(page, "claims-05-wrong-address")
    page.get_by_label("Your address there").fill(AT_WORK)
    page.get_by_role("button", name="Send a code").click()
    expect(page.get_by_label("Code from the e-mail")).to_be_visible()
    look(page, "claims-06-code")
    here = page.url
    mailbox(page, AT_WORK)
    code = re.search(r"[A-Z2-9]{4}-[A-Z2-9]{4}", page.locator("main").inner_text())
    assert code is not None
    page.goto(here)
    page.get_by_label("Code from the e-mail").fill(code[0])
    page.get_by_role("button", name="Check the code").click()
    expect(page.locator(".messages")).to_contain_text("You have proved that you belong to the profile.")


@pytest.mark.behaviour("D-02")
def test_a_visitor_claims_an_entry_by_mail_and_the_desk_approves(page, look, enter, mailbox):
    entry = listed_entry()
    page.goto(f"/en/stakeholders/{entry.pk}-{entry.slug}/")
    expect(page.locator("main, header").first).to_be_visible()
    look(page, "claims-01-listed")
    page.get_by_role("link", name="Claim this profile").click()
    look(page, "claims-02-visitor")
    sign_up_from_here(page, OWN)
    page.wait_for_url(re.compile(rf"/stakeholders/{entry.pk}/claim/$"))
    look(page, "claims-03-begin")
    page.get_by_role("button", name="Begin the claim").click()
    page.wait_for_url(re.compile(r"/claims/\d+/$"))
    look(page, "claims-04-proof")
    show_by_mail(page, look, mailbox)
    look(page, "claims-07-proved")
    page.get_by_role("link", name="Check the profile").click()
    expect(page.locator("[name=name]")).to_have_value("Coastal Watch")
    press(page)
    page.locator("[name=mission]").fill("We document illegal fishing and the people behind it.")
    page.locator("[name=mission_language]").select_option("en")
    page.locator("[name=topics]").select_option("corruption")
    press(page)
    for step in ("how", "reach", "standing"):
        page.wait_for_url(re.compile(f"/{step}/$"))
        press(page)
    page.locator("[name=listing][value=public]").check()
    press(page)
    page.wait_for_url(re.compile("/check/$"))
    look(page, "claims-08-check")
    page.get_by_role("button", name="Send the application").click()
    read_receipt(page)
    look(page, "claims-09-sent")

    enter(page, person_with(Role.VETTING))
    page.goto("/en/desk/vetting/")
    page.get_by_role("link", name="Coastal Watch").first.click()
    expect(page.locator("#claim")).to_be_visible()
    expect(page.locator("main")).to_contain_text(AT_WORK)
    look(page, "claims-10-desk")
    page.locator("summary", has_text=re.compile("^Approve")).first.click()
    page.locator("[name=approve-unscreened_reason]").fill("The lists are looked through by hand today.")
    page.locator("form[action$='/approve/'] button[type=submit]:not([name])").click()
    expect(page.locator(".messages")).to_contain_text("Approved.")
    claimed = Stakeholder.objects.get()
    assert (claimed.pk, claimed.status) == (entry.pk, Status.ACTIVE)
    assert Membership.objects.get().user.email == OWN


@pytest.mark.behaviour("D-02")
def test_somebody_asks_to_join_and_is_let_in(page, phone_ar, look, enter):
    club = StakeholderFactory(name="Coastal Watch")
    admin = member_of(club, name="Head of Coastal Watch")
    page.goto(f"/en/stakeholders/{club.pk}-{club.slug}/")
    look(page, "join-01-profile")
    page.get_by_role("link", name="Ask to join").click()
    look(page, "join-02-visitor")
    sign_up_from_here(page, OWN)
    page.wait_for_url(re.compile(rf"/stakeholders/{club.pk}/join/$"))
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "join-03-error")
    page.get_by_label("Your role in the organization").fill("I keep the books.")
    page.get_by_role("button", name="Send the request").click()
    expect(page.locator(".messages")).to_contain_text("Your request is sent.")
    look(page, "join-04-asked")

    enter(phone_ar, admin)
    phone_ar.goto(f"/ar/stakeholders/{club.pk}/manage/")
    look(phone_ar, "join-05-manage-ar")
    phone_ar.locator("#asking ~ ul a.btn").first.click()
    look(phone_ar, "join-06-request-ar")
    phone_ar.locator("[name=accept-role][value=editor]").check()
    phone_ar.locator("button[name=accept]").click()
    expect(phone_ar.locator(".messages")).to_be_visible()
    look(phone_ar, "join-07-accepted-ar")
    assert Membership.objects.get(user__email=OWN).role == "editor"
    page.reload()
    page.get_by_role("link", name="Open the page of the organization").click()
    expect(page.locator("main h1")).to_have_text("Coastal Watch")


@pytest.mark.behaviour("D-02")
def test_the_desk_gives_a_stuck_entry_an_administrator(page, look, enter):
    club = StakeholderFactory(name="Coastal Watch")
    reader = member_of(club, "reader", name="Dalia", email="dalia@example.org")
    reader.emailaddress_set.update_or_create(email=reader.email, defaults={"verified": True, "primary": True})
    enter(page, person_with(Role.VETTING))
    page.goto("/en/desk/vetting/joins/")
    look(page, "desk-01-joins")
    page.goto(f"/en/desk/vetting/stakeholders/{club.pk}/")
    page.get_by_role("link", name="Give it an administrator").click()
    page.get_by_role("button", name="Make administrator").click()
    expect(page.locator(".error-summary")).to_be_visible()
    look(page, "desk-02-errors")
    page.get_by_label("E-mail address of the person").fill(reader.email)
    page.get_by_label("Reason").fill("The former head has left; letter of 3 May.")
    page.get_by_role("button", name="Make administrator").click()
    expect(page.locator(".messages")).to_contain_text("The person now administers the")
    assert Membership.objects.get().role == "admin"

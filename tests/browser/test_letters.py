"""A regional focal point writes to the region; a member answers on the portal; the desk releases the next."""

import os
import re

import pytest
from django.core import mail
from playwright.sync_api import expect

from accounts.people.enums import Role
from coordination.mailings import actions as mailings_actions
from tests.browser.picking import pick
from tests.factories.accounts import UserFactory, person_with
from tests.factories.letters import letter_by
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.mark.behaviour("D-08")
def test_a_focal_point_writes_to_the_region_and_a_member_answers_in_the_portal(
    page, phone_ar, look_at, enter, go_to
):
    mail.outbox.clear()
    head = person_with(Role.HEAD, name="Hanna Head")
    rosa = appointed(
        UserFactory(name="Rosa Regional", email="rosa@unodc.example"), by=head, regions=["002"]
    ).user
    amina = member_of(StakeholderFactory(name="Coastal Watch"), name="Amina Njeri", language="ar")
    member_of(StakeholderFactory(name="Andes Forum", country_id="PER"))
    _write(page, look_at, enter, rosa)
    letter = _send(page, look_at)
    assert (letter.to, letter.subject) == ([amina.email], "لقاء مع Coastal Watch")
    _answer(phone_ar, look_at, enter, amina, letter)
    page.reload()
    page.get_by_role("link", name="Coastal Watch").click()
    expect(page.locator("main")).to_contain_text("نعم، بكل سرور.")
    page.locator("main form textarea").fill("Thank you, see you on Monday.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("main")).to_contain_text("see you on Monday")
    assert amina.email not in page.content()
    _release(page, look_at, enter, rosa, head, go_to)


def _write(page, look_at, enter, rosa):
    enter(page, rosa)
    page.goto("/en/regional/")
    page.get_by_role("link", name="Message stakeholders").click()
    look_at(page, "many-home")
    page.get_by_role("link", name="Message stakeholders").click()
    pick(page, "Country or area", "kenya")
    # Each choice tells at once whom it reaches, before a word is written.
    expect(page.locator("#recipients .chip")).to_have_text(re.compile("Kenya"))
    expect(page.locator("#recipients")).to_contain_text("Goes to 1 stakeholder (1 person).")
    look_at(page, "many-whom")
    page.get_by_role("button", name="Write the message").click()
    expect(page.locator("aside .chip")).to_have_text("Kenya")
    page.get_by_label("Subject (English)").fill("Meeting for {organisation}")
    page.get_by_label("Text (English)").fill("Dear {person},\n\nshall we meet?")
    page.locator("summary", has_text="Arabic").click()
    page.get_by_label("Subject (Arabic)").fill("لقاء مع {organization}")
    page.get_by_label("Text (Arabic)").fill("السلام عليكم {person}\n\nهل نلتقي؟")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("{organisation} stands for nothing")
    look_at(page, "many-wrong")
    page.get_by_label("Subject (English)").fill("Meeting for {organization}")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main")).to_contain_text("Goes to 1 stakeholder (1 person).")
    look_at(page, "many-draft")


def _send(page, look_at):
    page.get_by_role("link", name="See the e-mail (Arabic)").click()
    expect(page.locator("pre")).to_contain_text("لقاء مع Coastal Watch")
    look_at(page, "many-preview-ar")
    page.get_by_role("link", name="Back to the message").click()
    page.get_by_role("link", name="Send it").click()
    look_at(page, "many-send")
    page.get_by_role("button", name="Send it now").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("The message is on its way.")).to_be_visible()
    mailings_actions.go_on()
    page.reload()
    look_at(page, "many-sending")
    letter = deliver_all()[-1]
    mailings_actions.go_on()
    return letter


def _answer(phone_ar, look_at, enter, amina, letter):
    enter(phone_ar, amina)
    phone_ar.goto(re.search(r"https?://[^/\s]+(/ar/me/letters/\d+/)", letter.body).group(1))
    expect(phone_ar.locator("main")).to_contain_text("السلام عليكم Amina Njeri")
    look_at(phone_ar, "many-received-ar-360")
    phone_ar.locator("main form textarea").fill("نعم، بكل سرور.")
    phone_ar.locator("main form button[type=submit]").click()
    expect(phone_ar.locator("main")).to_contain_text("نعم، بكل سرور.")
    phone_ar.goto("/ar/me/letters/")
    look_at(phone_ar, "many-list-ar-360")


def _release(page, look_at, enter, rosa, head, go_to):
    second = letter_by(rosa)
    page.goto(f"/en/regional/messages/{second.pk}/send/")
    page.get_by_label("Why it cannot wait").fill("The venue has changed.")
    page.get_by_role("button", name="Ask the WhatsOn team to release it").click()
    look_at(page, "many-waits")
    enter(page, head)
    go_to(page, "Messages to stakeholders")
    look_at(page, "many-desk")
    page.get_by_role("link", name=re.compile("^A meeting for")).click()
    look_at(page, "many-decide")
    page.get_by_role("button", name="Let it leave").click()
    expect(page.locator("main")).to_contain_text("Sending")
    look_at(page, "many-released")

"""The desk takes in a membership list and sends the wave; a former member claims, corrects and is shown."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from notifications.outbox.models import Message
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Status
from stakeholders.entries.models import Stakeholder
from stakeholders.imports.models import Import
from stakeholders.invitations import actions_waves as invitations_actions_waves
from stakeholders.invitations.models import Wave
from stakeholders.tasks import heavy_import
from stakeholders.vetting import actions as vetting_actions
from tests.browser.registering import press
from tests.factories.accounts import UserFactory, person_with

ADDRESS = "amina@lantern.example"
HEAD = "email,name,kind,country,language,city\n"
WRONG = (
    f"{HEAD}{ADDRESS},Lantern Society,ngo,Kenya,en,Mombasa\nomar@example.org,منارة,ngo,EGY,ar,القاهرة\n"
    "wrong@example.org,Wrong,ngo,Atlantis,en,\n"
)


def choose(page, content):
    page.locator("[name=file]").set_input_files(
        {"name": "members.csv", "mimeType": "text/csv", "buffer": content.encode()}
    )
    page.locator("main form[enctype] button[type=submit]").click()


@pytest.mark.behaviour("D-24")
def test_a_former_member_is_invited_claims_and_is_shown(page, phone_ar, enter, look_at, go_to):
    vetter, amina = person_with(Role.VETTING), UserFactory(email=ADDRESS, name="Amina")
    enter(page, vetter)
    desk_takes_the_list_in(page, look_at, go_to)
    desk_sends_the_wave(page, look_at)
    enter(phone_ar, vetter)
    for number, path in enumerate(("", "list/", f"waves/{Wave.objects.get().pk}/")):
        phone_ar.goto(f"/ar/desk/vetting/invitations/{path}")
        look_at(phone_ar, f"desk-ar-{number}")

    page.context.clear_cookies()
    entry = Stakeholder.objects.get(name="Lantern Society")
    assert page.goto(f"/en/stakeholders/{entry.pk}/").status == 404
    link = Message.objects.get(address=ADDRESS).url
    page.goto(link)
    look_at(page, "begin-signed-out")
    enter(phone_ar, amina)
    phone_ar.goto(link.replace("/en/", "/ar/"))
    look_at(phone_ar, "begin-ar")
    enter(page, amina)
    member_begins(page, look_at)
    member_corrects_and_sends(page)
    application = Application.objects.get()
    enter(page, vetter)
    page.goto(f"/en/desk/vetting/{application.pk}/")
    expect(page.locator("main")).to_contain_text("Came by invitation")
    look_at(page, "vetting")
    vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    page.context.clear_cookies()
    page.goto("/en/stakeholders/")
    page.get_by_role("link", name="Lantern Society of Mombasa").click()
    expect(page.locator("main h1")).to_have_text("Lantern Society of Mombasa")
    look_at(page, "shown")
    entry.refresh_from_db()
    assert entry.status == Status.ACTIVE


def desk_takes_the_list_in(page, look_at, go_to):
    """Once without its source, then with a wrong row, which stays out."""
    go_to(page, "Invitations to register")
    look_at(page, "invitations-empty")
    page.get_by_role("link", name="Add a list of members").click()
    choose(page, WRONG)
    expect(page.locator(".error-summary")).to_be_visible()
    look_at(page, "list-incomplete")
    page.get_by_label("Source", exact=True).fill("Members of the former hub")
    choose(page, WRONG)
    page.get_by_role("button", name="Make the dry run").click()
    page.get_by_text("rows have been read so far").wait_for()
    heavy_import(Import.objects.get().pk)
    page.get_by_text("1 row has errors and is left out.").wait_for()
    look_at(page, "list-checked")
    page.get_by_label("These were members of the former hub").check()
    page.get_by_role("button", name="Make a wave of 2 invitations").click()
    page.get_by_text("You may leave this page").wait_for()
    heavy_import(Import.objects.get().pk)
    page.get_by_role("link", name="Open the wave").click()


def desk_sends_the_wave(page, look_at):
    page.locator("summary", has_text="English").click()
    look_at(page, "wave-prepared")
    page.get_by_role("button", name="Send the invitations").click()
    invitations_actions_waves.send_wave(Wave.objects.get().pk)
    page.reload()
    expect(page.locator("#progress")).to_contain_text("All written")
    look_at(page, "wave-written")


def member_begins(page, look_at):
    page.goto("/en/me/")
    page.get_by_role("link", name="Open the invitation").click()
    press(page)
    expect(page.locator(".error-summary")).to_contain_text("Without your consent nothing begins.")
    look_at(page, "begin-without-consent")
    page.locator("[name=consent]").check()
    press(page)
    expect(page.locator(".messages")).to_contain_text("This is what we know.")
    look_at(page, "begun")


def member_corrects_and_sends(page):
    page.goto(f"/en/stakeholders/applications/{Application.objects.get().pk}/who/")
    expect(page.locator("[name=city]")).to_have_value("Mombasa")
    page.locator("[name=name]").fill("Lantern Society of Mombasa")
    press(page)
    page.locator("[name=mission]").fill("We keep the lights on.")
    page.locator("[name=mission_language]").select_option("en")
    page.locator("[name=topics]").select_option("corruption")
    press(page)
    for step in ("how", "reach", "standing"):
        page.wait_for_url(re.compile(f"/{step}/$"))
        press(page)
    page.locator("[name=listing][value=public]").check()
    press(page)
    # The desk's own invitation to this entry is proof enough: no paper is asked for.
    page.wait_for_url(re.compile("/check/$"))
    page.locator("main form button[type=submit]").last.click()
    expect(page.locator(".messages")).to_contain_text("Your application has been submitted.")


def test_a_state_user_is_invited_accepts_and_is_ended(page, phone_ar, enter, look_at, go_to):
    head = person_with(Role.HEAD)
    enter(page, head)
    go_to(page, "State accounts")
    look_at(page, "states-empty")
    page.locator("[name=country]").select_option("KEN")
    page.get_by_label("E-mail address").fill("envoy@mission.example")
    page.get_by_label("Reference of the note verbale").fill("NV 12/2026")
    page.get_by_label("Date of the note verbale").fill("2026-10-01")
    press(page, "main form[enctype]")
    expect(page.locator(".messages")).to_contain_text("The invitation is on its way.")
    look_at(page, "states")
    link = Message.objects.get(kind="stakeholders.state_invited").url
    enter(phone_ar, UserFactory(email="envoy@mission.example", name="Envoy"))
    phone_ar.goto(link.replace("/en/", "/ar/"))
    look_at(phone_ar, "state-begin-ar")
    phone_ar.locator("main form button[type=submit]:not([name])").click()
    expect(phone_ar.locator("#for-states")).to_be_visible()
    look_at(phone_ar, "state-me-ar")
    page.get_by_role("link", name="Kenya").click()
    page.get_by_label("The person has left the post").check()
    look_at(page, "state")
    page.get_by_role("button", name="End the account").click()
    expect(page.locator(".messages")).to_contain_text("Ended.")
    look_at(page, "state-ended")
    phone_ar.reload()
    expect(phone_ar.locator("#for-states")).to_have_count(0)


@pytest.fixture(autouse=True)
def _no_worker(monkeypatch):
    """The test itself is the worker."""
    monkeypatch.setattr(invitations_actions_waves, "later", lambda *_name, **_ids: None)

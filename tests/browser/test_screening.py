"""The desk loads a list, meets a hit on an application, clears it and approves."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.entries.models import Stakeholder
from stakeholders.screening import actions as screening_actions
from tests.factories.accounts import person_with
from tests.factories.screening import list_xml
from tests.factories.stakeholders import StakeholderFactory, sent_application

HERON = "Heron Blue Maritime Relief Foundation"
SHOTS = os.environ.get("WHATSON_SHOTS", "")


def look(page, axe, name: str) -> None:
    axe(page)
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{SHOTS}/{name}.png", full_page=True)


@pytest.mark.behaviour("D-10")
@pytest.mark.parametrize("reader", ["english", "arabic"])
def test_a_hit_is_cleared_before_the_approval(request, enter, axe, reader):
    page = request.getfixturevalue("page" if reader == "english" else "phone_ar")
    code = "en" if reader == "english" else "ar"
    application = sent_application(name=HERON)
    StakeholderFactory(name="Garza Azul Socorro")
    enter(page, person_with(Role.VETTING))

    page.goto(f"/{code}/desk/vetting/screening/")
    send = page.locator("form[enctype] button[type=submit]")
    page.set_input_files("input[type=file]", {"name": "a.pdf", "mimeType": "text/xml", "buffer": b"%PDF-1.7"})
    send.click()
    expect(page.locator("input[type=file]")).to_have_attribute("aria-invalid", "true")
    look(page, axe, f"screening_wrong_{code}")
    page.set_input_files(
        "input[type=file]", {"name": "list.xml", "mimeType": "text/xml", "buffer": list_xml()}
    )
    send.click()
    expect(page.locator(".entry-list ins").first).to_be_visible()
    look(page, axe, f"screening_list_{code}")
    page.locator("main form:not([action]) button").click()
    expect(page.locator("progress")).to_be_visible()
    look(page, axe, f"screening_running_{code}")
    screening_actions.screen_all()
    page.reload()
    expect(page.locator(".entry-title")).to_have_count(2)
    look(page, axe, f"screening_hits_{code}")

    page.goto(f"/{code}/desk/vetting/{application.pk}/")
    page.locator("[aria-labelledby=screening] summary").click()
    look(page, axe, f"screening_application_{code}")
    page.locator("[aria-labelledby=screening] textarea").fill("Another body: founded 1951.")
    page.locator("[aria-labelledby=screening] form button").click()
    expect(page.locator("[aria-labelledby=screening]")).to_contain_text("Another body: founded 1951.")
    look(page, axe, f"screening_cleared_{code}")
    page.locator("details:has(form[action$='/approve/']) summary").click()
    page.locator("form[action$='/approve/'] button[type=submit]:not([name])").click()
    expect(page.locator("main")).to_contain_text(HERON)
    assert Stakeholder.objects.filter(name=HERON).exists()

"""An NGO says all that can be said, leaves half-way, comes back, sends, is asked two things and answers."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.applications.models import Application
from stakeholders.applications.queries import value_of
from stakeholders.vetting import actions as vetting_actions
from tests.browser.registering import press, read_receipt
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import PDF_BYTES


@pytest.fixture(params=["english", "arabic"])
def reader(request, enter):
    """(page, language) of a signed-in applicant: a wide screen in English, a phone in Arabic."""
    name, language = {"english": ("page", "en"), "arabic": ("phone_ar", "ar")}[request.param]
    page = request.getfixturevalue(name)
    enter(page, UserFactory(language=language, email="amina@coastalwatch.example"))
    return page, language


def wait_for_step(page, path: str) -> None:
    """A button that added a row has left the place of that row in the address."""
    page.wait_for_url(re.compile(rf"{path}(#[\w-]*)?$"))


def add_row(page, field: str) -> None:
    page.locator(f"button[name=more][value={field}]").click()
    page.wait_for_load_state()


def unfold(page, field: str) -> None:
    page.locator(f"#id_{field} summary").click()


def who(page, look_at) -> None:
    page.locator("[name=name]").fill("Coastal Watch")
    page.locator("[name=country]").select_option("KEN")
    unfold(page, "other_names")
    page.locator("[name=other_names-0-text]").fill("Walinzi wa Pwani")
    page.locator("[name=other_names-0-language]").select_option("sw")
    add_row(page, "other_names")
    expect(page.locator("[name=other_names-0-text]")).to_have_value("Walinzi wa Pwani")
    expect(page.locator("[name=name]")).to_have_value("Coastal Watch")
    page.locator("[name=other_names-1-text]").fill("حراس الساحل")
    unfold(page, "former_names")
    page.locator("[name=former_names-0-text]").fill("Mombasa Harbour Friends")
    expect(page.locator("[data-autosave-told]:not(.save-failed)")).to_contain_text(":")
    assert Application.objects.get().name == "Coastal Watch"
    look_at(page, "full-who")
    page.locator("[name=name]").press("Enter")
    wait_for_step(page, "/what/")


def rest(page, look_at) -> None:
    page.locator("[name=mission]").fill("We document illegal fishing and the people behind it.")
    page.locator("[name=topics]").select_option("corruption")
    press(page)
    wait_for_step(page, "/how/")
    page.locator("[name=works_in]").select_option("TZA")
    page.locator("[name=languages]").select_option("sw")
    page.locator("[name=articles]").select_option("UNTOC-5")
    look_at(page, "full-how")
    press(page)
    wait_for_step(page, "/reach/")
    unfold(page, "offices")
    page.locator("[name=offices-0-country]").select_option("UGA")
    page.locator("[name=contacts-0-value]").fill("not an address")
    press(page)
    expect(page.locator(".error-summary a")).to_have_count(1)
    look_at(page, "full-reach-errors")
    page.locator("[name=contacts-0-value]").fill("info@coastalwatch.example")
    page.locator("[name=contacts-0-audience]").select_option("public")
    press(page)
    wait_for_step(page, "/standing/")
    page.locator("[name=descriptors]").first.check()
    page.locator("[name=ecosoc_status]").select_option("special")
    look_at(page, "full-standing")
    press(page)
    wait_for_step(page, "/seen/")
    page.locator("[name=listing][value=public]").check()
    press(page)
    wait_for_step(page, "/papers/")
    paper = {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES}
    page.locator("[name=papers]").set_input_files(paper)
    page.locator("[name=officers-0-name]").fill("Juma Omari")
    look_at(page, "full-papers")
    press(page)
    wait_for_step(page, "/check/")
    look_at(page, "full-check")


@pytest.mark.behaviour("D-01", "D-03", "D-05", "D-18")
def test_an_ngo_registers_in_full_leaves_resumes_is_returned_and_answers(reader, look_at):
    page, language = reader
    page.goto(f"/{language}/stakeholders/register/")
    page.locator("[name=kind][value=ngo]").check()
    press(page)
    wait_for_step(page, "/who/")
    who(page, look_at)
    page.locator("button[name=later]").click()
    wait_for_step(page, r"/applications/\d+/")
    look_at(page, "full-left")
    page.locator("main section.panel a.btn-primary").click()
    wait_for_step(page, "/what/")
    rest(page, look_at)
    page.locator("main section.panel form button[type=submit]").click()
    wait_for_step(page, r"/receipts/[\w-]+/")
    look_at(page, "full-receipt")
    read_receipt(page)
    application = Application.objects.get()
    requests = {"officers": "Who is your treasurer?", "contacts": "A telephone, please."}
    vetting_actions.return_for_information(application, actor=person_with(Role.VETTING), requests=requests)
    page.reload()
    look_at(page, "full-returned")
    page.locator("main a[href$='/answer/']").click()
    add_row(page, "officers")
    page.locator("[name=officers-1-name]").fill("Asha Ali")
    add_row(page, "contacts")
    page.locator("[name=contacts-1-kind]").select_option("phone")
    page.locator("[name=contacts-1-value]").fill("+254 700 000 000")
    look_at(page, "full-answer")
    press(page)
    wait_for_step(page, r"/applications/\d+/")
    application.refresh_from_db()
    assert application.status == "in_review"
    assert [row["name"] for row in value_of(application, "officers")] == ["Juma Omari", "Asha Ali"]
    assert [row["audience"] for row in value_of(application, "contacts")] == ["public", "desk"]

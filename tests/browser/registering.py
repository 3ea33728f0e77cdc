"""The steps of a registration, as a browser takes them."""

import os
import re

from playwright.sync_api import expect

from notifications.outbox.models import Message
from tests.factories.accounts import PASSWORD
from tests.factories.stakeholders import PDF_BYTES

ADDRESS = "amina@coastalwatch.example"


# Where a person who wants to look at the pages gets pictures of them.
SHOTS = os.environ.get("WHATSON_SHOTS", "")


def press(page, form: str = "main form[novalidate]") -> None:
    page.locator(f"{form} .form-actions button[type=submit]").first.click()


def sign_up(page, language: str) -> None:
    page.goto(f"/{language}/stakeholders/register/")
    page.locator("main a[href*='signup']").first.click()
    page.locator("[name=name]").fill("Amina Njeri")
    page.locator("[name=email]").fill(ADDRESS)
    page.locator("[name=password1]").fill(PASSWORD)
    page.locator("[name=is_unaffiliated][value=False]").check()
    if page.locator("[name=agreed]").count():
        page.locator("[name=agreed]").check()
    page.locator("main form[action*='signup'] button[type=submit]").first.click()
    page.wait_for_url(re.compile("/confirm-email/"))
    page.goto(Message.objects.filter(address=ADDRESS).latest("pk").url)
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url(re.compile("/(me|register)/$"))


def read_receipt(page) -> None:
    """From the sending on to the page of the application."""
    page.wait_for_url(re.compile(r"/receipts/[\w-]+/$"))
    expect(page.locator("main code.digest").first).to_have_text(re.compile(r"^[0-9a-f]{64}$"))
    page.locator("main a[href*='/applications/']:not([href*='/receipts/'])").last.click()
    page.wait_for_url(re.compile(r"/applications/\d+/$"))


NAME = "جمعية حراس الساحل"


def fill_in(page, language: str, look_at) -> None:
    """From the kind to the sending, with one look at what an empty step says."""
    page.goto(f"/{language}/stakeholders/register/")
    look_at(page, f"{language}-02-kind")
    page.locator("[name=kind][value=ngo]").check()
    press(page)
    page.wait_for_url(re.compile("/who/$"))
    press(page)
    expect(page.locator(".error-summary a")).to_have_count(2)
    look_at(page, f"{language}-03-who-errors")
    page.locator("[name=name]").fill(NAME)
    page.locator("[name=name_latin]").fill("Coastal Watch Mombasa")
    page.locator("[name=country]").select_option("KEN")
    page.locator("[name=city]").fill("Mombasa")
    page.locator("[name=website]").fill("coastalwatch.example")
    press(page)
    page.wait_for_url(re.compile("/what/$"))
    page.locator("[name=mission]").fill("We document illegal fishing and the people behind it.")
    page.locator("[name=mission_language]").select_option("en")
    page.locator("[name=topics]").select_option("corruption")
    look_at(page, f"{language}-04-what")
    press(page)
    for step in ("how", "reach", "standing"):
        page.wait_for_url(re.compile(f"/{step}/$"))
        press(page)
    page.wait_for_url(re.compile("/seen/$"))
    page.locator("[name=listing][value=public]").check()
    look_at(page, f"{language}-05-seen")
    press(page)
    page.wait_for_url(re.compile("/papers/$"))
    page.locator("[name=papers]").set_input_files(
        {"name": "certificate.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES}
    )
    look_at(page, f"{language}-06-papers")
    press(page)
    page.wait_for_url(re.compile("/check/$"))
    look_at(page, f"{language}-07-check")
    page.locator("main section.panel form button[type=submit]").click()
    read_receipt(page)
    look_at(page, f"{language}-08-sent")

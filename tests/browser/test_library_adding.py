"""The desk adds a resource by its file: three steps, with and without script."""

import os
import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from resources.files.actions_reading import read
from resources.files.models import ResourceFile
from resources.records.models import Resource
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.resources import documents

SHOTS = os.environ.get("WHATSON_SHOTS", "")


def pdf():
    content = documents.pdf("For those who watch ports", "And borders", title="Routes of trade")
    return {"name": "routes.pdf", "mimeType": "application/pdf", "buffer": content}


def test_the_desk_adds_a_resource_by_its_file(page, phone_ar, enter, look_at):
    desk = person_with(Role.CURATION, name="Curator")
    enter(page, desk)
    page.goto("/en/desk/resources/")
    page.get_by_role("link", name="Add a resource").click()
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    look_at(page, "01-file")
    page.get_by_label("File").set_input_files(pdf())
    page.get_by_role("button", name="Save and continue").click()
    # The reading goes on beside; what the file says arrives by itself.
    expect(page.get_by_text("The file is being read.")).to_be_visible()
    look_at(page, "02-waiting")
    read(ResourceFile.objects.get().pk)
    page.get_by_role("link", name="Use the details from the file").click()
    expect(page.get_by_label("Title", exact=True).first).to_have_value("Routes of trade")
    page.get_by_text("Beginning of the text").click()
    look_at(page, "03-describe")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".error-summary a").first).to_be_visible()
    page.get_by_label("Report", exact=True).check()
    page.get_by_label("Abstract", exact=True).first.fill("For those who watch ports.")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Saved at"))
    pick(page, "Topics", "corruption")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Step 3 of 3")).to_be_visible()
    expect(page.locator("input[name=audience]:checked")).to_have_count(0)
    # Back, and everything is still there.
    page.get_by_role("link", name="Change the file or link").click()
    expect(page.get_by_role("link", name="routes.pdf")).to_be_visible()
    look_at(page, "04-file-again")
    page.go_back()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.locator(".error-summary a")).to_have_text(re.compile("Choose who may read it"))
    look_at(page, "05-check")
    resource = Resource.objects.get()
    enter(phone_ar, desk)
    for step in ("file", "describe", "check"):
        phone_ar.goto(f"/ar/desk/resources/{resource.pk}/add/{step}/")
        look_at(phone_ar, f"06-{step}-ar")
    page.get_by_label("Everybody", exact=True).check()
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("The resource is published. Who can read it: Everybody.")).to_be_visible()


@pytest.mark.parametrize("later", (False, True))
def test_without_script(browser, live_server, enter, later):
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    enter(page, person_with(Role.CURATION))
    page.goto("/en/desk/resources/new/")
    page.get_by_label("Address", exact=True).fill("https://example.org/routes")
    page.get_by_role("button", name="Save and continue").click()
    resource = Resource.objects.get()
    if later:
        page.goto("/en/desk/resources/?state=draft")
        page.get_by_role("link", name="Resource without a title").click()
        page.get_by_role("link", name="Go on with the draft").click()
    page.get_by_label("Report", exact=True).check()
    page.get_by_label("Title", exact=True).first.fill("Routes")
    page.get_by_label("Abstract", exact=True).first.fill("On routes.")
    page.locator("select[name=topics]").select_option("corruption")
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_label("Members", exact=True).check()
    page.get_by_role("button", name="Save draft" if later else "Publish", exact=True).click()
    expect(page.get_by_role("heading", name="Routes")).to_be_visible()
    resource.refresh_from_db()
    assert (resource.status, resource.audience) == ("draft" if later else "published", "members")
    context.close()

"""A visitor finds a toolkit by a passage inside its PDF, and cites it."""

import os
import re
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from resources.files.actions_reading import read
from resources.files.models import ResourceFile
from resources.links.models import LinkCheck
from resources.records.models import Author
from search.actions import index
from tests.factories.accounts import person_with
from tests.factories.resources import CollectionFactory, EditionFactory, ResourceFactory
from tests.resources.documents import pdf

SHOTS = os.environ.get("WHATSON_SHOTS", "")
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def look_at(axe):
    """Look at a page as axe does, in light and dark, and where asked for as a picture."""

    def look(page, name: str) -> None:
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            axe(page)
            if SHOTS:
                Path(SHOTS).mkdir(parents=True, exist_ok=True)
                page.screenshot(path=f"{SHOTS}/{name}-{scheme}.png", full_page=True)
        page.emulate_media(color_scheme="light")

    return look


@pytest.fixture
def toolkit(live_server):
    resource = ResourceFactory(
        title="Toolkit for stakeholder engagement",
        kind="toolkit",
        publisher="UNODC",
        symbol="CTOC/COP/2024/1",
        published_on="2024-05-01",
        precision="month",
        licence="cc_by",
    )
    resource.topics.set(["corruption", "firearms"])
    resource.articles.set(["UNTOC-5", "UNTOC-31"])
    resource.countries.set(["KEN"])
    Author.objects.create(resource=resource, name="Wanjiku wa Kamau")
    EditionFactory(
        resource=resource, language_id="ar", title="دليل عملي", abstract="عن مشاركة أصحاب المصلحة."
    )
    other = ResourceFactory(title="Guide to something else", kind="guide", published_on="2020-01-01")
    other.topics.set(["corruption"])
    collection = CollectionFactory(title="To begin with", about="What newcomers *read first*.")
    collection.items.create(resource=resource, note="Read this first.")
    file = ResourceFile(edition=resource.editions.get(is_original=True))
    pages = pdf("A first page", "How to shelter a whistleblower who fled")
    file.take(SimpleUploadedFile("toolkit.pdf", pages, content_type="application/pdf"))
    file.save()
    read(file.pk)
    index(resource)
    index(other)
    return resource


@pytest.mark.behaviour("K-14")
def test_a_visitor_finds_a_toolkit_by_a_passage_inside_its_pdf_and_cites_it(toolkit, page, look_at):
    page.goto("/en/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Library").click()
    expect(page.locator(".found .object")).to_have_count(2)
    look_at(page, "list")
    page.get_by_label("Search the library").fill("whistleblowers")
    page.get_by_label("Search the library").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=whistleblowers$"))
    expect(page.locator(".found .object")).to_have_count(1)
    expect(page.locator(".passages li")).to_contain_text("p. 2")
    expect(page.locator(".passages mark")).to_have_text("whistleblower")
    look_at(page, "found")
    page.get_by_role("link", name="Toolkit for stakeholder engagement").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Toolkit for stakeholder engagement")
    expect(page.locator(".citation")).to_contain_text(
        "Wanjiku wa Kamau. Toolkit for stakeholder engagement. UNODC"
    )
    look_at(page, "record")
    with page.expect_download() as saved:
        page.get_by_role("link", name="BibTeX").click()
    assert saved.value.suggested_filename.endswith(".bib")
    assert "{Wanjiku wa Kamau}" in Path(saved.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="To begin with").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("To begin with")
    look_at(page, "collection")
    page.goto("/en/articles/UNTOC/5/")
    expect(page.locator("main .object")).to_have_count(1)
    look_at(page, "article")


@pytest.mark.behaviour("K-06", "K-10", "X-04")
def test_in_arabic_on_a_phone_the_library_narrows_and_tells_languages_apart(toolkit, phone_ar, axe):
    phone_ar.goto("/ar/resources/")
    expect(phone_ar.locator("#kind-toolkit")).to_be_hidden()
    phone_ar.locator(".filter-sheet > summary").tap()
    phone_ar.locator("#filter-crime").select_option("corruption")
    expect(phone_ar.locator(".chip")).to_have_count(1)  # the filters are drawn anew by then
    expect(phone_ar.locator(".found .object")).to_have_count(2)
    phone_ar.locator(".leave-out summary").tap()
    phone_ar.locator("#filter-not-kind").select_option("guide")
    expect(phone_ar.locator(".found .object")).to_have_count(1)
    expect(phone_ar.locator(".chip")).to_have_count(2)
    axe(phone_ar)
    if SHOTS:
        phone_ar.screenshot(path=f"{SHOTS}/list-ar.png", full_page=True)
    phone_ar.locator(".entry-title a").tap()
    expect(phone_ar.locator("h1 bdi")).to_have_text("دليل عملي")
    axe(phone_ar)
    if SHOTS:
        phone_ar.screenshot(path=f"{SHOTS}/record-ar.png", full_page=True)


def test_a_link_that_no_longer_opens_leads_to_the_archived_copy(page, phone_ar, enter, look_at, live_server):
    address = "https://publisher.example/guide"
    guide = ResourceFactory(title="Guide on ports", original__link=address)
    EditionFactory(resource=guide, language_id="fr", title="Guide des ports", link=address)
    LinkCheck.objects.create(
        url=address, status=404, failures=2, checked_at=now(), broken_since=now(), host="publisher.example"
    )
    enter(page, person_with(Role.CURATION))
    page.goto("/en/desk/resources/links/")
    page.locator("summary", has_text="Archived copy").click()
    page.get_by_label("Address of an archived copy").fill("nowhere")
    page.get_by_role("button", name="Save the address").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "library-broken-links-wrong")
    page.get_by_label("Address of an archived copy").fill("https://archive.example/guide")
    page.get_by_role("button", name="Save the address").click()
    expect(page.get_by_text("It is saved.")).to_be_visible()
    page.set_viewport_size({"width": 360, "height": 740})
    look_at(page, "library-broken-links-360")
    page.context.clear_cookies()
    page.goto(guide.get_absolute_url())
    expect(page.get_by_role("link", name="Open the archived copy")).to_be_visible()
    look_at(page, "library-broken-360")
    page.set_viewport_size({"width": 1280, "height": 900})
    look_at(page, "library-broken")
    phone_ar.goto(guide.get_absolute_url().replace("/en/", "/ar/"))
    look_at(phone_ar, "library-broken-ar")

"""The desk: from the list of work to the decision, with the papers beside it."""

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from audit.models import Entry
from tests.factories.accounts import person_with
from tests.factories.cases import CASES, DECIDED_ELSEWHERE
from tests.factories.events import EventFactory
from tests.factories.stakeholders import sent_application


@pytest.mark.journey("a day at the desk")
def test_work_leads_to_papers_and_decision_side_by_side(page, phone_ar, enter, look_at, reference):
    application = sent_application(name="Coastal Watch", mission="We watch. " * 150)
    colleague = person_with(Role.VETTING, name="Vera Vetter")
    enter(page, person_with(Role.VETTING, name="Omar Vetter"))
    page.goto("/en/desk/")
    look_at(page, "desk")
    page.get_by_role("link", name="Review application").click()
    menu = page.get_by_role("navigation", name="Desk", exact=True)
    expect(menu.get_by_role("link", name="Applications", exact=True)).to_have_attribute(
        "aria-current", "true"
    )
    look_at(page, "desk-case")

    page.get_by_role("button", name="Assign to me").click()
    expect(page.locator(".messages")).to_contain_text("is assigned to you")
    bar = page.get_by_role("group", name="Decision")
    expect(bar.get_by_role("link", name="Approve")).to_be_in_viewport(ratio=1)
    page.get_by_role("heading", name="Who may find the profile").scroll_into_view_if_needed()
    expect(bar.get_by_role("link", name="Approve")).to_be_in_viewport(ratio=1)

    # Opening a paper is recorded, so it opens on demand alone.
    opened = Entry.objects.filter(action="stakeholders.file_opened")
    assert not opened.exists()
    with page.expect_response(lambda answer: "/files/paper/" in answer.url) as answer:
        page.get_by_text("Read it here").click()
    assert answer.value.headers["content-type"] == "application/pdf"
    expect(page.locator("iframe.paper-frame")).to_be_visible()
    assert opened.count() == 1

    page.locator("summary", has_text="Reassign").click()
    page.get_by_label("Colleague").select_option(label=str(colleague))
    page.get_by_role("button", name="Reassign").click()
    expect(page.locator(".case-panel")).to_contain_text("Vera Vetter")

    enter(phone_ar, person_with(Role.HEAD, language="ar"))
    for name, url in (("desk", "/ar/desk/"), ("figures", "/ar/desk/figures/")):
        phone_ar.goto(url)
        look_at(phone_ar, f"{name}-ar")
    phone_ar.locator(".desk-sheet > summary").click()
    look_at(phone_ar, "desk-menu-ar")
    phone_ar.goto(f"/ar/desk/vetting/{application.pk}/")
    expect(phone_ar.locator("iframe")).to_be_hidden()
    look_at(phone_ar, "desk-case-ar")


@pytest.mark.parametrize(("case", "role"), (*CASES, *DECIDED_ELSEWHERE))
def test_what_may_be_done_with_a_case_is_in_view(page, enter, look_at, reference, case, role):
    _subject, url = case()
    enter(page, person_with(role))
    for width, height in ((1366, 768), (360, 740)):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(url)
        bar = page.locator(".case-bar")
        buttons = bar.locator(".btn").all()
        assert buttons
        for button in buttons:
            expect(button).to_be_in_viewport(ratio=1)
        look_at(page, f"bar-{case.__name__}-{width}")
        # Nothing scrolls inside the page, and a form that is led to is open, above the bar.
        assert page.locator(".case-panel, .desk-menu").evaluate_all(
            "parts => parts.every(part => getComputedStyle(part).overflowY === 'visible')"
        )
        for button in bar.locator("a.btn[href^='#']").all():
            button.click()
            form = page.locator(button.get_attribute("href"))
            expect(form).to_be_in_viewport()
            assert form.bounding_box()["y"] < bar.bounding_box()["y"]


def test_the_act_of_a_desk_page_is_a_few_stops_away(page, enter, reference):
    event = EventFactory(status="draft")
    enter(page, person_with(Role.HEAD))
    page.goto(f"/en/desk/events/{event.pk}/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # skip to the content, past the desk's menu
    act, stops = page.get_by_role("link", name="Edit the event"), 1
    while stops < 15 and not act.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
        stops += 1
    expect(act).to_be_focused()

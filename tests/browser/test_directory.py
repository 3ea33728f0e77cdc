"""Somebody looks for stakeholders, with the mouse and with the keyboard alone, on a desk and on a phone."""

import re

import pytest
from playwright.sync_api import expect

from stakeholders.demo.loading import load_demo

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def demo(live_server):
    load_demo()


@pytest.mark.journey("find")
@pytest.mark.behaviour("D-16")
def test_a_visitor_searches_and_opens_a_profile(demo, page, axe):
    page.goto("/en/stakeholders/")
    axe(page)
    page.get_by_label("Search stakeholders").fill("survivors")
    page.get_by_label("Search stakeholders").press("Enter")
    expect(page).to_have_url(re.compile(r"\?q=survivors$"))
    expect(page.locator(".object mark")).to_have_text(["Survivors", "survivors"])
    axe(page)
    page.get_by_role("link", name="Demo Safe Harbour Network").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Demo Safe Harbour Network")
    axe(page)


@pytest.mark.behaviour("D-16", "X-09")
def test_the_keyboard_alone_narrows_and_widens_the_directory(demo, page, axe):
    page.goto("/en/stakeholders/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.get_by_label("Academic or research institution").focus()
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile(r"\?kind=academia$"))
    expect(page.locator("#said")).to_have_text("9 stakeholders")
    expect(page.get_by_label("Academic or research institution")).to_be_focused()
    page.get_by_label("Country or area", exact=True).select_option("KEN")
    expect(page).to_have_url(re.compile(r"\?kind=academia&country=KEN$"))
    expect(page.locator(".found .object")).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="Remove filter: Kenya").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".found .object")).to_have_count(9)
    page.go_back()
    expect(page.locator(".found .object")).to_have_count(1)
    expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.behaviour("D-16", "X-12")
def test_without_script_the_form_does_the_same(demo, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/stakeholders/")
    page.get_by_label("Private sector").check()
    page.get_by_label("Sort by").select_option("newest")
    page.get_by_role("button", name="Apply").click()
    expect(page.locator(".found .object")).to_have_count(3)
    expect(page.get_by_label("Sort by")).to_have_value("newest")
    context.close()


@pytest.mark.behaviour("D-16", "X-04")
def test_in_arabic_on_a_phone_the_filters_open_and_narrow(demo, phone_ar, axe):
    phone_ar.goto("/ar/stakeholders/")
    expect(phone_ar.locator("#kind-ngo")).to_be_hidden()
    phone_ar.locator(".filter-sheet summary").tap()
    phone_ar.locator("#filter-country").select_option("EGY")
    expect(phone_ar.locator(".found .object")).to_have_count(1)
    expect(phone_ar.locator(".entry-title")).to_have_text("تجريبي مركز الأمل لمكافحة الاتجار بالبشر")
    axe(phone_ar)
    phone_ar.locator(".entry-title a").tap()
    expect(phone_ar.locator("h1 bdi")).to_have_text("تجريبي مركز الأمل لمكافحة الاتجار بالبشر")
    expect(phone_ar.locator("html")).to_have_attribute("dir", "rtl")
    axe(phone_ar)


@pytest.mark.behaviour("D-16")
def test_a_tick_far_down_leaves_a_phone_at_the_filter_and_the_button_leads_to_the_list(demo, phone_ar):
    phone_ar.goto("/ar/stakeholders/")
    phone_ar.locator(".filter-sheet summary").tap()
    topic = phone_ar.locator("#topic-trafficking-in-persons")
    for query in (re.compile("topic="), re.compile("/stakeholders/$")):
        topic.press("Space")
        expect(phone_ar).to_have_url(query)
        expect(topic).to_be_focused()
        expect(topic).to_be_in_viewport()
    expect(phone_ar.locator(".found-head")).not_to_be_in_viewport()
    phone_ar.locator(".filter-sheet > button").tap()
    expect(phone_ar.locator(".found-head")).to_be_in_viewport(ratio=1)


@pytest.mark.behaviour("D-16", "D-17")
def test_a_visitor_goes_from_list_to_map_to_coverage_by_keyboard(demo, page, axe):
    page.goto("/en/stakeholders/?kind=academia")
    page.get_by_role("navigation", name="Directory views").get_by_role("link", name="Map").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/map/\?kind=academia$"))
    axe(page)
    listed = page.locator(".places li a")
    marks = page.locator(".map a")
    assert marks.count() == listed.count() > 0
    labels = [marks.nth(at).get_attribute("aria-label").split(":")[0] for at in range(marks.count())]
    assert labels == listed.all_text_contents()
    page.get_by_role("link", name=re.compile("^Kenya: 1 stakeholder$")).focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/stakeholders/\?kind=academia&country=KEN$"))
    expect(page.locator(".found .object")).to_have_count(1)
    page.get_by_role("navigation", name="Directory views").get_by_role("link", name="Coverage").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Coverage of the directory")
    axe(page)
    page.get_by_label("Columns").select_option("topic")
    page.get_by_label("Region", exact=True).select_option("002")
    page.get_by_role("button", name="Apply").press("Enter")
    expect(page.get_by_role("heading", level=3, name="Africa")).to_be_visible()
    expect(page.locator(".coverage tbody th", has_text="Kenya")).to_be_visible()
    axe(page)


@pytest.mark.behaviour("D-17", "X-04")
def test_in_arabic_on_a_phone_map_and_list_are_equal(demo, phone_ar, axe):
    phone_ar.goto("/ar/stakeholders/")
    phone_ar.locator(".filter-sheet summary").tap()
    phone_ar.locator("#filter-country").select_option("EGY")
    expect(phone_ar.locator(".found .object")).to_have_count(1)
    phone_ar.locator(".views a").nth(1).tap()
    expect(phone_ar).to_have_url(re.compile(r"/ar/stakeholders/map/\?country=EGY$"))
    expect(phone_ar.locator(".places > li")).to_have_count(1)
    expect(phone_ar.locator(".map a")).to_have_count(1)
    # All of the world is in view.
    frame, mark = (phone_ar.locator(selector).bounding_box() for selector in (".map", ".map .mark"))
    assert frame["x"] < mark["x"] < frame["x"] + frame["width"]
    expect(phone_ar.locator(".places a")).to_have_text("مصر")
    axe(phone_ar)
    phone_ar.goto("/ar/stakeholders/coverage/")
    axe(phone_ar)


@pytest.mark.behaviour("D-17")
def test_the_map_works_without_script(demo, browser, browser_context_args):
    context = browser.new_context(**browser_context_args, java_script_enabled=False)
    page = context.new_page()
    page.goto("/en/stakeholders/map/")
    page.get_by_label("Academic or research institution").check()
    page.get_by_role("button", name="Apply").click()
    expect(page).to_have_url(re.compile(r"kind=academia"))
    assert page.locator(".places > li").count() == page.locator(".map a").count() > 0
    world = page.locator(".map svg").get_attribute("viewBox")
    page.get_by_role("navigation", name="Zoom the map to a region").get_by_role("link", name="Africa").press(
        "Enter"
    )
    expect(page).to_have_url(re.compile(r"kind=academia&region=002$"))
    expect(page.get_by_label("Africa", exact=False).first).to_be_checked()
    assert page.locator(".map svg").get_attribute("viewBox") != world
    context.close()


# What of the content can be seen that only a screen can do.
CONTROLS = """() => [...document.querySelectorAll(
    "main :is(form, button, input, select, nav, .btn, .link-row, a[rel='nofollow'][href^='/'])"
)].filter(part => part.checkVisibility()).map(part => part.outerHTML.slice(0, 90))"""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_on_paper_there_are_entries_and_no_controls(demo, page, language):
    page.emulate_media(media="print")
    page.goto(f"/{language}/stakeholders/")
    entries = page.locator(".found .object a").all()
    assert page.evaluate(CONTROLS) == []
    total = page.locator(".found-head strong").inner_text()
    number = re.search(r"\d+", total)[0]
    assert re.findall(r"\d+", page.locator(".print-part").inner_text()) == ["1", str(len(entries)), number]
    page.goto(entries[0].get_attribute("href"))
    assert page.evaluate(CONTROLS) == []

"""A member's story with an image goes to the desk and back; a visitor reads it in Arabic on a phone."""

import os

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from news.stories.models import Story
from tests.browser.picking import pick
from tests.factories.accounts import person_with
from tests.factories.news import StoryFactory, picture
from tests.factories.stakeholders import StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")
TEXT = "We walked **three days**.\n\n## What we learnt\n\n- ask the fishers\n\n[image 1]\n\nThe end."
ARABIC = "مشينا **ثلاثة أيام** مع الصيادين ومع موظفي الجمارك.\n\n## ما تعلمناه\n\n- اسألوا الصيادين"


@pytest.mark.behaviour("K-03", "K-04", "K-10", "K-13")
def test_a_story_with_an_image_goes_to_and_fro_and_is_read_in_arabic(
    page, phone_ar, enter, look_at, live_server, tmp_path
):
    watch = StakeholderFactory(name="Coastal Watch")
    member, desk = member_of(watch), person_with(Role.CURATION)
    beach = tmp_path / "beach.jpg"
    beach.write_bytes(picture((1200, 700)).read())

    story = _the_member_writes(page, enter, look_at, member, beach)
    _the_desk_returns_it(page, enter, look_at, desk, story)
    _the_member_mends_it(page, enter, look_at, member)
    _the_desk_publishes_it(page, enter, look_at, desk, story)
    page.context.clear_cookies()
    page.goto("/en/news/")
    page.get_by_role("link", name="Three days on the coast", exact=True).click()
    expect(page.get_by_role("img", name="A beach from above")).to_be_visible()
    look_at(page, "stories-story")
    page.emulate_media(color_scheme="dark")
    look_at(page, "stories-story-dark")

    arabic = StoryFactory(
        title="ثلاثة أيام على الساحل",
        summary="من يعرف الساحل؟",
        text=ARABIC,
        language_id="ar",
        original=story,
        stakeholder=watch,
        topics=["firearms"],
        countries=["KEN"],
    )
    phone_ar.goto("/ar/news/")
    expect(phone_ar.get_by_text("Three days on the coast")).to_have_count(0)
    look_at(phone_ar, "stories-list-ar")
    phone_ar.goto(f"/ar/news/{story.pk}-{story.slug}/")  # led to the version in the reader's language
    expect(phone_ar.locator("h1")).to_have_text(arabic.title)
    look_at(phone_ar, "stories-story-ar")
    phone_ar.get_by_role("link", name="English", exact=True).last.click()
    expect(phone_ar.locator("h1")).to_have_text("Three days on the coast")
    look_at(phone_ar, "stories-english-ar")


def _the_member_writes(page, enter, look_at, member, beach) -> Story:
    enter(page, member)
    page.goto("/en/news/")
    page.get_by_role("link", name="Write a story").click()
    page.get_by_role("button", name="Save the draft").click()
    page.locator("#error-summary").wait_for()
    look_at(page, "stories-write-wrong")
    page.get_by_label("Title", exact=True).fill("Three days on the coast")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_label("Summary").fill("Who knows a coast.")
    page.get_by_label("Text", exact=False).last.fill(TEXT)
    expect(page.locator("[data-autosave-told]")).to_contain_text("Saved at")  # by itself
    story = Story.objects.get()
    assert story.text == TEXT
    pick(page, "Topics", "firearms")
    page.get_by_role("button", name="Save the draft").click()
    page.get_by_role("link", name="Images of the story").click()
    page.get_by_role("button", name="Add the image").click()
    page.locator("#error-summary").wait_for()
    page.get_by_label("Image", exact=True).set_input_files(beach)
    page.get_by_label("What the image shows").fill("A beach from above")
    page.get_by_label("Caption").fill("The beach on the second day.")
    page.get_by_role("button", name="Add the image").click()
    expect(page.get_by_role("img", name="A beach from above")).to_be_visible()
    look_at(page, "stories-images")
    page.get_by_role("link", name="Back to the story").click()
    look_at(page, "stories-own")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("The story has been submitted. You")).to_be_visible()
    return story


def _the_desk_returns_it(page, enter, look_at, desk, story):
    enter(page, desk)
    page.goto("/en/desk/news/")
    look_at(page, "stories-desk-home")
    page.get_by_role("link", name=story.title).click()
    page.get_by_role("button", name="Assign to me").click()
    look_at(page, "stories-desk-story")
    page.get_by_role("link", name="Return for changes").click()
    page.locator("#move-return").get_by_label("Summary").fill("Whose coast is it?")
    look_at(page, "stories-desk-return")
    page.get_by_role("button", name="Return it").click()
    expect(page.get_by_text("The story was returned to its")).to_be_visible()


def _the_member_mends_it(page, enter, look_at, member):
    enter(page, member)
    page.goto("/en/me/")
    page.get_by_role("link", name="Answer").click()
    expect(page.get_by_text("Whose coast is it?").first).to_be_visible()
    page.get_by_role("link", name="Edit story").click()
    expect(page.get_by_label("Title", exact=True)).to_have_count(0)  # what was not asked stays
    look_at(page, "stories-mend")
    page.get_by_label("Summary").fill("Who knows the Kenyan coast.")
    page.get_by_role("button", name="Save and preview").click()
    page.get_by_role("button", name="Submit it again").click()
    expect(page.get_by_text("The story has been submitted. You")).to_be_visible()


def _the_desk_publishes_it(page, enter, look_at, desk, story):
    enter(page, desk)
    page.goto(f"/en/desk/news/{story.pk}/")
    page.get_by_role("link", name="Publish", exact=True).click()
    look_at(page, "stories-desk-publish")
    page.get_by_role("button", name="Publish it").click()
    expect(page.get_by_text("The story is published.")).to_be_visible()

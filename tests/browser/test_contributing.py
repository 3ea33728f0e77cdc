"""A member contributes together with another stakeholder: by keyboard, by phone, in two windows."""

import os
import re
from datetime import timedelta

import pytest
from django.utils.timezone import now
from playwright.sync_api import expect

from accounts.people.enums import Role
from core.word_counts import count_words
from reviews.calls.models import Question
from reviews.contributions.models import Contribution
from reviews.moderation import actions as moderation_actions
from taxonomy.law.models import Article
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, RuleFactory, draft_for, sent_for
from tests.factories.stakeholders import PDF_BYTES, StakeholderFactory, member_of

SHOTS = os.environ.get("WHATSON_SHOTS", "")


@pytest.fixture
def call(live_server):
    call = CallFactory(
        title="How victims and witnesses are protected in practice",
        guidance="Tell what you have seen yourself. Do not name private persons.",
        translations={"ar": {"title": "كيف يُحمى الضحايا والشهود في الواقع"}},
        closes_at=now() + timedelta(days=9),
    )
    article = Article.objects.get(instrument="UNTOC", number=24)
    Question.objects.create(
        call=call,
        position=2,
        text="Are relatives of witnesses protected?",
        article=article,
        most_words=50,
        help="Think of housing, work and school.",
    )
    return call


@pytest.fixture
def another(browser, browser_context_args):
    """A second browser, for the other stakeholder."""
    context = browser.new_context(**browser_context_args)
    page = context.new_page()
    yield page
    context.close()


def writes(page, look_at) -> Contribution:
    """By keyboard, with one answer too long at first, evidence, and who reads it."""
    first, second, third = page.locator("textarea").all()
    first.focus()
    page.keyboard.type("Courts hear victims behind a screen.")
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.type("word " * 21)
    expect(page.locator(".too-many")).to_have_count(1)
    expect(page.locator(".too-many [data-words-count]")).to_have_text("21")
    expect(page.locator("[data-autosave-told]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d$"))
    contribution = Contribution.objects.get()
    assert contribution.answers.count() == 2
    look_at(page, "02-write")
    page.get_by_role("button", name="Check and send").click()
    expect(page.locator(".error-summary a").first).to_be_visible()
    expect(page.locator(".field-wrong .field-error").first).to_contain_text("take out 1 word")
    look_at(page, "03-write-wrong")
    second.fill("Interpreters, most of all for minority languages.")
    third.fill("Only in the capital.")
    page.get_by_label("What it is").fill("Our report of 2025")
    page.get_by_label("Address", exact=True).fill("coastalwatch.example/report")
    page.get_by_label("Add a file").set_input_files(
        {"name": "interviews.pdf", "mimeType": "application/pdf", "buffer": PDF_BYTES}
    )
    page.get_by_label("Public, with our name").check()
    page.get_by_role("button", name="Check and send").click()
    page.wait_for_url(re.compile("/check/$"))
    look_at(page, "04-check")
    return contribution


def asks_to_sign(page, look_at) -> None:
    page.get_by_role("link", name="Ask others to sign").click()
    page.get_by_label("Name or acronym").fill("highland")
    page.keyboard.press("Enter")
    page.get_by_label("Highland Partners").check()
    page.get_by_role("button", name="Ask to sign").click()
    expect(page.get_by_text("asked, has not answered")).to_be_visible()
    look_at(page, "05-signatures")


def signs(page, look_at) -> None:
    page.goto("/en/me/")
    look_at(page, "06-my-work")
    page.get_by_role("link", name="Read and sign the text").click()
    page.wait_for_url(re.compile(r"/signatures/\d+/$"))
    look_at(page, "07-sign")
    page.get_by_role("button", name="Sign this text").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("signed exactly this text")).to_be_visible()
    look_at(page, "08-signed")


def sends(page, look_at, contribution) -> tuple[str, str]:
    """Reference and digest of the receipt."""
    page.goto(f"/en/contributions/{contribution.pk}/check/")
    expect(page.get_by_text("signed this text")).to_be_visible()
    page.get_by_role("button", name="Send the contribution").click()
    page.wait_for_url(re.compile("/receipts/WO-"))
    look_at(page, "09-receipt")
    page.emulate_media(media="print")
    look_at(page, "09-receipt-print")
    page.emulate_media(media="screen")
    return page.url.rstrip("/").rpartition("/")[2], page.locator("code.digest").first.inner_text()


@pytest.mark.journey("contribute")
@pytest.mark.behaviour("R-07", "R-08", "R-09")
def test_a_member_contributes_with_a_co_signatory(page, another, enter, look_at, call):
    enter(page, member_of(StakeholderFactory(name="Coastal Watch"), time_zone="Africa/Nairobi"))
    enter(another, member_of(StakeholderFactory(name="Highland Partners")))
    page.goto(f"/en/calls/{call.pk}/contribute/")
    look_at(page, "01-contribute")
    page.get_by_role("button", name=re.compile("^Begin")).focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/write/$"))
    contribution = writes(page, look_at)
    asks_to_sign(page, look_at)
    signs(another, look_at)
    reference, digest = sends(page, look_at, contribution)
    page.goto(f"/en/contributions/{contribution.pk}/")
    look_at(page, "10-sent")

    another.context.clear_cookies()
    another.goto("/en/receipts/")
    another.get_by_label("Reference").fill(reference)
    another.get_by_label("Digest").fill(digest)
    another.get_by_role("button", name="Check", exact=True).click()
    expect(another.get_by_text("Match:")).to_be_visible()
    look_at(another, "11-checked")
    contribution.refresh_from_db()
    moderation_actions.publish(contribution, actor=person_with(Role.REVIEWS))
    another.goto(f"/en/contributions/{contribution.pk}/")
    expect(another.get_by_role("link", name="Highland Partners")).to_be_visible()
    look_at(another, "12-published")


@pytest.mark.behaviour("R-07")
def test_the_browser_counts_words_as_the_server_does(page, enter, call):
    contribution, author = draft_for(call)
    enter(page, author)
    page.goto(f"/en/contributions/{contribution.pk}/write/")
    box = page.locator("textarea").first
    for text in (
        "a short, plain text – with a dash",
        "نصّ قصير،\u00a0بلا إطالة",
        "保护证人和 their 家人。ひらがな カタカナ",
        "l’État d’une ré\u0301gion\u2028aujourd’hui",
        "слово\tза\nсловом",
        "¿niño\u3000pequeño?",
        "   ",
    ):
        box.fill(text)
        shown = page.locator(".words-told [data-words-count]").first.inner_text()
        assert int(shown) == count_words(text), text
    box.fill("saved")
    expect(page.locator("[data-autosave-told]")).to_contain_text("Saved at")


def test_nothing_is_lost_in_two_windows_and_after_a_lost_session(page, enter, look_at, call):
    contribution, author = draft_for(call, StakeholderFactory(name="Coastal Watch"))
    path = f"/en/contributions/{contribution.pk}/write/"
    enter(page, author)
    page.goto(path)
    second = page.context.new_page()
    second.goto(path)
    second.locator("textarea").first.fill("From the second window.")
    expect(second.locator("[data-autosave-told]")).to_contain_text("Saved at")
    page.locator("textarea").first.fill("From the first window.")
    expect(page.locator("[data-autosave-told].save-failed")).to_contain_text("another window")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text("What the other window saved here")).to_be_visible()
    expect(page.locator("textarea").first).to_have_value("From the first window.")
    look_at(page, "20-two-windows")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert contribution.answers.get().text == "From the first window."
    second.goto("about:blank")

    page.context.clear_cookies(name="sessionid")
    page.locator("textarea").first.fill("Written while signed out.")
    expect(page.locator("[data-autosave-told].save-failed")).to_contain_text("signed out")
    page.get_by_role("button", name="Save draft", exact=True).click()
    page.wait_for_url(re.compile("/accounts/login/"))
    page.locator("[name=login]").fill(author.email)
    page.locator("[name=password]").fill("correct horse battery staple")
    page.locator("main form[action*='login'] button[type=submit]").first.click()
    page.wait_for_url(re.compile("/write/$"))
    expect(page.locator("textarea").first).to_have_value("Written while signed out.")
    look_at(page, "21-signed-in-again")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_text("Saved at")).to_be_visible()
    assert contribution.answers.get().text == "Written while signed out."


def test_a_returned_contribution_is_answered_in_arabic_on_a_phone(phone_ar, enter, look_at, call):
    contribution, author = draft_for(call, StakeholderFactory(name="جمعية حراس الساحل"), visibility="unnamed")
    enter(phone_ar, author)
    phone_ar.goto(f"/ar/calls/{call.pk}/contribute/")
    look_at(phone_ar, "ar-01-contribute")
    phone_ar.goto(f"/ar/contributions/{contribution.pk}/write/")
    look_at(phone_ar, "ar-02-write")
    phone_ar.emulate_media(color_scheme="dark")
    look_at(phone_ar, "ar-02-write-dark")
    phone_ar.emulate_media(color_scheme="light")
    phone_ar.goto(f"/ar/contributions/{contribution.pk}/check/")
    look_at(phone_ar, "ar-03-check")
    phone_ar.locator("section.panel form button[type=submit]").click()
    phone_ar.wait_for_url(re.compile("/receipts/WO-"))
    look_at(phone_ar, "ar-04-receipt")
    contribution.refresh_from_db()
    question = contribution.call.questions.last()
    desk = person_with(Role.REVIEWS)
    moderation_actions.return_with_questions(
        contribution, actor=desk, requests={question.field: "أي سنوات؟", "links": "أين التقرير؟"}
    )
    phone_ar.goto("/ar/me/")
    look_at(phone_ar, "ar-05-my-work")
    phone_ar.goto(f"/ar/contributions/{contribution.pk}/")
    look_at(phone_ar, "ar-06-returned")
    phone_ar.goto(f"/ar/contributions/{contribution.pk}/write/")
    expect(phone_ar.locator("textarea")).to_have_count(1)
    phone_ar.locator("textarea").fill("من سنة ٢٠٢٤")
    expect(phone_ar.locator("[data-autosave-told]")).to_contain_text(":")
    look_at(phone_ar, "ar-07-answer")
    phone_ar.locator("button[name=check]").click()
    phone_ar.wait_for_url(re.compile("/check/$"))
    phone_ar.locator("section.panel form button[type=submit]").click()
    phone_ar.wait_for_url(re.compile("/receipts/WO-"))
    contribution.refresh_from_db()
    assert contribution.status == "screening"
    for name in ("narrow", "withdraw", "signatures"):
        phone_ar.goto(f"/ar/contributions/{contribution.pk}/{name}/")
        look_at(phone_ar, f"ar-08-{name}")
    phone_ar.goto("/ar/receipts/")
    look_at(phone_ar, "ar-09-receipts")
    moderation_actions.publish(contribution, actor=desk)
    phone_ar.goto(f"/ar/contributions/{contribution.pk}/")
    look_at(phone_ar, "ar-10-published-own")
    phone_ar.context.clear_cookies()
    phone_ar.reload()
    look_at(phone_ar, "ar-11-published")


def test_a_declined_contribution_says_why(page, enter, look_at, call):
    contribution, author = sent_for(call)
    rule = RuleFactory(name_en="No personal data", text="Do not name private persons.")
    moderation_actions.decline(
        contribution, actor=person_with(Role.REVIEWS), rule=rule.pk, note="Please take out the name."
    )
    enter(page, author)
    page.goto(f"/en/contributions/{contribution.pk}/")
    look_at(page, "30-declined")
    page.get_by_role("link", name="Correct it", exact=True).click()
    look_at(page, "31-revise")
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_url(re.compile("/write/$"))
    contribution.refresh_from_db()
    assert contribution.status == "draft"

"""The desk judges by checklist and flags, and looks at a refusal again, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from accounts.people.enums import Role
from stakeholders.entries.models import Stakeholder
from stakeholders.trust.actions import trust_domain
from stakeholders.vetting.actions_checklist import raise_flag
from tests.factories.accounts import person_with
from tests.factories.stakeholders import (
    QuestionFactory,
    StakeholderFactory,
    asked_again,
    refused_application,
    sent_application,
)


@pytest.mark.behaviour("D-06", "D-11")
def test_the_checklist_and_a_flag_explain_why_it_cannot_be_approved(page, enter, axe):
    application = sent_application()
    QuestionFactory(text="Is there a registration document?", order=1)
    QuestionFactory(text="Is there a risk?", order=2, blocking_answer="yes")
    enter(page, person_with(Role.VETTING, name="Vera Vetter"))
    page.goto(f"/en/desk/vetting/{application.pk}/")
    axe(page)
    obstacles = page.locator(".notice-warning", has_text="It cannot be approved yet")
    first = page.get_by_role("group", name="Is there a registration document?")
    first.get_by_label("Yes").check()
    page.get_by_role("group", name="Is there a risk?").get_by_label("Yes").check()
    page.locator("summary", has_text="Comment: Is there a risk?").click()
    page.get_by_label("Comment on “Is there a risk?”").fill("Press reports.")
    page.get_by_role("button", name="Save the checklist").click()
    expect(obstacles).to_contain_text("“Is there a risk?” is answered “Yes”.")
    page.get_by_text("Note something").click()
    page.get_by_label("Red flag: blocks an approval").check()
    page.get_by_label("What you noticed").fill("Two bodies share one address.")
    page.get_by_role("button", name="Save the note").click()
    expect(obstacles).to_contain_text("There is a red flag. It must be")
    page.locator(".case-bar").get_by_role("link", name="Approve").click()
    page.locator("[name=approve-unscreened_reason]").fill("The lists are looked through by hand today.")
    page.get_by_role("button", name="Approve and tell the applicant").click()
    expect(page.locator(".error-summary").last).to_contain_text("There is a red flag. It must be")
    axe(page)
    page.get_by_role("link", name=re.compile("^Withdraw")).click()
    axe(page)
    page.get_by_label("Why it is withdrawn").fill("They are branches of one body.")
    page.get_by_role("button", name="Withdraw and keep on record").click()
    page.locator("summary", has_text="Answer the checklist").click()
    page.get_by_role("group", name="Is there a risk?").get_by_label("No").check()
    page.get_by_role("button", name="Save the checklist").click()
    page.locator(".case-bar").get_by_role("link", name="Approve").click()
    page.locator("[name=approve-unscreened_reason]").fill("The lists are looked through by hand today.")
    page.get_by_role("button", name="Approve and tell the applicant").click()
    expect(page.locator("main")).to_contain_text("They are branches of one body.")
    assert Stakeholder.objects.get().name == application.name
    axe(page)


def test_the_desks_new_pages_fit_a_phone_in_arabic(phone_ar, enter, axe):
    for n in range(3):
        QuestionFactory(text=f"هل توجد وثيقة تسجيل رقم {n}؟")
    waiting, entry = sent_application(), StakeholderFactory()
    vetter = person_with(Role.VETTING)
    raise_flag(entry, actor=vetter, kind="red", text="Looks like a front.")
    trust_domain(actor=vetter, domain="a-rather-long-name-of-a-body.example.org", note="A partner.")
    application = asked_again(refused_application(name="Международная ассоциация по наблюдению"))
    enter(phone_ar, person_with(Role.HEAD, language="ar"))
    for url in (
        f"/ar/desk/vetting/{waiting.pk}/",
        f"/ar/desk/vetting/{application.pk}/",
        "/ar/desk/vetting/checklist/",
        "/ar/desk/vetting/statistics/",
        "/ar/desk/vetting/domains/",
        f"/ar/desk/vetting/stakeholders/{entry.pk}/flags/",
        "/ar/desk/",
    ):
        phone_ar.goto(url)
        axe(phone_ar)
    enter(phone_ar, application.applicant)
    phone_ar.goto(f"/ar/stakeholders/applications/{application.pk}/")
    axe(phone_ar)

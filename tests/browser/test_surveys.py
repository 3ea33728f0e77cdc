"""A participant answers on a phone, in Arabic and without script; the team reads and publishes."""

import pytest
from playwright.sync_api import expect

from coordination.surveys import actions_answers
from coordination.surveys.models import SurveyAnswer, SurveyWaiting
from tests.factories.surveys import filled, invited, survey_of, turn_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def phone_without_script(browser, browser_context_args):
    small = {"viewport": {"width": 360, "height": 740}, "locale": "ar", "java_script_enabled": False}
    context = browser.new_context(**{**browser_context_args, **small})
    page = context.new_page()
    yield page
    context.close()


@pytest.mark.behaviour("S-12", "S-14")
def test_a_survey_is_answered_on_a_phone_and_its_results_are_published(
    client, page, phone_ar, phone_without_script, look_at, enter, reference
):
    runner = turn_on()
    survey = survey_of(8)
    links = [url.replace("/en/", "/ar/", 1) for _person, url in invited(survey)]
    scale, *_others = survey.question_set.questions.all()

    phone_ar.goto(links[0])
    look_at(phone_ar, "survey-ar-360")
    phone_ar.locator("textarea").fill("وقت أطول للأسئلة")
    phone_ar.locator(".form-actions button").click()
    expect(phone_ar.locator(f"#id_q{scale.pk}_error")).to_be_visible()
    expect(phone_ar.locator("textarea")).to_have_value("وقت أطول للأسئلة")
    look_at(phone_ar, "survey-wrong-ar-360")
    phone_ar.locator(f"[name=q{scale.pk}][value='5']").check()
    phone_ar.locator(".form-actions button").click()
    phone_ar.wait_for_url("**/surveys/thanks/")
    look_at(phone_ar, "survey-thanks-ar-360")

    phone_without_script.goto(links[1])
    phone_without_script.locator(f"[name=q{scale.pk}][value='4']").check()
    phone_without_script.locator(".form-actions button").click()
    phone_without_script.wait_for_url("**/surveys/thanks/")
    assert SurveyWaiting.objects.count() == 2

    for url in links[2:]:
        client.post(url, filled(survey, 4, "More time"))
    actions_answers.close(survey)
    assert SurveyAnswer.objects.count() == 8
    enter(page, runner)
    page.goto("/en/desk/surveys/")
    look_at(page, "surveys-desk-1280")
    page.get_by_role("link", name=survey.event.title).first.click()
    look_at(page, "surveys-survey-1280")
    page.get_by_role("link", name="Set themes").click()
    page.locator("main input[type=text]").first.fill("Time")
    look_at(page, "surveys-themes-1280")
    page.get_by_role("button", name="Save themes").click()
    page.get_by_role("link", name="Write what you change").click()
    page.locator("[name=changes_en]").fill("Breaks are longer.")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("button", name="Publish results").click()
    page.get_by_role("link", name="Read the results").click()
    expect(page.locator("main")).to_contain_text("Breaks are longer.")
    look_at(page, "surveys-results-1280")
    phone_ar.goto(f"/ar/surveys/{survey.pk}/")
    expect(phone_ar.locator("main")).not_to_contain_text("More time")
    look_at(phone_ar, "surveys-results-ar-360")

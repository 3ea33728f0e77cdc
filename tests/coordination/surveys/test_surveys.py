"""Surveys: off until they are on, invited once, answered without signing in, results by question."""

import io
from datetime import timedelta
from html import unescape

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from coordination.demo import load_demo_surveys
from coordination.surveys import actions, actions_answers, actions_clock
from coordination.surveys.models import (
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyOptOut,
    SurveyQuestion,
    SurveyRule,
    SurveyTheme,
    SurveyWaiting,
    opening_after,
)
from core.errors import DomainError, WrongState
from events.events.models import Event
from notifications.outbox.models import Message
from tests.access.controls import Page
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.networks import NetworkFactory, member_in
from tests.factories.notifications import deliver_all
from tests.factories.surveys import (
    attended,
    filled,
    held_event,
    invited,
    links_of,
    question_set,
    survey_of,
    turn_on,
)
from tests.support import assert_no_growth, text_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


def words_of(response) -> str:
    return " ".join(unescape(strip_tags(text_of(response))).split())


@pytest.fixture
def runner(reference):
    return turn_on()


def closed_with(number: int, client, mark: int = 4, **fields) -> Survey:
    survey = survey_of(number, **fields)
    for _person, url in invited(survey):
        assert client.post(url, filled(survey, mark, "More time")).status_code == 302
    actions_answers.close(survey)
    survey.refresh_from_db()
    return survey


# --- Off and on, and the clock --------------------------------------------------------------------------
@pytest.mark.behaviour("S-11")
def test_nothing_leaves_until_the_team_turns_surveys_on(client, reference):
    rule = SurveyRule.objects.create(
        kind="training", question_set=question_set(), since=now() - timedelta(days=9)
    )
    event = held_event(6)
    # Of today: at any hour of the day nine o'clock of the day after is still to come.
    Event.objects.update(ends_at=now() - timedelta(hours=1))
    actions_clock.run_surveys()
    assert not Survey.objects.exists()

    runner = person_with(Role.EVENTS)
    sign_in(client, runner)
    page = words_of(client.get(reverse("surveydesk:home")))
    assert "No one holds the task" in page
    assert "Hours a month for each of a team of three 0.0" in page
    client.post(reverse("surveydesk:home"), {"hold": "1"})
    # Events that ended before are left alone.
    actions_clock.run_surveys()
    assert not Survey.objects.exists()
    turn_on()
    actions_clock.run_surveys()
    survey = Survey.objects.get()
    assert (survey.event, survey.question_set, survey.invited) == (event, rule.question_set, 0)
    Survey.objects.update(opens_at=now() - timedelta(minutes=1))
    for _twice in range(2):
        actions_clock.run_surveys()
    assert SurveyInvitation.objects.count() == Message.objects.filter(kind=actions_clock.INVITED).count() == 6
    client.post(reverse("surveydesk:home"), {"end": "1"})
    assert "No one holds the task" in words_of(client.get(reverse("surveydesk:home")))


def test_invitations_leave_the_day_after_the_event_by_its_clock(reference):
    midnight = EventFactory.build(zone="Asia/Tokyo")
    midnight.ends_at = midnight.ends_at.astimezone(midnight.clock).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    opens_at = opening_after(midnight)
    assert (opens_at.date(), opens_at.hour) == (midnight.ends_at.date(), 9)
    evening = EventFactory.build(zone="Asia/Tokyo")
    evening.ends_at = midnight.ends_at + timedelta(hours=18)
    assert opening_after(evening).date() == midnight.ends_at.date() + timedelta(days=1)


def test_an_event_of_few_people_is_followed_by_no_survey(runner):
    SurveyRule.objects.create(kind="training", question_set=question_set(), since=now() - timedelta(days=9))
    held_event(4)
    actions_clock.run_surveys()
    assert not Survey.objects.exists()


def test_who_came_is_invited_and_else_who_had_a_place(runner):
    survey = survey_of(5)
    rules = survey.event.registration_rules
    rules.registrations.update(attended_at=None)
    assert len(invited(survey)) == 5
    other = survey_of(5)
    absent = attended(other.event.registration_rules)
    absent.attended_at = None
    absent.save()
    assert absent.user not in [person for person, _url in invited(other)]


def test_a_network_and_everybody_in_waves(runner, client):
    network = NetworkFactory()
    people = {member_in(network).person for _number in range(3)}
    assert {person for person, _url in invited(survey_of(network=network))} == people
    alone = survey_of(event=None)
    sign_in(client, runner)
    actions_clock.run_surveys()
    assert not SurveyInvitation.objects.filter(survey=alone).exists()  # it is invited to by hand
    for _number in range(9):
        member_in(network)
    url = reverse("surveydesk:wave", args=[alone.pk])
    assert client.post(url, {"most": "3"}).status_code == 200
    client.post(url, {"most": "7"})
    client.post(url, {"most": "50"})
    waves = SurveyInvitation.objects.filter(survey=alone).order_by("wave").values_list("wave", flat=True)
    assert list(waves).count(1) == 7
    assert list(waves).count(2) == 5


@pytest.mark.behaviour("S-12")
def test_one_reminder_reaches_who_has_not_answered(client, runner):
    survey = survey_of(12)
    links = invited(survey)
    for _person, url in links[:6]:
        client.post(url, filled(survey))
    Survey.objects.update(opens_at=now() - timedelta(days=9), closes_at=now() + timedelta(days=1))
    for _twice in range(2):
        actions_clock.run_surveys()
    reminded = links_of(survey, actions_clock.REMINDED)
    assert {person for person, _url in reminded} == {person for person, _url in links[6:]}
    # Both links of a person open the page, and together they are used once.
    assert client.post(reminded[0][1], filled(survey)).status_code == 302
    assert "You have answered this survey" in words_of(client.get(links[6][1]))


def test_a_few_waiting_answers_do_not_show_in_who_is_reminded(client, runner):
    survey = survey_of(7)
    links = invited(survey)
    client.post(links[0][1], filled(survey))
    Survey.objects.update(opens_at=now() - timedelta(days=9), closes_at=now() + timedelta(days=1))
    actions_clock.run_surveys()
    assert len(links_of(survey, actions_clock.REMINDED)) == 7


# --- Answering ------------------------------------------------------------------------------------------
@pytest.mark.behaviour("S-12")
def test_it_is_answered_once_without_signing_in(client, runner):
    survey = survey_of(6)
    (_person, url), *_others = invited(survey)
    page = client.get(url)
    assert "Your answers are anonymous." in words_of(page)
    assert Page(page.content.decode()).forms[0].controls > 0
    assert len(page.context["form"].fields) <= 12
    # An error stands at its field, and what was typed is still there.
    data = filled(survey, text="Longer breaks")
    scale = next(iter(data))
    again = client.post(url, {**data, scale: ""})
    assert again.context["form"].errors[scale] == ["Choose an answer."]
    assert "Longer breaks" in again.content.decode()
    assert not SurveyWaiting.objects.exists()
    assert client.post(url, data)["Location"] == reverse("surveys:thanks")
    assert client.get(reverse("surveys:thanks")).status_code == 200
    second = client.post(url, data)
    assert "You have answered this survey already." in words_of(second)
    assert SurveyWaiting.objects.count() == 1


def test_only_a_digest_of_the_link_is_stored_and_a_wrong_link_says_nothing(client, runner):
    survey = survey_of(6)
    (_person, url), *_others = invited(survey)
    token = url.rstrip("/").rpartition("/")[2]
    assert token not in str(list(SurveyInvitation.objects.values()))
    assert client.get(url.replace(token, "x" * 43)).status_code == 410
    actions_answers.close(survey)
    assert client.get(url).status_code == 410
    assert client.post(url, filled(survey)).status_code == 410


def test_the_outbox_forgets_the_link_once_the_mail_has_left(client, runner):
    survey = survey_of(5)
    url = invited(survey)[0][1]
    bodies = [mail.body for mail in deliver_all()]
    assert len([body for body in bodies if "/surveys/answer/" in body]) == 5
    assert not Message.objects.exclude(url="").exists()
    assert client.get(url).status_code == 200


def test_a_question_falls_back_on_english(client, runner):
    survey = survey_of(6)
    (_person, url), *_others = invited(survey)
    page = client.get(url.replace("/en/", "/ar/")).content.decode()
    assert "كيف كان التدريب؟" in page
    assert "5 – ممتاز" in page
    assert "What should change?" in page


def test_the_mail_speaks_the_language_of_its_reader(runner):
    survey = survey_of(5)
    registration = attended(survey.event.registration_rules)
    registration.user.language = "ar"
    registration.user.save()
    urls = dict(invited(survey))
    assert urls[registration.user].startswith("/ar/surveys/answer/")


def test_a_person_stops_invitations_on_the_page(client, runner):
    survey = survey_of(6)
    (person, url), *_others = invited(survey)
    client.post(f"{url}stop/")
    assert SurveyOptOut.objects.get().user == person
    other = survey_of(event=survey.event, question_set=question_set("Another set"))
    assert person not in [who for who, _url in invited(other)]


def test_a_survey_with_names_says_who_reads_it_and_shows_them(client, runner):
    survey = survey_of(6, is_anonymous=False)
    links = invited(survey)
    assert "Your answers are not anonymous." in words_of(client.get(links[0][1]))
    for _person, url in links:
        client.post(url, filled(survey, text="More time"))
    assert "You have answered" in words_of(client.get(links[0][1]))
    actions_answers.close(survey)
    sign_in(client, runner)
    page = words_of(client.get(survey.get_absolute_url()))
    assert links[0][0].name in page
    client.logout()
    assert client.get(survey.get_absolute_url()).status_code == 404


# --- The team -------------------------------------------------------------------------------------------
@pytest.mark.behaviour("S-11")
def test_the_team_writes_a_set_plans_a_survey_and_adds_a_rule(client, runner):
    sign_in(client, runner)
    page = client.post(reverse("surveydesk:sets"), {"name": "After a webinar"}, follow=True)
    row = page.context["question_set"]
    url = reverse("surveydesk:new_question", args=[row.pk])
    wrong = client.post(
        url, {"kind": "choice", "text_en": "Which?", "options_en": "One", "text_fr": "Laquelle ?"}
    )
    assert wrong.context["form"].errors["options_en"]
    assert "Laquelle ?" in wrong.content.decode()
    data = {
        "kind": "scale",
        "text_en": "How was it?",
        "text_fr": "Comment était-ce ?",
        "options_en": "Bad\nGood",
    }
    assert client.post(url, data).status_code == 302
    question = row.questions.get()
    with translation.override("fr"):
        assert question.label == ("Comment était-ce ?", "fr")
        assert question.choices[0] == ("1", "1 – Bad")
    event = held_event(6)
    values = {
        "title": "",
        "question_set": row.pk,
        "event": event.pk,
        "opens": f"{localdate() + timedelta(days=9)}T09:00",
        "closes": f"{localdate()}T09:00",
        "zone": "Europe/Vienna",
    }
    plan = reverse("surveydesk:new")
    assert client.post(plan, values).context["form"].errors["closes"]
    page = client.post(plan, {**values, "closes": str(localdate() + timedelta(days=30))}, follow=True)
    assert not getattr(page.context.get("form"), "errors", None)
    assert event.title in words_of(page)
    assert (
        client.post(plan, {**values, "closes": str(localdate() + timedelta(days=30))})
        .context["form"]
        .errors["event"]
    )
    survey = Survey.objects.get()
    client.post(reverse("surveydesk:act", args=[survey.pk, "remove"]))
    assert not Survey.objects.exists()
    rule = {"event_kind": "webinar", "question_set": row.pk, "days": "14"}
    client.post(reverse("surveydesk:rule"), rule)
    assert "Webinar: “After a webinar”, open for 14 days" in words_of(client.get(reverse("surveydesk:home")))
    client.post(reverse("surveydesk:remove_rule", args=[SurveyRule.objects.get().pk]))
    assert not SurveyRule.objects.exists()


def test_questions_that_people_were_asked_change_in_translation_alone(runner, client):
    survey = survey_of(6)
    question = survey.question_set.questions.first()
    sign_in(client, runner)
    data = {"kind": "scale", "is_required": "on", "text_en": question.text, "options_en": question.options}
    url = reverse("surveydesk:question", args=[question.pk])
    assert client.post(url, {**data, "text_es": "¿Qué tal?"}).status_code == 302
    refused = client.post(url, {**data, "text_en": "Something else?"})
    assert "only translations change" in words_of(refused)
    client.post(reverse("surveydesk:remove_question", args=[question.pk]))
    assert SurveyQuestion.objects.filter(pk=question.pk).exists()
    copied = client.post(
        reverse("surveydesk:copy_set", args=[survey.question_set_id]), {"name": "A copy"}, follow=True
    )
    assert len(copied.context["questions"]) == 5


def test_a_set_fits_into_two_minutes(runner):
    row = question_set()
    values = {"kind": "matrix", "text": "Rate", "rows": "a\nb\nc\nd\ne", "options": "", "is_required": False}
    with pytest.raises(DomainError):
        actions.save_question(row, actor=runner, values=values)
    with pytest.raises(PermissionDenied):
        actions.save_question(row, actor=UserFactory(), values=values)


# --- Results --------------------------------------------------------------------------------------------
@pytest.mark.behaviour("S-14")
def test_results_by_question_themes_and_what_changes(client, runner):
    survey = closed_with(12, client)
    sign_in(client, runner)
    page = words_of(client.get(survey.get_absolute_url()))
    assert "12 of 12 people invited have answered." in page
    assert "Mean: 4.0" in page
    assert "More time" in page
    question = survey.question_set.questions.get(kind="text")
    keys = [str(row.pk) for row in survey.answers.all()]
    url = reverse("surveydesk:themes", args=[survey.pk, question.pk])
    client.post(url, dict.fromkeys(keys, "Breaks, Length"))
    client.post(
        reverse("surveydesk:changes", args=[survey.pk]),
        {"changes_en": "Breaks are longer.", "changes_fr": "Les pauses sont plus longues."},
    )
    client.post(reverse("surveydesk:act", args=[survey.pk, "publish"]))
    client.logout()
    page = words_of(client.get(survey.get_absolute_url()))
    assert "Breaks are longer." in page
    assert "Length" in page
    assert "More time" not in page
    assert "Breaks are longer." in words_of(client.get(reverse("surveys:list")))
    assert "Breaks are longer." in words_of(client.get(survey.event.get_absolute_url()))
    csv = b"".join(client.get(reverse("surveys:results_table", args=[survey.pk, "csv"]))).decode()
    assert "How was it?,,4,12" in csv
    assert "More time" not in csv
    book = b"".join(client.get(reverse("surveys:results_table", args=[survey.pk, "xlsx"])))
    assert openpyxl.load_workbook(io.BytesIO(book)).sheetnames[-1] == "About"
    paper = client.get(reverse("surveys:results_pdf", args=[survey.pk]))
    assert paper.content.startswith(b"%PDF")
    assert b"StructTreeRoot" in paper.content or b"/Marked" in paper.content


@pytest.mark.behaviour("S-14")
def test_a_closed_survey_is_work_until_the_team_says_what_it_changes(client, runner):
    few = closed_with(4, client)
    survey = closed_with(6, client)
    assert [item.subject for item in WorkItem.objects.open()] == [survey]
    assert few.is_closed
    sign_in(client, runner)
    page = client.get(f"{reverse('portal:desk')}?show=all")
    assert "Write what you change" in words_of(page)
    changes = reverse("surveydesk:changes", args=[survey.pk])
    assert changes in page.text
    actions_answers.close(survey)  # twice is once
    assert WorkItem.objects.count() == 1
    client.post(changes, {"changes_en": "Shorter sessions."})
    survey.refresh_from_db()
    assert survey.changes == "Shorter sessions."
    assert not WorkItem.objects.open().exists()
    assert changes not in client.get(f"{reverse('portal:desk')}?show=all").text
    client.post(changes, {"changes_en": ""})
    assert [item.subject for item in WorkItem.objects.open()] == [survey]


def test_results_compare_with_earlier_surveys_of_the_same_set(client, runner):
    row = question_set()
    old = closed_with(6, client, mark=2, question_set=row)
    Survey.objects.filter(pk=old.pk).update(opens_at=now() - timedelta(days=300))
    survey = closed_with(6, client, mark=5, question_set=row)
    sign_in(client, runner)
    page = words_of(client.get(survey.get_absolute_url()))
    assert f"{old.event.title}: 2.0" in page


@pytest.mark.behaviour("S-14")
def test_fewer_than_five_answers_are_never_shown(client, runner):
    survey = survey_of(12)
    for _person, url in invited(survey)[:4]:
        client.post(url, filled(survey))
    sign_in(client, runner)
    assert "fewer than five" in words_of(client.get(survey.desk_url))
    actions.close_survey(survey, actor=runner)
    assert not SurveyAnswer.objects.exists()
    assert "Fewer than five people have answered" in words_of(client.get(survey.get_absolute_url()))
    with pytest.raises(WrongState):
        actions.publish(survey, actor=runner, is_public=True)


def test_before_the_closing_there_are_no_results(client, runner):
    survey = survey_of(12)
    for _person, url in invited(survey):
        client.post(url, filled(survey))
    sign_in(client, runner)
    assert client.get(survey.get_absolute_url()).status_code == 404
    assert "Have answered 12" in words_of(client.get(survey.desk_url))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_demonstration_has_results_that_everybody_reads(client, reference, language):
    people = {"events": person_with(Role.EVENTS)}
    for _twice in range(2):
        load_demo_surveys(people)
    survey = Survey.objects.get()
    page = client.get(f"/{language}/surveys/{survey.pk}/")
    assert "18" in words_of(page)
    assert client.get(f"/{language}/surveys/{survey.pk}/results.pdf").content.startswith(b"%PDF")
    assert not SurveyInvitation.objects.exists()


def test_results_about_a_network_that_is_hidden_are_hidden_with_it(client, runner):
    network = NetworkFactory(name="Coast network")
    for _number in range(6):
        member_in(network)
    survey = closed_with(6, client, network=network)
    actions.publish(survey, actor=runner, is_public=True)
    assert client.get(survey.get_absolute_url()).status_code == 200
    assert survey.title in words_of(client.get(reverse("surveys:list")))
    network.status = "hidden"
    network.save()
    assert client.get(survey.get_absolute_url()).status_code == 404
    assert survey.title not in words_of(client.get(reverse("surveys:list")))


def test_a_cancelled_event_is_followed_by_no_survey(runner):
    SurveyRule.objects.create(kind="training", question_set=question_set(), since=now() - timedelta(days=9))
    held_event(6, status="cancelled")
    actions_clock.run_surveys()
    assert not Survey.objects.exists()


def test_the_page_asks_the_database_as_often_for_many_answers(client, runner):
    survey = closed_with(6, client)
    question = survey.question_set.questions.get(kind="text")
    sign_in(client, runner)

    def add():
        answer = SurveyAnswer.objects.create(survey=survey, values={str(question.pk): "Again"})
        theme = SurveyTheme.objects.create(survey=survey, question=question, name=f"Theme {answer.pk}")
        theme.answers.add(answer)

    assert_no_growth(lambda: client.get(survey.get_absolute_url()), add)

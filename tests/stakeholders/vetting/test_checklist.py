"""The checklist: answered on the desk's page, explaining the outcome, its questions kept by the head."""

import re

import pytest
from django.core.exceptions import PermissionDenied

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from stakeholders.entries.models import Stakeholder
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import GivenAnswer, answer_checklist, save_question
from stakeholders.vetting.models import ChecklistAnswer, ChecklistQuestion
from stakeholders.vetting.queries import checklist_of
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import QuestionFactory, refused_application, sent_application
from tests.stakeholders.pages import desk_page
from tests.support import refused_and_each, text_of

pytestmark = pytest.mark.django_db
QUESTIONS = "/en/desk/vetting/checklist/"


def checklist_fields(stamp="", **answers):
    """What the form posts: q12=("yes", "comment") answers question 12."""
    data = {"checklist-stamp": stamp}
    for name, (answer, comment) in answers.items():
        data |= {f"checklist-answer_{name[1:]}": answer, f"checklist-comment_{name[1:]}": comment}
    return data


@pytest.fixture
def paper():
    return QuestionFactory(text="Is there a paper?", order=1)


@pytest.fixture
def risk():
    return QuestionFactory(text="Is there a risk?", order=2, blocking_answer="yes")


@pytest.mark.behaviour("D-06")
def test_an_approval_waits_for_every_question(as_vetter, application, paper, risk):
    assert "2 questions are still to be answered" in text_of(as_vetter.get(desk_page(application)))
    text = text_of(
        as_vetter.post(desk_page(application, "approve"), {"approve-note": "Kept while it waits."})
    )
    assert (
        "The checklist is not complete. Still to be answered: “Is there a paper?” “Is there a risk?”" in text
    )
    assert "Kept while it waits." in text
    assert Stakeholder.objects.count() == 0
    application.refresh_from_db()
    assert application.status == "submitted"


@pytest.mark.behaviour("D-06")
def test_an_answer_that_blocks_is_named_until_it_is_changed(as_vetter, vetter, application, paper, risk):
    answers = {f"q{paper.pk}": ("yes", "Certificate of 2019."), f"q{risk.pk}": ("yes", "Press reports.")}
    response = as_vetter.post(desk_page(application, "checklist"), checklist_fields(**answers))
    assert response["Location"] == desk_page(application)
    text = text_of(as_vetter.get(desk_page(application)))
    assert "The checklist blocks the approval: “Is there a risk?” is answered “Yes”." in text
    assert "Certificate of 2019." in text
    refused = text_of(
        as_vetter.post(
            desk_page(application, "approve"),
            {"approve-note": "", "approve-unscreened_reason": "No list here."},
        )
    )
    assert "“Is there a risk?” is answered “Yes”." in refused
    assert Stakeholder.objects.count() == 0
    stamp = checklist_of(application).stamp
    as_vetter.post(
        desk_page(application, "checklist"),
        checklist_fields(stamp, **{f"q{risk.pk}": ("no", "Withdrawn reports.")}),
    )
    assert "Every question is answered, and no answer blocks" in text_of(
        as_vetter.get(desk_page(application))
    )
    as_vetter.post(
        desk_page(application, "approve"), {"approve-note": "", "approve-unscreened_reason": "No list here."}
    )
    assert Stakeholder.objects.count() == 1
    stored_answers = ChecklistAnswer.objects.order_by("question__order").values_list(
        "answer", "comment", "by"
    )
    assert list(stored_answers) == [
        ("yes", "Certificate of 2019.", vetter.pk),
        ("no", "Withdrawn reports.", vetter.pk),
    ]


@pytest.mark.behaviour("D-06")
def test_a_decided_application_still_shows_what_was_answered(as_vetter, vetter, application, risk):
    answer_checklist(application, actor=vetter, answers={risk.pk: GivenAnswer("yes", "See the press.")})
    vetting_actions.refuse(application, actor=vetter, reason="principles", note="No.")
    text = text_of(as_vetter.get(desk_page(application)))
    part = text.split('id="checklist"', 1)[1].split("</section>")[0]
    assert "Is there a risk?" in part
    assert "See the press." in part
    assert "blocks an approval" in part
    assert "<form" not in part


def test_a_comment_without_an_answer_is_sent_back_with_what_was_typed(as_vetter, application, paper, risk):
    typed = {f"q{paper.pk}": ("", "Only a comment."), f"q{risk.pk}": ("no", "")}
    response = as_vetter.post(desk_page(application, "checklist"), checklist_fields(**typed))
    text = text_of(response)
    assert "Answer yes or no." in text
    assert "Only a comment." in text
    assert ChecklistAnswer.objects.count() == 0


def test_nothing_answered_is_told(as_vetter, application, paper):
    assert "Answer at least one question." in text_of(
        as_vetter.post(desk_page(application, "checklist"), checklist_fields())
    )


def test_a_colleagues_answers_are_not_overwritten_unseen(as_vetter, application, paper, risk):
    answer_checklist(
        application, actor=person_with(Role.VETTING), answers={paper.pk: GivenAnswer("no", "It is forged.")}
    )
    response = as_vetter.post(
        desk_page(application, "checklist"), checklist_fields(**{f"q{paper.pk}": ("yes", "Looks fine.")})
    )
    text = text_of(response)
    assert "Another person has completed the" in text
    assert "Looks fine." in text
    assert ChecklistAnswer.objects.get().comment == "It is forged."
    stamp = re.search(r'name="checklist-stamp" value="([^"]+)"', text)[1]
    again = as_vetter.post(
        desk_page(application, "checklist"),
        checklist_fields(stamp, **{f"q{paper.pk}": ("yes", "Looks fine.")}),
    )
    assert again.status_code == 302
    assert ChecklistAnswer.objects.get().comment == "Looks fine."


def test_an_answer_to_other_words_does_not_count(vetter, application, paper):
    answer_checklist(application, actor=vetter, answers={paper.pk: GivenAnswer("yes")})
    paper.text = "Is there a paper of this year?"
    save_question(paper, actor=person_with(Role.HEAD))
    checklist = checklist_of(application)
    assert checklist.unanswered == [paper]
    assert [answer.asked for answer in checklist.earlier] == ["Is there a paper?"]
    with pytest.raises(DomainError, match="Is there a paper of this year"):
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")


def test_questions_out_of_use_and_without_a_blocking_answer_do_not_block(vetter, application):
    QuestionFactory(active=False)
    remark = QuestionFactory(blocking_answer="")
    answer_checklist(application, actor=vetter, answers={remark.pk: GivenAnswer("no")})
    assert (
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.").name
        == "Coastal Watch"
    )


def test_only_what_differs_is_kept_and_recorded(vetter, application, paper, risk):
    answers = {paper.pk: GivenAnswer("yes"), risk.pk: GivenAnswer("no")}
    assert answer_checklist(application, actor=vetter, answers=answers) == 2
    other = person_with(Role.VETTING)
    assert (
        answer_checklist(application, actor=other, answers={**answers, risk.pk: GivenAnswer("no", "Why")})
        == 1
    )
    assert answer_checklist(application, actor=other, answers={paper.pk: GivenAnswer("yes")}) == 0
    assert ChecklistAnswer.objects.get(question=paper).by == vetter
    counts = Entry.objects.filter(action="stakeholders.checklist_answered").values_list("data", flat=True)
    assert [data["count"] for data in counts.order_by("pk")] == [2, 1]


def test_a_decided_application_is_not_judged_any_more(vetter, paper):
    application = refused_application()
    with pytest.raises(WrongState):
        answer_checklist(application, actor=vetter, answers={paper.pk: GivenAnswer("yes")})


def test_nobody_judges_their_own_application_or_reads_what_colleagues_found(client, paper):
    person = person_with(Role.VETTING)
    application = sent_application(person)
    answer_checklist(
        application, actor=person_with(Role.HEAD), answers={paper.pk: GivenAnswer("no", "Forged, it seems.")}
    )
    sign_in(client, person)
    with pytest.raises(DomainError):
        answer_checklist(application, actor=person, answers={paper.pk: GivenAnswer("yes")})
    for url in (desk_page(application), f"/en/stakeholders/applications/{application.pk}/"):
        text = text_of(client.get(url))
        assert "Forged" not in text, url
        assert "Is there a paper?" not in text, url
        assert "checklist" not in text.lower(), url
    assert list(ChecklistAnswer.objects.visible_to(person)) == []


def test_others_can_neither_answer_nor_see(application, paper):
    answer_checklist(application, actor=person_with(Role.HEAD), answers={paper.pk: GivenAnswer("yes")})
    for who in ("applicant", "stranger", "curation", "administrator", "regional", "state"):
        person = {"applicant": application.applicant, "stranger": UserFactory()}.get(who) or person_with(who)
        with pytest.raises(PermissionDenied):
            answer_checklist(application, actor=person, answers={paper.pk: GivenAnswer("no")})
        assert list(ChecklistAnswer.objects.visible_to(person)) == [], who


# --- The questions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "people", refused_and_each(("visitor", "stranger", *Role.values), {"head", "administrator"})
)
def test_the_head_and_administrators_keep_the_questions(client, paper, people, subtests):
    for who in people:
        with subtests.test(who=who):
            if who == "stranger":
                sign_in(client, UserFactory())
            elif who != "visitor":
                sign_in(client, person_with(who))
            status = 302 if who == "visitor" else 200 if who in {"head", "administrator"} else 404
            assert client.get(QUESTIONS).status_code == status
            assert client.post(QUESTIONS, forms_of(paper, text="Taken over?")).status_code == (
                302 if status == 200 else status
            )
            paper.refresh_from_db()
            assert paper.text == ("Taken over?" if status == 200 else "Is there a paper?")


def forms_of(question, *, code="", new="", **changed):
    data = {
        "questions-TOTAL_FORMS": 2,
        "questions-INITIAL_FORMS": 1,
        "questions-0-id": question.pk,
        "questions-0-text": question.text,
        "questions-0-blocking_answer": question.blocking_answer,
        "questions-0-order": question.order,
        "questions-0-active": "on",
        "questions-1-code": code,
        "questions-1-text": new,
        "questions-1-blocking_answer": "",
        "questions-1-order": 0,
        "questions-1-active": "on",
    }
    return data | {f"questions-0-{name}": value for name, value in changed.items()}


@pytest.mark.behaviour("D-06")
def test_a_new_question_is_asked_of_open_applications_at_once(client, vetter, application, paper):
    answer_checklist(application, actor=vetter, answers={paper.pk: GivenAnswer("yes")})
    sign_in(client, person_with(Role.HEAD))
    client.post(QUESTIONS, forms_of(paper, code="funding", new="Is its funding known?"))
    entry = Entry.objects.get(action="stakeholders.checklist_question_added")
    assert (entry.data["code"], entry.data["after"]["text"]) == ("funding", "Is its funding known?")
    assert not Entry.objects.filter(action="stakeholders.checklist_question_changed").exists()
    with pytest.raises(DomainError, match="Is its funding known"):
        vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")


def test_a_question_without_words_or_with_a_code_that_is_taken_is_sent_back(client, paper):
    sign_in(client, person_with(Role.HEAD))
    assert "This field is required." in text_of(client.post(QUESTIONS, forms_of(paper, text="")))
    response = client.post(QUESTIONS, forms_of(paper, code=paper.code, new="Again?"))
    assert response.status_code == 200
    assert ChecklistQuestion.objects.count() == 1


def test_nothing_changed_writes_nothing(client, paper):
    sign_in(client, person_with(Role.HEAD))
    assert "Nothing was changed." in text_of(client.post(QUESTIONS, forms_of(paper), follow=True))
    assert not Entry.objects.filter(action__startswith="stakeholders.checklist_question").exists()

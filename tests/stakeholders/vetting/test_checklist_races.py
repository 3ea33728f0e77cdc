"""Two at one moment over a reconsideration, a flag or the checklist, with real threads."""

import pytest

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import GivenAnswer, answer_checklist, raise_flag, withdraw_flag
from stakeholders.vetting.actions_reconsiderations import ask_for_reconsideration, decide_reconsideration
from stakeholders.vetting.models import ChecklistAnswer, Flag, Reconsideration
from tests.factories.accounts import person_with
from tests.factories.stakeholders import QuestionFactory, asked_again, refused_application, sent_application
from tests.support import together
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(outcomes):
    return [type(raised) for raised in outcomes if raised is not None]


@pytest.fixture
def desk():
    return person_with(Role.VETTING), person_with(Role.VETTING)


def test_a_double_click_asks_for_one_reconsideration():
    application = refused_application()
    outcomes = together(
        *(
            lambda n=n: ask_for_reconsideration(application, actor=application.applicant, reason=f"Why {n}")
            for n in range(2)
        )
    )
    assert kinds(outcomes) == [WrongState]
    assert Reconsideration.objects.count() == 1
    assert WorkItem.objects.about(application).open().count() == 1


def test_of_two_who_decide_on_it_exactly_one_wins(desk):
    application = asked_again()
    outcomes = together(
        lambda: decide_reconsideration(application, actor=desk[0], outcome="stands", note="No."),
        lambda: decide_reconsideration(application, actor=desk[1], outcome="reopened", note="Yes."),
    )
    assert kinds(outcomes) == [WrongState]
    request = Reconsideration.objects.get()
    application.refresh_from_db()
    reopened = request.outcome == "reopened"
    assert application.status == ("in_review" if reopened else "refused")
    assert Decision.objects.filter(move="reopen").count() == int(reopened)


def test_of_two_who_withdraw_a_flag_one_is_kept(desk):
    flag = raise_flag(sent_application(), actor=desk[0], kind="red", text="Look.")
    outcomes = together(
        *(lambda who=who: withdraw_flag(flag, actor=who, reason=f"Said {who.pk}") for who in desk)
    )
    assert kinds(outcomes) == [WrongState]
    flag.refresh_from_db()
    assert flag.withdrawal_reason == f"Said {flag.withdrawn_by_id}"


def test_a_red_flag_comes_before_the_approval_and_blocks_or_after_it(desk):
    application = sent_application()
    outcomes = together(
        lambda: vetting_actions.approve(application, actor=desk[0], unscreened_reason="No list here."),
        lambda: raise_flag(application, actor=desk[1], kind="red", text="Look."),
    )
    application.refresh_from_db()
    assert kinds(outcomes) == ([] if application.status == "approved" else [DomainError])
    assert Flag.objects.filter(kind="red").count() == 1


def test_of_two_first_answers_from_the_same_page_one_is_asked_to_look_again(desk):
    application, question = sent_application(), QuestionFactory()
    outcomes = together(
        lambda: answer_checklist(
            application, actor=desk[0], answers={question.pk: GivenAnswer("yes")}, stamp=""
        ),
        lambda: answer_checklist(
            application, actor=desk[1], answers={question.pk: GivenAnswer("no")}, stamp=""
        ),
    )
    assert kinds(outcomes) == [DomainError]
    assert ChecklistAnswer.objects.count() == 1

"""Two people at one moment, with real threads and connections."""

import pytest

from accounts.people.enums import Role
from core.errors import WrongState
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.models import Application
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import full_draft, sent_application
from tests.support import together
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk():
    return person_with(Role.VETTING), person_with(Role.VETTING)


def test_of_two_approvers_exactly_one_wins(desk):
    application = sent_application()
    outcomes = together(
        *(
            lambda who=who: vetting_actions.approve(application, actor=who, unscreened_reason="No list here.")
            for who in desk
        )
    )
    lost = [raised for raised in outcomes if raised is not None]
    assert [type(raised) for raised in lost] == [WrongState]
    assert str(lost[0]) == "This application has already been approved."
    assert Stakeholder.objects.count() == 1
    assert Membership.objects.count() == 1
    assert Decision.objects.filter(move="approve").count() == 1
    assert DirectoryVersion.objects.current() == 1


def test_an_approval_and_a_withdrawal_at_once_leave_one_of_them(desk):
    application = sent_application()
    outcomes = together(
        lambda: vetting_actions.approve(application, actor=desk[0], unscreened_reason="No list here."),
        lambda: submission_actions.withdraw(application, actor=application.applicant),
    )
    application.refresh_from_db()
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    assert Stakeholder.objects.count() == (1 if application.status == "approved" else 0)


def test_a_double_click_on_send_sends_once():
    draft = full_draft()
    outcomes = together(
        *(lambda: submission_actions.submit(draft, actor=draft.applicant) for _click in range(2))
    )
    assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
    assert Decision.objects.filter(move="submit").count() == 1


def test_two_windows_that_begin_at_once_share_one_draft():
    person = UserFactory()
    outcomes = together(
        *(lambda: applications_actions.begin(actor=person, kind="ngo") for _window in range(2))
    )
    assert outcomes == [None, None]
    assert Application.objects.filter(applicant=person).count() == 1

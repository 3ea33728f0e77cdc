"""Two at one moment over an appointment or a view, with real threads."""

from datetime import timedelta

import pytest

from accounts.people.enums import Role
from accounts.people.models import User
from core.errors import WrongState
from notifications.outbox.models import Message
from stakeholders.appointments.actions import change_appointment, end_appointment, end_terms
from stakeholders.appointments.models import Appointment, today
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.models import Recommendation
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.regional import appointed
from tests.factories.stakeholders import sent_application
from tests.support import together
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db(transaction=True)
OPINION = {"view": "support", "reason": "known", "text": "Known for years."}


def kinds(outcomes):
    return [type(raised) for raised in outcomes if raised is not None]


@pytest.fixture
def heads():
    return person_with(Role.HEAD), person_with(Role.HEAD)


def change(appointment, actor, region):
    return change_appointment(
        appointment,
        actor=actor,
        version=0,
        regions=[region],
        countries=[],
        starts_on=appointment.starts_on,
        ends_on=appointment.ends_on,
        note="",
    )


def test_of_two_edits_at_once_one_is_kept(heads):
    appointment = appointed(by=heads[0], regions=["002"])
    outcomes = together(
        lambda: change(appointment, heads[0], "019"), lambda: change(appointment, heads[1], "150")
    )
    assert kinds(outcomes) == [WrongState]
    regions = set(Appointment.objects.get().regions.values_list("pk", flat=True))
    role = {grant.scope_code for grant in User.objects.get(pk=appointment.user_id).live_grants}
    assert regions == role
    assert len(regions) == 1


def test_of_an_edit_and_an_end_at_once_one_is_kept(heads):
    appointment = appointed(by=heads[0], regions=["002"])
    outcomes = together(
        lambda: change(appointment, heads[0], "019"),
        lambda: end_appointment(appointment, actor=heads[1], version=0, reason="resigned"),
    )
    assert kinds(outcomes) == [WrongState]
    over = Appointment.objects.get().is_over
    assert bool(User.objects.get(pk=appointment.user_id).live_grants) is not over


def test_two_clocks_end_a_term_once(heads):
    appointment = appointed(by=heads[0], regions=["002"])
    yesterday = today() - timedelta(days=1)
    Appointment.objects.filter(pk=appointment.pk).update(starts_on=yesterday, ends_on=yesterday)
    assert together(end_terms, end_terms) == [None, None]
    assert Message.objects.filter(kind="stakeholders.appointment_ended").count() == 1


def test_a_view_given_twice_at_once_is_one_and_mailed_once():
    person_with(Role.VETTING)
    term = appointed(UserFactory(), regions=["002"])
    application = sent_application()
    outcomes = together(
        *(
            lambda: recommend(application, actor=User.objects.get(pk=term.user_id), **OPINION)
            for _n in range(2)
        )
    )
    assert outcomes == [None, None]
    assert Recommendation.objects.count() == 1
    assert Message.objects.filter(kind="stakeholders.recommendation_received").count() == 1


def test_a_view_and_a_decision_at_once_leave_no_open_work():
    vetter = person_with(Role.VETTING)
    term = appointed(UserFactory(), regions=["002"])
    application = sent_application()
    outcomes = together(
        lambda: recommend(application, actor=User.objects.get(pk=term.user_id), **OPINION),
        lambda: vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here."),
    )
    assert kinds(outcomes) in ([], [WrongState])
    application.refresh_from_db()
    assert application.status == "approved"
    assert not WorkItem.objects.about(application).open().exists()

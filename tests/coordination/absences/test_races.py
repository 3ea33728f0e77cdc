"""Two at one moment over an absence or a hand-over, with real threads; and one that is broken off."""

from datetime import timedelta

import pytest

from accounts.people.enums import Role
from accounts.people.models import User
from coordination.absences import actions as absences_actions
from coordination.absences.models import Absence, Passed
from coordination.hand_overs import actions as hand_overs_actions
from coordination.hand_overs.models import HandOver
from core.errors import WrongState
from notifications.outbox.models import Message
from stakeholders.appointments.models import Appointment, today
from tests.factories.accounts import UserFactory, person_with
from tests.factories.regional import appointed
from tests.factories.stakeholders import sent_application
from tests.support import together
from workflow.items.actions import claim
from workflow.items.models import WorkItem


def kinds(outcomes):
    return [type(raised) for raised in outcomes if raised is not None]


def fresh(user) -> User:
    return User.objects.get(pk=user.pk)


@pytest.mark.django_db(transaction=True)
def test_an_absence_begins_while_work_is_taken_and_two_end_it_at_once():
    head = person_with(Role.HEAD)
    term = appointed(UserFactory(), by=head, regions=["002"])
    dina, rosa = UserFactory(), fresh(term.user)
    absences_actions.name_deputy(term, dina, actor=head)
    absence = absences_actions.say_absent(
        term,
        actor=rosa,
        deputy=dina,
        starts_on=today() + timedelta(days=1),
        ends_on=today() + timedelta(days=3),
    )
    items = [WorkItem.objects.about(sent_application(name=f"Watch {n}")).get() for n in range(3)]
    claim(items[0], rosa)
    Absence.objects.update(starts_on=today())
    outcomes = together(
        absences_actions.care_for_absences,
        absences_actions.care_for_absences,
        *(lambda item=item: claim(item, fresh(rosa)) for item in items[1:]),
    )
    assert kinds(outcomes) == []
    held = {item.pk: WorkItem.objects.get(pk=item.pk).holder for item in items}
    passed = set(Passed.objects.values_list("item", flat=True))
    assert held[items[0].pk] == dina
    assert held == {pk: dina if pk in passed else rosa for pk in held}  # never between the two
    assert Message.objects.filter(kind="coordination.standing_in_begins").count() == 1

    outcomes = together(
        lambda: absences_actions.call_back(absence, actor=fresh(rosa)),
        lambda: absences_actions.call_back(absence, actor=fresh(head)),
    )
    assert kinds(outcomes) == [WrongState]
    assert set(WorkItem.objects.values_list("holder", flat=True)) == {rosa.pk}
    assert Message.objects.filter(kind="coordination.back").count() == 1
    assert fresh(dina).live_grants == []


@pytest.mark.django_db(transaction=True)
def test_of_two_hand_overs_and_of_two_clocks_one_wins():
    heads = person_with(Role.HEAD), person_with(Role.HEAD)
    term = appointed(UserFactory(), by=heads[0], regions=["002"])
    sofia, tariq = UserFactory(), UserFactory()
    hand_over = hand_overs_actions.prepare(
        term, actor=heads[0], successor=sofia, ends_on=today() + timedelta(days=9)
    )
    outcomes = together(
        *(
            lambda by=by: hand_overs_actions.confirm(hand_over, actor=fresh(by), version=hand_over.version)
            for by in heads
        )
    )
    assert kinds(outcomes) == [WrongState]
    begins = Appointment.objects.get(user=sofia)

    day = today() + timedelta(days=2)
    hand_over = hand_overs_actions.prepare(
        begins, actor=heads[0], successor=tariq, starts_on=day, ends_on=day
    )
    set_one = hand_overs_actions.confirm(hand_over, actor=heads[0], version=hand_over.version)
    HandOver.objects.filter(pk=hand_over.pk).update(starts_on=today())
    outcomes = together(
        hand_overs_actions.take_effect,
        hand_overs_actions.take_effect,
        lambda: hand_overs_actions.call_off(set_one, actor=fresh(heads[1])),
    )
    hand_over.refresh_from_db()
    assert kinds(outcomes) == ([WrongState] if hand_over.done_at else [])
    assert Appointment.objects.filter(user=tariq).count() == (1 if hand_over.done_at else 0)
    assert bool(fresh(sofia).live_grants) is (hand_over.done_at is None)


@pytest.mark.django_db
def test_a_hand_over_that_breaks_off_in_the_middle_leaves_nothing_half_done(monkeypatch):
    head, sofia = person_with(Role.HEAD), UserFactory()
    term = appointed(UserFactory(), by=head, regions=["002"])
    item = WorkItem.objects.about(sent_application()).get()
    claim(item, fresh(term.user))
    hand_over = hand_overs_actions.prepare(term, actor=head, successor=sofia, ends_on=today())

    def broken(*args, **kwargs):
        raise RuntimeError("the worker is gone")

    with monkeypatch.context() as broken_off:
        broken_off.setattr(hand_overs_actions, "notify", broken)  # the last of its steps
        with pytest.raises(RuntimeError):
            hand_overs_actions.confirm(hand_over, actor=head, version=hand_over.version)
    item.refresh_from_db()
    term.refresh_from_db()
    assert (item.holder, term.is_over, fresh(sofia).live_grants) == (term.user, False, [])
    assert not Message.objects.filter(user=sofia).exists()
    assert hand_overs_actions.confirm(hand_over, actor=head, version=hand_over.version).done_at

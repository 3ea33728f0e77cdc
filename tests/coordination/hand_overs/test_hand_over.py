"""A term passes to somebody else, at once or on a later day."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from audit.models import Entry
from coordination.focal_points import actions as focal_points_actions
from coordination.hand_overs import actions as hand_overs_actions
from coordination.hand_overs.models import HandOver
from core.errors import WrongState
from stakeholders.appointments.actions import end_appointment
from stakeholders.appointments.models import Appointment, today
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.queries import focal_points_for
from tests.coordination.focal_points import HOME, VIEW_ANSWERS, away, fresh, people_informed
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application
from tests.support import text_of
from workflow.items.actions import claim
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


def test_a_hand_over_in_the_middle_of_the_work(client, term, dina, head):
    """The wizard, while an application waits, an absence runs, and a message is open."""
    sofia = UserFactory(name="Sofia", email="sofia@networks.example")
    application = sent_application(name="Coastal Watch")
    item = WorkItem.objects.about(application).get()
    claim(item, fresh(term.user))
    away(term, dina)
    hand_overs_actions.keep_notes(term, "Ring the harbour office first.", actor=fresh(term.user))
    focal_points_actions.be_named(fresh(term.user), agrees=True)
    enquiry = focal_points_actions.write(
        term, actor=UserFactory(), subject="Where?", text="Where do we meet?"
    )
    takes, silent, elsewhere = (
        member_of(StakeholderFactory(name=name, **fields), name=name)
        for name, fields in (
            ("Takes", {}),
            ("Silent", {"contact_from": "nobody"}),
            ("Elsewhere", {"country_id": "PER"}),
        )
    )
    sign_in(client, head)
    url = f"/en/desk/coordination/appointments/{term.pk}/hand-over/"
    assert "Give the address" in text_of(client.post(url, {"email": "", "ends_on": ""}))
    wrong = client.post(url, {"email": term.user.email, "ends_on": today().isoformat()})
    assert "has the appointment already" in text_of(wrong)
    last = today() + timedelta(days=200)
    client.post(url, {"email": sofia.email, "ends_on": last.isoformat()})
    shown = text_of(client.post(f"{url}what/", {"note": "Good luck.", "introduces": "on"}, follow=True))
    assert "Hand over now" in shown
    assert "to the administrators of 1 stakeholder" in shown
    assert not Appointment.objects.filter(user=sofia).exists()
    assert "changed this in the meantime" in text_of(client.post(f"{url}check/", {"version": 0}, follow=True))
    version = HandOver.objects.get().version
    shown = text_of(client.post(f"{url}check/", {"version": version}, follow=True))
    assert "Sofia follows Rosa" in shown

    begins = Appointment.objects.get(user=sofia)
    assert (begins.ends_on, {deputy.user for deputy in begins.deputies.all()}) == (last, {dina})
    item.refresh_from_db()
    assert (item.holder, item.waits_for, item.closed_at) == (sofia, Role.REGIONAL, None)
    assert (fresh(term.user).live_grants, fresh(dina).live_grants) == ([], [])
    assert list(focal_points_for(application)) == [sofia]
    with pytest.raises(PermissionDenied):
        recommend(application, actor=fresh(term.user), **VIEW_ANSWERS)
    for _run in range(2):
        hand_overs_actions.introduce(HandOver.objects.get().pk)
    assert people_informed("introduced") == [takes.name]
    assert {silent.name, elsewhere.name}.isdisjoint(people_informed("introduced"))
    with pytest.raises(WrongState):
        hand_overs_actions.confirm(HandOver.objects.get(), actor=head, version=version)
    assert Entry.objects.filter(action="coordination.handed_over").count() == 1

    sign_in(client, sofia)
    notes = text_of(client.get(f"{HOME}taken-over/{HandOver.objects.get().pk}/"))
    assert "Ring the harbour office first." in notes
    assert "Good luck." in notes
    assert client.post(enquiry.get_absolute_url(), {"text": "At the harbour."}).status_code == 302
    sign_in(client, term.user)
    assert client.get(enquiry.get_absolute_url()).status_code == 404
    assert client.get(f"{HOME}taken-over/{HandOver.objects.get().pk}/").status_code == 404


def test_a_hand_over_for_a_later_day_is_changed_called_off_and_done_by_the_clock(client, term, head):
    sofia, tariq = (UserFactory(name=name, email=f"{name}@networks.example") for name in ("Sofia", "Tariq"))
    item = WorkItem.objects.about(sent_application()).get()
    claim(item, fresh(term.user))
    sign_in(client, head)
    url = f"/en/desk/coordination/appointments/{term.pk}/hand-over/"
    answers = {"email": sofia.email, "ends_on": today() + timedelta(days=300)}

    def on(days):
        return {**answers, "starts_on": today() + timedelta(days=days)}

    def check(**posted):
        version = HandOver.objects.get().version
        return text_of(client.post(f"{url}check/", {"version": version, **posted}, follow=True))

    assert "cannot be in the past" in text_of(client.post(f"{url}who/", on(-1)))
    assert "appointment ends before this day" in text_of(client.post(f"{url}who/", on(366)))
    assert "cannot be before the first" in text_of(client.post(f"{url}who/", on(301)))
    client.post(f"{url}who/", on(10))
    shown = text_of(client.get(url))
    assert "Schedule for this day" in shown
    assert "Hand over now" not in shown
    assert "The hand-over is scheduled. Both" in check()
    assert not Appointment.objects.filter(user=sofia).exists()
    assert "Call it off" in text_of(client.get(url))
    client.post(f"{url}who/", {**on(5), "email": tariq.email})  # changed, and set still
    assert HandOver.objects.get().is_set
    assert "The hand-over is cancelled" in check(act="off")
    with pytest.raises(WrongState):
        hand_overs_actions.call_off(HandOver.objects.get(), actor=head)
    with time_machine.travel(now() + timedelta(days=6)):
        assert hand_overs_actions.take_effect() == 0
    check()
    assert [hand_overs_actions.take_effect() for _run in range(2)] == [0, 0]
    assert people_informed("handed_over") == []
    with time_machine.travel(now() + timedelta(days=5)):
        assert [hand_overs_actions.take_effect() for _run in range(2)] == [1, 0]
        begins = Appointment.objects.get(user=tariq)
        assert begins.starts_on == today()
        item.refresh_from_db()
        assert (item.holder, item.waits_for) == (tariq, Role.REGIONAL)
        assert people_informed("handed_over") == ["Tariq"]
        assert "Tariq follows Rosa" in text_of(client.get(url))
    actions = Entry.objects.filter(action__startswith="coordination.hand").order_by("pk")
    assert [entry.action.removeprefix("coordination.") for entry in actions] == [
        "hand_over_set",
        "hand_over_set",
        "hand_over_called_off",
        "hand_over_set",
        "handed_over",
    ]


@pytest.mark.parametrize("gone", ("successor", "term", "desk"))
def test_what_was_set_and_cannot_be_done_changes_nothing_and_the_desk_is_told(term, head, gone):
    other, sofia = person_with(Role.HEAD, name="Otto"), UserFactory(name="Sofia")
    day = today() + timedelta(days=3)
    hand_over = hand_overs_actions.prepare(term, actor=head, successor=sofia, starts_on=day, ends_on=day)
    hand_overs_actions.confirm(hand_over, actor=head, version=hand_over.version)
    if gone == "successor":
        User.objects.filter(pk=sofia.pk).update(is_active=False)
    elif gone == "term":
        end_appointment(term, actor=head, version=0, reason="resigned")
    else:
        Grant.objects.filter(user=head).delete()
    with time_machine.travel(now() + timedelta(days=3)):
        assert [hand_overs_actions.take_effect() for _run in range(2)] == [0, 0]
        assert not Appointment.objects.filter(user=sofia).exists()
        assert bool(fresh(term.user).live_grants) is (gone != "term")
    assert other.name in people_informed("hand_over_stopped")
    assert not HandOver.objects.get().is_set

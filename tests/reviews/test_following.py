"""A member follows a State, a phase or a call, and hears of what changes and of what ends soon."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.follows.actions import expand, remind_of_deadlines
from notifications.follows.models import Follow
from notifications.happenings.models import Happening
from reviews.calls import actions as calls_actions
from reviews.calls.models import Call
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory
from tests.factories.notifications import deliver_all
from tests.factories.reviews import recorded

pytestmark = pytest.mark.usefixtures("mechanism")
ADD, INBOX = "/en/me/follows/add/", "/en/me/notices/"
START = now() + timedelta(days=9)


def spread():
    expand(list(Happening.objects.filter(expanded_at=None).values_list("pk", flat=True)))


def heard(client, member):
    """The inbox as its reader sees it at their next sign-in: newest first."""
    sign_in(client, member)
    return [str(line.text) for line in client.get(INBOX).context["lines"]]


def draft(*, closes, countries=(), cluster=None):
    """A call that its desk has written and not yet published."""
    call = CallFactory(
        title="Witness protection",
        status="draft",
        published_at=None,
        cluster_id=cluster,
        opens_at=START,
        closes_at=closes,
    )
    call.countries.set(countries)
    return call


@pytest.mark.behaviour("R-18")
@pytest.mark.parametrize("term", ("country:KEN", "cluster:I", "review:KEN"))
def test_who_follows_a_state_or_a_phase_hears_of_steps_and_of_deadlines_14_and_3_days_ahead(
    client, time_machine, term
):
    time_machine.move_to(datetime(2023, 1, 2, 9, tzinfo=UTC))
    member = UserFactory()
    sign_in(client, member)
    page = client.get(ADD, {"term": term})
    assert page.status_code == 200
    client.post(ADD, {"term": term})
    recorded("KEN", "questionnaire", date="2022-12-31")
    recorded("FRA", "questionnaire", date="2023-01-01", phase="II")
    spread()
    assert len(heard(client, member)) == 1
    assert "Kenya" in heard(client, member)[0]
    counts = []
    for day in (15, 16, 20, 27, 29):
        time_machine.move_to(datetime(2023, 6, day, 23, tzinfo=UTC))
        remind_of_deadlines()
        spread()
        counts.append(len(heard(client, member)) - 1)
    assert counts == [0, 1, 1, 2, 2]
    assert "30 June 2023" in heard(client, member)[0]


@pytest.mark.behaviour("R-18")
@pytest.mark.parametrize("term", ("call", "country:KEN", "cluster:II"))
def test_who_follows_a_call_or_its_place_hears_when_it_changes_and_before_it_closes(
    client, time_machine, term
):
    time_machine.move_to(START)
    keeper, member = person_with(Role.REVIEWS), UserFactory(email="amina@whatson.example")
    call = draft(closes=START + timedelta(days=20), countries=["KEN"], cluster="II")
    term = f"call:{call.pk}" if term == "call" else term
    sign_in(client, member)
    if term.startswith("call"):
        assert client.get(ADD, {"term": term}).status_code == 404  # nobody follows what is not shown
        calls_actions.publish_call(call, actor=keeper)
        spread()
        client.post(ADD, {"term": term})
        before = 0
    else:
        client.post(ADD, {"term": term})
        calls_actions.publish_call(call, actor=keeper)
        before = 1
    spread()
    assert Follow.objects.get().terms == [term]
    assert len(heard(client, member)) == before
    counts = []
    for days in (15, 14, 13, 3, 2):
        time_machine.move_to(call.closes_at - timedelta(days=days))
        remind_of_deadlines()
        spread()
        counts.append(len(heard(client, member)) - before)
    assert counts == [0, 1, 1, 2, 2]
    assert "Witness protection" in heard(client, member)[0]
    # It closes later: reminders begin anew, and end once it is cancelled.
    moved = call.closes_at + timedelta(days=30)
    changed_call = Call.objects.get(pk=call.pk)
    calls_actions.save_call(
        changed_call, actor=keeper, version=changed_call.version, values={"closes_at": moved}
    )
    time_machine.move_to(moved - timedelta(days=14))
    remind_of_deadlines()
    spread()
    assert len(heard(client, member)) == before + 3
    calls_actions.cancel_call(call, actor=keeper, note="No longer needed.")
    spread()
    assert ["cancelled" in line for line in heard(client, member)] == [True]
    time_machine.move_to(moved - timedelta(days=3))
    remind_of_deadlines()
    spread()
    assert len(heard(client, member)) == 1
    assert {tuple(mail.to) for mail in deliver_all()} == {(member.email,)}

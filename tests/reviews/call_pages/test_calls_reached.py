"""What the pages of calls tell and lead to: rules, observations, receipts; instants as people say them."""

from datetime import UTC, datetime

import pytest

from accounts.people.enums import Role
from audit.actions import record
from reviews.calls import actions as calls_actions
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, draft_for
from tests.factories.stakeholders import StakeholderFactory
from tests.reviews.authors import at, typed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
RULES = 'href="/en/calls/rules/"'


@pytest.mark.behaviour("R-11")
def test_the_rules_of_screening_are_one_step_from_where_one_contributes(client):
    call = CallFactory()
    contribution, author = draft_for(call)
    for path in ("/en/calls/", f"/en/calls/{call.pk}/"):
        assert RULES in client.get(path).text
    sign_in(client, author)
    assert RULES in client.get(f"/en/contributions/{contribution.pk}/check/").text


@pytest.mark.usefixtures("mechanism")
def test_observations_receipts_and_papers_are_reached_from_the_lists(client):
    listed = client.get("/en/calls/").text
    for path in ("/en/observations/", "/en/receipts/", "/en/calls/prepare/"):
        assert f'href="{path}"' in listed
    assert 'href="/en/observations/"' in client.get("/en/reviews/").text


def test_the_history_of_a_call_tells_instants_as_people_say_them(client):
    call, desk = CallFactory(), person_with(Role.REVIEWS)
    until = datetime(2999, 1, 24, 15, 44, 24, 92179, tzinfo=UTC)
    calls_actions.give_time(call, StakeholderFactory(), actor=desk, until=until, reason="A storm.")
    record(call, "reviews.call.move_closing", actor=desk, closes=until.isoformat())
    sign_in(client, desk)
    shown = client.get(f"/en/desk/calls/{call.pk}/").text
    assert "more time, until 24 January 2999, 16:44" in shown
    assert "moved the closing of the call to 24 January 2999, 16:44" in shown
    assert "092179" not in shown.partition("History")[2]


def test_whoever_was_signed_out_is_told_where_the_text_is_too_long_to_be_kept(client):
    contribution, _author = draft_for(CallFactory())
    text = client.post(at(contribution), typed(contribution, "a" * 400_001), follow=True).text
    assert "You were signed out, and what you" in text

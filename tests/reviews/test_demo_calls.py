"""The demonstration of calls: one in each state, contributions in each, and twice is once."""

import pytest

from reviews.call_desk.queries import STATES, state_of
from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus
from reviews.contributions.models import Contribution
from stakeholders.demo.loading import load_demo

pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.usefixtures("reference")]


def test_every_state_is_there_and_says_that_it_is_a_demonstration(settings):
    settings.DEMO_ALLOWED = True
    load_demo()
    calls = list(Call.objects.all())
    assert all(call.is_demo and call.title.startswith("Demo") for call in calls)
    assert {state_of(call) for call in calls} == set(STATES)
    moderated = {ContributionStatus.HIDDEN, ContributionStatus.REMOVED}
    assert set(Contribution.objects.values_list("status", flat=True)) == set(ContributionStatus) - moderated
    texts = Contribution.objects.values_list("answers__text", flat=True)
    assert all(text.startswith("Demo") for text in texts)
    published = Contribution.objects.published()
    assert set(published.values_list("visibility", flat=True)) == {"public", "unnamed"}
    before = Contribution.objects.count(), len(calls)
    load_demo()
    assert (Contribution.objects.count(), Call.objects.count()) == before

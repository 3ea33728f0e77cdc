"""What is over offers no act, whoever reads it."""

import re
from datetime import timedelta

import pytest
from django.utils.timezone import now

from tests.factories.accounts import sign_in
from tests.factories.calls import CallFactory
from tests.factories.dialogues import DialogueFactory
from tests.factories.events import EventFactory, RoundFactory
from tests.factories.registrations import RulesFactory
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = pytest.mark.django_db

ACTS = re.compile(r'(?:href|action)="[^"]*/(?:register|contribute|apply|propose|delegation)/[^"]*"')
HELD = {"starts_at": now() - timedelta(days=9), "ends_at": now() - timedelta(days=8)}
COMING = {"starts_at": now() + timedelta(days=90), "ends_at": now() + timedelta(days=91)}


def acts(client, address):
    """The ways to act on the page, without those of its frame."""
    page = client.get(address).text
    return ACTS.findall(page[page.index('<main id="main"') : page.index("</main>")])


@pytest.mark.parametrize("signed_in", (False, True))
def test_nothing_that_is_over_can_be_answered(client, reference, signed_in):
    """Windows were left open by mistake: the event itself is over."""
    if signed_in:
        sign_in(client, member_of(StakeholderFactory()))
    held, called_off = EventFactory(**HELD), EventFactory(status="cancelled", **COMING)
    for event in (held, called_off):
        RulesFactory(event=event)
        RoundFactory(event=event)
        assert acts(client, event.get_absolute_url()) == []
    closed = CallFactory(opens_at=now() - timedelta(days=9), closes_at=now() - timedelta(days=1))
    assert acts(client, closed.get_absolute_url()) == []
    assert acts(client, CallFactory(status="cancelled").get_absolute_url()) == []
    dialogue = DialogueFactory(event__starts_at=HELD["starts_at"], event__ends_at=HELD["ends_at"])
    assert acts(client, dialogue.get_absolute_url()) == []
    assert acts(client, "/en/dialogues/") == []
    assert acts(client, "/en/opportunities/") == []
    page = client.get("/en/opportunities/").text
    for subject in (held, called_off, closed, dialogue):
        assert f'href="{subject.get_absolute_url()}"' not in page


def test_what_is_open_can_be_answered(client, reference):
    """The same pages, so that the test above looks for the right ways."""
    sign_in(client, member_of(StakeholderFactory()))
    event = EventFactory(**COMING)
    RulesFactory(event=event)
    RoundFactory(event=event)
    assert len(acts(client, event.get_absolute_url())) >= 2
    assert acts(client, CallFactory().get_absolute_url())
    assert acts(client, DialogueFactory().get_absolute_url())

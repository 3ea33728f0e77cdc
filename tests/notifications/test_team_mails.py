"""Mails to the team say in subject and first lines who, what, until when."""

import pytest

from notifications.delivery.compose import compose
from notifications.outbox.models import Message

pytestmark = pytest.mark.django_db

DUE = "2025-12-15T23:00:00+00:00"  # midnight in Vienna: the 15th is the last day
FACTS = {
    "title": "Courts by the coast",
    "name": "Coastal Watch",
    "stakeholder": "Coastal Watch",
    "organizer": "Coastal Watch",
    "lead": "Coastal Watch",
    "call": "Courts by the coast",
    "dialogue": "Courts by the coast",
    "event": "The Conference",
    "label": "Coastal Watch",
    "about": "stakeholders.application",
    "days": 7,
    "kind": "organization",
    "view": "",
}
WITH_SENDER = (
    "events.arrived",
    "events.proposal_arrived",
    "events.proposal_completed",
    "news.arrived",
    "news.change_arrived",
    "resources.answered",
    "resources.arrived",
    "resources.change_proposed",
    "reviews.dialogue_asked",
    "stakeholders.application_received",
    "stakeholders.application_resumed",
    "stakeholders.change_proposed",
    "stakeholders.join_passed_on",
    "stakeholders.reconsideration_received",
    "workflow.escalated",
)
# The author of a contribution is named on its page alone.
WITHOUT_SENDER = ("reviews.contribution_answered", "reviews.contribution_arrived")


def mail_of(kind, **facts):
    address = {"address": "a@b.example", "url": "/en/x/", "message_id": "<1@x>"}
    return compose(Message(kind=kind, language="en", facts={**FACTS, **facts}, **address))


@pytest.mark.parametrize("kind", [*WITH_SENDER, *WITHOUT_SENDER])
def test_a_mail_to_the_team_says_who_what_and_until_when(kind):
    mail = mail_of(kind, due=DUE)
    first_lines = mail.body.split("\n\n-- ")[0].split("http")[0]
    assert mail.subject.endswith(" · due 15 December 2025")
    assert "15 December 2025, 23:59 Vienna time" in first_lines
    for text in (mail.subject, first_lines):
        assert ("Coastal Watch" in text) is (kind in WITH_SENDER)


@pytest.mark.parametrize("kind", ["events.arrived", "reviews.contribution_arrived", "workflow.escalated"])
def test_without_a_day_nothing_is_said_of_one(kind):
    mail = mail_of(kind, due="")
    assert "due" not in mail.subject
    assert "Vienna time" not in mail.body


def test_work_that_waits_too_long_is_called_by_what_it_is():
    mail = mail_of("workflow.escalated", due=DUE)
    assert mail.subject == "Waiting too long: Coastal Watch · application · due 15 December 2025"
    assert mail.body.startswith("Application: “Coastal Watch” has waited for 7 days.")

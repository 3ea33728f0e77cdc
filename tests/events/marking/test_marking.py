"""Reviewers mark proposals by weighted criteria, blind to each other, and to names where so announced."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from events.marking import actions
from events.marking.actions import CriterionLine
from events.marking.models import MarkSheet
from tests.days import NEXT_YEAR
from tests.factories.accounts import person_with, sign_in
from tests.factories.events import RoundFactory, SpeakerFactory, proposal_in
from tests.factories.stakeholders import MembershipFactory, StakeholderFactory
from tests.support import assert_no_growth

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

DAY = timedelta(days=1)


@pytest.fixture
def rules():
    """A round that has closed, and in which marks are given by two criteria."""
    rules = RoundFactory(
        opens_at=now() - 30 * DAY, closes_at=now() - 2 * DAY, marks_from=now() - DAY, marks_until=now() + DAY
    )
    rules.criteria.create(position=1, name="Relevance", weight=3)
    rules.criteria.create(position=2, name="Clarity", weight=1)
    return rules


@pytest.fixture
def proposal(rules):
    lead = StakeholderFactory(name="Harbour Watch")
    proposal = proposal_in("submitted", event=rules.event, lead=lead, title="Ports and people")
    SpeakerFactory(proposal=proposal, name="Amina Otieno")
    return proposal


def points(rules, *numbers):
    return dict(zip(rules.criteria.values_list("pk", flat=True), numbers, strict=True))


def give(proposal, rules, reviewer, *numbers):
    return actions.give_marks(proposal, actor=reviewer, points=points(rules, *numbers))


def end_marking(rules):
    type(rules).objects.filter(pk=rules.pk).update(marks_from=now() - 2 * DAY, marks_until=now() - DAY)
    rules.refresh_from_db()


@pytest.mark.behaviour("E-06")
def test_the_median_and_the_spread_are_over_the_weighted_means_of_the_reviewers(client, rules, proposal):
    for numbers in ((5, 1), (3, 3), (1, 5)):
        give(proposal, rules, person_with(Role.EVENTS), *numbers)
    end_marking(rules)
    sign_in(client, person_with(Role.HEAD))
    page = client.get(reverse("eventdesk:mark", args=[proposal.pk])).text
    spreads = re.findall(r"([\d.]+)\s+\(([\d.]+) to ([\d.]+)\)", page)
    assert spreads == [("3.0", "2.0", "4.0"), ("3.0", "1.0", "5.0"), ("3.0", "1.0", "5.0")]


@pytest.mark.behaviour("E-06")
def test_a_reviewer_reads_the_marks_of_others_once_their_own_are_given(client, rules, proposal):
    first, second = person_with(Role.EVENTS, name="First"), person_with(Role.EVENTS)
    give(proposal, rules, first, 5, 4)
    page = reverse("eventdesk:mark", args=[proposal.pk])
    listed = reverse("eventdesk:marks", args=[rules.event_id])
    table = reverse("eventdesk:marks_file", args=[rules.event_id, "csv"])
    sign_in(client, second)
    assert "First" not in client.get(page).text
    assert "4.8" not in client.get(listed).text
    assert "4.75" not in b"".join(client.get(table).streaming_content).decode()
    names = [str(pk) for pk in rules.criteria.values_list("pk", flat=True)]
    assert client.post(page, dict(zip(names, "12", strict=True))).status_code == 302
    assert "First" in client.get(page).text
    assert "4.8" in client.get(listed).text
    assert "3.0" in b"".join(client.get(table).streaming_content).decode()


@pytest.mark.behaviour("E-06")
def test_when_the_time_is_over_all_reviewers_read_the_marks_and_the_best_comes_first(client, rules, proposal):
    better = proposal_in("review", event=rules.event, title="A second title")
    reviewer = person_with(Role.EVENTS)
    give(proposal, rules, reviewer, 2, 2)
    give(better, rules, reviewer, 5, 5)
    end_marking(rules)
    with pytest.raises(WrongState):
        give(proposal, rules, reviewer, 5, 5)
    sign_in(client, person_with(Role.EVENTS))
    page = client.get(reverse("eventdesk:marks", args=[rules.event_id])).text
    assert page.index("A second title") < page.index("Ports and people")
    assert "Save your marks" not in client.get(reverse("eventdesk:mark", args=[proposal.pk])).text


@pytest.mark.behaviour("E-06")
def test_those_who_proposed_never_see_marks_even_with_the_role(client, rules, proposal):
    reviewer = person_with(Role.EVENTS)
    MembershipFactory(stakeholder=proposal.lead, user=reviewer, role="admin")
    give(proposal, rules, person_with(Role.EVENTS), 5, 5)
    sign_in(client, reviewer)
    assert client.get(reverse("eventdesk:mark", args=[proposal.pk])).status_code == 404
    assert "Ports and people" not in client.get(reverse("eventdesk:marks", args=[rules.event_id])).text
    assert not MarkSheet.objects.visible_to(reviewer).exists()


@pytest.mark.behaviour("E-06")
def test_an_anonymous_round_shows_reviewers_no_organizer_until_the_marks_are_in(client, rules, proposal):
    rules.is_anonymous = True
    rules.save()
    reviewer, head = person_with(Role.EVENTS), person_with(Role.HEAD)
    names = ("Harbour Watch", "Amina Otieno")
    marking = [
        reverse("eventdesk:mark", args=[proposal.pk]),
        reverse("eventdesk:marks", args=[rules.event_id]),
    ]
    others = [
        reverse("eventdesk:proposals", args=[rules.event_id]),
        reverse("eventdesk:decisions", args=[rules.event_id]),
        reverse("eventdesk:event", args=[rules.event_id]),
        reverse("eventdesk:home"),
        reverse("portal:desk"),
    ]
    sign_in(client, reviewer)
    for address in marking:
        page = client.get(address).text
        assert "Ports and people" in page
        assert not any(name in page for name in names)
    for address in others:
        page = client.get(address)
        assert page.status_code == 200
        assert not any(name in page.text for name in names)
    assert client.get(reverse("eventdesk:proposal", args=[proposal.pk])).status_code == 404
    for of in ("proposals_file", "marks_file"):
        answer = client.get(reverse(f"eventdesk:{of}", args=[rules.event_id, "csv"]))
        assert not any(name in b"".join(answer.streaming_content).decode() for name in names)
    give(proposal, rules, reviewer, 4, 4)
    with pytest.raises(WrongState):
        give(proposal, rules, head, 4, 4)
    sign_in(client, head)
    assert "Harbour Watch" in client.get(marking[1]).text
    end_marking(rules)
    sign_in(client, reviewer)
    assert "Harbour Watch" in client.get(marking[1]).text
    assert client.get(reverse("eventdesk:proposal", args=[proposal.pk])).status_code == 200


def test_every_criterion_needs_a_mark_and_a_second_sending_replaces_the_first(client, rules, proposal):
    reviewer = person_with(Role.EVENTS)
    sign_in(client, reviewer)
    page = reverse("eventdesk:mark", args=[proposal.pk])
    first, second = (str(pk) for pk in rules.criteria.values_list("pk", flat=True))
    answer = client.post(page, {first: "4"})
    assert "Choose a mark from 1 to 5." in answer.text
    assert not MarkSheet.objects.exists()
    with pytest.raises(DomainError):
        actions.give_marks(proposal, actor=reviewer, points={int(first): 6, int(second): 1})
    client.post(page, {first: "4", second: "4"})
    client.post(page, {first: "2", second: "2"})
    assert MarkSheet.objects.get().weighted_mean == 2


def test_the_desk_sets_criteria_and_days(client, rules):
    rules.criteria.all().delete()
    sign_in(client, person_with(Role.EVENTS))
    page = reverse("eventdesk:marking_rules", args=[rules.event_id])
    assert client.get(page).status_code == 200
    data = {"criteria": "Relevance: 3\nClarity", "marks_from": "", "marks_until": f"{NEXT_YEAR}-01-01"}
    refused = client.post(page, data)
    assert "needs a weight from 1 to 10" in refused.text
    data["criteria"] = "Relevance: 3\nClarity: 1"
    assert "Enter both days, or leave both empty." in client.post(page, data).text
    assert not rules.criteria.exists()
    data["marks_until"] = ""
    assert client.post(page, data).status_code == 302
    rules.refresh_from_db()
    assert [str(row) for row in rules.criteria.all()] == ["Relevance", "Clarity"]
    assert rules.marks_from is None


def test_what_was_announced_or_marked_by_holds(rules, proposal):
    actor = person_with(Role.EVENTS)
    give(proposal, rules, actor, 3, 3)
    dates = {"marks_from": rules.marks_from, "marks_until": rules.marks_until}
    same = [CriterionLine("Relevance", 3), CriterionLine("Clarity", 1)]
    actions.set_marking(rules.event, actor=actor, criteria=same, is_anonymous=False, **dates)
    with pytest.raises(DomainError) as refused:
        actions.set_marking(rules.event, actor=actor, criteria=same[:1], is_anonymous=True, **dates)
    assert set(refused.value.fields) == {"criteria", "is_anonymous"}


def test_the_list_asks_no_more_for_more_proposals(client, rules, proposal):
    sign_in(client, person_with(Role.EVENTS))

    def add():
        give(proposal_in("submitted", event=rules.event), rules, person_with(Role.EVENTS), 3, 3)

    assert_no_growth(lambda: client.get(reverse("eventdesk:marks", args=[rules.event_id])), add)

"""An approval, a change and the sending at one moment: real threads and connections."""

import pytest

from accounts.people.enums import Role
from news.newsletter import actions, actions_sending
from news.newsletter.enums import IssueState
from news.newsletter.models import Issue
from tests.factories.accounts import person_with
from tests.factories.events import EventFactory
from tests.factories.newsletters import SubscriberFactory, approve, issue_with
from tests.support import together

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def maker():
    return person_with(Role.CURATION)


@pytest.fixture
def issue(maker):
    SubscriberFactory()
    return issue_with(*EventFactory.create_batch(2), actor=maker)


def names_of(outcomes):
    return [type(raised).__name__ for raised in outcomes]


def test_approved_and_changed_at_once_it_is_never_approved_as_it_stands(issue, maker):
    head = person_with(Role.HEAD)
    approved, changed = together(
        lambda: actions.approve(issue, actor=head, version=issue.version),
        lambda: actions.drop_item(issue.items.first(), actor=maker),
    )
    assert changed is None
    assert type(approved).__name__ in ("NoneType", "WrongState")
    issue.refresh_from_db()
    assert issue.approved_at is None


def test_whoever_changes_it_at_the_moment_at_which_they_approve_is_refused_or_undoes_it(issue):
    head = person_with(Role.HEAD)
    together(
        lambda: actions.approve(issue, actor=head, version=issue.version),
        lambda: actions.add_section(issue, actor=head, titles={"en": "More"}),
    )
    issue.refresh_from_db()
    assert issue.approved_at is None
    assert head.pk in issue.writers


def test_two_who_approve_at_once_approve_once(issue):
    people = person_with(Role.HEAD), person_with(Role.CURATION)
    outcomes = together(
        *(lambda who=who: actions.approve(issue, actor=who, version=issue.version) for who in people)
    )
    assert sorted(names_of(outcomes)) == ["NoneType", "WrongState"]
    issue.refresh_from_db()
    assert issue.approved_by == people[outcomes.index(None)]


def test_sent_and_changed_at_once_only_what_was_approved_leaves(issue, maker):
    approve(issue)
    before = list(issue.items.values_list("pk", flat=True))
    sent, changed = together(
        lambda: actions_sending.send_now(issue, actor=maker),
        lambda: actions.drop_item(issue.items.first(), actor=maker),
    )
    assert sorted(names_of([sent, changed])) == ["NoneType", "WrongState"]
    issue.refresh_from_db()
    if sent is None:
        assert (issue.state, list(issue.items.values_list("pk", flat=True))) == (IssueState.SENDING, before)
    else:
        assert (issue.state, issue.approved_at) == (IssueState.DRAFT, None)


def test_of_two_orders_at_once_one_is_saved_whole(issue, maker):
    section = issue.sections.get()
    first, second = issue.items.order_by("position")
    section_two = actions.add_section(issue, actor=maker, titles={"en": "More"})
    issue.refresh_from_db()
    orders = (
        [(section.pk, [second.pk, first.pk]), (section_two.pk, [])],
        [(section_two.pk, [first.pk]), (section.pk, [second.pk])],
    )
    outcomes = together(
        *(
            lambda order=order: actions.arrange(issue, actor=maker, version=issue.version, order=order)
            for order in orders
        )
    )
    assert sorted(names_of(outcomes)) == ["NoneType", "WrongState"]
    now_is = [
        (part.pk, [item.pk for item in part.items.all()])
        for part in Issue.objects.get(pk=issue.pk).sections.all()
    ]
    assert now_is == orders[outcomes.index(None)]

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from celery import current_app
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from core.errors import WrongState
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with
from tests.factories.workflow import WorkItemFactory
from workflow.items.actions import (
    answer_requests,
    ask,
    claim,
    close_items,
    escalate,
    open_item,
    pause,
    release,
    resume,
)
from workflow.items.models import WorkItem
from workflow.items.queries import due_of, holding_of, labelled_requests, open_items, open_requests, work_on

pytestmark = pytest.mark.django_db


def test_one_item_of_a_kind_waits_on_a_thing(member):
    first = open_item(member, "vet", waits_for=Role.VETTING, country="KEN", region="202")
    again = open_item(member, "vet", waits_for=Role.HEAD)
    other = open_item(member, "translate", waits_for=Role.CURATION)
    assert again.pk == first.pk
    assert {item.pk: item.waits_for for item in open_items(member)} == {
        first.pk: Role.HEAD,
        other.pk: Role.CURATION,
    }
    assert close_items(member, "vet") == 1
    assert open_items(member) == [other]
    assert close_items(member) == 1
    assert open_item(member, "vet", waits_for=Role.VETTING).pk != first.pk


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("vetting", ["desk", "kenya", "peru"]),
        ("administrator", ["desk", "kenya", "peru"]),
        ("in kenya", ["kenya"]),
        ("in africa", ["kenya"]),
        ("everywhere", ["kenya", "peru"]),
        ("state", []),
        ("member", []),
        ("closed account", []),
        ("visitor", []),
    ],
)
def test_who_sees_which_work(who, expected):
    WorkItemFactory(what="desk", waits_for=Role.VETTING)
    WorkItemFactory(what="kenya", waits_for=Role.REGIONAL, scope_country="KEN", scope_region="002")
    WorkItemFactory(what="peru", waits_for=Role.REGIONAL, scope_country="PER", scope_region="019")
    WorkItemFactory(what="applicant", waits_for="applicant")
    people = {
        "vetting": lambda: person_with(Role.VETTING),
        "administrator": lambda: person_with(Role.ADMINISTRATOR),
        "in kenya": lambda: person_with(Role.REGIONAL, country="KEN"),
        "in africa": lambda: person_with(Role.REGIONAL, region="002"),
        "everywhere": lambda: person_with(Role.REGIONAL),
        "state": lambda: person_with(Role.STATE),
        "member": UserFactory,
        "closed account": lambda: person_with(Role.VETTING, is_active=False),
        "visitor": AnonymousUser,
    }
    person = people[who]()
    visible = WorkItem.objects.visible_to(person)
    assert list(visible.order_by("what").values_list("what", flat=True)) == expected
    for item in WorkItem.objects.all():
        assert person.has_perm("workflow.view_workitem", item) is (item.what in expected)
    assert {item.what for item in work_on(person, User.objects.all())} == {*expected}


@pytest.mark.parametrize(
    ("role", "where", "allowed"),
    [(Role.VETTING, {}, True), (Role.HEAD, {}, True), (Role.EVENTS, {}, False), (Role.REGIONAL, {}, False)],
)
def test_who_may_take_work_of_the_desk(role, where, allowed):
    item, person = WorkItemFactory(waits_for=Role.VETTING), person_with(role, **where)
    if allowed:
        assert claim(item, person).holder == person
    else:
        with pytest.raises(PermissionDenied):
            claim(item, person)


@pytest.mark.parametrize(("country", "allowed"), [("KEN", True), ("PER", False)])
def test_a_regional_focal_point_takes_work_in_its_scope_alone(country, allowed):
    item = WorkItemFactory(waits_for=Role.REGIONAL, scope_country="KEN")
    assert person_with(Role.REGIONAL, country=country).has_perm("workflow.claim_workitem", item) is allowed


def test_taken_work_is_given_back_by_its_holder_or_the_head():
    item = WorkItemFactory()
    holder, colleague, head = person_with(Role.VETTING), person_with(Role.VETTING), person_with(Role.HEAD)
    claim(item, holder)
    claim(item, holder)
    with pytest.raises(WrongState, match=holder.name):
        claim(item, colleague)
    with pytest.raises(PermissionDenied):
        release(item, colleague)
    assert release(item, holder).holder is None
    claim(item, colleague)
    assert release(item, head).holder is None
    WorkItem.objects.update(closed_at=now())
    with pytest.raises(WrongState, match="done already"):
        claim(item, holder)


def test_a_pause_moves_the_promise_and_does_not_age(member):
    until = now() + timedelta(days=5)
    item = open_item(member, "vet", waits_for=Role.VETTING, until=until)
    assert pause(member) == 1
    assert pause(member) == 0
    WorkItem.objects.update(since=now() - timedelta(days=10), paused_since=now() - timedelta(days=6))
    assert escalate() == 0
    assert resume(member) == 1
    assert resume(member) == 0
    item.refresh_from_db()
    assert item.paused_since is None
    assert abs(item.until - until - timedelta(days=6)) < timedelta(minutes=1)
    assert escalate() == 0
    assert escalate(at=now() + timedelta(days=3, minutes=1)) == 1


def test_a_mail_names_the_promised_day_else_the_day_it_is_passed_on(member):
    assert due_of(member) == ""
    item = open_item(member, "vet", waits_for=Role.VETTING)
    assert due_of(member) == holding_of(item).until.isoformat()
    pause(member)
    assert due_of(member) == ""
    resume(member)
    promised = now() + timedelta(days=3)
    open_item(member, "vet", waits_for=Role.VETTING, until=promised)
    assert due_of(member) == promised.isoformat()


def written_reminders() -> list[tuple[str, int]]:
    return sorted((message.user.name, message.facts["level"]) for message in Message.objects.all())


def test_work_that_waits_too_long_goes_up_once_per_level():
    vetting = person_with(Role.VETTING, name="Vera")
    person_with(Role.HEAD, name="Head")
    person_with(Role.EVENTS, name="Eve")
    item = WorkItemFactory(since=now() - timedelta(days=7, minutes=1))
    WorkItemFactory(since=now() - timedelta(days=6))
    assert escalate() == 1
    assert escalate() == 0
    assert written_reminders() == [("Vera", 1)]
    assert escalate(at=now() + timedelta(days=7)) == 2
    assert written_reminders() == [("Head", 2), ("Vera", 1), ("Vera", 1)]
    assert escalate(at=now() + timedelta(days=7)) == 0
    lines = Entry.objects.filter(subject_id=item.subject_id, action="workflow.workitem.escalate")
    assert [line.data for line in lines.order_by("pk")] == [
        {"level": 1, "days": 7, "what": "look"},
        {"level": 2, "days": 14, "what": "look"},
    ]
    message = Message.objects.filter(user=vetting).first()
    assert (message.kind, message.url_name) == ("workflow.escalated", "portal:desk")


def test_the_clock_calls_it_by_its_name():
    person_with(Role.VETTING, name="Vera")
    WorkItemFactory(since=now() - timedelta(days=8))
    current_app.tasks["workflow.escalate"].apply(throw=True)
    assert written_reminders() == [("Vera", 1)]
    assert settings.CELERY_BEAT_SCHEDULE["workflow.escalate"]["task"] == "workflow.escalate"


def test_regional_work_goes_to_the_whole_desk_then_to_its_head():
    for role in (Role.VETTING, Role.EVENTS, Role.HEAD, Role.ADMINISTRATOR, Role.REGIONAL):
        person_with(role, name=role.value)
    WorkItemFactory(waits_for=Role.REGIONAL, scope_country="KEN", since=now() - timedelta(days=20))
    assert escalate() == 2
    assert written_reminders() == [("events", 1), ("head", 2), ("vetting", 1)]


@pytest.mark.parametrize(
    "fields",
    [{"closed_at": now()}, {"paused_since": now() - timedelta(days=1)}, {"waits_for": "applicant"}],
    ids=["closed", "paused", "with the applicant"],
)
def test_what_does_not_go_up(fields):
    person_with(Role.VETTING)
    WorkItemFactory(since=now() - timedelta(days=30), **fields)
    assert escalate() == 0
    assert not Message.objects.exists()


def test_work_on_a_vanished_thing_is_closed(member):
    item = WorkItemFactory(subject_row=member, since=now() - timedelta(days=30))
    member.delete()
    assert escalate() == 0
    item.refresh_from_db()
    assert item.closed_at is not None


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_take_each_step_once():
    person_with(Role.VETTING, name="Vera")
    for _ in range(5):
        WorkItemFactory(since=now() - timedelta(days=8))
    start = Barrier(2)

    def tick(_):
        start.wait()
        try:
            return escalate()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(tick, range(2))) == 5
    assert written_reminders() == [("Vera", 1)] * 5
    assert Entry.objects.filter(action="workflow.workitem.escalate").count() == 5


def test_questions_about_fields_are_asked_and_answered(member, curator):
    ask(member, {"name": "Which one?", "site": "Is this yours?"}, actor=curator)
    ask(member, {"name": "The official one, please."}, actor=curator)
    assert open_requests(member) == {"name": "The official one, please.", "site": "Is this yours?"}
    assert labelled_requests(member) == [("name", "The official one, please."), ("site", "Is this yours?")]
    assert answer_requests(member, actor=member) == 2
    assert open_requests(member) == {}

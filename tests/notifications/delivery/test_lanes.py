"""Which message leaves next, how fast, and what the desk holds back."""

from collections import Counter
from datetime import timedelta
from itertools import count
from uuid import uuid4

import pytest
from celery import current_app
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.delivery import claiming, handing, run
from notifications.delivery.actions import pause, resume, set_rate
from notifications.delivery.claiming import Claim
from notifications.delivery.models import Outlet, Pause, outlet_name
from notifications.delivery.queries import ends_of, mail_state
from notifications.happenings.models import Happening
from notifications.mail_url import mailer_from_url
from notifications.outbox.actions import BATCH
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with
from tests.factories.notifications import MessageFactory
from tests.support import assert_no_growth, statements_of

pytestmark = pytest.mark.django_db
PARTS = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}


@pytest.fixture
def bulk(make_kind):
    """Two optional kinds."""
    many = make_kind("tests.many", parts=PARTS)
    return many, make_kind("tests.few", parts=PARTS)


@pytest.fixture
def head():
    return person_with(Role.HEAD)


def happened(kind):
    return Happening.objects.create(kind=kind, key="1", terms=["country:KEN"])


def kinds_of(taken):
    return [message.kind for message in taken.messages]


def test_thousands_of_one_kind_do_not_hold_up_another(bulk):
    many, few = bulk
    MessageFactory.create_batch(3 * BATCH, kind=many, not_before=now() - timedelta(hours=2))
    MessageFactory.create_batch(2, kind=few)
    first = kinds_of(claiming.claim())
    assert len(first) == BATCH
    assert first[:4] == [many, few, many, few]


def test_what_is_essential_leaves_first(bulk):
    MessageFactory.create_batch(BATCH, kind=bulk[0], not_before=now() - timedelta(hours=2))
    code = MessageFactory(kind="accounts.password_changed")
    assert claiming.claim().messages[0] == code


def test_a_nudge_takes_whatever_is_urgent_and_leaves_the_rest_to_the_sweep(bulk, mailoutbox):
    """Also where a crowd is told first: its messages are of a kind of their own."""
    MessageFactory.create_batch(2 * BATCH, kind="accounts.password_changed")
    code = MessageFactory(kind="accounts.email_changed", facts={"at": "2026-11-24T17:00:00+00:00"})
    MessageFactory.create_batch(3, kind=bulk[0], not_before=now() - timedelta(hours=2))
    assert code in claiming.claim(urgent=True).messages[:2]
    Message.objects.update(status=Status.QUEUED, claim=None)
    assert run.deliver_urgent() == 2 * BATCH + 1
    assert set(Message.objects.filter(status=Status.QUEUED).values_list("kind", flat=True)) == {bulk[0]}


def test_a_nudge_that_finds_nothing_costs_one_statement(bulk, django_assert_num_queries):
    MessageFactory(kind=bulk[0])
    with django_assert_num_queries(1):
        assert run.deliver_urgent() == 0


@pytest.mark.parametrize(("queue", "tasks"), (("urgent", {"deliver"}), ("mail", {"sweep"})))
def test_no_other_work_stands_in_the_way_of_mail(queue, tasks):
    router = current_app.amqp.router
    assert {name for name in current_app.tasks if router.route({}, name)["queue"].name == queue} == {
        f"notifications.{task}" for task in tasks
    }


def test_a_nudge_for_some_takes_what_is_essential_first(bulk):
    optional, code = MessageFactory(kind=bulk[0]), MessageFactory(kind="accounts.password_changed")
    taken = claiming.claim(Message.objects.filter(pk__in=[optional.pk, code.pk]), most=1)
    assert taken.messages == [code]


def test_a_kind_that_nobody_declares_ends_too(mailoutbox):
    MessageFactory(kind="tests.gone")
    assert run.sweep() == 0
    assert Message.objects.get().status == Status.FAILED


def test_a_claim_costs_the_same_for_one_and_more_kinds(make_kind):
    Outlet.objects.create(name=outlet_name())
    make_kind("tests.k0", parts=PARTS)
    numbers = count()
    assert_no_growth(claiming.claim, lambda: MessageFactory(kind=f"tests.k{next(numbers)}"), is_once=True)
    assert Message.objects.exclude(claim=None).count() == 3


# --- Rate -----------------------------------------------------------------------------------------------
def rate(per_second, *, tokens=0.0):
    return Outlet.objects.create(name=outlet_name(), per_second=per_second, tokens=tokens, filled_at=now())


def no_time_passes():
    """For the rate, however slow the machine: the database's clock stands before the last claim."""
    Outlet.objects.update(filled_at=now() + timedelta(hours=1))


def test_no_more_leave_than_the_rate_lets_through(bulk):
    rate(4, tokens=4)
    MessageFactory.create_batch(10, kind=bulk[0])
    assert len(claiming.claim().messages) == 4
    no_time_passes()
    assert claiming.claim() == Claim([], 0.25)


def test_what_is_saved_up_is_one_seconds_worth(bulk):
    rate(4)
    Outlet.objects.update(filled_at=now() - timedelta(hours=1))
    MessageFactory.create_batch(10, kind=bulk[0])
    assert len(claiming.claim().messages) == 4


def test_a_rate_below_one_a_second_sends_one(bulk):
    rate(0.5, tokens=1)
    MessageFactory.create_batch(2, kind=bulk[0])
    assert len(claiming.claim().messages) == 1
    no_time_passes()
    assert claiming.claim() == Claim([], 2)


def test_the_sweep_waits_for_the_rate_and_sends_all(bulk, mailoutbox):
    rate(50, tokens=5)
    MessageFactory.create_batch(12, kind=bulk[0])
    assert run.sweep(seconds=300) == 12


def test_what_the_rate_leaves_over_is_asked_for_again(bulk, mailoutbox, monkeypatch):
    nudges = []
    monkeypatch.setattr(run, "nudge", nudges.append)
    rate(0.01, tokens=1)
    MessageFactory.create_batch(3, kind=bulk[0])
    assert run.sweep(seconds=1) == 1  # it did not wait the hundred seconds out for the next
    assert nudges == ["notifications.sweep"]


def test_a_server_that_rests_is_not_asked_for_again_at_once(bulk, monkeypatch):
    """Else workers would ask each other in a circle, as fast as they can, until its rest is over."""
    nudges = []
    monkeypatch.setattr(run, "nudge", nudges.append)
    Outlet.objects.create(name=outlet_name(), faults=3, resting_until=now() + timedelta(minutes=5))
    MessageFactory(kind=bulk[0])
    MessageFactory()
    assert (run.sweep(), run.deliver_urgent(), nudges) == (0, 0, [])


def test_where_no_more_waits_nothing_is_asked_for(bulk, mailoutbox, monkeypatch):
    monkeypatch.setattr(run, "nudge", lambda _name: pytest.fail("asked"))
    MessageFactory(kind=bulk[0])
    assert run.sweep() == 1


# --- A server that is away, or slow ---------------------------------------------------------------------
def test_a_server_that_is_away_is_left_alone_by_all(settings, closed_port, bulk):
    settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{closed_port}")}
    MessageFactory.create_batch(BATCH + 10, kind=bulk[0])
    assert run.sweep(seconds=1) == 0
    tried = Message.objects.filter(attempts=1).count()
    assert tried == BATCH  # and not one of the others, which keep their attempts
    taken = claiming.claim()
    assert taken.messages == []
    assert 0 < taken.wait <= claiming.RESTS[0].total_seconds()
    outlet = Outlet.objects.get()
    assert outlet.faults == 1
    assert "ConnectionRefused" in outlet.error


def test_after_a_rest_one_message_tries_and_success_ends_it(sink, bulk):
    MessageFactory.create_batch(5, kind=bulk[0])
    Outlet.objects.create(name=outlet_name(), faults=3, resting_until=now() - timedelta(seconds=1), error="x")
    assert len(claiming.claim().messages) == 1
    Message.objects.update(status=Status.QUEUED, claim=None)
    assert run.sweep() == 5
    outlet = Outlet.objects.get()
    assert (outlet.faults, outlet.resting_until, outlet.error) == (0, None, "")


def test_rests_grow(db):
    Outlet.objects.create(name=outlet_name())
    rests = []
    for _fault in range(5):
        claiming.note_failure("gone")
        rests.append(round((Outlet.objects.get().resting_until - now()).total_seconds()))
    assert rests == [5, 15, 60, 300, 300]


def test_greylisting_puts_off_each_and_the_server_stays_in_use(sink, bulk):
    sink.script = {"RCPT": "451 4.7.1 greylisted, try again later"}
    MessageFactory.create_batch(4, kind=bulk[0])
    assert run.sweep() == 0
    assert set(Message.objects.values_list("status", "attempts")) == {(Status.RETRY, 1)}
    assert Outlet.objects.get().faults == 0
    sink.script = {}
    Message.objects.update(not_before=now())
    assert run.sweep() == 4
    assert len(sink.mails) == 4


def test_a_server_that_goes_away_in_the_middle_costs_the_rest_one_try(sink, bulk):
    sink.script = {"RCPT": ["250 ok", "421 4.3.2 closing"], "greeting": ["220 sink", "421 too busy"]}
    messages = MessageFactory.create_batch(6, kind=bulk[0])
    assert run.deliver([m.pk for m in messages], seconds=0) == 1
    assert sink.connections == 2  # and not one for each of the others
    assert Message.objects.filter(status=Status.RETRY, attempts=1).count() == 5


def test_a_slow_server_gets_smaller_batches():
    assert run._next_size(50, took=40) == 2
    assert run._next_size(1, took=7) == 1
    assert run._next_size(10, took=0.5) == 20


def test_what_a_slow_batch_does_not_reach_goes_back_without_an_attempt(sink, bulk, monkeypatch):
    monkeypatch.setattr("notifications.delivery.handing.LONGEST", -1)
    messages = MessageFactory.create_batch(3, kind=bulk[0])
    assert handing.send(claiming.claim().messages) == 0
    assert set(Message.objects.values_list("status", "attempts", "claim")) == {(Status.QUEUED, 0, None)}
    monkeypatch.undo()
    assert len(messages) == 3


# --- Pauses -----------------------------------------------------------------------------------------------
def test_a_paused_kind_waits_and_the_others_leave(sink, bulk, head):
    many, few = bulk
    waiting, other = MessageFactory(kind=many), MessageFactory(kind=few)
    paused = pause(many, actor=head)
    assert run.sweep() == 1
    assert run.deliver([waiting.pk], seconds=0) == 0
    other.refresh_from_db()
    assert other.status == Status.SENT
    resume(paused, actor=head)
    assert run.sweep() == 1
    paused.refresh_from_db()
    assert paused.ended_by == head


def test_a_paused_batch_waits_and_the_rest_of_its_kind_leaves(sink, bulk, head):
    many, _few = bulk
    happening = happened(many)
    held = MessageFactory.create_batch(3, kind=many, happening=happening)
    MessageFactory(kind=many)
    paused = pause(many, happening=happening, actor=head)
    back = MessageFactory(kind=many, happening=happening, status=Status.RETRY)  # as a worker put it back
    assert run.sweep() == 1
    back.refresh_from_db()
    assert back.status == Status.PAUSED
    resume(paused, actor=head)
    assert run.sweep() == len(held) + 1


def test_security_and_decisions_are_never_held_back(head):
    with pytest.raises(DomainError):
        pause("accounts.login_code", actor=head)
    assert not Pause.objects.exists()


def test_twice_paused_is_once_and_twice_resumed_too(bulk, head):
    paused = pause(bulk[0], actor=head)
    with pytest.raises(WrongState):
        pause(bulk[0], actor=head)
    resume(paused, actor=head)
    with pytest.raises(WrongState):
        resume(paused, actor=head)
    assert pause(bulk[0], actor=head).pk != paused.pk


def test_others_may_not_steer(bulk):
    person, outlet = UserFactory(), Outlet.objects.create(name="a:25")
    paused = Pause.objects.create(kind=bulk[0])
    for act in (
        lambda: pause(bulk[1], actor=person),
        lambda: resume(paused, actor=person),
        lambda: set_rate(outlet, 1, actor=person),
    ):
        with pytest.raises(PermissionDenied):
            act()


# --- When it will be over ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("waiting", "urgent", "expected"),
    (
        ({}, [], {}),
        ({"a": 100}, [], {"a": 10}),
        # in turns: ten of each leave in two seconds, then the rest of a alone
        ({"a": 100, "b": 10}, [], {"b": 2, "a": 11}),
        ({"a": 100, "b": 10}, ["a"], {"a": 10, "b": 11}),
        ({"a": 0, "b": 10}, [], {"b": 1}),
    ),
)
def test_the_estimate_follows_the_turns(waiting, urgent, expected):
    ends = ends_of(waiting, urgent, pace=10)
    assert {kind: round(end.total_seconds()) for kind, end in ends.items()} == expected


def test_what_may_not_leave_is_put_aside_at_once(make_kind):
    """However many, each reason is one statement; what leaves is one each (docs/notifications.md)."""
    hidden = make_kind("tests.hidden", parts=PARTS, still_visible=lambda _user, _pk: False)
    counts = []
    for number in (1, 3):
        for kind in (hidden, "tests.gone"):
            MessageFactory.create_batch(number, kind=kind)
        claimed = claiming.claim().messages
        counts.append(statements_of(lambda claimed=claimed: handing.send(claimed)))
    assert counts[0] == counts[1]
    assert Counter(Message.objects.values_list("status", flat=True)) == {"suppressed": 4, "failed": 4}


def test_all_that_waits_is_put_back_at_once(settings, closed_port):
    settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{closed_port}/")}
    counts = []
    for number in (1, 3):
        MessageFactory.create_batch(number)
        claimed = claiming.claim().messages
        assert len(claimed) == number
        counts.append(statements_of(lambda claimed=claimed: handing.send(claimed)))
        Outlet.objects.all().delete()  # it rests
    assert counts[0] == counts[1]
    assert set(Message.objects.values_list("status", "claim")) == {(Status.RETRY, None)}


# --- How late it is ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", (Status.QUEUED, Status.CLAIMED))
def test_what_is_urgent_is_told_to_the_operator_apart_also_where_a_worker_holds_it(bulk, status):
    moment = now()
    MessageFactory(kind=bulk[0], not_before=moment - timedelta(hours=1))
    assert (mail_state(moment).oldest, mail_state(moment).oldest_urgent) == (3600, 0)
    claim = {"claim": uuid4(), "claimed_at": moment} if status == Status.CLAIMED else {}
    MessageFactory(status=status, not_before=moment - timedelta(minutes=3), **claim)
    assert mail_state(moment).oldest_urgent == 180


def test_what_is_put_off_because_the_server_is_away_counts_from_its_start(db):
    moment = now()
    message = MessageFactory(status=Status.RETRY, not_before=moment + timedelta(minutes=1))
    Message.objects.filter(pk=message.pk).update(created_at=moment - timedelta(minutes=4))
    outlet = Outlet.objects.create(name=outlet_name())
    assert mail_state(moment).oldest_urgent == 0  # put off by the server of its recipient
    Outlet.objects.filter(pk=outlet.pk).update(faults=2)
    assert mail_state(moment).oldest_urgent == 240

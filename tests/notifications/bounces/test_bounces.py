"""What follows from mail that comes back: who gets less, what is sent again, and how it is mended."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from audit.models import Entry
from notifications.bounces.actions import Report, remove_old_events, take_in
from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.inbox.models import Notice
from notifications.outbox.actions import notify
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, deliver_all

pytestmark = pytest.mark.django_db
OPTIONAL = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}
counter = iter(range(10**6))


def report_outcome(message, outcome, *, at=None):
    """A provider tells something new of a message."""
    return take_in(
        Report(
            provider="postmark",
            event_id=str(next(counter)),
            outcome=outcome,
            reference=message.message_id.strip("<>"),
            address=message.address,
            note="it said so",
            happened_at=at or now(),
        )
    )


def sent(**fields):
    return MessageFactory(status=Status.SENT, sent_at=now(), **fields)


@pytest.fixture
def optional(make_kind):
    return make_kind(parts=OPTIONAL)


def test_a_hard_bounce_holds_the_address_back(optional):
    message = sent(address="Gone@WhatsOn.example")
    report_outcome(message, Outcome.HARD)
    held = Suppression.objects.get()
    assert (held.address, held.why, held.reason, held.event) == (
        "gone@whatson.example",
        Why.HARD,
        "it said so",
        MailEvent.objects.get(),
    )
    assert Entry.objects.get(action="notifications.address_held").subject_id == held.pk
    waiting = [
        MessageFactory(address="gone@whatson.EXAMPLE", kind=kind)
        for kind in (optional, "accounts.password_changed", "accounts.login_code")
    ]
    assert deliver_all() == []
    for waiting_message in waiting:
        waiting_message.refresh_from_db()
        assert (waiting_message.status, "came back" in waiting_message.error) == (Status.SUPPRESSED, True)


def test_what_concerns_the_person_stands_in_their_inbox_all_the_same(optional):
    reader = UserFactory()
    report_outcome(sent(address=reader.email), Outcome.HARD)
    notify(reader, optional, key="k")
    assert deliver_all() == []
    assert Notice.objects.filter(user=reader, in_app=True).count() == 1


def test_after_a_complaint_security_and_decisions_still_leave(optional):
    message = sent()
    report_outcome(message, Outcome.COMPLAINED)
    assert Suppression.objects.get().why == Why.COMPLAINT
    held = MessageFactory(address=message.address, kind=optional)
    MessageFactory(address=message.address, kind="accounts.password_changed")
    assert len(deliver_all()) == 1
    held.refresh_from_db()
    assert (held.status, "unwanted" in held.error) == (Status.SUPPRESSED, True)


@pytest.mark.parametrize("turned", (False, True))
def test_a_bounce_outweighs_a_complaint(turned):
    message = sent()
    both = [Outcome.COMPLAINED, Outcome.HARD]
    for outcome in reversed(both) if turned else both:
        report_outcome(message, outcome)
    assert Suppression.objects.get().why == Why.HARD


@pytest.mark.parametrize(
    "outcome", (Outcome.DEFERRED, Outcome.DELIVERED, Outcome.REFUSED, Outcome.SOFT, None)
)
def test_nothing_else_holds_an_address_back(outcome):
    report_outcome(sent(), outcome)
    assert Suppression.objects.count() == 0


def test_what_came_back_for_now_is_sent_again_with_growing_waits(optional, settings):
    settings.MAIL_SOFT_WAITS = (1, 6)
    message = MessageFactory(kind=optional)
    for number, hours in enumerate((1, 6)):
        assert len(deliver_all()) == number + 1
        report_outcome(message, Outcome.SOFT)
        message.refresh_from_db()
        assert (message.status, message.outcome, message.claim) == (Status.RETRY, "", None)
        assert abs(message.not_before - now() - timedelta(hours=hours)) < timedelta(minutes=1)
        Message.objects.update(not_before=now())
    deliver_all()
    report_outcome(message, Outcome.SOFT)
    message.refresh_from_db()
    assert (message.status, message.outcome) == (Status.SENT, Outcome.SOFT)


def test_two_reports_on_one_try_send_it_again_once(optional):
    message = sent(kind=optional)
    report_outcome(message, Outcome.SOFT)
    first = Message.objects.get(pk=message.pk).not_before
    report_outcome(message, Outcome.SOFT)
    assert Message.objects.get(pk=message.pk).not_before == first


def test_what_arrived_is_not_sent_again_by_a_late_word(optional):
    message = sent(kind=optional)
    report_outcome(message, Outcome.DELIVERED)
    report_outcome(message, Outcome.SOFT)
    assert Message.objects.get(pk=message.pk).status == Status.SENT


def test_a_secret_that_came_back_is_not_sent_again():
    message = sent(kind="accounts.login_code", facts={})
    report_outcome(message, Outcome.SOFT)
    message.refresh_from_db()
    assert (message.status, message.outcome) == (Status.SENT, Outcome.SOFT)


def came_back(count, address, *, ago=timedelta()):
    for _number in range(count):
        report_outcome(sent(address=address), Outcome.SOFT, at=now() - ago)


def test_often_for_now_counts_as_for_good(settings):
    settings.MAIL_SOFT_MOST = 3
    came_back(2, "full@whatson.example")
    assert Suppression.objects.count() == 0
    came_back(1, "Full@whatson.example")
    assert Suppression.objects.get().why == Why.SOFT


def test_one_mail_that_comes_back_often_is_one(settings):
    settings.MAIL_SOFT_MOST = 2
    message = sent()
    for _time in range(4):
        report_outcome(message, Outcome.SOFT)
    assert Suppression.objects.count() == 0


def test_what_is_long_ago_does_not_count(settings):
    settings.MAIL_SOFT_MOST, settings.MAIL_SOFT_DAYS = 2, 14
    came_back(3, "full@whatson.example", ago=timedelta(days=15))
    came_back(1, "full@whatson.example")
    assert Suppression.objects.count() == 0


def test_a_mail_that_arrives_begins_the_count_anew(settings):
    settings.MAIL_SOFT_MOST = 2
    came_back(1, "full@whatson.example", ago=timedelta(days=2))
    report_outcome(sent(address="full@whatson.example"), Outcome.DELIVERED, at=now() - timedelta(days=1))
    came_back(1, "full@whatson.example")
    assert Suppression.objects.count() == 0


def test_what_our_own_mail_server_puts_off_to_the_end_counts_as_well(sink, settings):
    settings.MAIL_SOFT_MOST, settings.MAIL_MOST_ATTEMPTS = 2, 1
    sink.script = {"RCPT": "450 4.2.2 box full"}
    for _number in range(2):
        MessageFactory(address="full@whatson.example")
    deliver_all()
    assert list(MailEvent.objects.values_list("provider", "outcome")) == [("smtp", Outcome.SOFT)] * 2
    assert Suppression.objects.get().why == Why.SOFT


def test_an_old_word_does_not_hold_a_mended_address_back_again():
    message = sent()
    report_outcome(message, Outcome.HARD)
    Suppression.objects.update(lifted_at=now())
    report_outcome(message, Outcome.HARD, at=now() - timedelta(hours=1))
    assert Suppression.objects.in_force().count() == 0
    report_outcome(message, Outcome.HARD)
    assert (Suppression.objects.in_force().count(), Suppression.objects.count()) == (1, 2)


def test_old_reports_are_forgotten(settings):
    message = sent()
    report_outcome(message, Outcome.HARD)
    report_outcome(message, Outcome.DELIVERED)
    MailEvent.objects.filter(outcome=Outcome.HARD).update(
        received_at=now() - timedelta(days=settings.MAIL_EVENT_DAYS + 1)
    )
    assert remove_old_events() == 1
    assert Suppression.objects.get().event is None

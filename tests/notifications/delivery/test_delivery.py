"""How a message leaves: each ending of the table, against a mail server that does as told."""

import re
import smtplib
import socket
import threading
from collections import Counter
from datetime import timedelta
from email import message_from_bytes, policy
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import now

from notifications.backends import SmtpBackend
from notifications.bounces.enums import Why
from notifications.bounces.models import Suppression
from notifications.delivery import claiming, endings, handing, run
from notifications.delivery.mime import Mail
from notifications.delivery.models import Outlet, outlet_name
from notifications.mail_url import mailer_from_url
from notifications.outbox.actions import BATCH
from notifications.outbox.enums import Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, deliver_all
from tests.support import statements_of

pytestmark = pytest.mark.slow

OPTIONAL = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}


def state(message):
    return Message.objects.values_list("status", flat=True).get(pk=message.pk)


def held(status, *, ago=timedelta(minutes=11), **fields):
    """A message that a worker took `ago` and never came back for."""
    since = now() - ago
    if status == Status.HANDING_OVER:
        fields["handed_at"] = since
    return MessageFactory(status=status, claim=uuid4(), claimed_at=since, attempts=1, **fields)


def test_a_message_leaves_as_text_and_html_and_is_sent(sink, db):
    message = MessageFactory(language="ar")
    assert run.deliver([message.pk]) == 1
    (raw,) = sink.mails
    mail = message_from_bytes(raw, policy=policy.default)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    assert (mail["Message-ID"], mail["Content-Language"]) == (message.message_id, "ar")
    message.refresh_from_db()
    assert (message.status, message.attempts, message.error) == (Status.SENT, 1, "")
    assert message.sent_at >= message.handed_at >= message.claimed_at


def test_twice_is_once(sink, db):
    message = MessageFactory()
    assert [run.deliver([message.pk]) for _time in range(2)] == [1, 0]
    assert len(sink.mails) == 1


def test_a_message_that_is_gone_is_passed_over(sink, db):
    assert run.deliver([987654]) == 0


def test_one_connection_carries_a_batch(sink, db):
    messages = MessageFactory.create_batch(3)
    assert run.deliver([m.pk for m in messages]) == 3
    assert (sink.connections, len(sink.mails)) == (1, 3)


@pytest.mark.parametrize(("count", "connections"), ((6, 1), (7, 2), (35, 6), (60, 8)))
def test_many_leave_over_several_connections(sink, db, count, connections):
    messages = MessageFactory.create_batch(count, user=UserFactory())
    assert run.deliver([m.pk for m in messages]) == count
    assert (sink.connections, len(sink.mails)) == (connections, count)
    assert {message_from_bytes(raw)["Message-ID"] for raw in sink.mails} == {m.message_id for m in messages}
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}


def test_over_eight_connections_eight_mails_are_one_commit(sink, db):
    ids = [m.pk for m in MessageFactory.create_batch(48, user=UserFactory())]
    with CaptureQueriesContext(connection) as queries:
        run.deliver(ids)
    steps = [query for query in queries.captured_queries if "'handing_over' ELSE 'sent'" in query["sql"]]
    assert len(steps) == 6


def test_a_text_with_dots_at_its_lines_leaves_whole(sink, db, make_kind):
    """A line of one dot would end the mail, and the first of two would be taken off."""
    kind = make_kind(parts={**OPTIONAL, "happened": "{{ facts.text }}"})
    text = "before\n.\n..two\n.well-known\nafter"
    assert run.deliver([MessageFactory(kind=kind, facts={"text": text}).pk]) == 1
    (raw,) = sink.mails
    read = message_from_bytes(
        re.sub(rb"(?m)^\.\.", b".", raw), policy=policy.default
    )  # as a mail server does
    assert text in read.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_a_mail_server_that_takes_fewer_connections_gets_fewer(sink, db):
    sink.script = {"greeting": ["220 sink", "220 sink", "421 too many"]}
    messages = MessageFactory.create_batch(40, user=UserFactory())
    assert run.deliver([m.pk for m in messages]) == 40
    assert Outlet.objects.get().resting_until is None


def test_each_mail_of_a_round_has_its_own_ending(sink, db, make_kind):
    sink.script = {"END": ["250 ok", "552 too large", "drop", "451 later"]}
    MessageFactory.create_batch(40, kind=make_kind(parts=OPTIONAL))
    assert run.sweep() == 37
    ends = Counter(Message.objects.values_list("status", flat=True))
    assert ends == {Status.SENT: 37, Status.FAILED: 1, Status.UNKNOWN: 1, Status.RETRY: 1}
    assert len(sink.mails) == 37


def test_statements_per_message_are_one(sink, db):
    Outlet.objects.create(name=outlet_name())
    counts = []
    for number in (1, 3):
        ids = [m.pk for m in MessageFactory.create_batch(number, user=UserFactory())]
        counts.append(statements_of(lambda ids=ids: run.deliver(ids)))
    assert counts[1] - counts[0] == 2


def test_a_secret_is_erased_once_it_has_left(sink, db):
    message = MessageFactory(
        kind="accounts.login_code", facts={"code": "ABC-123", "until": now().isoformat()}, url="/en/secret/"
    )
    assert run.deliver([message.pk]) == 1
    assert b"ABC-123" in sink.mails[0]
    message.refresh_from_db()
    assert (message.facts, message.url) == ({}, "")


def test_other_facts_stay(sink, make_kind, db):
    message = MessageFactory(kind=make_kind(parts=OPTIONAL), facts={"n": 1}, url="/en/")
    run.deliver([message.pk])
    message.refresh_from_db()
    assert (message.facts, message.url) == ({"n": 1}, "/en/")


@pytest.mark.parametrize(
    ("step", "answer", "ends"),
    (
        ("greeting", "421 too busy", Status.RETRY),
        ("greeting", "drop", Status.RETRY),
        ("greeting", "hang", Status.RETRY),
        ("MAIL", "421 closing", Status.RETRY),
        ("MAIL", "drop", Status.RETRY),
        ("MAIL", "553 not you", Status.FAILED),
        ("RCPT", "450 4.2.2 box full", Status.RETRY),
        ("RCPT", "550 5.1.1 no such box", Status.FAILED),
        ("RCPT", "hang", Status.RETRY),
        ("DATA", "451 later", Status.RETRY),
        ("DATA", "554 no", Status.FAILED),
        ("END", "452 full", Status.RETRY),
        ("END", "552 too large", Status.FAILED),
        ("DATA", "drop", Status.UNKNOWN),
        ("DATA", "hang", Status.UNKNOWN),
        ("END", "drop", Status.UNKNOWN),
        ("END", "hang", Status.UNKNOWN),
    ),
)
@pytest.mark.usefixtures("db")
def test_every_answer_of_a_mail_server_has_its_ending(sink, make_kind, step, answer, ends):
    sink.script = {step: answer}
    message = MessageFactory(kind=make_kind(parts=OPTIONAL))
    assert run.deliver([message.pk]) == 0
    message.refresh_from_db()
    assert message.status == ends
    assert message.error
    assert sink.mails == []
    if ends == Status.RETRY:
        assert timedelta(seconds=40) < message.not_before - now() < timedelta(seconds=75)


def test_nobody_listening_is_for_later(settings, closed_port, db):
    settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{closed_port}")}
    messages = MessageFactory.create_batch(2)
    assert run.deliver([m.pk for m in messages]) == 0
    assert set(Message.objects.values_list("status", "attempts")) == {(Status.RETRY, 1)}


def test_one_refusal_does_not_hold_up_the_others(sink, db):
    sink.script = {"RCPT": ["550 5.1.1 no such box", "421 4.3.2 closing", "250 ok"]}
    messages = MessageFactory.create_batch(3)
    assert run.deliver([m.pk for m in messages]) == 1
    assert [state(m) for m in messages] == [Status.FAILED, Status.RETRY, Status.SENT]


@pytest.mark.parametrize("step", ("MAIL", "RCPT", "DATA", "END"))
def test_after_a_refusal_the_connection_goes_on(sink, db, step):
    sink.script = {step: ["550 5.1.1 no", "451 later"]}
    messages = MessageFactory.create_batch(4)
    assert run.deliver([m.pk for m in messages]) == 2
    assert [state(m) for m in messages] == [Status.FAILED, Status.RETRY, Status.SENT, Status.SENT]
    assert (sink.connections, len(sink.mails)) == (1, 2)


@pytest.mark.night
def test_one_connection_that_stays_silent_stops_no_mail(sink, db):
    sink.script = {"greeting": ["hang", "220 sink"]}
    messages = MessageFactory.create_batch(2)
    assert run.deliver([m.pk for m in messages]) == 2
    assert sink.connections == 2
    assert Outlet.objects.get().resting_until is None


def test_each_answer_is_waited_for_as_long_as_it_should_take(sink, monkeypatch):
    waits = {"greeting": [], "told": []}
    connect, say = socket.create_connection, smtplib.SMTP.send

    def connecting(address, timeout, *args):
        waits["greeting"].append(timeout)
        return connect(address, timeout, *args)

    def telling(self, words):
        waits["told"].append(self.sock.gettimeout())
        return say(self, words)

    monkeypatch.setattr(socket, "create_connection", connecting)
    monkeypatch.setattr(smtplib.SMTP, "send", telling)
    mailer = SmtpBackend(**mailer_from_url(sink.url.replace("timeout=2", "timeout=60"))["OPTIONS"], alias="x")
    mailer.open()
    assert len(list(mailer.talk(Mail("S", "T", "a@example.org", ["b@example.org"])))) == 4
    # who we are, from whom and to whom; that a text comes, and the text
    assert (waits["greeting"], waits["told"]) == ([5], [10, 10, 10, 60, 60])
    mailer.close()


def test_waits_grow_and_end_in_failure(sink, db, settings):
    settings.MAIL_MOST_ATTEMPTS = 4
    sink.script = {"RCPT": "451 later"}
    message, waits = MessageFactory(), []
    for _attempt in range(4):
        run.deliver([message.pk])
        message.refresh_from_db()
        waits.append((message.not_before - now()).total_seconds() / 60)
        Message.objects.update(not_before=now())
    assert message.status == Status.FAILED
    assert [0.75 * 2**n < wait < 1.25 * 2**n for n, wait in enumerate(waits[:3])] == [True] * 3


def test_a_message_is_not_tried_before_its_time(sink, db):
    message = MessageFactory(not_before=now() + timedelta(hours=1))
    assert run.deliver([message.pk]) == 0
    assert run.sweep() == 0
    assert state(message) == Status.QUEUED


@pytest.mark.parametrize(
    ("answer", "suppressed"),
    (
        ("550 5.1.1 no such box", ["gone@whatson.example"]),
        ("550 5.7.1 we do not like you", []),
        ("450 4.1.1 perhaps later", []),
    ),
)
def test_only_a_bad_address_is_suppressed(sink, db, answer, suppressed):
    sink.script = {"RCPT": answer}
    run.deliver([MessageFactory(address="Gone@whatson.example").pk])
    assert list(Suppression.objects.values_list("address", flat=True)) == suppressed


def test_a_suppressed_address_gets_nothing(sink, db):
    Suppression.objects.create(address="Gone@WhatsOn.example", why=Why.BY_HAND, reason="550")
    gone, here = MessageFactory(address="gone@whatson.example"), MessageFactory()
    assert run.deliver([gone.pk, here.pk]) == 1
    assert (state(gone), state(here)) == (Status.SUPPRESSED, Status.SENT)


def test_what_is_no_longer_theirs_to_see_is_held_back(sink, make_kind, reader, db):
    calls = []
    kind = make_kind(parts=OPTIONAL, still_visible=lambda user, pk: calls.append((user, pk)))
    message = MessageFactory(kind=kind, user=reader, subject_id=7)
    assert run.deliver([message.pk]) == 0
    assert calls == [(reader, 7)]
    assert state(message) == Status.SUPPRESSED


def test_a_message_without_words_fails_and_says_so(sink, make_kind, db):
    broken = MessageFactory(kind=make_kind(parts={**OPTIONAL, "todo": "{% both_clocks facts.none %}"}))
    other = MessageFactory()
    assert run.deliver([broken.pk, other.pk]) == 1
    broken.refresh_from_db()
    assert (broken.status, broken.error[:10]) == (Status.FAILED, "ValueError")


def test_an_address_that_no_server_could_take_fails_alone(sink, db):
    odd, other = MessageFactory(address="fühl@whatson.example"), MessageFactory()
    assert run.deliver([odd.pk, other.pk]) == 1
    assert (state(odd), state(other)) == (Status.FAILED, Status.SENT)


def test_a_name_with_line_breaks_adds_no_header(sink, make_kind, db):
    kind = make_kind(parts={**OPTIONAL, "subject": "{{ facts.who }}"})
    run.deliver([MessageFactory(kind=kind, facts={"who": "A\r\nBcc: b@c.example\r\n\r\nx"}).pk])
    mail = message_from_bytes(sink.mails[0], policy=policy.default)
    assert (mail["Bcc"], mail["Subject"]) == (None, "A Bcc: b@c.example x")


def test_the_sweep_sends_what_a_lost_nudge_left(db, mailoutbox):
    MessageFactory.create_batch(3)
    assert len(deliver_all()) == 3
    assert set(Message.objects.values_list("status", flat=True)) == {Status.SENT}


def test_a_stale_claim_is_sent_again(db, mailoutbox):
    message = held(Status.CLAIMED)
    assert run.sweep() == 1
    message.refresh_from_db()
    assert (message.status, message.attempts) == (Status.SENT, 2)


def test_a_fresh_claim_is_left_alone(db, mailoutbox):
    for status in Status.HELD:
        held(status, ago=timedelta(minutes=9))
    assert run.sweep() == 0
    assert set(Message.objects.values_list("status", flat=True)) == set(Status.HELD)


def test_a_claim_that_kills_each_worker_ends(db, mailoutbox, settings):
    message = held(Status.CLAIMED)
    Message.objects.update(attempts=settings.MAIL_MOST_ATTEMPTS)
    assert run.sweep() == 0
    assert state(message) == Status.FAILED


@pytest.mark.parametrize(("essential", "ends", "sent"), ((True, Status.SENT, 1), (False, Status.UNKNOWN, 0)))
@pytest.mark.usefixtures("db")
def test_a_stale_handing_over_is_sent_again_only_if_essential(mailoutbox, make_kind, essential, ends, sent):
    message = held(Status.HANDING_OVER, kind=make_kind(parts=OPTIONAL, essential=essential))
    assert run.sweep() == sent
    assert [mail.extra_headers["Message-ID"] for mail in mailoutbox] == [message.message_id] * sent
    message.refresh_from_db()
    assert message.status == ends
    assert message.doubtful_at is not None


def test_who_lost_the_claim_sends_nothing(sink, db):
    message = MessageFactory()
    (mine,) = claiming.claim().messages
    Message.objects.filter(pk=message.pk).update(claimed_at=now() - timedelta(hours=1))
    assert run.sweep() == 1
    assert handing.send([mine]) == 0
    assert len(sink.mails) == 1


def test_late_truth_corrects_unknown(sink, db, make_kind):
    message = MessageFactory(kind=make_kind(parts=OPTIONAL))
    (mine,) = claiming.claim().messages
    Message.objects.filter(pk=message.pk).update(status=Status.UNKNOWN, doubtful_at=now())
    endings.finish(mine, Status.SENT, sent_at=now(), error="")
    assert state(message) == Status.SENT


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_claim_the_same():
    MessageFactory.create_batch(80)
    barrier, claimed = threading.Barrier(2), []

    def work():
        try:
            barrier.wait(300)
            claimed.append([m.pk for m in claiming.claim().messages])
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _worker in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(300)
    first, second = map(set, claimed)
    assert first.isdisjoint(second)
    assert sorted(map(len, (first, second))) == [80 - BATCH, BATCH]

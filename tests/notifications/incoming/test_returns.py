"""Mail that returns to the portal's mailbox, over a real IMAP server: each sort, once, and what follows."""

import socketserver
import threading
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils.timezone import now

from notifications.bounces.enums import Why
from notifications.bounces.models import MailEvent, Suppression
from notifications.incoming import actions
from notifications.incoming.actions import read_mailbox
from notifications.incoming.connection import Connection, MailboxAway
from notifications.incoming.enums import Sort
from notifications.incoming.models import IncomingMail, Mailbox
from notifications.incoming.reading import read_mail
from notifications.incoming.signed_addresses import REPLY, RETURN, signed_address
from notifications.mail_url import mailbox_from_url
from notifications.outbox.enums import Outcome, Status
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, deliver_all
from tests.notifications.incoming.conftest import ADDRESS, PASSWORD
from tests.notifications.incoming.samples import COMPLAINT, EXCHANGE, GMAIL, POSTFIX, words, written

pytestmark = pytest.mark.django_db
counter = iter(range(10**6))
GONE = "550 5.1.1 <somebody.else@whatson.example>: Recipient address rejected: User unknown"


OPTIONAL = {"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"}


def sent(**fields):
    return MessageFactory(status=Status.SENT, sent_at=now() - timedelta(hours=1), **fields)


def returns(message):
    return signed_address(RETURN, message.pk)


def bounced(
    message, *, sample=POSTFIX, to="", status="5.1.1", diagnosis=GONE, action="failed", ours="X-Nothing: 1"
):
    return written(
        sample,
        to=to or returns(message),
        status=status,
        diagnosis=diagnosis,
        action=action,
        ours=ours,
        n=str(next(counter)),
    )


def sorts():
    return list(IncomingMail.objects.order_by("pk").values_list("sort", flat=True))


def outcome_of(message):
    message.refresh_from_db()
    return message.outcome


@pytest.fixture
def optional(make_kind):
    return make_kind(parts=OPTIONAL)


def test_a_mail_names_itself_where_it_returns_and_where_it_is_answered(box, sink, optional):
    MessageFactory(pk=41, address="a@whatson.example", kind=optional)
    MessageFactory(pk=42, address="b@whatson.example")
    deliver_all()
    secret, first = sink.mails
    for pk, sender in zip((42, 41), sink.senders, strict=True):
        assert f"<{signed_address(RETURN, pk)}>" in sender
    assert f"Reply-To: {signed_address(REPLY, 41)}\r\n".encode() in first
    assert b"Reply-To" not in secret
    # RFC 8058: one click leaves the list, at an address that is signed too.
    assert b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" in first
    assert b"List-Unsubscribe: <http" in first
    assert b"A reply to it reaches the WhatsOn team" in first.replace(b"=\r\n", b"")


def test_what_servers_return_holds_the_address_back_that_we_wrote_to(box, optional):
    messages = {
        name: sent(address=f"{name}@whatson.example", kind=optional)
        for name in ("postfix", "exchange", "gmail", "later")
    }
    full = "452 4.2.2 The email account that you tried to reach is over quota."
    box.deliver(
        bounced(messages["postfix"]),
        # The return address is only in what came back: the carrier of our mail has one of its own.
        bounced(
            messages["exchange"],
            sample=EXCHANGE,
            to="carrier@provider.example",
            status="5.0.0",
            diagnosis="550 5.4.1 Recipient address rejected: Access denied",
            ours=f"Return-Path: <{returns(messages['exchange'])}>",
        ),
        bounced(messages["gmail"], sample=GMAIL, diagnosis="550-5.1.1 The email account does not exist."),
        bounced(messages["later"], sample=GMAIL, status="4.2.2", diagnosis=full),
    )
    assert read_mailbox() == 4
    assert sorts() == [Sort.BOUNCE] * 4
    held = dict(Suppression.objects.values_list("address", "why"))
    assert held == {f"{name}@whatson.example": Why.HARD for name in ("postfix", "exchange", "gmail")}
    assert [outcome_of(messages[name]) for name in ("postfix", "exchange", "gmail")] == [Outcome.HARD] * 3
    # For now: the same second try as where a provider tells it.
    messages["later"].refresh_from_db()
    assert (messages["later"].status, MailEvent.objects.get(outcome=Outcome.SOFT).provider) == (
        Status.RETRY,
        "mailbox",
    )
    assert box.left == []


REPORTS = (
    ("failed", "5.7.1", "554 5.7.1 Message rejected as spam by policy", Outcome.REFUSED),
    ("failed", "5.2.2", "552 5.2.2 Mailbox full", Outcome.SOFT),
    ("failed", "4.4.1", "connect to mail.example.org: Connection timed out", Outcome.SOFT),
    ("failed", "5.0.0", "550 no such user here", Outcome.HARD),
    ("failed", "", "something went wrong", Outcome.SOFT),
    ("delayed", "4.4.1", "connection timed out", Outcome.DEFERRED),
    ("delivered", "2.0.0", "250 ok", Outcome.DELIVERED),
)


def test_only_what_blames_the_address_holds_it_back(box, subtests):
    messages = [
        sent(address=f"{number}@whatson.example", kind="accounts.login_code")
        for number in range(len(REPORTS))
    ]
    box.deliver(
        *(
            bounced(message, action=action, status=status, diagnosis=diagnosis)
            for message, (action, status, diagnosis, _expected) in zip(messages, REPORTS, strict=True)
        )
    )
    read_mailbox()
    for message, (action, status, diagnosis, expected) in zip(messages, REPORTS, strict=True):
        with subtests.test(action=action, status=status, diagnosis=diagnosis):
            assert outcome_of(message) == expected
            is_held = Suppression.objects.filter(address=message.address).exists()
            assert is_held == (expected == Outcome.HARD)
    assert Suppression.objects.count() == 1


def test_forged_reports_hold_nobody_back(box):
    message = sent(address="one@whatson.example")
    right = returns(message)
    signature = right.rpartition("-")[2]
    forged = [
        right.replace("+b-", "+r-"),
        right.replace(signature[:4], "0000"),
        f"portal+b-{message.pk}@whatson.example",
        f"portal+b-{message.pk + 1}-{signature}",
    ]
    box.deliver(
        *(bounced(message, to=address) for address in forged),
        written(COMPLAINT, type="abuse", ours=f"Message-ID: {message.message_id}", n="1"),
        # A person may write like a report, but it is none.
        words(right, "a@whatson.example", "Action: failed\nStatus: 5.1.1"),
    )
    read_mailbox()
    assert sorts() == [Sort.UNMATCHED] * 5 + [Sort.AUTOMATIC]
    assert not Suppression.objects.exists()
    assert outcome_of(message) == ""
    assert len(box.left) == 5  # what matches nothing stays there


def test_who_got_a_copy_of_an_answer_holds_nobody_back(box, optional):
    """Everybody whom the owner copies in an answer sees where that goes, and may write to the mailbox."""
    message = sent(address="one@whatson.example", kind=optional)
    address = signed_address(REPLY, message.pk)
    box.deliver(
        bounced(message, to=address),
        bounced(message, to="portal@whatson.example", sample=EXCHANGE, ours=f"Reply-To: <{address}>"),
        written(COMPLAINT, type="abuse", ours=f"Reply-To: {address}", n="1"),
        bounced(message, to="portal@whatson.example", ours=f"To: {address}\nReply-To: {address}"),
    )
    read_mailbox()
    assert sorts() == [Sort.UNMATCHED] * 4
    assert not Suppression.objects.exists()
    assert outcome_of(message) == ""


def test_what_only_the_mailbox_says_keeps_nobody_from_signing_in(client, box, optional):
    """Even who knows where a mail returns cuts its owner off from no code, no new password, no warning."""
    owner = UserFactory(email="one@whatson.example")
    message = sent(address=owner.email, kind=optional, user=owner)
    box.deliver(bounced(message))
    read_mailbox()
    client.post("/en/accounts/login/code/", {"email": owner.email})
    client.post("/en/accounts/password/reset/", {"email": owner.email})
    warning = MessageFactory(address=owner.email)
    news = MessageFactory(address=owner.email, kind=optional)
    deliver_all()
    left = Message.objects.filter(address=owner.email, status=Status.SENT).exclude(pk=message.pk)
    assert set(left.values_list("kind", flat=True)) == {
        "accounts.login_code",
        "accounts.password_reset_key",
        warning.kind,
    }
    news.refresh_from_db()
    assert (news.status, "came back" in news.error) == (Status.SUPPRESSED, True)
    MailEvent.objects.all().delete()  # as after 180 days
    again = MessageFactory(address=owner.email)
    deliver_all()
    again.refresh_from_db()
    assert again.status == Status.SENT


def test_a_complaint_stops_all_but_what_must_arrive(box):
    message, other = sent(address="one@whatson.example"), sent(address="two@whatson.example")
    box.deliver(
        written(COMPLAINT, type="abuse", ours=f"Return-Path: <{returns(message)}>", n="1"),
        written(COMPLAINT, type="not-spam", ours=f"Return-Path: <{returns(other)}>", n="2"),
    )
    read_mailbox()
    assert sorts() == [Sort.COMPLAINT, Sort.AUTOMATIC]
    assert Suppression.objects.get().why == Why.COMPLAINT
    assert Suppression.objects.get().address == "one@whatson.example"
    assert box.left == []


def test_machines_are_told_apart_and_never_answered(box, mailoutbox):
    message = sent(address="one@whatson.example")
    to = signed_address(REPLY, message.pk)
    away = "I am away until 3 December."
    box.deliver(
        words(to, "one@whatson.example", away, Auto_Submitted="auto-replied (vacation)"),
        words(to, "one@whatson.example", away, Precedence="auto-reply"),
        words(to, "one@whatson.example", away, X_Autoreply="yes"),
        words(returns(message), "one@whatson.example", away),
        words(to, "list@example.org", "Digest", List_Id="<x.example.org>"),
        # A server that speaks as before RFC 3464.
        words(returns(message), "MAILER-DAEMON@old.example", "Hi. This is the qmail-send program."),
        words("portal@whatson.example", "shop@example.org", "Buy", X_Spam_Flag="YES"),
    )
    read_mailbox()
    assert sorts() == [Sort.AUTOMATIC] * 5 + [Sort.UNMATCHED] * 2
    assert not IncomingMail.objects.exclude(text="").exists()
    assert not Suppression.objects.exists()
    assert not Message.objects.exclude(pk=message.pk).exists()
    assert mailoutbox == []
    assert len(box.left) == 2


def test_each_mail_is_handled_once_wherever_a_run_is_killed(box, monkeypatch):
    message = sent(address="one@whatson.example")
    box.deliver(
        bounced(message), words("portal@whatson.example", "a@example.org", "Hello", Subject="To the desk")
    )

    def killed(*_args):
        raise SystemExit

    with monkeypatch.context() as once:
        once.setattr(actions, "_remove_understood", killed)
        with pytest.raises(SystemExit):
            read_mailbox()
    assert len(box.left) == 2
    mailbox_before = Mailbox.objects.get()
    assert read_mailbox() == 0
    assert len(box.left) == 1  # what the killed run left to remove

    # Between the consequences and the end of the transaction: nothing has happened.
    other = sent(address="two@whatson.example")
    box.deliver(bounced(other))
    with monkeypatch.context() as once:
        once.setattr(actions.IncomingMail, "save", killed)
        with pytest.raises(SystemExit):
            read_mailbox()
    assert not Suppression.objects.of("two@whatson.example").exists()
    assert Mailbox.objects.get().last_uid == mailbox_before.last_uid
    assert read_mailbox() == 1
    assert MailEvent.objects.count() == 2

    # A second worker that still believes the mail to be new.
    with Connection(actions.settings.MAILBOX) as connection:
        fetched = connection.fetch(box.left[0])
    assert actions.take(mailbox_before, box.left[0], fetched) is False
    # And a server that numbers all its mails anew.
    box.renew()
    assert read_mailbox() == 0
    assert IncomingMail.objects.count() == 3


def test_whatever_arrives_is_taken(box):
    """Huge, broken, in a wrong charset, with headers that would begin others: what comes after is read."""
    box.deliver(
        b"From: a@example.org\r\nSubject: huge\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/plain\r\n\r\nThe words\r\n--x\r\nContent-Type: application/zip\r\n"
        b"Content-Disposition: attachment; filename=a.zip\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + (b"QUJD" * 19 + b"\r\n")
        * 380_000,  # 30 MB
        b"From: c@example.org\r\nSubject: =?x-unknown?q?=C3=A9t=C3=A9?=\r\n"
        b"Content-Type: text/plain; charset=x-nothing\r\n\r\n\xd0\x9f\xd1\x80\xd0\xb8\xff!",
        b"From: d@example.org\r\nSubject: =?utf-8?q?One=0D=0ABcc:_all=40example.org?=\r\n\r\nTwo",
        words("portal@whatson.example", "e@example.org", "Last"),
    )
    read_mailbox()
    rows = {row.sender: row for row in IncomingMail.objects.all()}
    assert rows["a@example.org"].text == "The words"
    assert rows["c@example.org"].text.startswith("При")
    assert rows["c@example.org"].subject == "été"
    assert rows["d@example.org"].subject == "One Bcc: all@example.org"
    assert rows["e@example.org"].text == "Last"
    nested = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (at, at) for at in range(1500)
    )
    # What this server would not take.
    for raw in (b"", b"\xff\xfe no headers", b"From: b@example.org\r\n" + nested):
        assert read_mail(raw).sort == Sort.UNMATCHED
    assert read_mail(b"From: b@example.org\r\n\r\nOne\x00two").text == "Onetwo"


def test_many_are_read_in_batches(box, monkeypatch):
    tasks = []
    monkeypatch.setattr(actions, "later", tasks.append)
    box.deliver(*(words("portal@whatson.example", f"a{n}@example.org", f"{n}") for n in range(25)))
    assert [read_mailbox(most=10) for _run in range(4)] == [10, 10, 5, 0]
    assert tasks == ["notifications.read_mailbox"] * 2
    assert list(IncomingMail.objects.order_by("uid").values_list("text", flat=True)) == [
        str(n) for n in range(25)
    ]


class _Silent(socketserver.BaseRequestHandler):
    def handle(self):
        self.request.recv(1)  # nothing comes, until the other side hangs up


def test_a_server_that_hangs_is_left_and_the_next_run_goes_on(box, settings):
    right = settings.MAILBOX
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Silent) as silent:
        silent.daemon_threads = True
        threading.Thread(target=silent.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        settings.MAILBOX = {**right, "port": silent.server_address[1], "timeout": 0.3, "host": "127.0.0.1"}
        with pytest.raises(MailboxAway) as fault:
            read_mailbox()
        silent.shutdown()
    assert right["password"] not in str(fault.value)
    settings.MAILBOX = {**right, "password": "wrong"}
    with pytest.raises(MailboxAway):
        read_mailbox()
    assert Mailbox.objects.get().error == "login: error"
    settings.MAILBOX = right
    box.deliver(words("portal@whatson.example", "a@example.org", "Hello"))
    assert read_mailbox() == 1
    assert Mailbox.objects.get().error == ""


def test_an_encrypted_line_needs_a_certificate_that_is_trusted(certified, settings, monkeypatch):
    port, certificate = certified
    url = f"imap://portal:{quote(PASSWORD, safe='')}@127.0.0.1:{port}/INBOX?tls=1&timeout=60"
    settings.MAILBOX, settings.MAILBOX_ADDRESS = mailbox_from_url(url, ADDRESS)
    with pytest.raises(MailboxAway, match="SSLCertVerificationError"):
        read_mailbox()
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert read_mailbox() == 0
    assert Mailbox.objects.get().error == ""


def test_without_a_mailbox_nothing_is_asked_and_nothing_signed(settings, sink, optional):
    assert settings.MAILBOX is None
    assert read_mailbox() == 0
    MessageFactory(kind=optional)
    deliver_all()
    assert b"Reply-To" not in sink.mails[0]
    assert b"please do not reply" in sink.mails[0].replace(b"=\r\n", b"")


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("imaps://user@mail.example.org/", "portal@example.org"),
        ("pop3://user:hidden-word@mail.example.org/", "portal@example.org"),
        ("imap://user:hidden-word@mail.example.org/?tls=2", "portal@example.org"),
        ("imaps://user:hidden-word@mail.example.org/", "WhatsOn <portal@example.org>"),
        ("imaps://user:hidden-word@mail.example.org/", "portal+x@example.org"),
        ("imaps://user:hidden-word@mail.example.org/", ""),
    ],
)
def test_the_portal_does_not_start_half_set(url, address):
    with pytest.raises(ImproperlyConfigured) as fault:
        mailbox_from_url(url, address)
    assert "hidden-word" not in str(fault.value)

"""What leaves as bytes: what a mail program reads that knows nothing of ours."""

import email
import email.policy
import re

import pytest
from django.core.mail import EmailMultiAlternatives

from notifications.delivery import run
from notifications.delivery.compose import compose
from notifications.delivery.mime import LONGEST_LINE, Mail
from notifications.hooks import Channel
from notifications.outbox.models import Message, Preference
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db
PARTS = {"subject": "{{ facts.name }}", "happened": "H", "todo": "", "button": "", "why": "W"}


@pytest.fixture
def kind(make_kind):
    return make_kind("stakeholders.joined_for_tests_of_a_long_name", parts=PARTS)


def headers(raw):
    """Name → line as it stands, unfolded, before anything is decoded."""
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0].decode("ascii")
    return dict(line.split(": ", 1) for line in re.sub(r"\n[ \t]", " ", head).splitlines())


@pytest.mark.behaviour("A-18", "A-19")
@pytest.mark.parametrize("has_account", (True, False))
def test_the_address_to_stop_stands_whole_on_the_wire_and_works(client, sink, kind, has_account):
    """As encoded words, which Python makes of it, no mail program would find it."""
    person = UserFactory() if has_account else None
    MessageFactory(kind=kind, user=person, address="amina@whatson.example", facts={"name": "Heron"})
    assert run.sweep() == 1
    mail_headers = headers(sink.mails[0])
    assert mail_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert re.fullmatch(r"<[\w.-]+>", mail_headers["List-Id"])
    stop = re.fullmatch(r"<https?://testserver(/en/mail/stop/\S+)>", mail_headers["List-Unsubscribe"])[1]
    assert client.get(stop).status_code == 200
    assert client.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    if has_account:
        assert Preference.objects.get(user=person, kind=kind).mail == Channel.OFF
    MessageFactory(kind=kind, user=person, address="amina@whatson.example", facts={"name": "Lagoon"})
    run.sweep()  # and nothing but the word to the owner that a link changed something
    ends = Message.objects.filter(kind=kind).order_by("pk").values_list("status", flat=True)
    assert list(ends) == ["sent", "suppressed"]


@pytest.mark.parametrize(
    "name", ("Heron", "مرصد الساحل " * 9, "Ассоциация " * 12, "A" * 300, "国家" * 60, 'O\'Brien <b>, "x"')
)
@pytest.mark.parametrize("policy", (email.policy.SMTP, email.policy.default))
def test_every_header_says_what_pythons_own_would_say(kind, name, policy):
    message = MessageFactory(
        kind=kind, user=UserFactory(), address="amina@whatson.example", facts={"name": name}
    )
    mail = compose(message)
    ours, plain = mail.message(policy=policy), EmailMultiAlternatives.message(mail, policy=policy)
    raw = ours.as_bytes()
    mine, theirs = headers(raw), headers(plain.as_bytes())
    for header in theirs.keys() - {"Content-Type", "Date", "List-Unsubscribe"}:
        whole = header == "Subject" and len(name.split()) == 1 and name.isascii()
        assert mine[header] == (name if whole else theirs[header])
    read = email.message_from_bytes(raw, policy=email.policy.default)
    assert str(read["List-Unsubscribe"]) == str(plain["List-Unsubscribe"])
    for part in ("plain", "html"):
        text, other = (parsed_mail.get_body((part,)).get_content() for parsed_mail in (read, plain))
        assert text.replace("\r\n", "\n") == other.replace("\r\n", "\n")
    assert max(map(len, raw.splitlines())) <= LONGEST_LINE


@pytest.mark.parametrize(
    "name", ("Heron", "مرصد الساحل " * 9, "A" * 300, "国家" * 60, 'O\'Brien <b>, "x"', "=?")
)
def test_what_leaves_is_what_python_would_write(kind, name):
    """The mail puts itself together; read again, each part says the same as that of Django and Python."""
    message = MessageFactory(
        kind=kind, user=UserFactory(), address="amina@whatson.example", facts={"name": name}
    )
    mail = compose(message)
    raw = mail.as_bytes()
    ours, theirs = (
        email.message_from_bytes(content, policy=email.policy.default)
        for content in (raw, EmailMultiAlternatives.message(mail, policy=email.policy.SMTP).as_bytes())
    )
    assert not any(part.defects for part in ours.walk())
    assert sorted(ours.keys()) == sorted(theirs.keys())
    for header in set(theirs.keys()) - {"Content-Type", "Date"}:
        assert str(ours[header]) == str(theirs[header])
    assert abs((ours["Date"].datetime - theirs["Date"].datetime).total_seconds()) < 60
    assert [part.get_content_type() for part in ours.walk()] == [
        part.get_content_type() for part in theirs.walk()
    ]
    for part in ("plain", "html"):
        assert ours.get_body((part,)).get_content() == theirs.get_body((part,)).get_content()
    assert max(map(len, raw.splitlines())) <= LONGEST_LINE
    assert raw.isascii()
    assert b"\n" not in raw.replace(b"\r\n", b"")


@pytest.mark.parametrize(
    "given", ({"attachments": [("a.txt", "A", "text/plain")]}, {"to": ["a@exämple.org"]})
)
def test_what_is_not_text_and_html_alone_is_written_by_python(given):
    mail = Mail("S", "T", "a@b.example", **{"to": ["c@d.example"], **given})
    mail.attach_alternative("<p>T</p>", "text/html")
    read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert read.get_body(("plain",)).get_content().strip() == "T"
    assert read["To"] in ("c@d.example", "a@xn--exmple-cua.org")
    assert len(list(read.iter_attachments())) == len(given.get("attachments", ()))


def test_a_line_break_in_a_header_is_refused():
    mail = Mail("S", "T", "a@b.example", ["c@d.example"], headers={"List-Id": "<x>\nBcc: e@f.example"})
    with pytest.raises(ValueError, match="Header values may not contain"):
        mail.message()
    mail = Mail("S\nBcc: e@f.example", "T", "a@b.example", ["c@d.example"])
    mail.attach_alternative("T", "text/html")
    for write in (mail.message, mail.as_bytes):
        with pytest.raises(ValueError, match="Header values may not contain"):
            write()
    mail.subject, mail.extra_headers = "S", {"X-Any": "word\n", "X-Other": "1"}
    read = email.message_from_bytes(mail.as_bytes(), policy=email.policy.default)
    assert (read["X-Any"].strip(), read["X-Other"]) == ("word", "1")


def test_mails_do_not_share_what_differs(kind):
    """What is kept from one mail to the next is what they have in common."""
    pair = [
        compose(MessageFactory(kind=kind, user=UserFactory(), language=language, facts={"name": language}))
        for language in ("en", "ar")
    ]
    read = [email.message_from_bytes(mail.message().as_bytes(), policy=email.policy.default) for mail in pair]
    assert [mail["Content-Language"] for mail in read] == ["en", "ar"]
    assert [mail["Subject"] for mail in read] == ["en", "ar"]
    assert len({mail.get_boundary() for mail in read}) == 2
    assert len({str(mail["List-Unsubscribe"]) for mail in read}) == 2

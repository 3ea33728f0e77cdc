"""What people answer to mail of the portal: to whom it is passed on, and what the desk gets."""

import pytest
from django.urls import reverse

from accounts.people.enums import Role
from audit.models import Entry
from notifications.incoming.actions import read_mailbox
from notifications.incoming.enums import Sort
from notifications.incoming.models import IncomingMail
from notifications.incoming.signed_addresses import REPLY, signed_address
from notifications.outbox.models import Message
from stakeholders.contact.actions import block, write
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import MessageFactory, deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.notifications.incoming.samples import words

pytestmark = pytest.mark.django_db
ARABIC = """\
نعم، يسعدنا أن نتعاون معكم.

أمينة

\u200fفي السبت، 28 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة \u200eWhatsOn\u200e
\u200f<no-reply@whatson.example>:\u200f

> Bea Writer writes to Harbour Observatory through WhatsOn.
>
> About: Working together
"""


@pytest.fixture
def conversation(reference):
    """Bea has written to the observatory; Amina, who looks after it, has the mail."""
    entry = StakeholderFactory(name="Harbour Observatory")
    member_of(entry, name="Amina Njeri", email="amina@harbour.example", language="ar")
    home = StakeholderFactory(name="Coastal Watch")
    writer = member_of(home, name="Bea Writer", email="bea@coastal.example", language="es")
    return write(entry, actor=writer, subject="Working together", text="Shall we work together?")


def replied(conversation, text=ARABIC, *, sender="Amina <Amina@harbour.example>", **fields):
    message = Message.objects.get(kind="stakeholders.contact_received", subject_id=conversation.pk)
    return words(signed_address(REPLY, message.pk), sender, text, **fields)


def test_an_answer_goes_on_in_the_conversation_without_the_address(box, conversation):
    box.deliver(replied(conversation, charset="windows-1256"), replied(conversation, "A second thought"))
    read_mailbox()
    lines = list(conversation.lines.values_list("text", "author__name", "from_stakeholder"))[1:]
    assert lines == [
        ("نعم، يسعدنا أن نتعاون معكم.\n\nأمينة", "Amina Njeri", True),
        ("A second thought", "Amina Njeri", True),
    ]
    # It is nowhere else, and the writer gets it as from the page: with a signed address of their own.
    assert set(IncomingMail.objects.values_list("sort", "text")) == {(Sort.ANSWER, "")}
    answers = Message.objects.filter(kind="stakeholders.contact_answered").order_by("pk")
    assert [message.user.email for message in answers] == ["bea@coastal.example"] * 2
    mails = {mail.to[0]: mail for mail in deliver_all()}
    assert "amina@harbour.example" not in str(mails["bea@coastal.example"].message())
    assert mails["bea@coastal.example"].extra_headers["Reply-To"] == signed_address(REPLY, answers[1].pk)

    # Bea goes on by mail too.
    box.deliver(words(signed_address(REPLY, answers[1].pk), "bea@coastal.example", "Good. On Monday?"))
    read_mailbox()
    assert conversation.lines.last().text == "Good. On Monday?"
    assert conversation.lines.last().from_stakeholder is False


def test_what_cannot_be_passed_on_is_known_to_the_desk_without_its_words(box, conversation):
    """Somebody to whom the mail was forwarded, a conversation that is closed, a mail without words."""
    box.deliver(
        replied(conversation, sender="eve@example.org"), replied(conversation, "> only what is quoted")
    )
    read_mailbox()
    entry_admin = conversation.stakeholder.memberships.get().user
    box.deliver(replied(conversation, "Yes"))
    read_mailbox()
    block(conversation, actor=entry_admin)
    message = Message.objects.get(kind="stakeholders.contact_answered")
    box.deliver(words(signed_address(REPLY, message.pk), "bea@coastal.example", "And now?"))
    read_mailbox()
    refused = IncomingMail.objects.filter(sort=Sort.REFUSED).order_by("pk")
    assert [(row.text, bool(row.note), row.message_id is not None) for row in refused] == [
        ("", True, True)
    ] * 3
    assert [line.text for line in conversation.lines.all()] == ["Shall we work together?", "Yes"]
    assert len(box.left) == 4


def results(verdicts, server="mx.whatson.example"):
    return {"Authentication_Results": f"{server} 1; {verdicts}"}


FAILED = (
    "spf=fail (says (so)) smtp.mailfrom=evil.example; dkim=none; dmarc=fail (p=none) header.from=x.example"
)
PASSED = "spf=fail; dkim=pass (so; dmarc=fail (not at all)) header.d=harbour.example; dmarc=pass"


def test_who_writes_in_a_persons_name_is_not_passed_on(box, conversation, settings):
    """The one has seen the address of the answer; the owner answers from their own mail server."""
    settings.MAILBOX_AUTHSERV_ID = "mx.whatson.example"
    box.deliver(
        replied(conversation, "Send the money here", **results(FAILED)),
        replied(conversation, "Send it there", **results(FAILED.upper(), server="MX.WhatsOn.example")),
        replied(conversation, "Yes", **results(PASSED)),
        replied(conversation, "On Monday", **results(FAILED, server="mx.elsewhere.example")),
        words("portal@whatson.example", "amina@harbour.example", "To the desk", **results(FAILED)),
    )
    read_mailbox()
    assert [line.text for line in conversation.lines.all()] == ["Shall we work together?", "Yes", "On Monday"]
    rows = IncomingMail.objects.order_by("pk").values_list("sort", "text", "note")
    assert [(sort, text, "DMARC" in note) for sort, text, note in rows] == [
        (Sort.REFUSED, "", True),
        (Sort.REFUSED, "", True),
        (Sort.ANSWER, "", False),
        (Sort.ANSWER, "", False),
        (Sort.LETTER, "To the desk", True),
    ]


def test_other_answers_reach_the_desk_with_the_mail_they_answer(box, client, make_kind):
    kind = make_kind(parts={"subject": "S", "happened": "H", "todo": "T", "button": "", "why": "W"})
    message = MessageFactory(kind=kind, user=UserFactory(email="one@whatson.example"))
    html = "<html><head><style>p{}</style></head><p>I have a <b>question</b> &lt;script&gt;</p>"
    mail = words(signed_address(REPLY, message.pk), "one@whatson.example", "x")
    mail = mail.replace(b"text/plain", b"text/html").replace(
        b"\n\nx", f"\n\n{html}<blockquote>quoted</blockquote>".encode()
    )
    box.deliver(mail)
    read_mailbox()
    row = IncomingMail.objects.get()
    assert (row.sort, row.message, row.text) == (Sort.LETTER, message, "I have a question <script>")
    sign_in(client, person_with(Role.HEAD))
    box.deliver(words("portal@whatson.example", "MAILER-DAEMON@old.example", "Hi", Subject="failure notice"))
    read_mailbox()
    page = client.get(reverse("desk_mail:incoming"))
    assert [mail.subject for mail in page.context["left"]] == ["failure notice"]
    assert "I have a question &lt;script&gt;" in page.text
    assert reverse("desk_mail:message", args=[message.pk]) in page.text
    client.post(reverse("desk_mail:incoming_done", args=[row.pk]))
    client.post(reverse("desk_mail:incoming_done", args=[row.pk]))
    assert Entry.objects.filter(action="notifications.incoming_done").count() == 1
    assert "I have a question" not in client.get(reverse("desk_mail:incoming")).text
    assert "I have a question" in client.get(reverse("desk_mail:incoming") + "?done=1").text

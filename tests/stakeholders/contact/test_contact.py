"""Messages that the portal relays: who may write, what arrives, what nobody else sees, and where it ends."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.data_rights.actions_retention import apply_rules
from accounts.data_rights.queries import days_of
from accounts.people.enums import Role
from audit.models import Entry
from coordination.focal_points.models import Named
from core.errors import DomainError, TooMany, WrongState
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import Block, Conversation, Line
from stakeholders.entries.enums import Listing, MemberRole
from stakeholders.entries.models import Stakeholder
from stakeholders.merging.actions import merge
from stakeholders.moderation import actions as moderation_actions
from stakeholders.moderation.actions import answer_report
from stakeholders.moderation.models import Report
from stakeholders.templatetags.stakeholders import inert
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, refused_and_each, together

pytestmark = pytest.mark.django_db
MESSAGE = {"subject": "Working together", "text": "We also watch harbours. Shall we talk?"}
ROLES = (
    "visitor",
    "plain",
    "unconfirmed",
    "member",
    "state",
    "regional",
    "vetting",
    "suspended",
    "withdrawn",
    "own",
)


@pytest.fixture
def entry(reference):
    return StakeholderFactory(name="Harbour Observatory")


@pytest.fixture
def admin(entry):
    return member_of(entry, name="Amina Njeri", email="amina@harbour.example", language="fr")


@pytest.fixture
def writer(reference):
    home = StakeholderFactory(name="Coastal Watch")
    return member_of(home, name="Bea Writer", email="bea@coastal.example", language="es")


def of(role, entry):
    if role in {"suspended", "withdrawn"}:
        return member_of(StakeholderFactory(status=role))
    makers = {
        "visitor": lambda: None,
        "plain": UserFactory,
        "unconfirmed": lambda: UserFactory(verified=False),
        "member": lambda: member_of(StakeholderFactory()),
        "own": lambda: member_of(entry),
    }
    return makers.get(role, lambda: person_with(role))()


def page_of(entry):
    return f"/en/stakeholders/{entry.pk}/contact/"


def begin_conversation(entry, writer, **fields):
    return contact_actions.write(entry, actor=writer, **{**MESSAGE, **fields})


# --- Who may write ------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize(
    ("chosen", "may", "people"),
    [
        (chosen, may, people)
        for chosen, may in (
            ("everybody", {"plain", "member", "state", "regional", "vetting"}),
            ("members_states", {"member", "state"}),
            ("members", {"member"}),
            ("nobody", set()),
        )
        for people in refused_and_each(ROLES, may)
    ],
)
def test_who_may_write_is_what_its_people_chose(client, entry, admin, chosen, may, people, subtests):
    Stakeholder.objects.filter(pk=entry.pk).update(contact_from=chosen)
    for role in people:
        with subtests.test(role=role):
            if person := of(role, entry):
                sign_in(client, person)
            expected = 302 if role == "visitor" else 200 if role in may else 403
            assert client.get(page_of(entry)).status_code == expected
            profile = client.get(entry.get_absolute_url()).text
            assert ('Contact<span class="visually-hidden">: ' in profile) is (role in may)
            # Nobody who cannot write is left without a word, or without another way.
            assert ("Ask the WhatsOn team" in profile) is not (
                role in may or role == "own" or (role == "visitor" and chosen == "everybody")
            )
            client.post(page_of(entry), MESSAGE)
            assert Conversation.objects.count() == (1 if role in may else 0)


@pytest.mark.parametrize("status", ("listed", "lapsed", "suspended", "withdrawn", "merged"))
def test_only_an_active_entry_takes_messages(client, writer, status):
    source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
    entry = StakeholderFactory(status=status, **source)
    member_of(entry)
    sign_in(client, writer)
    assert client.post(page_of(entry), MESSAGE).status_code == (403 if status == "listed" else 404)
    assert not Conversation.objects.exists()
    if status in {"lapsed", "suspended"}:
        sign_in(client, person_with("vetting"))  # who sees it
        assert "This profile is not active at present" in client.get(page_of(entry)).text


def test_an_entry_without_an_administrator_takes_none(client, entry, writer):
    member_of(entry, role=MemberRole.EDITOR)
    member_of(entry, is_active=False)
    sign_in(client, writer)
    assert client.get(page_of(entry)).status_code == 403


def test_a_hidden_entry_answers_as_a_missing_one(client, admin, entry, writer):
    Stakeholder.objects.filter(pk=entry.pk).update(listing=Listing.UNLISTED, contact_from="everybody")
    sign_in(client, writer)
    hidden, missing = client.get(page_of(entry)), client.get("/en/stakeholders/999999/contact/")
    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert "Harbour" not in hidden.text
    with pytest.raises(PermissionDenied):
        begin_conversation(entry, writer)


@pytest.mark.parametrize(
    ("chosen", "offered", "sentence"),
    (
        ("everybody", True, "no address is shown"),
        ("members_states", False, "Only members and State accounts can write to this stakeholder."),
        ("members", False, "Only members can write to this stakeholder."),
        ("nobody", False, "This stakeholder does not accept messages through the portal."),
    ),
)
def test_a_visitor_is_offered_to_sign_in_only_where_a_new_account_may_write(
    client, entry, admin, chosen, offered, sentence
):
    Stakeholder.objects.filter(pk=entry.pk).update(contact_from=chosen)
    page = client.get(entry.get_absolute_url()).text
    assert ("Sign in to write to them" in page) is offered
    assert sentence in page
    assert client.get(f"/en/accounts/login/?next={page_of(entry)}").text.count(
        "Sign in to write to Harbour Observatory."
    )
    sign_in(client, UserFactory())
    answer = client.post(page_of(entry), MESSAGE)
    # The foot of a page of work does not name it.
    assert ("Register your organization" in answer.text) is (chosen in {"members", "members_states"})
    assert answer.status_code == (302 if offered else 403)
    assert offered or (sentence in answer.text and MESSAGE["text"] in answer.text)  # nothing typed is lost


def test_whoever_is_here_for_a_state_is_not_sent_to_register(client, entry, admin):
    Stakeholder.objects.filter(pk=entry.pk).update(contact_from="members")
    sign_in(client, person_with("state"))
    section = (
        client.get(entry.get_absolute_url()).text.partition('id="contact"')[2].partition("</section>")[0]
    )
    assert "Only members can write to this stakeholder." in section
    assert "/register/" not in section


def test_an_entry_that_nobody_looks_after_names_other_ways(client, reference):
    """Seen on a running portal: every entry promised to pass messages on, and answered 403 afterwards."""
    listed = StakeholderFactory(
        status="listed",
        source_name="A list",
        source_date="2026-01-01",
        website="https://listed.example",
        contact_from="everybody",
    )
    for person in (None, UserFactory(), person_with("vetting")):
        if person:
            sign_in(client, person)
        page = client.get(listed.get_absolute_url()).text
        section = page.partition('id="contact"')[2].partition("</section>")[0]
        assert "the portal cannot pass on messages" in section
        assert f'href="/en/out/stakeholder/{listed.pk}/"' in section
        assert 'href="/en/contact/"' in section
        assert "write to them" not in page.lower()


def test_whoever_cannot_write_may_ask_the_regional_focal_point_who_is_named(client, entry, admin, settings):
    settings.KEEP_PAGES_SECONDS = 60
    term, elsewhere = appointed(countries=["KEN"]), appointed(countries=["PER"])
    url = f"/en/regional/focal-points/{term.pk}/write/"
    assert url not in client.get(entry.get_absolute_url()).text  # has not agreed to be named
    for appointment in (term, elsewhere):
        Named.objects.create(user=appointment.user)
    page = client.get(entry.get_absolute_url()).text
    assert url in page
    assert f"/focal-points/{elsewhere.pk}/" not in page
    assert f"Sign in to write to {term.user.name}." in client.get(f"/en/accounts/login/?next={url}").text
    sign_in(client, UserFactory())
    assert url in client.get(page_of(entry)).text
    assert client.get(url).status_code == 200
    sign_in(client, term.user)
    assert url not in client.get(entry.get_absolute_url()).text  # nobody writes to themselves


def test_a_profile_says_whether_its_country_has_a_focal_point_and_whom_to_ask_instead(
    client, entry, admin, settings
):
    """Also the page that is kept: a term may begin for somebody who is not named."""
    settings.KEEP_PAGES_SECONDS = 60

    def links_to_ask():
        part = (
            client.get(entry.get_absolute_url()).text.partition('id="contact"')[2].partition("</section>")[0]
        )
        return re.findall(r'<li><a href="([^"]*)" rel="nofollow">([^<]*)</a></li>', part)

    none = "Kenya has no regional focal point yet. Ask the WhatsOn team instead."
    assert links_to_ask() == [("/en/contact/", none)]
    term = appointed(countries=["KEN"])
    covered = "A regional focal point covers Kenya, but is not named here. Ask the WhatsOn team instead."
    assert links_to_ask() == [("/en/contact/", covered)]
    Named.objects.create(user=term.user)
    assert links_to_ask() == [
        (f"/en/regional/focal-points/{term.pk}/write/", f"Write to {term.user.name}, regional focal point"),
        ("/en/contact/", "Ask the WhatsOn team"),
    ]


def test_a_kept_profile_says_so_once_its_last_administrator_is_gone(client, entry, admin, settings):
    settings.KEEP_PAGES_SECONDS = 60
    Stakeholder.objects.filter(pk=entry.pk).update(contact_from="everybody")
    assert "Sign in to write to them" in client.get(entry.get_absolute_url()).text
    admin.memberships.all().delete()
    assert "Sign in to write to them" not in client.get(entry.get_absolute_url()).text


def test_the_sign_in_does_not_name_a_hidden_entry(client, entry, admin):
    Stakeholder.objects.filter(pk=entry.pk).update(listing=Listing.UNLISTED)
    assert "Harbour" not in client.get(f"/en/accounts/login/?next={page_of(entry)}").text


# --- What arrives -------------------------------------------------------------------------------------
def test_it_reaches_who_looks_after_the_entry_each_in_their_language(client, entry, admin, writer):
    editor = member_of(entry, role=MemberRole.EDITOR, language="en")
    reader = member_of(entry, role=MemberRole.READER)
    sign_in(client, writer)
    answer = client.post(page_of(entry), MESSAGE, follow=True)
    assert "on its way" in answer.text
    mails = Message.objects.filter(kind="stakeholders.contact_received")
    assert set(mails.values_list("user", "language")) == {(admin.pk, "fr"), (editor.pk, "en")}
    sent = {mail.to[0]: mail for mail in deliver_all()}
    assert set(sent) == {admin.email, editor.email}
    mail = sent[editor.email]
    assert mail.subject == "Message through WhatsOn: Working together"
    assert "Bea Writer writes to Harbour Observatory" in mail.body
    assert MESSAGE["text"] in mail.body
    whole = str(mail.message())
    for hidden in (writer.email, "Reply-To", reader.email):
        assert hidden not in whole
    assert mail.to == [editor.email]
    assert mail.cc == mail.bcc == mail.reply_to == []


def test_the_senders_address_is_shown_only_where_they_say_so(entry, admin, writer, client):
    begin_conversation(entry, writer)
    sign_in(client, admin)
    assert writer.email not in client.get(Conversation.objects.get().get_absolute_url()).text
    shown = begin_conversation(entry, writer, text="Another text.", shows_address=True)
    assert writer.email in client.get(shown.get_absolute_url()).text
    bodies = [mail.body for mail in deliver_all()]
    assert [("bea[@]coastal[.]example" in body) for body in bodies] == [False, True]


def test_links_arrive_as_text_that_nothing_can_click(entry, admin, writer, client):
    text = "https://evil.example/x www.evil.example <a href='https://evil.example'>here</a>, me@evil.example"
    conversation = begin_conversation(entry, writer, subject="go to evil.example", text=text)
    (mail,) = deliver_all()
    html = mail.alternatives[0].content
    for part in (mail.body, html, mail.subject):
        assert "evil.example" not in part
        assert "<a href='" not in part.replace(mail.body, "")
    assert "&lt;a href=" in html
    sign_in(client, admin)
    page = client.get(conversation.get_absolute_url()).text
    assert 'href="https://evil' not in page
    assert "<a href='https" not in page
    assert "&lt;a href=" in page


def test_inert_writes_addresses_with_brackets():
    assert inert("https://a.example me@b.org, 3.5 Mr. X") == "https[:]//a[.]example me[@]b[.]org, 3[.]5 Mr. X"


@pytest.mark.parametrize("door", ("form", "action"))
def test_a_subject_puts_no_header_and_no_turning_mark_into_the_mail(entry, admin, writer, client, door):
    fields = {"subject": "Hello\r\nBcc: victim@example.org\u202etxt.exe", "text": "A\u202eB\u2066C\r\nD"}
    if door == "form":
        sign_in(client, writer)
        client.post(page_of(entry), fields)
    else:
        begin_conversation(entry, writer, **fields)
    conversation = Conversation.objects.get()
    assert conversation.subject == "Hello Bcc: victim@example.orgtxt.exe"
    assert conversation.lines.get().text == "ABC\nD"
    (mail,) = deliver_all()
    assert "\n" not in mail.subject
    assert mail.recipients() == [admin.email]
    assert "\u202e" not in mail.body + mail.subject


@pytest.mark.parametrize(
    ("fields", "words"),
    (
        ({"subject": " \n"}, "Describe what it is about."),
        ({"text": "\u202e "}, "Write your message."),
        ({"text": "x" * 5001}, "at most 5000"),
        ({"subject": "x" * 151}, "at most 150"),
    ),
)
def test_bad_input_says_what_is_wrong_and_keeps_what_was_typed(client, entry, admin, writer, fields, words):
    sign_in(client, writer)
    page = client.post(page_of(entry), {**MESSAGE, "shows_address": "on", **fields}).text
    assert words in page
    assert (MESSAGE["text"] in page) is ("text" not in fields)
    assert "checked" in page
    assert not Conversation.objects.exists()


# --- Limits -------------------------------------------------------------------------------------------
def test_the_same_twice_is_refused_and_kept_on_the_page(client, entry, admin, writer):
    sign_in(client, writer)
    client.post(page_of(entry), MESSAGE)
    page = client.post(page_of(entry), {**MESSAGE, "text": MESSAGE["text"].upper()}).text
    assert "You have sent exactly this already." in page
    assert Conversation.objects.count() == Message.objects.count() == 1


def test_one_person_writes_to_one_entry_three_times_a_day_and_loses_no_word(client, entry, admin, writer):
    sign_in(client, writer)
    for number in range(3):
        assert client.post(page_of(entry), {**MESSAGE, "text": f"Text {number}"}).status_code == 302
    page = client.post(page_of(entry), {**MESSAGE, "text": "The fourth text"}).text
    assert "Too many" in page
    assert "The fourth text" in page
    assert Conversation.objects.count() == 3


def test_one_person_writes_to_ten_entries_a_day(writer):
    entries = [StakeholderFactory() for _each in range(11)]
    for entry in entries:
        member_of(entry)
    for entry in entries[:10]:
        begin_conversation(entry, writer)
    with pytest.raises(TooMany):
        begin_conversation(entries[10], writer)


def test_an_entry_is_not_flooded_by_many(entry, admin, monkeypatch):
    monkeypatch.setattr(contact_actions, "MOST_TO_AN_ENTRY", 1)
    begin_conversation(entry, member_of(StakeholderFactory()))
    with pytest.raises(TooMany):
        begin_conversation(entry, member_of(StakeholderFactory()))


@pytest.mark.django_db(transaction=True)
def test_a_double_click_sends_once():
    entry = StakeholderFactory()
    member_of(entry)
    writer = member_of(StakeholderFactory())
    outcomes = together(*(lambda: begin_conversation(entry, writer) for _click in range(2)))
    assert [type(raised) for raised in outcomes if raised is not None] == [DomainError]
    assert (Conversation.objects.count(), Line.objects.count(), Message.objects.count()) == (1, 1, 1)


# --- The answer ---------------------------------------------------------------------------------------
def test_the_answer_goes_through_the_portal_in_the_entrys_name(client, entry, admin, writer):
    conversation = begin_conversation(entry, writer)
    deliver_all()
    sign_in(client, admin)
    assert "We also watch harbours. Shall we talk?" in client.get(conversation.get_absolute_url()).text
    client.post(conversation.get_absolute_url(), {"text": "Yes, on Monday."})
    mail = Message.objects.get(kind="stakeholders.contact_answered")
    assert (mail.user, mail.language) == (writer, "es")
    whole = "".join(str(sent.message()) + sent.body for sent in deliver_all() if sent.to == [writer.email])
    assert "Yes, on Monday." in whole
    for hidden in (admin.email, admin.name):
        assert hidden not in whole
    client.logout()
    sign_in(client, writer)
    page = client.get(conversation.get_absolute_url()).text
    assert "Yes, on Monday." in page
    for hidden in (admin.email, admin.name):
        assert hidden not in page
    client.post(conversation.get_absolute_url(), {"text": "Fine."})
    assert list(conversation.lines.values_list("from_stakeholder", "text")) == [
        (False, MESSAGE["text"]),
        (True, "Yes, on Monday."),
        (False, "Fine."),
    ]
    again = client.post(conversation.get_absolute_url(), {"text": "Fine."}).text
    assert "exactly this already" in again


SIDES = (
    "writer",
    "admin",
    "editor",
    "reader",
    "stranger",
    "member",
    "vetting",
    "head",
    "administrator",
    "regional",
    "state",
)


@pytest.mark.parametrize("people", refused_and_each(SIDES, {"admin", "editor"}))
def test_a_conversation_is_for_its_two_sides_alone(client, entry, admin, writer, people, subtests):
    conversation = begin_conversation(entry, writer)
    url = conversation.get_absolute_url()
    for who in people:
        with subtests.test(who=who):
            person = {
                "writer": lambda: writer,
                "admin": lambda: admin,
                "stranger": UserFactory,
                "editor": lambda: member_of(entry, role="editor"),
                "reader": lambda: member_of(entry, role="reader"),
                "member": lambda: member_of(StakeholderFactory()),
            }.get(who, lambda who=who: person_with(who))()
            sees = who in {"writer", "admin", "editor"}
            sign_in(client, person)
            answer = client.get(url)
            assert answer.status_code == (200 if sees else 404)
            assert (MESSAGE["subject"] in answer.text) is sees
            assert (MESSAGE["subject"] in client.get("/en/stakeholders/messages/").text) is sees
            assert person.has_perm("stakeholders.view_conversation", conversation) is sees
            for part in ("report/", "block/"):
                expected = 404 if who not in {"admin", "editor"} else 302 if part == "block/" else 200
                assert client.post(url + part).status_code == expected, part
            if not sees:
                client.post(url, {"text": "Let me in."})
                assert conversation.lines.count() == 1


def test_a_visitor_is_sent_to_sign_in(client, entry, admin, writer):
    conversation = begin_conversation(entry, writer)
    for url in (conversation.get_absolute_url(), "/en/stakeholders/messages/", page_of(entry)):
        assert client.get(url).status_code == 302
    assert client.get(f"{conversation.get_absolute_url()}block/").status_code in {302, 405}


@pytest.mark.parametrize("cause", ("blocked", "switched off", "suspended entry", "suspended sender"))
def test_what_ends_a_conversation_for_its_sender(client, entry, admin, writer, cause):
    conversation = begin_conversation(entry, writer)
    match cause:
        case "blocked":
            contact_actions.block(conversation, actor=admin)
        case "switched off":
            contact_actions.choose_contact(entry, "nobody", actor=admin)
        case "suspended entry":
            Stakeholder.objects.filter(pk=entry.pk).update(status="suspended")
        case "suspended sender":
            Stakeholder.objects.filter(name="Coastal Watch").update(status="suspended")
    with pytest.raises(PermissionDenied):
        contact_actions.answer(conversation, actor=writer, text="Hello?")
    sign_in(client, writer)
    page = client.get(conversation.get_absolute_url()).text
    assert "This conversation is closed to further messages." in page
    assert "block" not in page.lower()


# --- Blocking, reporting, switching off ---------------------------------------------------------------
def test_a_blocked_sender_is_not_told_and_can_be_let_in_again(client, entry, admin, writer):
    conversation = begin_conversation(entry, writer)
    sign_in(client, admin)
    client.post(f"{conversation.get_absolute_url()}block/")
    client.post(f"{conversation.get_absolute_url()}block/")
    row = Block.objects.get()
    assert (row.stakeholder, row.user, row.by) == (entry, writer, admin)
    assert not Message.objects.filter(user=writer).exists()
    with pytest.raises(PermissionDenied) as refusal:
        begin_conversation(entry, writer, text="More.")
    assert "block" not in str(refusal.value).lower()
    settings = f"/en/stakeholders/{entry.pk}/manage/contact/"
    assert "Bea Writer" in client.get(settings).text
    client.post(f"{settings}{row.pk}/unblock/")
    assert not Block.objects.exists()
    begin_conversation(entry, writer, text="More.")


def test_only_who_changes_the_entry_chooses_who_may_write(client, entry, admin, writer):
    url = f"/en/stakeholders/{entry.pk}/manage/contact/"
    people = (
        (writer, 404),
        (member_of(entry, role="reader"), 404),
        (person_with(Role.VETTING), 404),
        (admin, 200),
    )
    for person, status in people:
        client.logout()
        sign_in(client, person)
        assert client.get(url).status_code == status
        client.post(url, {"contact_from": "nobody"})
        entry.refresh_from_db()
        assert entry.contact_from == ("nobody" if person == admin else "members_states")
    assert "Select a valid choice" in client.post(url, {"contact_from": "all"}).text


def test_a_reported_conversation_is_read_and_answered_by_those_who_vet(client, entry, admin, writer):
    conversation = begin_conversation(entry, writer)
    other = begin_conversation(entry, writer, text="A second text, which nobody reported.")
    sign_in(client, admin)
    url = f"{conversation.get_absolute_url()}report/"
    assert "Choose what fits best." in client.post(url, {"text": "They want money."}).text
    client.post(url, {"what": "fraud", "text": "They want money."})
    report = Report.objects.get()
    assert (report.conversation, report.stakeholder, report.what) == (conversation, entry, "fraud")
    with pytest.raises(WrongState):
        moderation_actions.report_conversation(conversation, actor=admin, fault="fraud", text="Again.")
    client.logout()
    vetter = person_with(Role.VETTING)
    sign_in(client, vetter)
    page = client.get(report.get_absolute_url()).text
    assert MESSAGE["text"] in page
    assert writer.email in page
    assert other.lines.get().text not in page
    client.post(report.get_absolute_url(), {"outcome": "corrected"})
    report.refresh_from_db()
    assert report.outcome == ""
    client.post(report.get_absolute_url(), {"outcome": "warned", "answer": "We wrote to them."})
    report.refresh_from_db()
    assert report.outcome == "warned"
    assert Message.objects.filter(kind="stakeholders.report_answered", user=admin).count() == 1


def test_who_wrote_the_message_does_not_judge_the_report(entry, admin, client):
    vetter = person_with(Role.VETTING)
    Stakeholder.objects.filter(pk=entry.pk).update(contact_from="everybody")
    conversation = begin_conversation(entry, vetter)
    report = moderation_actions.report_conversation(conversation, actor=admin, fault="prying", text="Why?")
    sign_in(client, vetter)
    assert client.get(report.get_absolute_url()).status_code == 404
    with pytest.raises(PermissionDenied):
        answer_report(report, actor=vetter, outcome="harmless")


# --- Time, and what goes with it ----------------------------------------------------------------------
def test_what_has_had_its_time_goes_with_its_mail_and_notices(entry, admin, writer):
    old, reported, young = (begin_conversation(entry, writer, text=f"Text {number}") for number in range(3))
    moderation_actions.report_conversation(reported, actor=admin, fault="threat", text="Look.")
    past = now() - timedelta(days=days_of("stakeholders.conversation"), hours=1)
    Conversation.objects.filter(pk__in=(old.pk, reported.pk)).update(last_at=past)
    assert apply_rules() == 1
    assert apply_rules() == 0
    assert set(Conversation.objects.all()) == {reported, young}
    for model in (Message, Notice):
        about = model.objects.filter(subject_kind="stakeholders.conversation")
        assert set(about.values_list("subject_id", flat=True)) == {reported.pk, young.pk}
    answer_report(Report.objects.get(), actor=person_with(Role.HEAD), outcome="harmless")
    assert apply_rules() == 1


def test_the_log_keeps_no_word_of_it_and_mail_is_not_sent_to_who_left(entry, admin, writer):
    conversation = begin_conversation(entry, writer)
    contact_actions.block(conversation, actor=admin)
    log = str(list(Entry.objects.values_list("data", flat=True)))
    for word in ("Working together", "harbours", writer.name, writer.email, str(MESSAGE["text"])):
        assert word not in log
    admin.memberships.all().delete()
    assert deliver_all() == []


def test_a_deleted_account_takes_its_conversations_along(entry, admin, writer):
    begin_conversation(entry, writer)
    writer.delete()
    assert not Conversation.objects.exists()
    assert not Line.objects.exists()


def test_a_merge_brings_conversations_and_blocks_along(entry, admin, writer):
    other = StakeholderFactory(name="Harbour Observatory Kenya")
    member_of(other)
    first, second = begin_conversation(entry, writer), begin_conversation(other, writer)
    contact_actions.block(first, actor=admin)
    contact_actions.block(second, actor=other.memberships.get().user)
    merge(other, entry, actor=person_with(Role.VETTING), reason="One.")
    assert set(Conversation.objects.filter(stakeholder=entry)) == {first, second}
    assert Block.objects.filter(stakeholder=entry).count() == 1


def test_the_list_and_a_conversation_cost_the_same_however_many(client, entry, admin, writer):
    conversations, numbers = [], count()
    sign_in(client, writer)

    def answer():
        contact_actions.answer(conversations[-1], actor=admin, text=f"Answer {next(numbers)}")

    def add():
        conversations.append(begin_conversation(entry, writer, text=f"Text {len(conversations)}"))
        answer()

    assert_no_growth(lambda: client.get("/en/stakeholders/messages/"), add)
    assert_no_growth(lambda: client.get(conversations[-1].get_absolute_url()), answer)

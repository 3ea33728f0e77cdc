"""Messages to the team: who writes, what is held, what receipts say, who answers, and how long they stay."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.data_rights import actions as data_rights_actions
from accounts.data_rights.actions_retention import apply_rules
from accounts.data_rights.queries import days_of
from accounts.hooks import sections
from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from portal.home.queries import work_of
from portal.team_messages import actions, forms
from portal.team_messages.enums import Purpose
from portal.team_messages.models import TeamMessage
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.portal import PageFactory, TeamMessageFactory
from tests.support import assert_no_growth, markup_of, together
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]
WRITE, LIST = "/en/contact/message/", "/en/desk/messages/"
ADDRESS, TEXT = "journalist@example.org", "Whom may I quote on the review?"
RECEIVED, ANSWERED = actions.RECEIVED, actions.ANSWERED


def typed(seconds: int = 60, **fields: str) -> dict[str, str]:
    """Return what somebody sends who opened the page so many seconds ago."""
    with time_machine.travel(now() - timedelta(seconds=seconds)):
        stamp = forms._stamps.sign("page")
    return {"purpose": "other", "text": TEXT, "address": ADDRESS, "opened": stamp, **fields}


def browser_of(person) -> Client:
    client = Client()
    sign_in(client, person)
    return client


def desk_page(message: TeamMessage) -> str:
    return reverse("portal:desk_team_message", args=[message.pk])


@pytest.fixture
def as_curator() -> Client:
    return browser_of(person_with(Role.CURATION))


@pytest.mark.behaviour("A-24")
def test_a_visitor_writes_and_has_a_number_on_the_page_and_by_mail(client, as_curator):
    answer = client.post(WRITE, typed())
    message = TeamMessage.objects.get()
    assert answer.url == f"{WRITE}{message.reference}/"
    page = Client().get(answer.url)
    assert message.reference in page.text
    assert TEXT not in page.text
    deliver_all()
    mail = Message.objects.get(address=ADDRESS)
    assert (mail.kind, mail.facts["reference"]) == (RECEIVED, message.reference)
    assert WorkItem.objects.about(message).open().get().waits_for == Role.CURATION
    assert message.reference in as_curator.get(LIST).text
    assert TEXT in as_curator.get(desk_page(message)).text


@pytest.mark.behaviour("A-24")
def test_a_receipt_carries_no_word_of_who_wrote(client, mailoutbox):
    client.post(WRITE, typed(text="Buy pills at https://pills.example today"))
    deliver_all()
    for mail in mailoutbox:
        assert "pills" not in str(mail.message())


def test_who_is_signed_in_gives_no_address_and_reads_message_and_answer(client):
    person = UserFactory(email="amina@example.org", language="fr")
    client.force_login(person)
    form = client.get(WRITE)
    assert 'name="address"' not in form.text
    assert "amina@example.org" in form.text
    page = client.post(WRITE, typed(address="other@example.org"), follow=True)
    assert TEXT in page.text
    message = TeamMessage.objects.get()
    assert (message.sender, message.address, message.language) == (person, "", "fr")
    assert [notice.kind for notice in Notice.objects.filter(user=person)] == [RECEIVED]
    actions.answer_message(message, actor=person_with(Role.CURATION), text="Anybody who agrees.")
    assert "Anybody who agrees." in client.get(message.get_absolute_url()).text
    other = browser_of(UserFactory())
    assert "Anybody who agrees." not in other.get(message.get_absolute_url()).text
    assert not Message.objects.exclude(address=person.email).exists()


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("purpose", "", "Choose what fits best."),
        ("purpose", "praise", "Select a valid choice"),
        ("text", " \u202e ", "Write your message."),
        ("text", "x" * 5001, "5000"),
        ("address", "", "Enter the address to which"),
        ("address", "nobody", "Enter a valid email address"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_the_rest_stays(client, field, value, words):
    page = client.post(WRITE, typed(**{field: value}))
    assert list(page.context["form"].errors) == [field]
    assert words in str(page.context["form"].errors[field])
    remaining = TEXT if field != "text" else ADDRESS
    assert remaining in page.text
    assert not TeamMessage.objects.exists()


def test_a_link_chooses_what_it_is_about(client):
    assert 'value="security" checked' in client.get(f"{WRITE}?about=security").text.replace(
        ' id="id_purpose_4"', ""
    ).replace(" required", "")


def test_the_page_about_contact_leads_to_the_form(client):
    PageFactory(slug="contact")
    page = client.get("/en/contact/").text
    assert f'href="{WRITE}"' in page
    assert "mailto:" in page


@pytest.mark.behaviour("A-24")
def test_what_somebody_sent_stands_among_their_submissions_as_far_as_it_is(client):
    sender = UserFactory()
    client.force_login(sender)
    for status, label in (
        ("spam", "With the WhatsOn team"),
        ("new", "With the WhatsOn team"),
        ("answered", "Answered"),
        ("closed", "Closed without an answer"),
    ):
        message = TeamMessageFactory(sender=sender, address="")
        answered = {"answer": "Yes.", "answered_at": now()} if status == "answered" else {}
        TeamMessage.objects.filter(pk=message.pk).update(status=status, **answered)
        sent = markup_of(client.get("/en/me/")).partition('id="sent"')[2].partition("</section>")[0]
        assert f'href="{message.get_absolute_url()}"' in sent
        assert f">{label}</span>" in sent
        assert "Held" not in sent
        message.delete()


def test_what_others_wrote_is_no_submission_of_who_answers_it():
    TeamMessageFactory()
    assert not work_of(person_with(Role.HEAD)).submissions


HELD = {
    "the trap is filled in": lambda: typed(homepage="https://spam.example"),
    "sent at once": lambda: typed(seconds=0),
    "without the page": lambda: typed(opened=""),
    "with a stamp that was made up": lambda: typed(opened="page:1:x"),
    "full of links": lambda: typed(text="https://a.example http://b.example www.c.example https://d.example"),
}


@pytest.mark.behaviour("A-24")
@pytest.mark.parametrize("how", HELD)
def test_what_looks_like_spam_is_held_and_answers_the_same(client, as_curator, how):
    answer = client.post(WRITE, HELD[how](), follow=True)
    message = TeamMessage.objects.get()
    assert message.status == "spam"
    assert "With the WhatsOn team" in answer.text
    assert "by e-mail" not in answer.text
    assert not Message.objects.exists()
    assert not WorkItem.objects.exists()
    assert message.reference not in as_curator.get(LIST).text
    assert message.reference in as_curator.get(f"{LIST}?status=spam").text
    assert "A message to the team was held" in as_curator.get(desk_page(message)).text


def test_what_was_held_in_error_is_opened_and_gets_its_receipt_once(client, as_curator):
    client.post(WRITE, typed(homepage="x"))
    message = TeamMessage.objects.get()
    for name in ("reopen", "close", "reopen"):
        as_curator.post(reverse("portal:move_team_message", args=[message.pk, name]))
    assert TeamMessage.objects.get().status == "new"
    assert Message.objects.filter(kind=RECEIVED, address=ADDRESS).count() == 1
    assert WorkItem.objects.about(message).open().count() == 1


def test_links_of_somebody_with_an_account_are_not_suspicious(client):
    client.force_login(UserFactory())
    client.post(WRITE, typed(text="https://a.example " * 5))
    assert TeamMessage.objects.get().status == "new"


@pytest.mark.behaviour("A-24")
def test_nobody_is_flooded_with_receipts(client):
    for number in range(5):
        address = ADDRESS.replace("@", f"+{number}@") if number % 2 else ADDRESS.upper()
        actions.send_message(
            actor=client.get("/en/").wsgi_request.user,
            purpose="other",
            text=f"Question {number}",
            language="en",
            address=address,
        )
    assert TeamMessage.objects.filter(status="new").count() == 5
    assert Message.objects.filter(kind=RECEIVED).count() == actions.MOST_RECEIPTS


def test_no_more_receipts_leave_to_strangers_in_a_day_than_the_limit(client, monkeypatch):
    monkeypatch.setattr(actions, "MOST_RECEIPTS_IN_ALL", 2)
    for number in range(4):
        client.post(WRITE, typed(address=f"person{number}@example.org"))
    assert TeamMessage.objects.count() == 4
    assert Message.objects.filter(kind=RECEIVED).count() == 2


def test_who_writes_too_often_is_told_so_and_keeps_what_was_typed(client):
    for number in range(6):
        client.post(WRITE, typed(text=f"Question {number}"))
    page = client.post(WRITE, typed(text="Question 6"))
    assert "Too many attempts" in page.text
    assert "Question 6" in page.text
    assert TeamMessage.objects.count() == 6


@pytest.mark.django_db(transaction=True)
def test_the_same_message_sent_twice_at_once_is_one():
    visitor = Client().get("/en/").wsgi_request.user

    def send() -> TeamMessage:
        return actions.send_message(actor=visitor, purpose="other", text=TEXT, language="en", address=ADDRESS)

    assert together(send, send, send) == [None] * 3
    assert TeamMessage.objects.count() == 1
    assert Message.objects.filter(kind=RECEIVED).count() == 1
    assert WorkItem.objects.open().count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_send_one_answer(reference):
    message = TeamMessageFactory()
    people = [person_with(Role.CURATION), person_with(Role.HEAD)]
    outcomes = together(
        *[
            lambda person=person: actions.answer_message(message, actor=person, text="An answer.")
            for person in people
        ]
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", "WrongState"]
    assert Message.objects.filter(kind=ANSWERED).count() == 1


READERS = {
    Role.VETTING: {"application", "profile"},
    Role.CURATION: {"page", "other"},
    Role.EVENTS: set(),
    Role.REVIEWS: set(),
    Role.HEAD: set(Purpose.values),
    Role.ADMINISTRATOR: set(Purpose.values),
}


@pytest.mark.behaviour("A-24")
@pytest.mark.parametrize("role", READERS)
def test_each_of_the_team_reads_and_answers_what_is_for_their_role(client, role):
    person = person_with(role)
    sign_in(client, person)
    for purpose in Purpose.values:
        message = TeamMessageFactory(purpose=purpose)
        is_theirs = purpose in READERS[role]
        assert client.get(desk_page(message)).status_code == (200 if is_theirs else 404)
        assert TeamMessage.objects.visible_to(person).filter(pk=message.pk).exists() is is_theirs
        if not is_theirs:
            with pytest.raises(PermissionDenied):
                actions.answer_message(message, actor=person, text="An answer.")
    assert client.get(LIST).status_code == (200 if READERS[role] else 404)


def test_where_nobody_has_the_role_the_message_waits_for_the_administrators(client):
    client.post(WRITE, typed())
    assert WorkItem.objects.open().get().waits_for == Role.ADMINISTRATOR


@pytest.mark.behaviour("A-24")
def test_the_answer_goes_by_mail_and_the_work_is_done(client, as_curator, mailoutbox):
    client.post(WRITE, typed())
    message = TeamMessage.objects.get()
    deliver_all()
    as_curator.post(desk_page(message), {"text": "Anybody who agrees."}, follow=True)
    deliver_all()
    mail = mailoutbox[-1]
    assert mail.to == [ADDRESS]
    assert "Anybody who agrees." in mail.body
    assert TEXT not in str(mail.message())
    assert not WorkItem.objects.open().exists()
    assert "Answered by e-mail on" in client.get(message.get_absolute_url()).text
    page = as_curator.get(f"{LIST}?status=answered").text
    assert message.reference in page
    late = as_curator.post(desk_page(message), {"text": "Another answer."})
    assert "Another answer." in late.text  # what a colleague typed meanwhile
    assert Message.objects.filter(kind=ANSWERED).count() == 1


def test_an_answer_without_words_is_not_sent(as_curator):
    message = TeamMessageFactory()
    page = as_curator.post(desk_page(message), {"text": " "})
    assert list(page.context["form"].errors) == ["text"]
    with pytest.raises(DomainError):
        actions.answer_message(message, actor=person_with(Role.HEAD), text="\u202e")
    assert not Message.objects.exists()


def test_nobody_answers_what_they_wrote_themselves():
    person = person_with(Role.HEAD)
    client = browser_of(person)
    message = TeamMessageFactory(sender=person, address="")
    assert "Please leave the answer to a colleague" in client.get(desk_page(message)).text
    for address, fields in (
        (desk_page(message), {"text": "Fine."}),
        (reverse("portal:move_team_message", args=[message.pk, "close"]), {}),
    ):
        assert "Please leave the answer to a colleague" in client.post(address, fields, follow=True).text
    with pytest.raises(PermissionDenied):
        actions.move_message(message, "close", actor=person)
    assert TeamMessage.objects.get().status == "new"
    actions.answer_message(message, actor=person_with(Role.CURATION), text="An answer.")
    page = client.get(desk_page(message)).text
    assert "An answer." in page
    assert "Please leave the answer to a colleague" not in page


def test_what_is_closed_or_spam_takes_no_answer_until_it_is_open_again(as_curator):
    head = person_with(Role.HEAD)
    for name in ("close", "hold"):
        message = TeamMessageFactory()
        actions.move_message(message, name, actor=head)
        with pytest.raises(WrongState):
            actions.answer_message(message, actor=head, text="An answer.")
        assert (
            as_curator.get(reverse("portal:move_team_message", args=[message.pk, "answer"])).status_code
            == 405
        )
        assert (
            as_curator.post(reverse("portal:move_team_message", args=[message.pk, "answer"])).status_code
            == 404
        )
        actions.move_message(message, "reopen", actor=head)
        actions.answer_message(message, actor=head, text="An answer.")


def test_old_messages_go_with_their_mail_and_work_and_spam_sooner(client):
    client.post(WRITE, typed())
    client.post(WRITE, typed(text="Spam", homepage="x"))
    TeamMessage.objects.update(updated_at=now() - timedelta(days=days_of("portal.team_spam"), hours=1))
    apply_rules()
    assert [message.status for message in TeamMessage.objects.all()] == ["new"]
    TeamMessage.objects.update(updated_at=now() - timedelta(days=days_of("portal.team_message"), hours=1))
    apply_rules()
    assert not TeamMessage.objects.exists()
    assert not Message.objects.filter(kind=RECEIVED).exists()
    assert not WorkItem.objects.open().exists()


def test_what_is_removed_leaves_neither_work_nor_decisions(client):
    client.post(WRITE, typed())
    message = TeamMessage.objects.get()
    actions.move_message(message, "close", actor=person_with(Role.CURATION))
    actions.remove([message.pk])
    assert not WorkItem.objects.about(message).exists()
    assert not Decision.objects.about(message).exists()


def test_a_person_has_a_copy_and_takes_all_of_it_along_when_leaving(client):
    person = UserFactory(email="amina@example.org")
    client.post(WRITE, typed(text="Before I had an account", address="Amina@example.org"))
    client.force_login(person)
    client.post(WRITE, typed(text="With my account"))
    other = TeamMessageFactory()
    copy = str(list(sections["team_messages"].rows(person)))
    assert "Before I had an account" in copy
    assert "With my account" in copy
    assert other.text not in copy
    data_rights_actions.delete_account(person, actor=person)
    assert list(TeamMessage.objects.all()) == [other]
    assert not Message.objects.filter(kind=RECEIVED).exists()


def test_lists_and_pages_ask_no_more_for_more(as_curator):
    numbers = count()

    def add() -> None:
        for _each in range(3):
            person = UserFactory()
            TeamMessageFactory(sender=person, address="", text=f"Question {next(numbers)}")

    assert_no_growth(lambda: as_curator.get(LIST), add)

"""Group messages: whom they reach, in which words, how many, and what comes back."""

import re
from collections import Counter
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.html import strip_tags

from accounts.people.enums import Role
from accounts.people.models import Grant
from coordination.mailings import actions as mailings_actions
from coordination.mailings.enums import Hat
from coordination.mailings.models import Letter, LetterCopy
from coordination.mailings.queries import KINDS, fill_in, letters_of, reach, reader_languages, unknown_in
from core.errors import DomainError
from notifications.hooks import Channel
from notifications.inbox.models import Notice
from notifications.outbox.models import Message, Preference
from stakeholders.contact import actions as contact_actions
from stakeholders.contact.models import Block, Conversation
from stakeholders.entries.enums import ContactFrom, Listing, MemberRole, Status
from stakeholders.entries.models import Membership
from stakeholders.merging.actions import merge
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.letters import letter_by
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, statements_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db
HOME = "/en/regional/messages/"
DESK = "/en/desk/coordination/messages/"


@pytest.fixture
def rosa():
    return person_with(Role.REGIONAL, country="KEN", name="Rosa Regional", email="rosa@unodc.example")


def entry(name, *, country="KEN", language="en", **fields):
    """A stakeholder with one administrator, whose account is called like it."""
    stakeholder = StakeholderFactory(name=name, country_id=country, **fields)
    stakeholder.admin = member_of(stakeholder, name=f"Admin of {name}", language=language)
    return stakeholder


def sent(letter, actor):
    mailings_actions.send(letter, actor=actor)
    mailings_actions.go_on()
    mails = deliver_all()
    mailings_actions.go_on()
    letter.refresh_from_db()
    return mails


@pytest.fixture
def world(rosa):
    """Every reason for which somebody gets no message, and some who get it."""
    entries = {
        "public": entry("Public"),
        "shared": entry("Shared", listing=Listing.MEMBERS, language="ar"),
        "french": entry("French", language="fr"),
        "abroad": entry("Abroad", country="PER"),
        "hidden": entry("Hidden", listing=Listing.UNLISTED),
        "lapsed": entry("Lapsed", status=Status.LAPSED),
        "silent": entry("Silent", contact_from=ContactFrom.NOBODY),
        "blocking": entry("Blocking"),
        "off": entry("Off"),
        "weekly": entry("Weekly"),
        "alone": StakeholderFactory(name="Alone"),
        "closed": entry("Closed"),
    }
    Block.objects.create(stakeholder=entries["blocking"], user=rosa)
    kind = KINDS[Hat.REGIONAL]
    Preference.objects.create(user=entries["off"].admin, kind=kind, mail=Channel.OFF, in_app=False)
    Preference.objects.create(user=entries["weekly"].admin, kind=kind, mail=Channel.WEEKLY)
    entries["closed"].admin.is_active = False
    entries["closed"].admin.save()
    member_of(entries["public"], MemberRole.READER, name="Reads only")
    return entries


# --- Recipients --------------------------------------------------------------------------------------
def test_it_reaches_those_of_the_region_who_take_messages_each_in_their_language_and_no_others(rosa, world):
    assert reach(rosa, Hat.REGIONAL, "") == (9, 4, 4)
    letter = letter_by(rosa)
    mails = sent(letter, rosa)
    subjects = {
        "Public": "A meeting for Public",
        "French": "A meeting for French",
        "Shared": "اجتماع مع Shared",
    }
    assert {email.subject for email in mails} == set(subjects.values())
    bodies = {email.subject: email.body for email in mails}
    assert "Dear Admin of Public,\n\nplease come to our meeting." in bodies[subjects["Public"]]
    assert "السلام عليكم Admin of Shared" in bodies[subjects["Shared"]]
    for email in mails:
        assert "rosa@unodc.example" not in email.message().as_string()
        assert len(email.to) == 1
        assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    # An overview gathers it; nobody else hears anything.
    assert set(LetterCopy.objects.values_list("stakeholder__name", flat=True)) == {*subjects, "Weekly"}
    assert Notice.objects.filter(kind=KINDS[Hat.REGIONAL]).count() == 4
    assert (letter.state, letter.stakeholders, letter.people, letter.sent) == ("sent", 4, 4, 3)
    mailings_actions.go_on()
    assert Message.objects.filter(kind=KINDS[Hat.REGIONAL]).count() == 3


def test_one_click_in_the_mail_ends_these_messages_and_only_these(client, rosa, world):
    first = next(email for email in sent(letter_by(rosa), rosa) if "Public" in email.subject)
    client.post(urlsplit(first.extra_headers["List-Unsubscribe"].strip("<>")).path)
    admin = world["public"].admin
    assert Preference.objects.get(user=admin).kind == KINDS[Hat.REGIONAL]
    again = letter_by(rosa)
    Letter.objects.filter(pk=again.pk).update(version=5)
    mailings_actions.set_limit(Hat.REGIONAL, 9, 9, actor=person_with(Role.HEAD))
    mail.outbox.clear()
    assert "A meeting for Public" not in {email.subject for email in sent(again, rosa)}
    assert Message.objects.filter(user=admin, key__startswith=f"letter:{again.pk}:").count() == 0


@pytest.mark.parametrize(
    ("role", "hat", "filters", "names"),
    (
        ("regional", "regional", "", {"Public", "Shared", "French", "Weekly"}),
        ("regional", "regional", "country=PER", set()),
        ("regional", "desk", "", set()),
        ("nobody", "regional", "", set()),
        ("vetting", "desk", "country=PER", {"Abroad"}),
        ("vetting", "desk", "kind=academia", set()),
        ("vetting", "desk", "country=XXX", set()),
        ("vetting", "regional", "", set()),
    ),
)
def test_scope_is_the_places_of_the_role_and_what_the_directory_shows(rosa, world, role, hat, filters, names):
    writer = {"regional": lambda: rosa, "nobody": UserFactory}.get(role, lambda: person_with(role))()
    assert reach(writer, hat, filters).stakeholders == len(names)


def test_who_loses_the_role_in_between_reaches_nobody_further(rosa, world, monkeypatch):
    monkeypatch.setattr(mailings_actions, "BATCH", 1)
    letter = letter_by(rosa)
    mailings_actions.send(letter, actor=rosa)
    assert mailings_actions.write_batch(letter.pk)
    Grant.objects.all().delete()
    mailings_actions.go_on()
    assert LetterCopy.objects.filter(letter=letter).count() == 1


def test_the_number_and_the_languages_are_there_before_anything_is_written(client, rosa, world):
    sign_in(client, rosa)
    page = client.get(f"{HOME}new/").text
    assert "Goes to 4 stakeholders (4 people)." in page
    assert words_in(page, "Languages of these people:") == "English 2 · Arabic 1 · French 1"
    assert reader_languages(rosa, Hat.REGIONAL, "") == [("English", 2), ("Arabic", 1), ("French", 1)]
    page = client.get(f"{HOME}new/?kind=ngo&topic=corruption&q=nothing").text
    chips = re.findall(r'<a class="chip" href="([^"]*)" aria-label="Remove filter: ([^"]*)"', page)
    assert [(unescape(url), unescape(label)) for url, label in chips] == [
        ("?kind=ngo&topic=corruption", "“nothing”"),
        ("?q=nothing&topic=corruption", "Non-governmental organization"),
        ("?q=nothing&kind=ngo", "Corruption"),
    ]
    assert "There are no recipients with these filters." in page
    assert "Write the message" not in page
    # Nor by hand: nothing is begun that reaches nobody.
    page = client.post(f"{HOME}new/", {"kind": "academia"})
    assert "There are no recipients with these filters." in page.text
    assert not Letter.objects.exists()
    client.post(f"{HOME}new/", {"kind": "ngo"})
    letter = Letter.objects.get()
    page = client.get(f"{HOME}{letter.pk}/edit/").text
    assert "Goes to 4 stakeholders (4 people)." in page
    assert '<span class="chip"><bdi>Non-governmental organization</bdi></span>' in page
    assert f'href="{HOME}{letter.pk}/to/?kind=ngo"' in page
    client.post(f"{HOME}{letter.pk}/to/", {"kind": "ngo", "country": "KEN"})
    letter.refresh_from_db()
    assert letter.filters == "kind=ngo&country=KEN"


@pytest.mark.parametrize(
    ("names", "silent", "sentences"),
    (
        ((), 0, "There are no recipients with these filters."),
        ((), 1, "There are no recipients with these filters. 1 of 1 does not take messages."),
        (("Alpha",), 0, "Goes to 1 stakeholder (1 person)."),
        (("Alpha",), 1, "Goes to 1 stakeholder (1 person). 1 of 2 does not take messages."),
        (
            ("Delta", "Alpha", "Gamma", "Beta"),
            2,
            "Goes to 4 stakeholders (4 people). 2 of 6 do not take messages.",
        ),
    ),
)
def test_the_sentence_and_the_first_names_are_exact(client, rosa, names, silent, sentences):
    for name in names:
        entry(name)
    for number in range(silent):
        entry(f"Silent {number}", contact_from=ContactFrom.NOBODY)
    sign_in(client, rosa)
    page = client.get(f"{HOME}new/").text
    assert sentences in " ".join(strip_tags(page).split())
    assert ("do not take" in page or "does not take" in page) is bool(silent)
    first = re.findall(r'dir="auto">(\w+)</bdi></a></li>', page)
    assert first == sorted(names)[:3]


def test_several_profiles_of_one_person_are_one_person(client, rosa):
    first = entry("Alpha")
    Membership.objects.create(
        user=first.admin, stakeholder=StakeholderFactory(name="Beta"), role=MemberRole.ADMIN
    )
    sign_in(client, rosa)
    assert "Goes to 2 stakeholders (1 person)." in client.get(f"{HOME}new/").text


def test_rare_filters_are_folded_until_one_is_set(client, rosa):
    sign_in(client, rosa)
    open_where_asked = {"": False, "?kind=ngo&country=KEN": False, "?q=watch": True, "?fresh=year": True}
    for query, is_open in open_where_asked.items():
        chosen = client.get(f"{HOME}new/{query}").context["chosen"]
        assert chosen.is_more_open is is_open, query
        assert [field.name for field in chosen.open_fields] == ["country", "kind", "topic"]
    sign_in(client, person_with(Role.HEAD))
    chosen = client.get(f"{DESK}new/").context["chosen"]
    assert [field.name for field in chosen.open_fields] == ["region", "country", "kind", "topic"]


def test_subject_and_text_of_a_draft_are_not_called_optional(client, rosa):
    entry("Alpha")
    letter = letter_by(rosa)
    sign_in(client, rosa)
    assert "(optional)" not in client.get(f"{HOME}{letter.pk}/edit/").text


def test_recipients_cost_the_same_for_any_number(client, rosa):
    entry("Alpha")
    sign_in(client, rosa)
    assert_no_growth(lambda: client.get(f"{HOME}new/"), lambda: entry("Beta"))


def words_in(page, before):
    """What the paragraph says behind these words."""
    text = page.split(before)[1].split("</p>")[0]
    return " ".join(strip_tags(text).split())


# --- Words ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "wrong", "result"),
    (
        ("To {organization}", [], "To {person}"),  # a name is never filled in again
        ("{person.password} {0} {}", ["person.password", "0", ""], "{person.password} {0} {}"),
        ("{ {person} }", [], "{ Ann }"),
    ),
)
def test_only_the_two_placeholders_are_filled_in_and_only_once(text, wrong, result):
    assert unknown_in(text) == wrong
    assert fill_in(text, {"organization": "{person}", "person": "Ann"}) == result


# --- Limits -----------------------------------------------------------------------------------------------
def test_beyond_the_limit_the_head_of_desk_lets_it_leave_or_gives_it_back(client, rosa, world):
    head = person_with(Role.HEAD, name="Hanna Head")
    sent(letter_by(rosa), rosa)
    second = letter_by(rosa)
    with pytest.raises(DomainError) as refusal:
        mailings_actions.send(second, actor=rosa)
    assert set(refusal.value.fields) == {"plea"}
    sign_in(client, rosa)
    page = client.post(f"{HOME}{second.pk}/send/", {"plea": ""})
    assert "Explain why this message cannot wait." in page.text
    client.post(f"{HOME}{second.pk}/send/", {"plea": "The venue has changed."})
    second.refresh_from_db()
    assert second.state == "waiting"
    assert not second.copies.exists()
    assert WorkItem.objects.about(second).open().get().waits_for == Role.HEAD
    assert client.post(f"{HOME}{second.pk}/decide/", {"decision": "release"}).status_code == 404
    with pytest.raises(PermissionDenied):
        mailings_actions.release(second, actor=rosa)

    sign_in(client, head)
    assert "The venue has changed." in client.get(f"{DESK}{second.pk}/").text
    assert (
        "Give the reason, for the author."
        in client.post(f"{DESK}{second.pk}/decide/", {"decision": "return"}).text
    )
    client.post(f"{DESK}{second.pk}/decide/", {"decision": "return", "note": "Please wait a week."})
    second.refresh_from_db()
    assert (second.state, second.note) == ("draft", "Please wait a week.")
    mailings_actions.send(second, actor=rosa, plea="It is tomorrow.")
    client.post(f"{DESK}{second.pk}/decide/", {"decision": "release", "note": ""})
    second.refresh_from_db()
    assert (second.state, second.decided_by) == ("sending", head)
    assert not WorkItem.objects.about(second).open().exists()
    notices = Notice.objects.filter(user=rosa, kind="coordination.release_decided")
    assert Counter(notice.facts["outcome"] for notice in notices) == {"returned": 1, "released": 1}


def test_limits_are_the_desks_and_are_recorded(client, rosa):
    head = person_with(Role.HEAD)
    sign_in(client, rosa)
    assert client.get(f"{HOME}limits/").status_code == 404
    sign_in(client, person_with(Role.EVENTS))
    assert client.get(f"{DESK}limits/").status_code == 404
    sign_in(client, head)
    numbers = {"regional_per_day": "0", "regional_per_month": "7", "desk_per_day": "2", "desk_per_month": "9"}
    assert "field-wrong" in client.post(f"{DESK}limits/", {**numbers, "desk_per_day": "-1"}).text
    client.post(f"{DESK}limits/", numbers)
    entry("Public")
    with pytest.raises(DomainError):  # 0 lets every message wait
        mailings_actions.send(letter_by(rosa), actor=rosa)
    sign_in(client, person_with(Role.ADMINISTRATOR))
    assert "7 in 30 days" in client.get("/en/desk/audit/").text


# --- Sending ---------------------------------------------------------------------------------------------
def test_pause_resume_and_stop(rosa, world, monkeypatch):
    monkeypatch.setattr(mailings_actions, "BATCH", 2)
    letter = letter_by(rosa)
    mailings_actions.send(letter, actor=rosa)
    assert mailings_actions.write_batch(letter.pk)
    mailings_actions.pause(letter, actor=rosa)
    mailings_actions.go_on()
    assert (letter.copies.count(), deliver_all()) == (2, [])
    mailings_actions.resume(letter, actor=rosa)
    assert len(deliver_all()) == 2
    mailings_actions.write_batch(letter.pk)
    with pytest.raises(PermissionDenied):
        mailings_actions.stop(letter, actor=person_with(Role.EVENTS))
    mailings_actions.stop(letter, actor=person_with(Role.HEAD))
    assert len(deliver_all()) == 2
    letter.refresh_from_db()
    assert (letter.state, letter.sent, letter.held) == ("stopped", 2, 1)


# --- Answers ------------------------------------------------------------------------------------------------
@pytest.mark.behaviour("D-08")
def test_an_answer_begins_a_conversation_that_both_go_on_with_and_nobody_else_reads(client, rosa, world):
    letter = letter_by(rosa)
    sent(letter, rosa)
    mail.outbox.clear()
    copy = letter.copies.get(stakeholder=world["public"])
    url = copy.get_absolute_url()
    for other in (world["french"].admin, person_with(Role.HEAD), rosa):
        sign_in(client, other)
        assert client.get(url).status_code == 404, other
    sign_in(client, world["public"].admin)
    assert "A meeting for Public" in client.get("/en/me/letters/").text
    assert "Write your message." in client.post(url, {"text": " "}).text
    assert not Conversation.objects.exists()
    answered = client.post(url, {"text": "We come with two people."}, follow=True)
    assert "please come to our meeting" in answered.text
    conversation = Conversation.objects.get()
    (notice_mail,) = deliver_all()
    assert notice_mail.to == ["rosa@unodc.example"]
    assert world["public"].admin.email not in notice_mail.message().as_string()

    sign_in(client, rosa)
    assert f'href="{conversation.get_absolute_url()}"' in client.get(f"{HOME}{letter.pk}/").text
    assert not rosa.has_perm("stakeholders.contact_stakeholder", world["public"])  # it takes members' alone
    contact_actions.answer(conversation, actor=rosa, text="Two seats are yours.")
    mailings_actions.answer(copy, actor=world["public"].admin, text="Thank you.")
    assert [line.from_stakeholder for line in conversation.lines.all()] == [False, True, False, True]
    contact_actions.block(conversation, actor=world["public"].admin)
    with pytest.raises(PermissionDenied):
        contact_actions.answer(conversation, actor=rosa, text="One more thing.")
    head = person_with(Role.HEAD)
    sign_in(client, head)
    page = client.get(f"{DESK}{letter.pk}/").text
    assert "1 stakeholder has answered." in page
    assert conversation.get_absolute_url() not in page


def test_nobody_answers_whoever_does_not_act_for_the_region_any_more(client, rosa, world):
    letter = letter_by(rosa)
    sent(letter, rosa)
    Grant.objects.all().delete()
    copy = letter.copies.get(stakeholder=world["public"])
    with pytest.raises(PermissionDenied):
        mailings_actions.answer(copy, actor=world["public"].admin, text="Hello?")
    sign_in(client, world["public"].admin)
    assert "no longer accepts answers" in client.get(copy.get_absolute_url()).text


def test_in_a_merge_one_copy_and_its_answer_stay(rosa, world):
    letter = letter_by(rosa)
    sent(letter, rosa)
    copy = letter.copies.get(stakeholder=world["french"])
    mailings_actions.answer(copy, actor=world["french"].admin, text="Bonjour")
    merge(world["french"], world["public"], actor=person_with(Role.HEAD), reason="One.")
    remaining = letter.copies.get(stakeholder=world["public"])
    assert remaining.conversation is not None
    assert letter.copies.count() == 3


# --- Pages --------------------------------------------------------------------------------------------------
def test_a_focal_point_writes_by_the_pages_and_every_wrong_word_is_told_at_its_field(client, rosa, world):
    sign_in(client, rosa)
    page = client.get(f"{HOME}new/").text
    assert 'value="KEN"' in page
    assert 'value="PER"' not in page
    assert "field-wrong" in client.post(f"{HOME}new/", {"country": "PER"}).text
    assert not Letter.objects.exists()
    client.post(f"{HOME}new/", {"kind": "ngo", "country": "KEN"})
    letter = Letter.objects.get()
    assert letter.filters == "kind=ngo&country=KEN"
    at = f"{HOME}{letter.pk}/"
    texts = {"version": "0", "subject_en": "Hello {name}", "text_en": "Text", "text_fr": "Bonjour"}
    page = client.post(f"{at}edit/", texts).text
    assert "{name} stands for nothing" in page
    assert "Give the text a subject." in page
    assert "Bonjour" in page
    texts = {"version": "0", "subject_en": "Hello {organization}", "text_en": "Dear {person}"}
    assert client.post(f"{at}edit/", texts).status_code == 302
    assert "was changed meanwhile" in client.post(f"{at}edit/", texts).text
    preview = client.get(f"{at}preview/en/").text
    assert "Hello Public" in preview
    assert "Dear Rosa Regional" in preview
    assert client.get(f"{at}preview/en/mail/").status_code == 200
    assert client.get(f"{at}preview/fr/").status_code == 404
    assert "Goes to 4 stakeholders (4 people)." in client.get(f"{at}send/").text
    assert "Hello {organization}" in client.get(at).text  # whoever writes it sees where the name goes
    for _twice in range(2):
        client.post(f"{at}send/")
    mailings_actions.go_on()
    assert letter.copies.count() == 4
    for listed in (client.get(at).text, client.get(HOME).text):
        assert "Hello [name of the organization]" in listed
        assert "{organization}" not in listed
    assert "Pause the sending" in client.get(at).text
    client.post(f"{at}pause/")
    assert "Let it go on" in client.get(at).text
    for gone in ("edit/", "to/", "discard/"):
        assert client.get(at + gone).status_code == 404


def test_who_sees_which_messages(client, rosa, world):
    draft, out = letter_by(rosa), letter_by(rosa)
    mailings_actions.send(out, actor=rosa)
    desk = person_with(Role.HEAD)
    own = letter_by(desk, hat=Hat.DESK)
    sees = {
        "rosa": (rosa, Hat.REGIONAL, {draft, out}),
        "kenya": (person_with(Role.REGIONAL, region="014"), Hat.REGIONAL, {out}),
        "peru": (person_with(Role.REGIONAL, country="PER"), Hat.REGIONAL, set()),
        "everywhere": (person_with(Role.REGIONAL), Hat.REGIONAL, {out}),
        "head": (desk, Hat.DESK, {out, own}),
        "events": (person_with(Role.EVENTS), Hat.DESK, {out}),
        "member": (world["public"].admin, Hat.REGIONAL, set()),
    }
    for who, (user, hat, expected) in sees.items():
        assert set(letters_of(user, hat)) == expected, who
        sign_in(client, user)
        for letter in (draft, out, own):
            status = client.get(reverse(f"letters_{hat}:letter", args=[letter.pk])).status_code
            assert status == (200 if letter in expected else 404), (who, letter.pk)
        for act in ("pause", "stop"):
            if user not in (rosa, desk):
                assert client.post(f"/en/regional/messages/{out.pk}/{act}/").status_code == 404, who
    client.logout()
    assert client.get(HOME).status_code == 302


def test_lists_cost_the_same_for_one_and_for_three(client, rosa, world):
    admin = world["public"].admin
    numbers = []
    mailings_actions.set_limit(Hat.REGIONAL, 9, 9, actor=person_with(Role.HEAD))
    for _time in range(3):
        sent(letter_by(rosa), rosa)
        counts = []
        for user, path in ((rosa, HOME), (admin, "/en/me/letters/")):
            sign_in(client, user)
            client.get(path)
            counts.append(statements_of(lambda path=path: client.get(path)))
        numbers.append(counts)
    assert numbers[0] == numbers[2]

"""One form applies to several dialogues; its person sees where each stands, why, and when it is decided."""

from datetime import timedelta
from functools import partial

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.timezone import localdate, now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from events.events.actions import publish_event
from events.events.models import Event
from events.registration_desk import actions as registration_desk_actions
from events.registrations.models import Registration
from events.rescheduling.actions import cancel_event, reschedule_event
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from reviews.dialogue_applications import actions as dialogue_applications_actions
from reviews.dialogue_desk.actions_clock import tell_silence
from reviews.dialogues import actions_seats as dialogues_actions_seats
from reviews.dialogues.actions import write_call
from reviews.dialogues.enums import LINE_MOVES, LineStatus
from reviews.dialogues.models import Dialogue, DialogueApplication, DialogueLine
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.dialogues import DialogueFactory, applied, draft_to, line_in
from tests.factories.events import EventFactory
from tests.factories.notifications import due_days
from tests.factories.registrations import RegistrationFactory, RulesFactory
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of
from tests.workflow.exhaustive import BY_STATE, attempts, by_state, cases
from workflow.items.models import WorkItem
from workflow.items.queries import due_of
from workflow.moves.models import Decision
from workflow.receipts.models import Receipt

pytestmark = pytest.mark.django_db

DESK = {"shortlist", "unlist", "pass", "accept", "wait", "refuse", "decline", "reopen"}
CASES = by_state(
    cases(
        LINE_MOVES,
        LineStatus.values,
        people=("applicant", "administrator", "desk", "other"),
        allowed={
            **{key: {"desk"} for key in DESK},
            "submit": {"applicant"},
            "take": {"applicant"},
            "withdraw": {"applicant", "administrator"},
            "expire": set(),
        },
    )
)


@pytest.mark.slow
@pytest.mark.parametrize(BY_STATE, CASES)
def test_every_move_of_a_line(move, state, expected, reference):
    line = line_in(state)
    people = {
        "applicant": lambda: line.application.applicant,
        "administrator": partial(member_of, line.application.stakeholder),
        "desk": partial(person_with, Role.REVIEWS),
        "other": UserFactory,
    }
    assert attempts(line, move, people) == expected


@pytest.fixture
def two(reference):
    """Two dialogues of different topics."""
    first, second = list(Topic.objects.in_order()[:2])
    return DialogueFactory(topics=[first]), DialogueFactory(topics=[second])


@pytest.mark.behaviour("R-14")
def test_one_form_applies_to_several_dialogues(client, two):
    stakeholder = StakeholderFactory(mission="We protect victims.")
    person = member_of(stakeholder)
    client.force_login(person)
    begun = client.post(reverse("dialogues:apply"), {"stakeholder": stakeholder.pk})
    application = DialogueApplication.objects.get()
    assert begun.url == reverse("dialogues:write", args=[application.pk])
    first, second = (dialogue.event.topics.get() for dialogue in two)
    page = client.get(begun.url)
    assert first.name in page.text
    assert second.name in page.text
    fields = {
        "version": application.version,
        "dialogues": [dialogue.pk for dialogue in two],
        f"topic_{first.pk}": "Ten years of shelters.",
        "mode": "online",
        "language": "en",
        "access_needs": "A sign language interpreter.",
    }
    # A draft with blanks is kept.
    assert client.post(begun.url, {**fields, "save": "1"}).status_code == 302
    application.refresh_from_db()
    assert application.access_needs == "A sign language interpreter."
    # What is missing is told at its field, and nothing is lost.
    page = client.post(begun.url, {**fields, "version": application.version, "check": "1"})
    assert page.status_code == 200
    errors = page.context["form"].errors
    assert set(errors) == {f"topic_{second.pk}", "shares_with_bureau"}
    assert "Ten years of shelters." in page.text
    application.refresh_from_db()
    fields |= {
        "version": application.version,
        f"topic_{second.pk}": "Border work.",
        "shares_with_bureau": "on",
    }
    checked = client.post(begun.url, {**fields, "check": "1"})
    assert checked.url == reverse("dialogues:check", args=[application.pk])
    assert "Ten years of shelters." in client.get(checked.url).text
    sent = client.post(checked.url, follow=True)
    application.refresh_from_db()
    assert set(application.lines.values_list("status", flat=True)) == {"submitted"}
    assert application.evidence["mission"] == "We protect victims."
    receipt = Receipt.objects.about(application).get()
    assert receipt.reference in sent.text
    # What is erased later is not in what is kept for good.
    assert "interpreter" not in receipt.text
    assert Message.objects.filter(kind="reviews.dialogue_received", user=person).count() == 1
    assert WorkItem.objects.open().filter(what="dialogue_look").count() == 2


@pytest.mark.parametrize(("then", "says_sent"), [(False, True), (True, False)])
def test_the_later_of_two_windows_says_sent_only_where_it_is_with_the_desk(
    client, two, monkeypatch, then, says_sent
):
    application, person = draft_to(two[0])
    submit = dialogue_applications_actions.submit

    def late(application, *, actor):
        sent, _receipt = submit(application, actor=actor)  # by the other window, after this one has looked
        if then:
            dialogue_applications_actions.withdraw(sent.lines.get(), actor=actor)
        return submit(application, actor=actor)

    monkeypatch.setattr(dialogue_applications_actions, "submit", late)
    client.force_login(person)
    answer = client.post(reverse("dialogues:check", args=[application.pk]), follow=True)
    assert answer.redirect_chain == [(application.get_absolute_url(), 302)]
    assert ("Your application has been submitted." in answer.text) is says_sent


@pytest.mark.behaviour("R-15")
def test_the_applicant_sees_state_date_reason_promise_and_what_comes_next(client, two):
    application, person = applied(*two)
    line = application.lines.get(dialogue=two[0])
    desk = person_with(Role.REVIEWS)

    dialogues_actions_seats.move_line(line, "shortlist", actor=desk)
    client.force_login(person)
    page = client.get(application.get_absolute_url())
    assert "Shortlisted" in page.text
    assert "Received" in page.text
    decided = Decision.objects.about(line).get(move="shortlist")
    assert f'<time datetime="{decided.at.isoformat(timespec="seconds")}">' in page.text
    assert "gives the shortlist to the Extended Bureau" in page.text
    dialogues_actions_seats.move_line(
        line, "decline", actor=desk, reason="no_expertise", note="Say more about shelters."
    )
    page = client.get(application.get_absolute_url())
    assert "No expertise in the topics of this dialogue is shown" in page.text
    assert "Say more about shelters." in page.text
    # Nobody else finds it.
    client.force_login(UserFactory())
    assert client.get(application.get_absolute_url()).status_code == 404


def test_a_stale_window_loses_nothing(client, two):
    application, person = draft_to(*two)
    client.force_login(person)
    url = reverse("dialogues:write", args=[application.pk])
    fields = {
        "version": application.version - 1,
        "dialogues": [two[0].pk],
        "mode": "online",
        "language": "en",
    }
    page = client.post(url, {**fields, "access_needs": "A ramp.", "save": "1"})
    assert "It was saved in another window" in page.text
    assert "A ramp." in page.text
    application.refresh_from_db()
    assert application.access_needs == ""
    assert application.lines.count() == 2
    # The next try wins, knowing.
    again = page.context["form"]["version"].value()
    assert client.post(url, {**fields, "version": again, "access_needs": "A ramp."}).status_code == 302


def test_nothing_is_sent_after_the_closing_and_all_or_nothing(two):
    application, person = draft_to(*two)
    Dialogue.objects.filter(pk=two[1].pk).update(closes_at=now() - timedelta(seconds=1))
    with pytest.raises(WrongState):
        dialogue_applications_actions.submit(application, actor=person)
    assert set(DialogueLine.objects.values_list("status", flat=True)) == {"draft"}
    assert not Receipt.objects.exists()


def test_nobody_applies_twice_to_one_dialogue(two):
    person_of = StakeholderFactory()
    application, person = applied(two[0], stakeholder=person_of)
    again = dialogue_applications_actions.begin(person_of, actor=person, dialogues=[two[0].pk, two[1].pk])
    assert [line.dialogue_id for line in again.lines.all()] == [two[1].pk]
    # Taken over from the last form, to be changed.
    assert again.expertise.count() == application.expertise.count()


def test_only_members_who_write_may_apply(reference):
    stakeholder = StakeholderFactory()
    for person in (UserFactory(), member_of(stakeholder, role="reader")):
        with pytest.raises(PermissionDenied):
            dialogue_applications_actions.begin(stakeholder, actor=person)


def test_words_are_limited_and_travel_needs_a_reason(two):
    Dialogue.objects.update(most_words=3)
    application, person = draft_to(two[0], travel_support=True, mode="in_person")
    with pytest.raises(DomainError) as refused:
        dialogue_applications_actions.submit(application, actor=person)
    assert set(refused.value.fields) == {f"topic_{two[0].event.topics.get().pk}", "travel_reason"}


def test_one_may_withdraw_one_dialogue_and_keep_the_other(client, two):
    application, person = applied(*two)
    line = application.lines.get(dialogue=two[0])
    client.force_login(person)
    url = reverse("dialogues:withdraw", args=[line.pk])
    assert "Your applications to the other dialogues of the form stay." in client.get(url).text
    line.refresh_from_db()
    assert line.status == "submitted"
    client.post(url)
    assert sorted(application.lines.values_list("status", flat=True)) == ["submitted", "withdrawn"]
    assert not WorkItem.objects.about(line).open().exists()


def test_the_desk_s_own_decision_may_be_looked_at_again_once(client, two):
    line = line_in("not_accepted")
    DialogueLine.objects.filter(pk=line.pk).update(decided_by_desk=True, reason="no_expertise")
    desk = {person_with(Role.REVIEWS), person_with(Role.REVIEWS)}
    client.force_login(line.application.applicant)
    url = reverse("dialogues:ask_again", args=[line.pk])
    assert client.post(url, {"text": " "}).context["form"].errors["text"]
    client.post(url, {"text": "Our report of 2025 is missing."})
    line.refresh_from_db()
    assert line.reconsider_text == "Our report of 2025 is missing."
    assert WorkItem.objects.about(line).open().filter(what="dialogue_answer").exists()
    notices = Message.objects.filter(kind="reviews.dialogue_asked")
    assert {message.user for message in notices} == desk
    assert due_days("reviews.dialogue_asked") == {due_of(line)} != {""}
    with pytest.raises(WrongState):
        dialogue_applications_actions.ask_again(line, actor=line.application.applicant, text="Again.")


def test_lists_cost_the_same_for_one_and_three(client, reference):
    assert_no_growth(lambda: client.get(reverse("dialogues:list")), DialogueFactory)


def test_a_draft_event_s_dialogue_is_hidden(client, reference):
    dialogue = DialogueFactory(event__status="draft")
    assert client.get(reverse("dialogues:dialogue", args=[dialogue.pk])).status_code == 404
    assert dialogue.event.title not in client.get(reverse("dialogues:list")).text


def seated(dialogue):
    """A line that was accepted, with its registration."""
    line = line_in("with_bureau", dialogue)
    dialogues_actions_seats.move_line(line, "accept", actor=person_with(Role.REVIEWS))
    dialogues_actions_seats.register(line, None)
    return line, Registration.objects.get(user=line.application.applicant, rules__event=dialogue.event)


def test_a_seat_given_up_on_the_page_of_the_registration_is_offered_to_the_next(client, reference):
    dialogue = DialogueFactory(places=1)
    line, held = seated(dialogue)
    following = line_in("waiting", dialogue)
    sign_in(client, line.application.applicant)
    client.post(reverse("events:registration_leave", args=[held.pk]))
    held.refresh_from_db()
    line.refresh_from_db()
    following.refresh_from_db()
    assert (held.status, line.status) == ("cancelled", "withdrawn")
    assert following.is_offered


def test_a_seat_that_the_desk_takes_back_ends_the_application_too(reference):
    dialogue = DialogueFactory(places=1)
    line, held = seated(dialogue)
    following = line_in("waiting", dialogue)
    registration_desk_actions.refuse(
        held, actor=person_with(Role.EVENTS), reason="other", note="Told by phone."
    )
    line.refresh_from_db()
    following.refresh_from_db()
    assert line.status == "withdrawn"
    assert following.is_offered


def test_who_withdraws_from_the_dialogue_gives_up_the_seat_once(client, reference):
    dialogue = DialogueFactory(places=1)
    line, held = seated(dialogue)
    dialogue_applications_actions.withdraw(line, actor=line.application.applicant)
    held.refresh_from_db()
    line.refresh_from_db()
    assert (held.status, line.status) == ("cancelled", "withdrawn")


def test_a_session_that_is_not_public_is_not_named_on_what_is_held_with_it(client, reference):
    session = EventFactory(status="draft", title="Secret session")
    dialogue = DialogueFactory()
    Event.objects.filter(pk=dialogue.event_id).update(part_of=session)
    for address in (dialogue.event.get_absolute_url(), dialogue.get_absolute_url()):
        assert "Secret session" not in client.get(address).text
    Event.objects.filter(pk=session.pk).update(status="published")
    for address in (dialogue.event.get_absolute_url(), dialogue.get_absolute_url()):
        assert "Secret session" in client.get(address).text


def test_a_dialogue_is_found_from_the_calendar_and_by_programs(client, reference):
    dialogue = DialogueFactory()
    assert reverse("dialogues:list") in client.get(reverse("events:list")).text
    assert dialogue.get_absolute_url() in client.get(dialogue.event.get_absolute_url()).text
    file = reverse("events:event_file", args=[dialogue.event_id, dialogue.event.slug])
    assert file in client.get(dialogue.get_absolute_url()).text
    assert f"/en/dialogues/{dialogue.pk}/" in client.get("/sitemap-dialogues-1.xml").text


def test_a_dialogue_is_found_by_the_words_of_its_call_once_it_is_public(client, reference):
    event = EventFactory(kind="dialogue", status="draft", has_programme=False, mode="online")
    desk = person_with(Role.REVIEWS)
    values = {
        "call_text": "We ask about xylophagous smuggling.",
        "language_id": "en",
        "term": "No names.",
        "promised_on": localdate() + timedelta(days=9),
        "zone": "Europe/Vienna",
    }
    dialogue = write_call(event, actor=desk, values=values, topics=[])
    address = "/en/search/?q=xylophagous"
    assert dialogue.get_absolute_url() not in client.get(address).text
    publish_event(event, actor=person_with(Role.EVENTS))
    assert dialogue.get_absolute_url() in client.get(address).text


def test_who_applied_is_told_that_the_dialogue_moves_and_is_cancelled_and_of_no_silence(reference):
    dialogue = DialogueFactory()
    line = line_in("submitted", dialogue)
    person, desk, event = line.application.applicant, person_with(Role.EVENTS), dialogue.event
    Event.objects.filter(pk=event.pk).update(mode="online")
    event.refresh_from_db()
    starts = event.starts_at + timedelta(days=7)
    reschedule_event(
        event,
        actor=desk,
        version=event.version,
        note="The hall is not free.",
        values={"starts_at": starts, "ends_at": starts + timedelta(hours=8)},
    )
    mail = compose(Message.objects.get(user=person, kind="reviews.dialogue_moved"))
    assert "The hall is not free." in mail.body
    assert "Vienna time" in mail.body
    cancel_event(Event.objects.get(pk=event.pk), actor=desk, note="No money.")
    mail = compose(Message.objects.get(user=person, kind="reviews.dialogue_cancelled"))
    assert "No money." in mail.body
    assert not WorkItem.objects.open().filter(subject_kind="reviews.dialogueline").exists()
    assert tell_silence(now() + timedelta(days=60)) == 0
    assert not Message.objects.filter(kind="reviews.dialogue_late").exists()


def test_what_is_to_come_is_not_called_held(client, reference):
    line = line_in("accepted", DialogueFactory(event__venue="Boardroom D", event__city="Vienna"))
    event = line.dialogue.event
    sign_in(client, line.application.applicant)
    address = line.application.get_absolute_url()
    page = markup_of(client.get(address))
    assert "<dt>Date</dt>" in page
    assert "Held" not in page
    for text in ("Boardroom D, Vienna", "Add to my calendar", f"mailto:{settings.DESK_EMAIL}"):
        assert (text in page) is (text != "Boardroom D, Vienna" or line.application.mode != "online")
    listed = markup_of(client.get("/en/dialogues/"))
    assert "Held" not in listed
    Event.objects.filter(pk=event.pk).update(
        starts_at=now() - timedelta(days=2), ends_at=now() - timedelta(days=1)
    )
    assert "<dt>Held</dt>" in markup_of(client.get(address))
    assert "Held:" in markup_of(client.get("/en/dialogues/"))


def test_who_was_accepted_finds_the_ticket_on_the_page_of_the_application(client, reference):
    line = line_in("accepted", DialogueFactory(event__title="Dialogue on firearms"))
    rules = RulesFactory(event=line.dialogue.event)
    place = RegistrationFactory(rules=rules, user=line.application.applicant, status="confirmed")
    sign_in(client, line.application.applicant)
    page = client.get(line.application.get_absolute_url()).text
    assert f'id="ticket-{place.pk}"' in page
    assert f"Your ticket · {place.get_mode_display()}" in " ".join(page.split())

"""The pages of registration, as people use them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from events.demo import load_demo_calendar
from events.events.models import Event
from events.registration_desk import actions as registration_desk_actions
from events.registration_desk.forms import CheckInForm
from events.registrations import actions as registrations_actions
from events.registrations.actions_clock import erase_sensitive, remind
from events.registrations.models import Certificate, Quota, Registration, RegistrationRules, Reminder
from events.registrations.wiring import details
from events.rescheduling.actions import cancel_event, reschedule_event
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.events import EventFactory
from tests.factories.registrations import (
    RegistrationFactory,
    RegistrationQuestionFactory,
    RulesFactory,
    registration_in,
)
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, markup_of, text_of
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk():
    return person_with(Role.EVENTS)


def page(client, person, name, *args, **query):
    sign_in(client, person)
    return client.get(reverse(name, args=args), query)


def post(client, person, name, *args, **data):
    sign_in(client, person)
    return client.post(reverse(name, args=args), data, follow=True)


def form(**more):
    return {"shown": "nobody", "agreed": "on", **more}


@pytest.mark.behaviour("E-14", "E-15")
def test_by_approval_nothing_says_confirmed_or_waiting_list(client, reference, desk):
    rules = RulesFactory(admission="approval")
    event, person = rules.event, UserFactory()
    answer = post(client, person, "events:register", event.pk, event.slug, **form())
    text = text_of(answer)
    assert "is pending approval. You do not have a place yet" in text
    assert "You have a confirmed place" not in text
    assert "waiting list." not in text.split("Next steps")[0]
    registration = Registration.objects.get()
    mail = compose(Message.objects.get(user=person))
    assert "Received, not yet decided" in mail.subject
    assert "confirmed" not in mail.body.lower()
    assert mail.attachments == []
    post(client, desk, "eventdesk:registration_approve", registration.pk)
    mail = compose(Message.objects.get(user=person, kind="events.registration_confirmed"))
    assert mail.subject.startswith("Confirmed")
    (calendar,) = mail.attachments
    assert calendar.mimetype == "text/calendar"
    assert f"UID:event-{event.pk}@" in calendar.content
    assert "You have a confirmed place" in text_of(
        page(client, person, "events:registration", registration.pk)
    )


@pytest.mark.behaviour("E-14", "E-15", "E-17")
def test_the_queue_is_honest_to_its_end(client, reference):
    rules = RulesFactory(seats_in_person=1)
    event = rules.event
    a, b, c = UserFactory(), UserFactory(), UserFactory()
    for person in (a, b, c):
        answer = post(client, person, "events:register", event.pk, event.slug, **form())
    assert "You are number 2 on the waiting list" in text_of(answer)
    subjects = [compose(Message.objects.get(user=person)).subject for person in (a, b)]
    assert [subject.partition(":")[0] for subject in subjects] == ["Confirmed", "On the waiting list"]
    by_person = {registration.user_id: registration for registration in Registration.objects.all()}
    mine = by_person[b.pk]
    assert "You are the next on the waiting list" in text_of(page(client, b, "events:registration", mine.pk))
    assert page(client, a, "events:registration_leave", by_person[a.pk].pk).status_code == 200
    assert Registration.objects.get(pk=by_person[a.pk].pk).status == "confirmed"  # looking changes nothing
    post(client, a, "events:registration_leave", by_person[a.pk].pk)
    assert "A place is reserved for you until" in text_of(page(client, b, "events:registration", mine.pk))
    assert client.get(reverse("events:registration_accept", args=[mine.pk])).status_code == 405
    done = post(client, b, "events:registration_accept", mine.pk)
    assert "Your place is confirmed." in text_of(done)
    # Too late, too often, or another's: a sentence or nothing, never a place.
    again = post(client, b, "events:registration_accept", mine.pk)
    assert "is not possible" in text_of(again)
    assert post(client, c, "events:registration_accept", mine.pk).status_code == 404
    assert "You are the next" in text_of(page(client, c, "events:registration", by_person[c.pk].pk))


@pytest.mark.behaviour("E-17")
def test_the_waiting_list_can_be_left_and_ends_as_the_event_begins(client, reference):
    rules = RulesFactory(seats_in_person=1)
    event = rules.event
    seated, leaving, staying = people = [UserFactory() for _n in range(3)]
    for person in people:
        post(client, person, "events:register", event.pk, event.slug, **form())
    by_person = {registration.user_id: registration for registration in Registration.objects.all()}
    post(client, leaving, "events:registration_leave", by_person[leaving.pk].pk)
    assert Registration.objects.get(user=leaving).status == "cancelled"
    last = ["events:registration", by_person[staying.pk].pk]
    assert "You are the next on the waiting list" in text_of(page(client, staying, *last))
    Event.objects.filter(pk=event.pk).update(starts_at=now() - timedelta(minutes=1))
    post(client, seated, "events:registration_leave", by_person[seated.pk].pk)
    assert "next on the waiting list" not in text_of(page(client, staying, *last))
    post(client, staying, "events:registration_accept", by_person[staying.pk].pk)
    assert Registration.objects.get(user=staying).status == "expired"


@pytest.mark.behaviour("E-18")
def test_the_desk_takes_a_place_back_and_says_why(client, reference, desk):
    rules = RulesFactory(seats_in_person=1)
    registration = registrations_actions.register(rules, actor=UserFactory(), mode="in_person")
    empty = post(client, desk, "eventdesk:registration_refuse", registration.pk, reason="", note="Sorry.")
    assert "Please check what you entered" in text_of(empty)
    assert "Sorry." in text_of(empty)
    registration.refresh_from_db()
    assert registration.status == "confirmed"
    post(client, desk, "eventdesk:registration_refuse", registration.pk, reason="audience", note="Next time.")
    mail = compose(Message.objects.get(user=registration.user, kind="events.registration_declined"))
    assert "Your confirmed place for" in mail.body
    assert "for other participants" in mail.body
    assert "Next time." in mail.body
    assert "for other participants" in text_of(
        page(client, registration.user, "events:registration", registration.pk)
    )


@pytest.mark.behaviour("E-19")
@pytest.mark.parametrize(("per", "code"), [("stakeholder", ""), ("kind", "ngo"), ("region", "002")])
def test_the_desk_sets_quotas_and_they_hold(client, reference, desk, per, code):
    rules = RulesFactory(seats_in_person=9)
    event, own = rules.event, StakeholderFactory()
    other = own if per == "stakeholder" else StakeholderFactory()
    elsewhere = StakeholderFactory(kind="academia", country_id="FRA")
    lines = {
        "quotas-TOTAL_FORMS": "3",
        "quotas-INITIAL_FORMS": "0",
        "quotas-0-per": per,
        "quotas-0-code": code,
        "quotas-0-most": "1",
    }
    post(client, desk, "eventdesk:registration_lines", event.pk, "quotas", **lines)
    assert Quota.objects.get().most == 1
    wrong = post(
        client,
        desk,
        "eventdesk:registration_lines",
        event.pk,
        "quotas",
        **{**lines, "quotas-0-per": "kind", "quotas-0-code": "club"},
    )
    assert "Kinds are:" in text_of(wrong)
    for stakeholder in (own, other, elsewhere):
        person = member_of(stakeholder)
        post(client, person, "events:register", event.pk, event.slug, **form(stakeholder=stakeholder.pk))
    assert list(Registration.objects.order_by("pk").values_list("status", flat=True)) == [
        "confirmed",
        "waiting",
        "confirmed",
    ]


@pytest.mark.behaviour("E-20")
def test_the_second_form_opens_with_the_place(client, reference):
    rules = RulesFactory(seats_in_person=1)
    first = RegistrationQuestionFactory(rules=rules, text="Your interest", is_required=True)
    second = RegistrationQuestionFactory(rules=rules, text="Your diet", stage="seated", is_sensitive=True)
    event, a, b = rules.event, UserFactory(), UserFactory()
    missing = post(client, a, "events:register", event.pk, event.slug, **form())
    assert "Please answer this question." in text_of(missing)
    bare = post(client, a, "events:register", event.pk, event.slug, shown="")
    assert "Please agree: the organizers need this information" in text_of(bare)
    assert "This field is required" not in text_of(bare)
    assert Registration.objects.count() == 0
    assert "Your diet" not in text_of(missing)
    for person in (a, b):
        answer = {f"question_{first.pk}": "Law"}
        post(client, person, "events:register", event.pk, event.slug, **form(**answer))
    seated, waiting = Registration.objects.order_by("pk")
    assert "Your diet" in text_of(page(client, a, "events:registration", seated.pk))
    assert "Your diet" not in text_of(page(client, b, "events:registration", waiting.pk))
    for person, registration in ((a, seated), (b, waiting)):
        post(
            client,
            person,
            "events:registration",
            registration.pk,
            **{f"question_{first.pk}": "Law", f"question_{second.pk}": "No nuts", "shown": "nobody"},
        )
    assert list(seated.answers.values_list("text", flat=True)) == ["Law", "No nuts"]
    assert list(waiting.answers.values_list("text", flat=True)) == ["Law"]


@pytest.mark.behaviour("E-21")
def test_the_list_obeys_each_person(client, reference):
    rules = RulesFactory()
    for shown in ("nobody", "participants", "everyone"):
        registration_in("confirmed", rules=rules, shown=shown, user=UserFactory(name=f"Shown to {shown}"))
    registration_in("waiting", rules=rules, shown="everyone", user=UserFactory(name="Not yet there"))
    address = reverse("events:participants", args=[rules.event.pk, rules.event.slug])

    def names(response):
        text = text_of(response)
        assert "Not yet there" not in text
        return {word for word in ("nobody", "participants", "everyone") if f"Shown to {word}" in text}

    assert names(client.get(address)) == {"everyone"}
    client.force_login(UserFactory())
    assert names(client.get(address)) == {"everyone"}
    client.force_login(registration_in("confirmed", rules=rules).user)
    assert names(client.get(address)) == {"everyone", "participants"}


@pytest.mark.behaviour("E-21")
def test_who_registers_chooses_who_sees_them_and_may_choose_again(client, reference):
    rules = RulesFactory()
    event, person = rules.event, UserFactory(name="Amina Njeri")
    participants = reverse("events:participants", args=[event.pk, event.slug])
    readers = {"everyone": None, "participants": registration_in("confirmed", rules=rules).user}

    def seen_by():
        reader_names = set()
        for reader, user in readers.items():
            client.logout()
            if user:
                client.force_login(user)
            if "Amina Njeri" in text_of(client.get(participants)):
                reader_names.add(reader)
        return reader_names

    first = page(client, person, "events:register", event.pk, event.slug)
    assert first.context["form"]["shown"].value() == "nobody"
    post(client, person, "events:register", event.pk, event.slug, **form(shown="everyone"))
    assert seen_by() == {"everyone", "participants"}
    registration = Registration.objects.get(user=person)
    for shown, expected in (
        ("participants", {"participants"}),
        ("nobody", set()),
        ("everyone", {"everyone", "participants"}),
    ):
        post(client, person, "events:registration", registration.pk, shown=shown)
        assert seen_by() == expected, shown


@pytest.mark.behaviour("E-24")
def test_moving_and_cancelling_write_to_everybody_registered_with_the_new_calendar(client, reference, desk):
    event = EventFactory(country_id="AUT")
    rules = RulesFactory(event=event, seats_in_person=1)
    a, b = (registrations_actions.register(rules, actor=UserFactory(), mode="in_person") for _n in range(2))
    out = registration_in("cancelled", rules=rules)
    moved = Event.objects.get(pk=event.pk)
    starts = event.starts_at + timedelta(days=7)
    reschedule_event(
        moved,
        actor=desk,
        version=moved.version,
        note="The hall is not free.",
        values={"starts_at": starts, "ends_at": starts + timedelta(days=1)},
    )
    for registration in (a, b):
        mail = compose(Message.objects.get(user=registration.user, kind="events.registration_moved"))
        assert "The hall is not free." in mail.body
        (calendar,) = mail.attachments
        assert f"{starts.astimezone(event.clock):%Y%m%dT%H%M%S}" in calendar.content
        assert "SEQUENCE:1" in calendar.content
    cancel_event(Event.objects.get(pk=event.pk), actor=desk, note="No money.")
    for registration in (a, b):
        gone = compose(
            Message.objects.get(user=registration.user, kind="events.registration_event_cancelled")
        )
        assert "No money." in gone.body
        assert "STATUS:CANCELLED" in gone.attachments[0].content
        assert "SEQUENCE:0" not in gone.attachments[0].content
    assert not Message.objects.filter(user=out.user).exists()
    b.refresh_from_db()
    assert b.status == "expired"


def test_the_confirmed_are_listed_at_once_by_name_and_a_check_in_is_undone(client, reference, desk):
    rules = RulesFactory()
    assert "No place is confirmed yet." in text_of(page(client, desk, "eventdesk:checkin", rules.event.pk))
    zola = registration_in("confirmed", rules=rules, user=UserFactory(name="Zola"))
    amina = registration_in("confirmed", rules=rules, user=UserFactory(name="Amina"))
    registration_in("waiting", rules=rules)
    shown = page(client, desk, "eventdesk:checkin", rules.event.pk)
    assert list(shown.context["page"]) == [amina, zola]
    assert "0 of 2 people are checked in." in text_of(shown)
    done = post(client, desk, "eventdesk:checkin", rules.event.pk, registration=amina.pk, back="q=ami&code=x")
    assert "Amina is checked in." in text_of(done)
    assert list(done.context["page"]) == [amina]
    undone = post(client, desk, "eventdesk:checkin", rules.event.pk, registration=amina.pk, undo="1")
    assert "0 of 2 people are checked in." in text_of(undone)


def test_a_check_in_that_waited_in_a_browser_has_its_own_time_and_is_refused_twice(client, reference, desk):
    registration = registration_in("confirmed", user=UserFactory(name="Amina Haile"))
    sign_in(client, desk)
    url = reverse("eventdesk:checkin", args=[registration.event.pk])

    def sent(**fields):
        answer = client.post(url, fields, headers={"Accept": "application/json"})
        return answer.status_code, answer.json()

    before = now()
    waited = timedelta(minutes=10)
    assert sent(code=registration.code, seconds_ago=600) == (
        200,
        {"text": "Amina Haile is checked in.", "is_refused": False},
    )
    registration.refresh_from_db()
    assert before - waited <= registration.attended_at <= now() - waited
    status, answer = sent(registration=registration.pk)
    assert (status, answer["is_refused"]) == (409, True)
    assert answer["text"].startswith("Amina Haile is already checked in, since ")
    for unknown in ({"code": "nothing"}, {"code": "x" * 25}, {"code": "\0"}, {"registration": 0}, {}):
        assert sent(**unknown)[1]["text"] == "This code belongs to no registration of this event."
    assert sent(registration=registration.pk, undo=1)[0] == 200


@pytest.mark.parametrize(("given", "hours"), [("-500", 0), ("999999999999", 48)])
def test_no_clock_of_a_browser_moves_a_check_in_to_the_future_or_far_back(given, hours):
    form = CheckInForm({"code": "a", "seconds_ago": given})
    assert form.is_valid()
    assert form.cleaned_data["seconds_ago"] == timedelta(hours=hours)


def test_the_page_of_check_in_alone_may_use_the_camera(client, reference, desk):
    event = RulesFactory().event
    policy = page(client, desk, "eventdesk:checkin", event.pk)["Permissions-Policy"]
    assert "camera=(self)" in policy
    assert "microphone=()" in policy
    assert "camera=()" in page(client, desk, "eventdesk:registrations", event.pk)["Permissions-Policy"]


def test_counting_in_by_code_and_by_name_says_who_counted(client, reference, desk):
    rules = RulesFactory()
    registration = registration_in("confirmed", rules=rules, user=UserFactory(name="Amina Haile"))
    other = registration_in("waiting", rules=rules)
    event = rules.event
    assert client.get(reverse("events:registration_code", args=[registration.pk])).status_code == 302
    code = page(client, registration.user, "events:registration_code", registration.pk)
    assert code["Content-Type"] == "image/svg+xml"
    assert code.content.startswith(b"<svg ")
    assert page(client, other.user, "events:registration_code", registration.pk).status_code == 404
    answer = page(client, desk, "eventdesk:checkin", event.pk, code=registration.code)
    assert "Amina Haile" in text_of(answer)
    registration.refresh_from_db()
    assert registration.attended_at is None  # a link counts nobody
    post(client, desk, "eventdesk:checkin", event.pk, registration=registration.pk)
    second = post(
        client, person_with(Role.EVENTS), "eventdesk:checkin", event.pk, registration=registration.pk
    )
    assert "Amina Haile is already checked in, since " in text_of(second)
    registration.refresh_from_db()
    assert registration.counted_by == desk
    refused = post(client, desk, "eventdesk:checkin", event.pk, registration=other.pk)
    assert "Only people with a confirmed place" in text_of(refused)
    assert "checked in at" in text_of(page(client, desk, "eventdesk:checkin", event.pk, q="amina"))
    assert (
        page(client, registration.user, "eventdesk:checkin", event.pk, code=registration.code).status_code
        == 404
    )


def test_an_offer_tells_its_end_by_the_clock_of_the_event_first(client, reference):
    event = EventFactory(zone="Africa/Nairobi")
    rules = RulesFactory(event=event, seats_in_person=1)
    a, b = UserFactory(), UserFactory(time_zone="Asia/Tokyo")
    first = registrations_actions.register(rules, actor=a, mode="in_person")
    offered = registrations_actions.register(rules, actor=b, mode="in_person")
    registrations_actions.cancel(first, actor=a)
    offered.refresh_from_db()
    until = f"{offered.offer_until.astimezone(ZoneInfo('Africa/Nairobi')):%H:%M} Nairobi time ("
    body = compose(Message.objects.get(user=b, kind="events.registration_offered")).body
    assert until in body
    assert " in Tokyo)" in body
    assert "Vienna" not in body
    assert until in text_of(page(client, b, "events:registration", offered.pk))


def test_the_link_is_for_the_confirmed_from_the_set_time(client, reference):
    event = EventFactory(mode="online", link="https://meet.example/42", link_opens_before=timedelta(hours=24))
    rules = RulesFactory(event=event)
    yes = registration_in("confirmed", rules=rules, mode="online")
    no = registration_in("waiting", rules=rules, mode="online")

    def shows(registration):
        return "meet.example" in text_of(
            page(client, registration.user, "events:registration", registration.pk)
        )

    assert (shows(yes), shows(no)) == (False, False)
    Event.objects.filter(pk=event.pk).update(starts_at=now() + timedelta(hours=23))
    assert (shows(yes), shows(no)) == (True, False)
    assert "meet.example" not in text_of(client.get(event.get_absolute_url()))


def test_the_desk_sets_registration_up_and_the_event_page_offers_it(client, reference, desk):
    event, person = EventFactory(mode="hybrid", zone="Asia/Tokyo"), UserFactory()
    assert page(client, person, "events:register", event.pk, event.slug).status_code == 404
    data = {
        "admission": "open",
        "opens_at": "2026-01-01T09:00",
        "closes_at": "",
        "seats_in_person": "10",
        "seats_online": "",
        "has_waiting_list": "on",
        "offer_hours": "48",
        "retention_days": "400",
    }
    wrong = post(client, desk, "eventdesk:registration_rules", event.pk, **data)
    assert "Please check what you entered" in text_of(wrong)
    assert not RegistrationRules.objects.exists()
    post(client, desk, "eventdesk:registration_rules", event.pk, **{**data, "retention_days": "30"})
    rules = RegistrationRules.objects.get()
    assert rules.opens_at.astimezone(event.clock).hour == 9
    shown = text_of(page(client, person, "events:event", event.pk, event.slug))
    assert reverse("events:register", args=[event.pk, event.slug]) in shown
    assert "10 of 10 places free" in shown
    assert "10 of 10 places" in text_of(page(client, desk, "eventdesk:event", event.pk))
    lines = {
        "questions-TOTAL_FORMS": "3",
        "questions-INITIAL_FORMS": "0",
        "questions-0-position": "1",
        "questions-0-text": "Which day?",
        "questions-0-kind": "choice",
        "questions-0-stage": "first",
        "questions-0-options": "Monday",
    }
    for n in (1, 2):  # empty lines come as the page shows them
        lines |= {f"questions-{n}-position": "0", f"questions-{n}-kind": "line"}
        lines |= {f"questions-{n}-stage": "first"}
    few = post(client, desk, "eventdesk:registration_lines", event.pk, "questions", **lines)
    assert "at least two answers" in text_of(few)
    lines["questions-0-options"] = "Monday\nTuesday"
    saved = post(client, desk, "eventdesk:registration_lines", event.pk, "questions", **lines)
    assert "Your changes are saved" in text_of(saved), re.findall("field-error.{300}", text_of(saved))
    assert "Which day?" in text_of(page(client, person, "events:register", event.pk, event.slug))


@pytest.mark.behaviour("E-14")
def test_by_invitation_the_list_is_written_to_once(client, reference, desk):
    rules = RulesFactory(admission="invitation")
    event, person = rules.event, UserFactory()
    wrong = post(client, desk, "eventdesk:registration_invited", event.pk, addresses="nobody\n")
    assert "These are not valid e-mail addresses" in text_of(wrong)
    for _twice in range(2):
        both = f"{person.email}\nsomebody@example.org"
        post(client, desk, "eventdesk:registration_invited", event.pk, addresses=both)
    letters = Message.objects.filter(kind="events.registration_invited").order_by("address")
    assert [letter.address for letter in letters] == sorted([person.email, "somebody@example.org"])
    stranger = page(client, UserFactory(), "events:register", event.pk, event.slug)
    assert "by invitation" in text_of(stranger)
    assert '<form method="post" class="form-column"' not in markup_of(stranger)
    post(client, person, "events:register", event.pk, event.slug, **form())
    assert Registration.objects.get().status == "confirmed"


def test_an_administrator_brings_a_delegation(client, reference):
    rules = RulesFactory(seats_in_person=1)
    event, own = rules.event, StakeholderFactory()
    lead, a, b = member_of(own), member_of(own, "reader"), member_of(own, "reader")
    done = post(
        client, lead, "events:delegation", event.pk, event.slug, mode="in_person", people=[a.pk, b.pk]
    )
    assert "2 people are registered" in text_of(done)
    assert page(client, a, "events:delegation", event.pk, event.slug).status_code == 404
    registration = Registration.objects.get(user=a)
    assert page(client, a, "events:registration", registration.pk).status_code == 200
    assert page(client, b, "events:registration", registration.pk).status_code == 404
    secret = RegistrationQuestionFactory(rules=rules, is_sensitive=True)
    registrations_actions.write_answers(registration, {secret.pk: "No nuts at all"})
    assert "No nuts" not in text_of(page(client, lead, "events:registration", registration.pk))


def test_the_list_is_filtered_counted_in_fixed_statements_and_exported(client, reference, desk):
    rules = RulesFactory()
    event = rules.event
    secret = RegistrationQuestionFactory(rules=rules, is_sensitive=True, text="Diet")
    first = registration_in("confirmed", rules=rules, user=UserFactory(name="=cmd()"))
    registrations_actions.write_answers(first, {secret.pk: "No nuts"})
    sign_in(client, desk)
    address = reverse("eventdesk:registrations", args=[event.pk])
    assert_no_growth(
        lambda: client.get(address),
        lambda: registration_in("confirmed", rules=rules, stakeholder=StakeholderFactory()),
    )
    registration_in("waiting", rules=rules, user=UserFactory(name="Somebody Waiting"))
    assert "Somebody Waiting" in text_of(client.get(address))
    assert "Somebody Waiting" not in text_of(client.get(address, {"status": "confirmed"}))
    file = b"".join(client.get(reverse("eventdesk:registrations_file", args=[event.pk, "csv"]))).decode()
    assert "'=cmd()" in file
    assert "No nuts" not in file
    file = b"".join(
        client.get(reverse("eventdesk:registrations_file", args=[event.pk, "csv"]), {"sensitive": "1"})
    ).decode()
    assert "No nuts" in file


def test_my_work_and_the_data_of_a_person(client, reference):
    from accounts.hooks import erasers, sections

    rules = RulesFactory(seats_in_person=1)
    question = RegistrationQuestionFactory(rules=rules, text="Diet")
    registration = registrations_actions.register(
        rules, actor=UserFactory(), mode="in_person", answers={question.pk: "No nuts"}
    )
    other = registrations_actions.register(rules, actor=UserFactory(), mode="in_person")
    assert rules.event.title in text_of(page(client, registration.user, "portal:me"))
    rows = sections["registrations"].rows(registration.user)
    assert "No nuts" in [field.value for field in rows[0]]
    erasers["events.registrations"](registration.user)
    registration.refresh_from_db()
    other.refresh_from_db()
    assert (registration.status, other.status, registration.answers.count()) == ("cancelled", "offered", 0)


def test_the_pages_are_not_there_for_others(client, reference, desk):
    registration = registration_in("confirmed")
    stranger = UserFactory()
    for name, args in (
        ("events:registration", [registration.pk]),
        ("events:registration_leave", [registration.pk]),
        ("events:registration_code", [registration.pk]),
        ("events:certificate", [registration.pk]),
        ("eventdesk:registration", [registration.pk]),
        ("eventdesk:registrations", [registration.rules.event_id]),
        ("eventdesk:registrations_file", [registration.rules.event_id, "csv"]),
        ("eventdesk:checkin", [registration.rules.event_id]),
        ("eventdesk:registration_rules", [registration.rules.event_id]),
        ("eventdesk:registration_lines", [registration.rules.event_id, "questions"]),
        ("eventdesk:registration_invited", [registration.rules.event_id]),
    ):
        assert page(client, stranger, name, *args).status_code == 404, name
        if name.startswith("eventdesk"):
            assert page(client, desk, name, *args).status_code == 200, name


def test_the_desk_approves_several_at_once_in_order_of_arrival(client, reference, desk):
    rules = RulesFactory(admission="approval", seats_in_person=1)
    a, b = (registrations_actions.register(rules, actor=UserFactory(), mode="in_person") for _n in range(2))
    stakeholder = StakeholderFactory(status="lapsed")
    c = registration_in("pending", rules=rules, stakeholder=stakeholder)
    event = rules.event
    assert "Approve the chosen" in text_of(
        page(client, desk, "eventdesk:registrations", event.pk, status="pending")
    )
    none = post(client, desk, "eventdesk:registrations_approve", event.pk)
    assert "Choose at least one" in text_of(none)
    done = post(client, desk, "eventdesk:registrations_approve", event.pk, chosen=[c.pk, b.pk, a.pk, 0])
    assert "2 registrations are approved" in text_of(done)
    assert "1 could not be approved" in text_of(done)
    statuses = [Registration.objects.get(pk=registration.pk).status for registration in (a, b, c)]
    assert statuses == ["confirmed", "waiting", "pending"]


def test_the_places_of_an_entry_that_is_withdrawn_pass_on(reference):
    rules, own = RulesFactory(seats_in_person=1), StakeholderFactory()
    a = registrations_actions.register(rules, actor=member_of(own), mode="in_person", stakeholder=own)
    b = registrations_actions.register(rules, actor=UserFactory(), mode="in_person")
    registrations_actions.follow_standing([own], "suspend")
    assert Registration.objects.get(pk=a.pk).status == "confirmed"
    registrations_actions.follow_standing([own], "withdraw")
    assert Registration.objects.get(pk=a.pk).status == "cancelled"
    assert Registration.objects.get(pk=b.pk).status == "offered"
    mail = compose(Message.objects.get(user=a.user, kind="events.registration_cancelled"))
    assert "the profile of your organization" in mail.body


@pytest.mark.behaviour("E-16")
@pytest.mark.django_db(transaction=True)
def test_of_two_who_click_at_once_for_the_last_seat_one_waits(client):
    rules = RulesFactory(seats_in_person=1)
    event, gate = rules.event, Barrier(2)
    browsers = [Client(), Client()]
    for browser in browsers:
        sign_in(browser, UserFactory())
    address = reverse("events:register", args=[event.pk, event.slug])

    def click(browser):
        try:
            gate.wait(300)
            return browser.post(address, form()).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        assert list(threads.map(click, browsers)) == [302, 302]
    assert sorted(rules.registrations.values_list("status", flat=True)) == ["confirmed", "waiting"]
    pages = [browser.get("/en/me/").text for browser in browsers]
    assert sum("Confirmed" in text for text in pages) == 1


@pytest.mark.behaviour("E-22")
def test_what_was_said_in_confidence_is_gone_after_its_days(client, reference, desk):
    rules = RulesFactory(retention_days=10)
    diet = RegistrationQuestionFactory(rules=rules, is_sensitive=True, text="What may you not eat?")
    person, event = UserFactory(), rules.event
    sign_in(client, person)
    text = client.get(reverse("events:register", args=[event.pk, event.slug])).text
    assert "What may you not eat?" in text
    post(
        client, person, "events:register", event.pk, event.slug, **form(**{f"question_{diet.pk}": "No nuts"})
    )
    registration = Registration.objects.get()
    assert "No nuts" in page(client, person, "events:registration", registration.pk).text
    assert erase_sensitive(event.ends_at + timedelta(days=10, seconds=-1)) == 0
    assert "No nuts" in page(client, person, "events:registration", registration.pk).text
    assert erase_sensitive(event.ends_at + timedelta(days=10)) == 1
    assert "No nuts" not in page(client, person, "events:registration", registration.pk).text
    assert "No nuts" not in page(client, desk, "eventdesk:registration", registration.pk).text
    assert Entry.objects.get(action="events.registrationrules.erase").data == {"number": 1}


@pytest.mark.behaviour("E-23")
def test_the_desk_plans_reminders_and_they_leave_by_the_clock_of_the_event(client, reference, desk):
    event = EventFactory(zone="Asia/Tokyo", starts_at=now() + timedelta(days=10))
    RulesFactory(event=event)
    person = UserFactory()
    post(client, person, "events:register", event.pk, event.slug, **form())
    plan = ["eventdesk:registration_lines", event.pk, "reminders"]
    lines = {
        "reminders-TOTAL_FORMS": "2",
        "reminders-INITIAL_FORMS": "0",
        "reminders-0-days": "-30",
        "reminders-0-hour": "9",
        "reminders-1-days": "-6",
        "reminders-1-hour": "8",
    }
    post(client, desk, *plan, **lines)
    past, week = Reminder.objects.order_by("days")
    changed = {
        "reminders-INITIAL_FORMS": "2",
        "reminders-0-id": past.pk,
        "reminders-1-id": week.pk,
        "reminders-1-days": "-7",
        "reminders-1-hour": "9",
    }
    post(client, desk, *plan, **(lines | changed))
    week.refresh_from_db()
    first_day = event.starts_at.astimezone(event.clock)
    due = datetime.combine(first_day.date() - timedelta(days=7), datetime.min.time(), event.clock)
    due += timedelta(hours=9)
    assert remind(due - timedelta(minutes=1)) == 0
    assert remind(due) == 1
    assert remind(due) == 0
    assert "skipped" in text_of(page(client, desk, *plan)).lower()
    sign_in(client, person)
    notices = client.get("/en/me/notices/").text
    assert event.title in notices
    mail = compose(Message.objects.get(user=person, kind="events.registration_reminder"))
    assert "Tokyo time" in mail.body
    assert "Vienna time" not in mail.body


def test_a_reminder_at_midnight_leaves_on_the_day_that_begins(client, reference, desk):
    starts = datetime(NEXT_YEAR, 5, 5, 9, tzinfo=ZoneInfo("Asia/Tokyo"))
    rules = RulesFactory(event=EventFactory(zone="Asia/Tokyo", starts_at=starts))
    Reminder.objects.create(rules=rules, days=-7, hour=0)
    lines = page(client, desk, "eventdesk:registration_lines", rules.event_id, "reminders").text
    assert f">28 April {NEXT_YEAR}, 00:00 Tokyo time" in lines


def test_what_lasts_whole_days_is_told_as_days(client, reference):
    starts = datetime(NEXT_YEAR, 5, 5, tzinfo=ZoneInfo("Asia/Tokyo"))
    event = EventFactory(
        zone="Asia/Tokyo", starts_at=starts, ends_at=starts + timedelta(days=2), whole_days=True
    )
    rules, person = RulesFactory(event=event), UserFactory()
    registrations_actions.register(rules, actor=person, mode="in_person")
    mail = compose(Message.objects.get(user=person, kind="events.registration_confirmed"))
    assert f"It begins on 5 May {NEXT_YEAR}." in mail.body


def test_what_is_in_no_name_finds_nobody_at_the_entrance(client, reference, desk):
    registration = registration_in("confirmed")
    for name in ("q", "code"):
        answer = page(client, desk, "eventdesk:checkin", registration.rules.event_id, **{name: "\0"})
        assert answer.status_code == 200
        assert f'value="{registration.pk}"' not in answer.text


def test_a_list_with_sensitive_answers_is_logged_as_one(client, reference, desk):
    rules = RulesFactory()
    for query in ({}, {"sensitive": "1"}):
        b"".join(page(client, desk, "eventdesk:registrations_file", rules.event_id, "csv", **query))
    entries = Entry.objects.filter(subject_kind="events.registrationrules", subject_id=rules.pk)
    names = entries.order_by("pk").values_list("action", flat=True)
    assert [name.rpartition(".")[2] for name in names] == ["export", "export_sensitive"]


@pytest.mark.behaviour("E-19")
def test_an_answer_that_the_desk_judged_is_judged_again_once_it_is_changed(client, reference, desk):
    rules = RulesFactory(admission="approval", seats_in_person=1)
    why, later = (RegistrationQuestionFactory(rules=rules, stage=stage) for stage in ("first", "seated"))
    registration = registrations_actions.register(
        rules, actor=UserFactory(), mode="in_person", answers={why.pk: "I teach"}
    )
    person, address = registration.user, ["events:registration", registration.pk]
    # What the desk has not judged yet is simply another answer.
    post(client, person, *address, shown="nobody", **{f"question_{why.pk}": "I teach law"})
    assert registration.answers.get().text == "I teach law"
    registration_desk_actions.approve(registration, actor=desk)
    assert WorkItem.objects.about(registration).open().count() == 0
    assert "You keep your confirmed place" in text_of(page(client, person, *address))

    def change(text):
        answers = {f"question_{why.pk}": text, f"question_{later.pk}": "No nuts"}
        return text_of(post(client, person, *address, shown="everyone", **answers))

    assert "Your changes are saved and pending" in change("I sell <b>")
    held = {row.question_id: (row.text, row.proposed) for row in registration.answers.all()}
    assert held == {why.pk: ("I teach law", "I sell <b>"), later.pk: ("No nuts", None)}
    registration.refresh_from_db()
    assert (registration.status, registration.shown) == ("confirmed", "everyone")
    assert "waiting" not in mail_kinds(person)[-1]
    assert mail_kinds(person)[-1] == "events.registration_change_received"
    assert WorkItem.objects.about(registration).open().get().what == "decide"
    list_text = text_of(page(client, desk, "eventdesk:registrations", rules.event_id, waits="yes"))
    assert str(person) in list_text
    desk_text = text_of(page(client, desk, "eventdesk:registration", registration.pk))
    assert desk_text.index("I teach law") < desk_text.index("I sell &lt;b&gt;")
    stamp = re.search(r'name="seen" value="(\w+)"', desk_text)[1]
    # What the person changed meanwhile is not decided on unseen, and a refusal says why.
    change("I sell boats")
    assert "changed the answers again" in text_of(
        post(client, desk, "eventdesk:registration_change", registration.pk, seen=stamp, take="1")
    )
    stamp = re.search(
        r'name="seen" value="(\w+)"', page(client, desk, "eventdesk:registration", registration.pk).text
    )[1]
    decide = ["eventdesk:registration_change", registration.pk]
    assert "The person receives the reason why" in text_of(post(client, desk, *decide, seen=stamp, leave="1"))
    post(client, desk, *decide, seen=stamp, leave="1", note="This is for teachers.")
    assert registration.answers.get(question=why).text == "I teach law"
    mail = compose(Message.objects.get(user=person, kind="events.registration_change_left"))
    assert "This is for teachers." in mail.body
    assert "Your confirmed place stays yours." in mail.body
    assert WorkItem.objects.about(registration).open().count() == 0
    # Back to what was approved: nothing waits. Then another change, which is taken.
    change("I teach fishers")
    assert "Your changes are saved." in change("I teach law")
    assert WorkItem.objects.about(registration).open().count() == 0
    change("I teach fishers")
    stamp = re.search(
        r'name="seen" value="(\w+)"', page(client, desk, "eventdesk:registration", registration.pk).text
    )[1]
    assert page(client, person, "eventdesk:registration", registration.pk).status_code == 404
    assert post(client, person, *decide, seen=stamp, take="1").status_code == 404
    post(client, desk, *decide, seen=stamp, take="1")
    assert [row.text for row in registration.answers.order_by("question_id")] == [
        "I teach fishers",
        "No nuts",
    ]
    assert mail_kinds(person)[-1] == "events.registration_change_taken"


def test_where_the_event_does_not_ask_for_it_changed_answers_hold_at_once(client, reference, desk):
    rules = RulesFactory(admission="approval", edits_renew=False)
    question = RegistrationQuestionFactory(rules=rules, is_sensitive=True)
    registration = registration_in("confirmed", rules=rules)
    values = {"shown": "nobody", f"question_{question.pk}": "By boat"}
    post(client, registration.user, "events:registration", registration.pk, **values)
    assert registration.answers.get().text == "By boat"
    # What waits for the desk is erased with the answer, and then nothing waits any more.
    RegistrationRules.objects.update(edits_renew=True)
    post(
        client,
        registration.user,
        "events:registration",
        registration.pk,
        **{**values, f"question_{question.pk}": "By rail"},
    )
    assert WorkItem.objects.about(registration).open().count() == 1
    erase_sensitive(rules.event.ends_at + timedelta(days=31))
    assert (registration.answers.count(), WorkItem.objects.about(registration).open().count()) == (0, 0)


def test_the_demonstration_has_people_with_places_people_who_wait_and_a_certificate(client, reference, desk):
    User.objects.filter(pk=desk.pk).update(is_demo=True)
    people = {f"member{n}": UserFactory(is_demo=True) for n in range(4)}
    people["admin"] = UserFactory()
    people["events"] = User.objects.get(pk=desk.pk)
    for _twice in range(2):
        load_demo_calendar(people)
    rows = Registration.objects.order_by("pk").values_list("status", flat=True)
    assert list(rows) == ["confirmed"] * 2 + ["waiting"] * 3 + ["confirmed"]
    assert Certificate.objects.get().registration.user == people["admin"]


def mail_kinds(person):
    return list(Message.objects.filter(user=person).order_by("pk").values_list("kind", flat=True))


def test_a_full_event_says_so_before_anybody_registers(client, reference):
    rules = RulesFactory(seats_in_person=1)
    event = rules.event
    first, second = UserFactory(), UserFactory()
    free = text_of(page(client, first, "events:event", event.pk, event.slug))
    assert "1 of 1 place free" in free
    assert "Join the waiting list" not in free
    post(client, first, "events:register", event.pk, event.slug, **form())
    for name in ("events:event", "events:register"):
        text = text_of(page(client, second, name, event.pk, event.slug))
        assert "The event is full. You can join the waiting list" in text
        assert ">Join the waiting list<" in text
    assert "You are the next on the waiting list" in text_of(
        post(client, second, "events:register", event.pk, event.slug, **form())
    )


def test_whoever_has_a_place_finds_all_that_is_needed_to_come(client, reference):
    vienna = ZoneInfo("Europe/Vienna")
    event = EventFactory(
        title="Congress",
        zone="Europe/Vienna",
        venue="Boardroom D",
        city="Vienna",
        country_id="AUT",
        has_programme=True,
        starts_at=datetime(NEXT_YEAR, 5, 3, 9, tzinfo=vienna),
        ends_at=datetime(NEXT_YEAR, 5, 4, 0, tzinfo=vienna),
    )
    rules, person = RulesFactory(event=event), UserFactory()
    text = text_of(post(client, person, "events:register", event.pk, event.slug, **form()))
    calendar = reverse("events:event_file", args=[event.pk, event.slug])
    programme = reverse("events:programme", args=[event.pk, event.slug])
    for words in (
        "<bdi>Boardroom D</bdi>, <bdi>Vienna</bdi>, <bdi>Austria</bdi>",
        f'href="{calendar}"',
        f'href="{programme}"',
        settings.DESK_EMAIL,
        "Your ticket",
        "Your entry code",
        'href="https://www.openstreetmap.org/search?query=Boardroom%20D%2C%20Vienna%2C%20Austria"',
    ):
        assert words in text
    message = Message.objects.get(user=person, kind="events.registration_confirmed")
    mail = compose(message, details([message])[message.pk])
    for words in (
        f"It begins on 3 May {NEXT_YEAR}, 09:00 Vienna time.",
        f"It ends on 3 May {NEXT_YEAR}, 23:59 Vienna time.",
        "Place: Boardroom D, Vienna, Austria",
        f"Programme: {settings.SITE_URL}{programme}",
        f"{settings.SITE_URL}{calendar}",
    ):
        assert words in mail.body
    # A rule that was taken from public view names nothing any more.
    Event.objects.filter(pk=rules.event_id).update(status="hidden")
    assert details([message]) == {message.pk: {}}


def test_there_is_no_ticket_where_one_cannot_go(client, reference):
    person = UserFactory()
    at, until = now() + timedelta(days=5), now() + timedelta(days=6)
    held = {"starts_at": now() - timedelta(days=6), "ends_at": now() - timedelta(days=5)}
    online = EventFactory(mode="online", city="", venue="", starts_at=at, ends_at=until)
    for status, event in (
        ("waiting", EventFactory(starts_at=at, ends_at=until)),
        ("confirmed", EventFactory(status="cancelled", starts_at=at, ends_at=until)),
        ("confirmed", EventFactory(**held)),
    ):
        queued = {"queued_at": now()} if status == "waiting" else {}
        registration = RegistrationFactory(
            rules=RulesFactory(event=event), user=person, status=status, **queued
        )
        sign_in(client, person)
        assert "Your ticket" not in client.get(registration.get_absolute_url()).text
    registration = RegistrationFactory(
        rules=RulesFactory(event=online), user=person, status="confirmed", mode="online"
    )
    page = client.get(registration.get_absolute_url()).text
    assert "Your ticket" in page
    for absent in ("openstreetmap", "Your entry code"):
        assert absent not in page

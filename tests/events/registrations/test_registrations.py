"""Registrations: every move, the waiting list, quotas, and that no seat is ever given twice."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from events.events.models import Event
from events.registration_desk import actions as registration_desk_actions
from events.registrations import actions as registrations_actions
from events.registrations.actions import admit
from events.registrations.actions_clock import care_for_queues, erase_sensitive, remind
from events.registrations.actions_seats import hold_seats
from events.registrations.enums import REGISTRATION_MOVES, RegistrationStatus
from events.registrations.models import Quota, Registration, RegistrationAnswer, Reminder
from events.registrations.queries_seats import Tally, position_of
from events.registrations.views import the_rules
from notifications.outbox.models import Message
from tests.factories.accounts import UserFactory, person_with
from tests.factories.events import EventFactory
from tests.factories.registrations import RegistrationQuestionFactory, RulesFactory, registration_in
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import run_during, together
from tests.workflow.exhaustive import BY_STATE, attempts, by_state, cases
from workflow.items.models import WorkItem
from workflow.moves.actions import begin
from workflow.moves.queries import decisions_on

pytestmark = pytest.mark.django_db

CLOCK: set[str] = set()
MOVES = by_state(
    cases(
        REGISTRATION_MOVES,
        RegistrationStatus.values,
        people=("desk", "person", "leader", "other"),
        allowed={
            "hold": CLOCK,
            "queue": CLOCK,
            "confirm": CLOCK,
            "admit": CLOCK,
            "offer": CLOCK,
            "lapse": CLOCK,
            "remove": CLOCK,
            "approve": {"desk"},
            "approve_to_wait": {"desk"},
            "refuse": {"desk"},
            "accept": {"person"},
            "cancel": {"person", "leader"},
        },
    )
)


@pytest.mark.parametrize(BY_STATE, MOVES)
def test_every_move(move, state, expected, reference):
    own = StakeholderFactory()
    registration = registration_in(state, stakeholder=own)
    people = {
        "desk": partial(person_with, Role.EVENTS),
        "person": lambda: registration.user,
        "leader": partial(member_of, own),
        "other": UserFactory,
    }
    how = {"queued_at": now()} if move == "approve_to_wait" else {}
    assert attempts(registration, move, people, **how) == expected


def mail_kinds(user):
    return list(Message.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def register_people(rules, n=1, **how):
    return [
        registrations_actions.register(rules, actor=UserFactory(), mode="in_person", **how)
        for _number in range(n)
    ]


def states(*registrations):
    return [
        Registration.objects.values_list("status", flat=True).get(pk=registration.pk)
        for registration in registrations
    ]


def test_what_is_said_is_the_state(reference):
    by_approval = RulesFactory(admission="approval", seats_in_person=1)
    (registration,) = register_people(by_approval)
    assert registration.status == "pending"
    assert mail_kinds(registration.user) == ["events.registration_received"]
    assert WorkItem.objects.about(registration).open().count() == 1
    desk = person_with(Role.EVENTS)
    (other,) = register_people(by_approval)
    registration_desk_actions.approve(registration, actor=desk)
    registration_desk_actions.approve(other, actor=desk)
    assert states(registration, other) == ["confirmed", "waiting"]
    assert mail_kinds(registration.user)[1:] == ["events.registration_confirmed"]
    assert mail_kinds(other.user)[1:] == ["events.registration_waiting"]
    assert WorkItem.objects.about(registration).open().count() == 0


def test_a_place_that_is_given_up_goes_to_whoever_is_first_in_line(reference):
    rules = RulesFactory(seats_in_person=1, offer_hours=24)
    a, b, c = register_people(rules, 3)
    assert states(a, b, c) == ["confirmed", "waiting", "waiting"]
    assert [position_of(Registration.objects.get(pk=registration.pk)) for registration in (a, b, c)] == [
        None,
        1,
        2,
    ]
    registrations_actions.cancel(a, actor=a.user)
    assert states(a, b, c) == ["cancelled", "offered", "waiting"]
    b.refresh_from_db()
    assert timedelta(hours=23) < b.offer_until - now() <= timedelta(hours=24)
    assert "events.registration_offered" in mail_kinds(b.user)
    # Nobody who comes now overtakes the offer or the line.
    (d,) = register_people(rules)
    assert d.status == "waiting"
    registrations_actions.accept(b, actor=b.user)
    assert states(b, c, d) == ["confirmed", "waiting", "waiting"]


def test_an_offer_that_ran_out_goes_on_whether_or_not_a_job_ran(reference):
    rules = RulesFactory(seats_in_person=1)
    a, b, c = register_people(rules, 3)
    registrations_actions.cancel(a, actor=a.user)
    Registration.objects.filter(pk=b.pk).update(offer_until=now() - timedelta(seconds=1))
    with pytest.raises(WrongState, match="over"):
        registrations_actions.accept(b, actor=b.user)
    assert states(b, c) == ["expired", "offered"]
    assert "events.registration_expired" in mail_kinds(b.user)
    assert "events.registration_offered" in mail_kinds(c.user)


def test_the_clock_ends_offers_once(reference):
    rules = RulesFactory(seats_in_person=1)
    a, b, c = register_people(rules, 3)
    registrations_actions.cancel(a, actor=a.user)
    Registration.objects.filter(pk=b.pk).update(offer_until=now() - timedelta(seconds=1))
    assert care_for_queues() == 1
    assert care_for_queues() == 0
    assert states(b, c) == ["expired", "offered"]
    assert mail_kinds(c.user).count("events.registration_offered") == 1


def test_nothing_is_offered_or_accepted_once_the_event_began(reference):
    rules = RulesFactory(seats_in_person=2)
    a, b, c, d = register_people(rules, 4)
    registrations_actions.cancel(a, actor=a.user)
    Event.objects.filter(pk=rules.event_id).update(starts_at=now() - timedelta(minutes=1))
    with pytest.raises(WrongState):
        registrations_actions.accept(c, actor=c.user)
    assert states(c, d) == ["expired", "expired"]
    registrations_actions.cancel(b, actor=b.user)
    assert states(b, c, d) == ["cancelled", "expired", "expired"]
    with pytest.raises(WrongState, match="begun"):
        register_people(rules)


def test_an_offer_never_outlasts_the_start(reference):
    event = EventFactory(starts_at=now() + timedelta(hours=3))
    rules = RulesFactory(event=event, seats_in_person=1, offer_hours=48)
    a, b = register_people(rules, 2)
    registrations_actions.cancel(a, actor=a.user)
    b.refresh_from_db()
    assert b.offer_until == event.starts_at


def test_leaving_while_offered_passes_the_offer_on(reference):
    rules = RulesFactory(seats_in_person=1)
    a, b, c = register_people(rules, 3)
    registrations_actions.cancel(a, actor=a.user)
    registrations_actions.cancel(b, actor=b.user)
    assert states(b, c) == ["cancelled", "offered"]
    with pytest.raises(WrongState):
        registrations_actions.accept(b, actor=b.user)


def test_declining_after_approval_says_so_and_frees_the_seat(reference):
    rules = RulesFactory(seats_in_person=1)
    a, b = register_people(rules, 2)
    desk = person_with(Role.EVENTS)
    with pytest.raises(DomainError):
        registration_desk_actions.refuse(a, actor=desk, reason="")
    registration_desk_actions.refuse(a, actor=desk, reason="audience", note="Please come to the next one.")
    assert states(a, b) == ["declined", "offered"]
    mail = Message.objects.get(user=a.user, kind="events.registration_declined")
    assert (mail.facts["reason"], mail.facts["was"]) == ("audience", "confirmed")


@pytest.mark.parametrize(
    "per, code, same", [("stakeholder", "", True), ("kind", "ngo", True), ("region", "002", True)]
)
def test_quotas_hold_and_hold_nobody_else_up(per, code, same, reference):
    rules = RulesFactory(seats_in_person=3)
    Quota.objects.create(rules=rules, per=per, code=code, most=1)
    full, other = StakeholderFactory(), StakeholderFactory(kind="academia", country_id="FRA")

    def come(stakeholder):
        return registrations_actions.register(
            rules, actor=member_of(stakeholder), mode="in_person", stakeholder=stakeholder
        )

    a, b, c, d = come(full), come(full), come(other), come(full)
    assert states(a, b, c, d) == ["confirmed", "waiting", "confirmed", "waiting"]
    registrations_actions.cancel(c, actor=c.user)
    assert states(b, d) == ["waiting", "waiting"]
    registrations_actions.cancel(a, actor=a.user)
    assert states(b, d) == ["offered", "waiting"]


def test_without_a_waiting_list_full_is_said(reference):
    rules = RulesFactory(seats_in_person=1, has_waiting_list=False)
    register_people(rules)
    with pytest.raises(WrongState, match="taken"):
        register_people(rules)
    assert Registration.objects.count() == 1


def test_who_may_not_register(reference):
    by_invitation = RulesFactory(admission="invitation")
    person = UserFactory()
    with pytest.raises(WrongState, match="invitation"):
        registrations_actions.register(by_invitation, actor=person, mode="in_person")
    by_invitation.invited.create(address=person.email.upper())
    assert registrations_actions.register(by_invitation, actor=person, mode="in_person").status == "confirmed"
    with pytest.raises(WrongState, match="already"):
        registrations_actions.register(by_invitation, actor=person, mode="in_person")
    with pytest.raises(WrongState, match="closed"):
        register_people(RulesFactory(closes_at=now() - timedelta(seconds=1)))
    with pytest.raises(DomainError) as raised:
        registrations_actions.register(RulesFactory(needs_stakeholder=True), actor=person, mode="online")
    assert set(raised.value.fields) == {"mode", "stakeholder"}
    with pytest.raises(PermissionDenied):
        registrations_actions.register(
            RulesFactory(), actor=person, mode="in_person", stakeholder=StakeholderFactory()
        )


def test_a_delegation_is_registered_by_an_administrator_in_order(reference):
    rules = RulesFactory(seats_in_person=1)
    own = StakeholderFactory()
    lead, a, b = member_of(own), member_of(own, "reader"), member_of(own, "reader")
    done = registrations_actions.register_delegation(
        rules, [a, b], stakeholder=own, mode="in_person", actor=lead
    )
    assert [registration.status for registration in done] == ["confirmed", "waiting"]
    assert {registration.shown for registration in done} == {"nobody"}
    with pytest.raises(PermissionDenied):
        registrations_actions.register_delegation(rules, [a], stakeholder=own, mode="in_person", actor=a)
    with pytest.raises(DomainError):
        registrations_actions.register_delegation(
            rules, [UserFactory()], stakeholder=own, mode="in_person", actor=lead
        )


def test_admission_outside_the_form(reference):
    event = EventFactory()
    person, desk = UserFactory(), person_with(Role.EVENTS)
    registration = admit(event, person, stakeholder=None, mode="in_person", actor=desk)
    assert registration.status == "confirmed"
    assert admit(event, person, stakeholder=None, mode="in_person", actor=desk) == registration
    assert mail_kinds(person) == ["events.registration_confirmed"]
    with pytest.raises(WrongState):  # registration does not open by this
        register_people(registration.rules)
    rules = RulesFactory(seats_in_person=1)
    _a, b = register_people(rules, 2)
    with pytest.raises(WrongState, match="taken"):
        admit(rules.event, b.user, stakeholder=None, mode="in_person", actor=desk)
    assert states(b) == ["waiting"]


def test_sensitive_answers_are_erased_in_time_and_logged(reference):

    rules = RulesFactory(retention_days=10)
    diet = RegistrationQuestionFactory(rules=rules, is_sensitive=True)
    plain = RegistrationQuestionFactory(rules=rules)
    register_people(rules, answers={diet.pk: "No nuts", plain.pk: "Yes"})
    assert erase_sensitive(now() + timedelta(days=63 + 9)) == 0
    assert erase_sensitive(now() + timedelta(days=63 + 11)) == 1
    assert erase_sensitive(now() + timedelta(days=63 + 11)) == 0
    assert [answer.question for answer in RegistrationAnswer.objects.all()] == [plain]
    assert Entry.objects.get(action="events.registrationrules.erase").data == {"number": 1}


def test_reminders_leave_by_the_events_clock_once_and_never_late(reference):
    event = EventFactory(zone="Asia/Tokyo", starts_at=now() + timedelta(days=10))
    rules = RulesFactory(event=event)
    (registration,) = register_people(rules)
    week = Reminder.objects.create(rules=rules, days=-7, hour=9)
    past = Reminder.objects.create(rules=rules, days=-30, hour=9)
    due = week.due_at(event)
    assert due.astimezone(event.clock).hour == 9
    assert due.astimezone(event.clock).date() == event.starts_at.astimezone(event.clock).date() - timedelta(7)
    assert remind(due - timedelta(minutes=1)) == 0
    past.refresh_from_db()
    assert past.skipped_at is not None
    assert remind(due) == 1
    assert remind(due) == 0
    assert mail_kinds(registration.user).count("events.registration_reminder") == 1


# --- How it is written ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("how", "verb", "state"),
    [
        ({"seats_in_person": 1}, "confirm", "confirmed"),
        ({"seats_in_person": 0}, "queue", "waiting"),
        ({"admission": "approval"}, "hold", "pending"),
    ],
)
def test_the_first_move_is_kept_like_every_other(how, verb, state, reference):
    (registration,) = register_people(RulesFactory(**how))
    assert states(registration) == [registration.status] == [state]
    (decision,) = decisions_on(registration)
    assert (decision.move, decision.from_status, decision.to_status) == (verb, "received", state)
    assert decision.actor is None
    (entry,) = Entry.objects.filter(subject_kind="events.registration", subject_id=registration.pk)
    assert (entry.action, entry.actor_id) == (f"events.registration.{verb}", None)
    assert entry.data == {"from": "received", "to": state}


def test_what_a_person_does_or_what_has_begun_begins_nothing(reference):
    ready = registration_in("received")
    fresh = Registration(rules=ready.rules, user=UserFactory(), mode="in_person")
    with pytest.raises(PermissionDenied):
        begin(fresh, "cancel")
    fresh.status = "waiting"
    with pytest.raises(WrongState):
        begin(fresh, "confirm")
    assert (fresh.pk, fresh.status) == (None, "waiting")
    fresh.status, fresh.user = "received", None
    fresh.mode = "nowhere"
    with pytest.raises(IntegrityError), transaction.atomic():
        begin(fresh, "confirm", decided_at=now())
    assert (fresh.status, fresh.decided_at) == ("received", None)


def as_the_page_reads(rules):
    """The rules as they are read before the lock."""
    request = RequestFactory().get("/")
    return the_rules(request, rules.event_id)


def statements_under_the_lock(rules):
    with CaptureQueriesContext(connection) as captured:
        registrations_actions.register(as_the_page_reads(rules), actor=UserFactory(), mode="in_person")
    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    (lock,) = (n for n, sql in enumerate(statements) if "FOR NO KEY UPDATE" in sql)
    return statements[lock:]


def test_few_statements_stand_under_the_lock_however_many_have_registered(reference):
    """The lock, the rules, the seats; then row, decision, sentence, notice and mail."""
    rules = RulesFactory(seats_in_person=9)
    first = statements_under_the_lock(rules)
    assert len(first) <= 8
    register_people(rules, 3)
    assert len(statements_under_the_lock(rules)) == len(first)


def test_questions_are_asked_for_only_where_there_are_some(reference, client):
    rules = RulesFactory()
    client.force_login(UserFactory())
    path, data = reverse("events:register", args=[rules.event_id, rules.event.slug]), {"agreed": "on"}
    for question in (None, "Your diet"):
        if question:
            RegistrationQuestionFactory(rules=rules, text=question, is_required=True)
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(path, data)
        read = any('"events_registrationquestion"."text"' in query["sql"] for query in captured)
        assert read == (b"Your diet" in answer.content) == bool(question)


@pytest.mark.parametrize(
    ("of", "change"),
    (
        ("event", {"status": "cancelled"}),
        ("event", {"status": "draft"}),
        ("rules", {"closes_at": now()}),
        ("rules", {"seats_in_person": 0, "has_waiting_list": False}),
    ),
)
def test_what_changed_before_the_lock_is_seen_under_it(of, change, reference):
    rules = RulesFactory(seats_in_person=5)
    read = as_the_page_reads(rules)
    model = Event if of == "event" else type(rules)
    model.objects.filter(pk=rules.event_id if of == "event" else rules.pk).update(**change)
    with pytest.raises(WrongState):
        registrations_actions.register(read, actor=UserFactory(), mode="in_person")
    assert not Registration.objects.exists()


def test_whoever_registers_twice_is_refused_and_leaves_nothing_behind(reference):
    (registration,) = register_people(rules := RulesFactory(seats_in_person=5))
    before = Entry.objects.count(), Message.objects.count()
    with pytest.raises(WrongState):
        registrations_actions.register(as_the_page_reads(rules), actor=registration.user, mode="in_person")
    assert (Entry.objects.count(), Message.objects.count()) == before
    assert not Registration.objects.exclude(pk=registration.pk).exists()


def test_a_quota_counts_those_of_the_same_delegation(reference):
    rules, own = RulesFactory(), StakeholderFactory()
    Quota.objects.create(rules=rules, per="stakeholder", most=1)
    lead, *people = (member_of(own, role) for role in ("admin", "reader", "reader"))
    delegation = registrations_actions.register_delegation(
        rules, people, stakeholder=own, mode="in_person", actor=lead
    )
    assert states(*delegation) == ["confirmed", "waiting"]


def test_a_first_quota_holds_for_whom_the_same_act_offers_a_seat(reference):
    """Its form is saved under the lock: what is offered then follows the quota that came by it."""
    rules = RulesFactory(seats_in_person=1)
    a, b = register_people(rules, 2)
    Registration.objects.filter(pk=a.pk).update(status="cancelled")
    Registration.objects.filter(pk=b.pk).update(kind="ngo")

    class Lines:
        def save(self):
            Quota.objects.create(rules=rules, per="kind", code="ngo", most=0)

    registration_desk_actions.save_lines(rules, Lines(), actor=person_with(Role.EVENTS))
    assert states(b) == ["waiting"]


def test_every_act_notes_whether_the_event_is_full(reference):
    desk = person_with(Role.EVENTS)
    open_to_all, by_approval = RulesFactory(seats_in_person=1), RulesFactory(seats_in_person=1)
    type(by_approval).objects.filter(pk=by_approval.pk).update(admission="approval")
    noted = []

    def note(rules):
        rules.refresh_from_db()
        assert rules.is_full == Tally(rules).is_full
        noted.append(rules.is_full)

    a, b = register_people(open_to_all, 2)
    acts = [
        lambda: None,
        lambda: registrations_actions.cancel(a, actor=a.user),  # offered to b
        lambda: registrations_actions.accept(b, actor=b.user),
        lambda: registration_desk_actions.refuse(b, actor=desk, reason="audience"),
        lambda: admit(open_to_all.event, a.user, stakeholder=None, mode="in_person", actor=desk),
        lambda: registrations_actions.forget(a.user),
    ]
    for act in acts:
        act()
        note(open_to_all)
    assert noted == [True, True, True, False, True, False]
    noted.clear()
    first, second = register_people(by_approval, 2)
    for registration in (first, second):
        registration_desk_actions.approve(registration, actor=desk)
        note(by_approval)
    assert states(first, second) == ["confirmed", "waiting"]
    assert noted == [True, True]


# --- Races ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_last_seat_one_has_it_and_the_others_wait_in_order():
    rules = RulesFactory(seats_in_person=1)
    people = [UserFactory() for _number in range(12)]
    outcomes = together(
        *(
            lambda who=who: registrations_actions.register(rules, actor=who, mode="in_person")
            for who in people
        )
    )
    assert outcomes == [None] * 12
    assert rules.registrations.filter(status="confirmed").count() == 1
    line = list(rules.registrations.filter(status="waiting").order_by("queued_at", "pk"))
    assert len(line) == 11
    assert [position_of(registration) for registration in line] == list(range(1, 12))
    assert [registration.pk for registration in line] == sorted(registration.pk for registration in line)
    assert Message.objects.filter(kind="events.registration_confirmed").count() == 1


@pytest.mark.django_db(transaction=True)
def test_giving_up_accepting_and_coming_at_once_never_oversells():
    rules = RulesFactory(seats_in_person=2)
    a, b, c, _d = register_people(rules, 4)
    registrations_actions.cancel(a, actor=a.user)
    assert states(c) == ["offered"]
    new = [UserFactory() for _number in range(4)]
    together(
        lambda: registrations_actions.cancel(b, actor=b.user),
        lambda: registrations_actions.accept(c, actor=c.user),
        lambda: registrations_actions.cancel(c, actor=c.user),
        care_for_queues,
        *(lambda who=who: registrations_actions.register(rules, actor=who, mode="in_person") for who in new),
    )
    held = rules.registrations.filter(status__in=("confirmed", "offered")).count()
    assert held == 2
    assert states(c)[0] in {"confirmed", "cancelled"}
    assert rules.registrations.filter(status="received").count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_double_click_registers_once():
    rules, person = RulesFactory(seats_in_person=5), UserFactory()
    outcomes = together(
        *(
            lambda: registrations_actions.register(rules, actor=person, mode="in_person")
            for _click in range(4)
        )
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["NoneType", *["WrongState"] * 3]
    assert Registration.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "change",
    (
        lambda rules: Event.objects.filter(pk=rules.event_id).update(status="cancelled"),
        lambda rules: Event.objects.filter(pk=rules.event_id).update(starts_at=now()),
        lambda rules: type(rules).objects.filter(pk=rules.pk).update(closes_at=now()),
        lambda rules: type(rules).objects.filter(pk=rules.pk).update(seats_in_person=0),
        lambda rules: Quota.objects.create(rules=rules, per="kind", code="ngo", most=0),
    ),
    ids=("cancelled", "begun", "closed", "no seats", "quota"),
)
def test_whoever_waits_for_the_lock_finds_the_event_as_it_is_then(change, reference):
    """Neither rules nor event, quotas or seats are those of the moment at which the wait began."""
    rules = RulesFactory(seats_in_person=5, has_waiting_list=False)
    own = StakeholderFactory(kind="ngo")
    person = member_of(own)

    def change_under_the_lock():
        with hold_seats(rules.pk):
            change(rules)

    (outcome,) = run_during(
        change_under_the_lock,
        lambda: registrations_actions.register(rules, actor=person, mode="in_person", stakeholder=own),
    )
    assert isinstance(outcome, WrongState)
    assert not Registration.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_many_at_the_last_place_of_a_quota_one_has_it(reference):
    rules, own = RulesFactory(), StakeholderFactory()
    Quota.objects.create(rules=rules, per="stakeholder", most=1)
    people = [member_of(own) for _number in range(6)]
    outcomes = together(
        *(
            lambda who=who: registrations_actions.register(
                rules, actor=who, mode="in_person", stakeholder=own
            )
            for who in people
        )
    )
    assert outcomes == [None] * 6
    assert rules.registrations.filter(status="confirmed").count() == 1
    assert rules.registrations.filter(status="waiting").count() == 5

"""The desk appoints regional focal points; each term gives the role for its places, and takes it back."""

import csv
import html
import re
from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from accounts.people.models import Grant, User
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from stakeholders.appointments.actions import appoint, change_appointment, end_appointment, end_terms
from stakeholders.appointments.models import Appointment, today
from stakeholders.appointments.queries import coverage
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, refused_and_each, text_of

pytestmark = pytest.mark.django_db
LIST = "/en/desk/vetting/appointments/"
ROLES = (
    "visitor",
    "stranger",
    "member",
    "regional",
    "state",
    "vetting",
    "curation",
    "events",
    "reviews",
    "head",
    "administrator",
)
APPOINT = {"head", "administrator"}
DESK = {"vetting", "curation", "events", "reviews", *APPOINT}


@pytest.fixture
def head():
    return person_with(Role.HEAD, name="Hanna Head")


@pytest.fixture
def as_head(client, head):
    sign_in(client, head)
    return client


def places(user) -> set[str]:
    """What the person's role stands for now."""
    return {grant.scope_code for grant in User.objects.get(pk=user.pk).live_grants}


@pytest.mark.behaviour("X-11")
def test_regions_carry_their_un_names_and_codes_in_the_order_of_the_language(as_head):
    with (settings.BASE_DIR / "taxonomy/data/regions.csv").open(encoding="utf-8", newline="") as lines:
        names = {row["m49"]: row for row in csv.DictReader(lines)}
    # Filters of lists offer regions in one row.
    orders = {}
    for language in ("en", "fr", "ru"):
        page = as_head.get(f"/{language}/desk/vetting/").text
        select = page.partition('name="region"')[2].partition("</select>")[0]
        offered = re.findall(r'<option value="(\d{3})"[^>]*>([^<]+)<', select)
        assert {code: html.unescape(name) for code, name in offered} == {
            code: row[f"name_{language}"] for code, row in names.items()
        }
        orders[language] = [code for code, _name in offered]
    assert orders["en"][:2] == ["002", "019"]  # Africa, Americas
    assert orders["fr"][:3] == ["002", "018", "017"]  # Afrique, Afrique australe, Afrique centrale
    assert len({tuple(order) for order in orders.values()}) == 3
    # A region that is not on the list is refused where it is asked for, and finds nothing where it filters.
    made_up = {"email": UserFactory().email, "regions": "Atlantis", "starts_on": today(), "ends_on": today()}
    response = as_head.post(f"{LIST}new/", made_up)
    assert "Atlantis is not one of the available choices." in text_of(response)
    assert not Appointment.objects.exists()
    StakeholderFactory(name="Coastal Watch")
    assert "Coastal Watch" in text_of(as_head.get("/en/stakeholders/?region=002"))
    assert "Coastal Watch" not in text_of(as_head.get("/en/stakeholders/?region=Africa"))


def form(person=None, **fields):
    first = today()
    data = {
        "version": 0,
        "regions": ["002"],
        "countries": [],
        "note": "",
        "starts_on": first.isoformat(),
        "ends_on": (first + timedelta(days=365)).isoformat(),
        **fields,
    }
    return {**data, "email": person.email} if person else data


def change_term(appointment, actor, **fields):
    arguments = {
        "version": appointment.version,
        "regions": ["002"],
        "countries": [],
        "starts_on": appointment.starts_on,
        "ends_on": appointment.ends_on,
        "note": appointment.note,
        **fields,
    }
    return change_appointment(appointment, actor=actor, **arguments)


def somebody(who):
    match who:
        case "visitor":
            return None
        case "stranger":
            return UserFactory()
        case "member":
            return member_of(StakeholderFactory())
    return person_with(who)


@pytest.mark.parametrize("people", refused_and_each(ROLES, APPOINT))
def test_who_opens_and_who_appoints(client, people, subtests):
    appointment = appointed(regions=["002"])
    for who in people:
        with subtests.test(who=who):
            if user := somebody(who):
                sign_in(client, user)
            missing = 302 if who == "visitor" else 404
            read, act = (200 if who in DESK else missing), (200 if who in APPOINT else missing)
            assert client.get(LIST).status_code == read
            assert client.get(f"{LIST}{appointment.pk}/").status_code == read
            assert client.get(f"{LIST}new/").status_code == act
            person = UserFactory()
            assert client.post(f"{LIST}new/", form(person)).status_code == (
                302 if who in APPOINT else missing
            )
            assert Appointment.objects.filter(user=person).exists() is (who in APPOINT)
            ending = client.post(
                f"{LIST}{appointment.pk}/", {"end": "yes", "end-version": 0, "end-reason": "resigned"}
            )
            appointment.refresh_from_db()
            assert ending.status_code == (302 if who in APPOINT else missing)
            assert (appointment.ended_at is not None) is (who in APPOINT)


def test_seeing_an_appointment_is_the_same_for_rule_and_queryset():
    appointment, other = appointed(regions=["002"]), appointed(regions=["019"])
    people = [appointment.user, *(person_with(role) for role in Role.values)]
    for user in (User.objects.get(pk=person.pk) for person in people):
        visible = set(Appointment.objects.visible_to(user))
        assert {
            row for row in (appointment, other) if user.has_perm("stakeholders.view_appointment", row)
        } == visible
    assert set(Appointment.objects.visible_to(User.objects.get(pk=appointment.user_id))) == {appointment}


def test_an_appointment_gives_the_role_and_says_so(as_head, head):
    person = UserFactory(name="Rosa", language="en")
    response = as_head.post(f"{LIST}new/", form(person, countries=["PER", "COL"]), follow=True)
    assert "Appointed. The person gets an" in text_of(response)
    appointment = Appointment.objects.get()
    assert (appointment.user, appointment.appointed_by) == (person, head)
    assert places(person) == {"002", "PER", "COL"}
    assert {(grant.role, grant.granted_by, grant.ends_at) for grant in appointment.grants.all()} == {
        (Role.REGIONAL, head, appointment.ends_at)
    }
    (line,) = Entry.objects.filter(action="stakeholders.appointed")
    assert line.data["places"] == "002 COL PER"
    (mail,) = [mail for mail in deliver_all() if person.email in mail.to]
    assert "regional focal point" in mail.body
    assert "/en/regional/" in mail.body


def test_bad_input_is_named_and_what_was_typed_stays(as_head, subtests):
    for fields, field in (
        ({"regions": [], "countries": []}, "regions"),
        ({"regions": ["999"]}, "regions"),
        ({"countries": ["XXX"]}, "countries"),
        ({"starts_on": "2020-01-01"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, "ends_on"),
        ({"ends_on": "9999-12-31"}, "ends_on"),
        ({"starts_on": "nonsense"}, "starts_on"),
        ({"email": "nobody@nowhere.example"}, "email"),
        ({"email": ""}, "email"),
    ):
        with subtests.test(fields=fields):
            person = UserFactory()
            response = as_head.post(f"{LIST}new/", {**form(person), "note": "Kept words", **fields})
            assert response.status_code == 200
            assert list(response.context["form"].errors) == [field]
            assert "Kept words" in text_of(response)
            assert not Appointment.objects.exists()
            assert places(person) == set()


def test_nobody_appoints_themselves_or_a_closed_account(head):
    with pytest.raises(DomainError, match="You cannot appoint yourself"):
        appointed(head, by=head, regions=["002"])
    with pytest.raises(DomainError, match="closed"):
        appointed(UserFactory(is_active=False), by=head, regions=["002"])
    with pytest.raises(PermissionDenied):
        appointed(by=person_with(Role.VETTING), regions=["002"])


def test_terms_may_overlap_and_each_ends_alone(head):
    person = UserFactory()
    first, second = (appointed(person, by=head, regions=["002"]) for _term in range(2))
    assert places(person) == {"002"}
    end_appointment(first, actor=head, version=0, reason="replaced")
    assert places(person) == {"002"}
    end_appointment(second, actor=head, version=0, reason="replaced")
    assert places(person) == set()


def test_a_term_begins_and_ends_with_its_days(head):
    person = UserFactory()
    appointed(person, by=head, regions=["002"], starts=10, days=20)
    assert places(person) == set()
    with time_machine.travel(now() + timedelta(days=11)):
        assert places(person) == {"002"}
    with time_machine.travel(now() + timedelta(days=22)):
        assert places(person) == set()


def test_a_change_moves_the_role_with_it(as_head, head):
    appointment = appointed(UserFactory(name="Rosa"), by=head, regions=["002"], countries=["PER"])
    grant = appointment.grants.get(scope_code="PER")
    data = form(
        regions=["019"],
        countries=["PER"],
        starts_on=appointment.starts_on.isoformat(),
        ends_on=appointment.ends_on.isoformat(),
        note="Wider now",
    )
    response = as_head.post(f"{LIST}{appointment.pk}/", data, follow=True)
    assert "The appointment is changed." in text_of(response)
    assert places(appointment.user) == {"019", "PER"}
    assert grant in Grant.objects.live()
    (line,) = Entry.objects.filter(action="stakeholders.appointment_changed")
    assert (line.data["before"]["places"], line.data["after"]["places"]) == ("002 PER", "019 PER")
    assert Message.objects.filter(kind="stakeholders.appointment_changed").count() == 1


def test_a_change_of_the_note_alone_tells_nobody(head):
    appointment = appointed(by=head, regions=["002"])
    change_term(appointment, head, note="Met in Vienna")
    assert not Message.objects.filter(kind="stakeholders.appointment_changed").exists()
    assert Grant.objects.filter(user=appointment.user).count() == 1


def test_a_shorter_term_ends_the_role_sooner(head):
    appointment = appointed(by=head, regions=["002"], days=300)
    change_term(appointment, head, ends_on=today() + timedelta(days=5))
    with time_machine.travel(now() + timedelta(days=7)):
        assert places(appointment.user) == set()


def test_of_two_edits_the_later_is_told_and_keeps_what_was_typed(as_head, head):
    appointment = appointed(by=head, regions=["002"])
    change_term(appointment, head, regions=["019"])
    response = as_head.post(f"{LIST}{appointment.pk}/", form(regions=["150"], note="My words"))
    assert "Another person has changed this in the meantime" in text_of(response)
    assert "My words" in text_of(response)
    assert places(appointment.user) == {"019"}
    again = response.context["change_form"]["version"].value()
    as_head.post(f"{LIST}{appointment.pk}/", form(regions=["150"], version=again))
    assert places(appointment.user) == {"150"}


def test_ending_needs_a_reason_and_happens_once(as_head, head):
    appointment = appointed(by=head, regions=["002"])
    data = {"end": "yes", "end-version": 0}
    assert "Choose the reason." in text_of(as_head.post(f"{LIST}{appointment.pk}/", data))
    other = as_head.post(f"{LIST}{appointment.pk}/", {**data, "end-reason": "other"})
    assert "Give the reason why it ends." in text_of(other)
    assert places(appointment.user) == {"002"}
    done = as_head.post(f"{LIST}{appointment.pk}/", {**data, "end-reason": "resigned"}, follow=True)
    assert "ended on" in text_of(done)
    assert places(appointment.user) == set()
    with pytest.raises(WrongState):
        end_appointment(appointment, actor=head, version=1, reason="resigned")
    mails = [
        mail for mail in deliver_all() if appointment.user.email in mail.to and "has ended" in mail.subject
    ]
    assert len(mails) == 1
    assert "Resigned" in mails[0].body


def test_the_clock_ends_terms_once(head):
    appointment, other = (
        appointed(by=head, regions=["002"], days=3),
        appointed(by=head, regions=["002"], days=30),
    )
    assert end_terms() == 0
    with time_machine.travel(now() + timedelta(days=5)):
        current_app.tasks["stakeholders.end_appointments"].apply(throw=True)
        assert end_terms() == 0
        appointment.refresh_from_db()
        other.refresh_from_db()
        assert (appointment.end_reason, appointment.ended_by, other.ended_at) == ("term", None, None)
        assert places(appointment.user) == set()
    assert Entry.objects.filter(action="stakeholders.appointment_over").count() == 1
    assert Message.objects.filter(kind="stakeholders.appointment_ended").count() == 1
    schedule = settings.CELERY_BEAT_SCHEDULE["stakeholders.end_appointments"]
    assert schedule["task"] == "stakeholders.end_appointments"


def test_each_mail_is_in_the_language_of_its_reader(head):
    person = UserFactory(language="ar")
    end_appointment(appointed(person, by=head, regions=["002"]), actor=head, version=0, reason="resigned")
    mails = [mail for mail in deliver_all() if person.email in mail.to]
    assert len(mails) == 2
    assert all('lang="ar"' in mail.alternatives[0].content for mail in mails)


def test_the_list_says_who_covers_what_and_where_there_is_nobody(as_head, head):
    appointed(UserFactory(name="Aisha"), by=head, regions=["014"])
    appointed(UserFactory(name="Rosa"), by=head, countries=["PER"])
    appointed(UserFactory(name="Later"), by=head, regions=["150"], starts=9)
    rows = {row.code: row for _region, subs in coverage() for row in subs}
    assert rows["202"].people == ["Aisha"]
    assert "Nigeria" in rows["202"].uncovered
    assert "Kenya" not in rows["202"].uncovered
    assert rows["419"].people == ["Rosa"]
    assert "Peru" not in rows["419"].uncovered
    assert [rows[code].has_nobody for code in ("015", "155", "035", "202")] == [True, True, True, False]
    shown = text_of(as_head.get(LIST))
    assert "Aisha" in shown
    assert "<strong>No one</strong>" in shown


def test_the_list_costs_the_same_for_one_and_three(as_head, head):
    assert_no_growth(
        lambda: as_head.get(LIST), lambda: appointed(by=head, regions=["002"], countries=["PER"])
    )


def test_the_role_sleeps_without_a_second_factor(client, head):
    appointment = appointed(by=head, regions=["002"])
    client.force_login(appointment.user)
    response = client.get("/en/regional/")
    assert response.status_code == 302
    assert response["Location"].startswith("/en/accounts/2fa/")
    sign_in(client, appointment.user)
    assert client.get("/en/regional/").status_code == 200


def test_an_appointment_by_the_action_needs_places(head):
    with pytest.raises(DomainError, match="at least one region"):
        appoint(
            UserFactory(), actor=head, regions=[], countries=[], starts_on=today(), ends_on=today(), note=""
        )

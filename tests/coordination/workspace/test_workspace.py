"""Deputies, absences, hand-overs and the workspace of regional focal points."""

import re
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.utils.timezone import now

from accounts.data_rights.actions import delete_account
from accounts.people.enums import Role
from accounts.people.models import Grant
from coordination.absences import actions as absences_actions
from coordination.absences.models import Absence
from coordination.activities.models import Activity, ActivityNote
from coordination.focal_points import actions as focal_points_actions
from coordination.focal_points.models import Enquiry
from coordination.focal_points.queries import focal_points
from coordination.hand_overs import actions as hand_overs_actions
from coordination.hand_overs.models import TermNote
from coordination.mailings.queries import next_entries
from coordination.workspace.queries_applications import applications
from core.errors import DomainError, WrongState
from events.events.models import Event
from notifications.inbox.models import Notice
from stakeholders.applications.models import Application
from stakeholders.appointments.actions import end_appointment
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import DirectoryVersion
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.models import Recommendation
from stakeholders.recommendations.queries import (
    focal_points_for,
    shared_applications,
    unanswered_applications,
)
from tests.coordination.focal_points import HOME, VIEW_ANSWERS, away, fresh, people_informed
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.activities import PLAN_ANSWERS, ActivityFactory
from tests.factories.letters import letter_by
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application
from tests.support import assert_no_growth, text_of
from workflow.items.actions import claim
from workflow.items.models import WorkItem

pytestmark = pytest.mark.django_db


# --- Absences -----------------------------------------------------------------------------------------
def test_an_absence_passes_work_to_the_deputy_and_it_comes_back(term, dina, head):
    application = sent_application(name="Coastal Watch")
    item = WorkItem.objects.about(application).get()
    claim(item, fresh(term.user))
    assert fresh(dina).places_of(Role.REGIONAL) == frozenset()
    absence = away(term, dina)
    item.refresh_from_db()
    assert (item.holder, absence.passed.get().item) == (dina, item)
    assert "KEN" in fresh(dina).places_of(Role.REGIONAL)
    assert people_informed("standing_in_begins") == ["Dina"]
    new = sent_application(name="Second Watch")
    assert list(focal_points_for(new)) == [dina]
    recommend(new, actor=fresh(dina), **VIEW_ANSWERS)
    with time_machine.travel(now() + timedelta(days=7)):
        assert fresh(dina).places_of(Role.REGIONAL) == frozenset()
        assert [absences_actions.care_for_absences() for _run in range(2)] == [1, 0]
        item.refresh_from_db()
        assert item.holder == term.user
        assert list(focal_points_for(application)) == [term.user]
        assert (people_informed("back"), people_informed("standing_in_over")) == (["Rosa"], ["Dina"])
        with pytest.raises(PermissionDenied):
            recommend(application, actor=fresh(dina), **VIEW_ANSWERS)
        with pytest.raises(WrongState):
            absences_actions.call_back(absence, actor=fresh(term.user))


def test_a_later_absence_begins_by_the_clock_and_is_called_off(term, dina):
    absence = away(term, dina, first=3, last=9)
    item = WorkItem.objects.about(sent_application()).get()
    claim(item, fresh(term.user))
    assert list(focal_points_for(item.subject)) == [term.user]
    with time_machine.travel(now() + timedelta(days=4)):
        assert [absences_actions.care_for_absences() for _run in range(2)] == [1, 0]
        item.refresh_from_db()
        assert item.holder == dina
        assert list(focal_points_for(item.subject)) == [dina]
        absences_actions.call_back(absence, actor=fresh(term.user))
        item.refresh_from_db()
        assert item.holder == term.user
        assert fresh(dina).live_grants == []


def test_who_stands_in_follows_the_term(term, dina, head):
    away(term, dina)
    end_appointment(term, actor=head, version=0, reason="resigned")
    assert fresh(dina).live_grants == []
    assert Absence.objects.get().over_at is not None


def test_the_deputy_goes_when_the_person_deletes_the_account(term, dina):
    away(term, dina)
    delete_account(fresh(term.user), actor=fresh(term.user))
    assert not Grant.objects.filter(user=dina).exists()


@pytest.mark.parametrize(
    ("first", "last", "field"),
    ((-1, 5, "starts_on"), (5, 4, "ends_on"), (0, 900, "ends_on"), (4, 8, "starts_on")),
)
def test_days_that_cannot_be(term, dina, first, last, field):
    away(term, dina)
    with pytest.raises(DomainError) as refusal:
        away(term, dina, first=first, last=last)
    assert list(refusal.value.fields) == [field]
    assert Absence.objects.count() == 1


def test_only_a_deputy_stands_in_and_only_the_desk_names_one(term, dina, head):
    with pytest.raises(DomainError, match="one of the deputies"):
        away(term, UserFactory())
    with pytest.raises(PermissionDenied):
        away(term, dina, by=dina)
    with pytest.raises(PermissionDenied):
        absences_actions.name_deputy(term, UserFactory(), actor=fresh(term.user))
    with pytest.raises(DomainError, match="Choose another person"):
        absences_actions.name_deputy(term, term.user, actor=head)


@pytest.mark.parametrize("who", ("visitor", "plain", "regional", "vetting", "head"))
def test_who_opens_the_desks_pages(client, term, who):
    user = None if who == "visitor" else UserFactory() if who == "plain" else person_with(who)
    if user:
        sign_in(client, user)
    missing = 302 if who == "visitor" else 404
    base = f"/en/desk/coordination/appointments/{term.pk}/"
    reads, acts = who in ("vetting", "head"), who == "head"
    assert client.get(f"{base}deputies/").status_code == (200 if reads else missing)
    assert client.get(f"{base}hand-over/").status_code == (200 if acts else missing)
    person = UserFactory()
    posted = client.post(f"{base}deputies/", {"act": "deputy", "deputy-email": person.email})
    assert posted.status_code == (302 if acts else missing)
    assert term.deputies.exists() is acts


# --- The public page and the relay --------------------------------------------------------------------
def test_the_public_page_names_only_who_agreed_and_shows_gaps(client, term, dina):
    url = f"{HOME}focal-points/"
    shown = client.get(url)
    assert shown.status_code == 200
    assert "Rosa" not in text_of(shown)
    _people, parts = focal_points()
    covered = {country.iso3 for part in parts for country in part.covered}
    assert "KEN" in covered
    assert "PER" in {country.iso3 for part in parts for country in part.gaps}
    # Where there is none the page says so, and whom to ask.
    assert "Where there is none, ask the WhatsOn team instead." in text_of(shown)
    empty = [part for part in parts if not part.covered]
    assert text_of(shown).count("This region has no regional focal point yet.") == len(empty) > 0
    assert client.get(f"{url}{term.pk}/write/").status_code == 302
    asker = UserFactory(name="Asha")
    sign_in(client, asker)
    assert client.get(f"{url}{term.pk}/write/").status_code == 404
    focal_points_actions.be_named(fresh(term.user), agrees=True, about="I <b>listen</b>.")
    shown = text_of(client.get(url))
    assert "Rosa" in shown
    assert f'href="{url}{term.pk}/write/"' in shown
    sign_in(client, term.user)  # nobody writes to themselves
    assert f'href="{url}{term.pk}/write/"' not in text_of(client.get(url))
    client.logout()
    assert "Sign in to write a message" in text_of(client.get(url))
    sign_in(client, asker)
    assert "I &lt;b&gt;listen&lt;/b&gt;." in shown
    assert term.user.email not in shown
    assert "What it is about" in text_of(
        client.post(f"{url}{term.pk}/write/", {"subject": "", "text": "Kept words"})
    )
    client.post(f"{url}{term.pk}/write/", {"subject": "A question", "text": "Where do we meet?"})
    enquiry = Enquiry.objects.get()
    assert people_informed("enquiry_received") == ["Rosa"]
    away(term, dina)
    client.post(enquiry.get_absolute_url(), {"text": "Still there?"})
    assert people_informed("enquiry_received") == ["Rosa", "Dina"]
    sign_in(client, dina)
    assert "A question" in text_of(client.get(HOME))
    client.post(enquiry.get_absolute_url(), {"text": "In Nairobi."})
    assert people_informed("enquiry_answered") == ["Asha"]
    for stranger in (UserFactory(), person_with(Role.REGIONAL, region="002"), person_with(Role.HEAD)):
        sign_in(client, stranger)
        assert client.get(enquiry.get_absolute_url()).status_code == 404
    focal_points_actions.be_named(fresh(term.user), agrees=False)
    shown = client.get(url)
    assert shown.status_code == 200
    assert "Rosa" not in text_of(shown)


# --- The workspace ------------------------------------------------------------------------------------
@pytest.fixture
def region():
    """In Kenya and in Peru, of every listing one; Kenya's members' entry lapses."""
    for country in ("KEN", "PER"):
        for listing in Listing.values:
            StakeholderFactory(
                name=f"{country.title()}-{listing}",
                country_id=country,
                listing=listing,
                lapses_at=now() + timedelta(days=9) if listing == Listing.MEMBERS else None,
            )
        Event.objects.create(
            kind="conference",
            title=f"Meeting-{country}",
            language_id="en",
            status="published",
            country_id=country,
            starts_at=now() + timedelta(days=3),
            ends_at=now() + timedelta(days=4),
        )
        sent_application(name=f"New-{country}", country=country)
    DirectoryVersion.objects.bump()


@pytest.mark.behaviour("D-08")
def test_every_list_number_and_file_keeps_to_the_places(client, term, region):
    sign_in(client, term.user)
    home = client.get(HOME)
    page_text = text_of(home)
    assert home.context["numbers"].total == 3
    assert [line.label for line in home.context["numbers"].soonest] == ["Ken-members"]
    for url in (
        HOME,
        f"{HOME}stakeholders/",
        f"{HOME}stakeholders/?q=p",
        f"{HOME}stakeholders/?country=PER",
        f"{HOME}stakeholders/?format=csv",
        f"{HOME}coverage/",
        f"{HOME}coverage/?format=csv",
        f"{HOME}coverage/?by=topic&empty=on",
    ):
        shown = text_of(client.get(url))
        assert not re.search(r"Per-\w|Peru|\w-PER\b|Ken-(country|unlisted)", shown), url
        assert "PER" not in shown or "country=PER" in url
    for part in ("Ken-members", "Meeting-KEN", "New-KEN"):
        assert part in page_text
    assert "Meeting-PER" not in page_text
    lines = client.get(f"{HOME}stakeholders/?format=csv").getvalue().decode().splitlines()
    assert len(lines) == 4
    assert client.get(f"{HOME}stakeholders/?lapsing=on").context["page"].paginator.count == 1
    (kenya,) = [line for line in client.get(f"{HOME}coverage/").context["lines"] if line.iso3 == "KEN"]
    assert (kenya.total, sum(kenya.cells)) == (3, 3)


@pytest.mark.behaviour("D-08")
def test_nothing_outside_the_places_is_written(client, term, region):
    """What a focal point may do for Kenya answers for Peru as what is not there, and changes nothing."""
    sign_in(client, term.user)
    peru, kenya = (Application.objects.get(name=f"New-{code}") for code in ("PER", "KEN"))
    question = focal_points_actions.write(
        appointed(countries=["PER"]), actor=UserFactory(), subject="Where?", text="Where do I begin?"
    )
    meeting = ActivityFactory(author=UserFactory(), title="Meeting in Peru", countries=["PER"])
    activity = meeting.get_absolute_url()
    for address, values in (
        (f"{HOME}applications/{peru.pk}/", VIEW_ANSWERS),
        (question.get_absolute_url(), {"text": "Begin here."}),
        (f"{activity}edit/", PLAN_ANSWERS),
        (f"{activity}notes/", {"text": "A note", "is_shared": "on"}),
    ):
        assert client.post(address, values).status_code == 404, address
    refused = client.post("/en/regional/activities/new/", {**PLAN_ANSWERS, "countries": ["KEN", "PER"]})
    assert "PER is not one of the available choices." in refused.text
    assert not Recommendation.objects.exists()
    assert list(Activity.objects.values_list("title", flat=True)) == ["Meeting in Peru"]
    assert not ActivityNote.objects.exists()
    question.refresh_from_db()
    assert question.waits
    # The same for a place that is theirs.
    assert client.post(f"{HOME}applications/{kenya.pk}/", VIEW_ANSWERS).status_code == 302
    assert (
        client.post("/en/regional/activities/new/", {**PLAN_ANSWERS, "countries": ["KEN"]}).status_code == 302
    )
    # A group message reaches no one elsewhere, whatever its filters ask for.
    for country in ("KEN", "PER"):
        member_of(StakeholderFactory(name=f"Writes in {country}", country_id=country))
    letter = letter_by(term.user, filters="country=PER&country=KEN")
    assert [name for _pk, name in next_entries(letter, 10)] == ["Writes in KEN"]


def test_the_notes_of_a_term_are_read_by_few(term, dina, head):
    hand_overs_actions.keep_notes(term, "Private words", actor=fresh(term.user))
    other = appointed(by=head, regions=["002"]).user

    def readers():
        people = (term.user, dina, other, head)
        return {user for user in people if TermNote.objects.visible_to(fresh(user)).exists()}

    assert readers() == {term.user, head}
    away(term, dina)
    assert readers() == {term.user, head, dina}
    with pytest.raises(PermissionDenied):
        hand_overs_actions.keep_notes(term, "Mine", actor=fresh(other))


def test_the_workspace_takes_as_many_statements_however_much_waits(client, term, dina):
    sign_in(client, term.user)
    numbers = count(1)

    def add():
        number = next(numbers)
        sent_application(name=f"Watch {number}")
        StakeholderFactory(name=f"Lapsing {number}", lapses_at=now() + timedelta(days=9))
        focal_points_actions.write(term, actor=UserFactory(), subject=f"Question {number}", text="Where?")
        Notice.objects.update(read_at=now())  # what each of them still says, the bell asks on every page

    assert_no_growth(lambda: client.get(HOME), add)

    def read_anew():
        cache.clear()
        client.get(HOME)

    assert_no_growth(read_anew, add)


def test_the_middle_of_the_page_is_kept_only_as_long_as_it_says_the_same(client, term, region):
    """What one person's page keeps, nobody else gets, and an answer is seen at once."""
    sign_in(client, term.user)
    assert "Give your view" in text_of(client.get(HOME))
    application = Application.objects.get(name="New-KEN")
    recommend(application, actor=fresh(term.user), **VIEW_ANSWERS)
    shown = text_of(client.get(HOME))
    assert "Give your view" not in shown
    assert "your view: " in shown
    assert "Mi región" in text_of(client.get("/es/regional/"))
    peru = appointed(UserFactory(), countries=["PER"])
    sign_in(client, peru.user)
    page_text = text_of(client.get(HOME))
    assert "New-PER" in page_text
    assert not re.search(r"Ken-|-KEN", page_text)


def test_pages_of_applications_are_those_of_a_paginator(term):
    for number in range(12):
        sent_application(name=f"Watch {number}")
    user = fresh(term.user)
    wanted = Paginator(shared_applications(user), 10)
    for page_number in (None, "", "2", "x", "0", "-1", "99", "9" * 30):
        shown = applications(user, page_number)
        page_of = wanted.get_page(page_number)
        assert (shown.page.number, shown.page.paginator.count) == (page_of.number, 12), page_number
        assert [line.pk for line in shown.lines] == [application.pk for application in page_of.object_list], (
            page_number
        )
        assert [line.pk for line in shown.waiting] == [
            application.pk for application in unanswered_applications(user)[:10]
        ]
    assert applications(fresh(UserFactory()), "2").lines == []


def test_an_absence_to_come_is_no_warning(client, term, dina):
    away(term, dina, first=3, last=9)
    sign_in(client, term.user)
    page_text = text_of(client.get(HOME))
    assert "Absence planned from" in page_text
    assert "You are away" not in page_text
    with time_machine.travel(now() + timedelta(days=4)):
        cache.clear()
        sign_in(client, term.user)
        assert "You are away from" in text_of(client.get(HOME))


def test_reports_are_found_from_the_workspace(client, term):
    sign_in(client, term.user)
    assert 'href="/en/regional/reports/"' in client.get(HOME).text

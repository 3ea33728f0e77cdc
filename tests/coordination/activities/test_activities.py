"""Activities of regional focal points: who reads them, how they go, what follows from them."""

import csv
import io
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import now

from accounts.data_rights.actions import delete_account
from accounts.people.enums import Role
from accounts.people.models import User
from coordination.absences.models import Absence
from coordination.activities import actions as activities_actions
from coordination.activities.models import Activity, ActivityNote, FollowUp
from coordination.demo import load_demo_activities
from coordination.hand_overs import actions as hand_overs_actions
from coordination.hand_overs.queries import open_work_of
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from stakeholders.appointments.models import today
from stakeholders.entries.enums import Listing
from tests.days import NEXT_YEAR
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.activities import PLAN_ANSWERS, ActivityFactory
from tests.factories.regional import appointed
from tests.factories.stakeholders import PDF, StakeholderFactory
from tests.support import statements_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture
def rosa(reference):
    return person_with(Role.REGIONAL, region="202", name="Rosa Regional")


@pytest.fixture
def desk(reference):
    return person_with(Role.HEAD, name="Hanna Head")


@pytest.mark.behaviour("D-08")
def test_a_training_from_the_plan_to_what_came_of_it(client, rosa, desk):  # noqa: PLR0915  one story
    """The whole story, as its author, the desk and who is given something to do walk it."""
    watch = StakeholderFactory(name="Coastal Watch")
    sign_in(client, rosa)
    wrong = client.post("/en/regional/activities/new/", {**PLAN_ANSWERS, "title": " "}).text
    assert "Give the activity a title." in wrong
    wrong = client.post("/en/regional/activities/new/", {**PLAN_ANSWERS, "end_time": "08:00"}).text
    assert "The end has to come after the start." in wrong
    assert "So that they can take part." in wrong
    # Peru is not hers to plan for.
    assert "PER" not in client.get("/en/regional/activities/new/").text
    assert (
        "PER is not one of the available choices."
        in client.post("/en/regional/activities/new/", {**PLAN_ANSWERS, "countries": ["PER"]}).text
    )
    assert not Activity.objects.exists()

    ahead = {**PLAN_ANSWERS, "first_day": f"{NEXT_YEAR}-10-01"}
    page = client.post("/en/regional/activities/new/", ahead, follow=True)
    activity = Activity.objects.get()
    assert (activity.author, activity.status, f"{activity.starts_at:%H:%M}") == (rosa, "planned", "06:00")
    assert f"1 October {NEXT_YEAR}, 09:00 to 12:30 (Nairobi time, UTC+3)" in page.text

    url = activity.get_absolute_url()
    assert "Coastal Watch" in client.get(f"{url}stakeholders/?q=coast").text
    assert "Choose at least one" in client.post(f"{url}stakeholders/", {"q": "coast"}).text
    page = client.post(f"{url}stakeholders/", {"q": "coast", "involve-chosen": [watch.pk]}, follow=True).text
    assert "Coastal Watch" in page
    client.post(f"{url}notes/", {"note-text": "Bring the projector."})
    client.post(f"{url}notes/", {"note-text": "The ministry may come.", "note-is_shared": "on"})
    client.post(f"{url}files/", {"file-title": "Programme", "file-upload": PDF()})
    assert "Describe what the file is." in client.post(f"{url}files/", {"file-upload": PDF()}).text

    assert "It has not begun yet" in client.post(f"{url}move/hold/", {"version": "0"}, follow=True).text
    Activity.objects.update(starts_at=now() - timedelta(hours=30), ends_at=now() - timedelta(hours=27))
    # It was held, and cannot be reported without a word; what was sent to an old page changes nothing.
    old = client.post(f"{url}move/hold/", {"version": "99"}, follow=True).text
    assert "Another person has changed this" in old
    page = client.post(f"{url}move/hold/", {"version": "0"}, follow=True)
    assert page.redirect_chain[-1][0] == f"{url}report/"
    assert (
        "Describe the outcome, even if there"
        in client.post(f"{url}report/", {"version": "1", "took_part": "4"}).text
    )
    answers = {"version": "1", "outcome": "They will contribute.", "took_part": "31"}
    page = client.post(f"{url}report/", answers, follow=True).text
    assert "They will contribute." in page
    assert "31 people took part." in page
    activity.refresh_from_db()
    assert (activity.status, activity.took_part) == ("reported", 31)
    # What is reported is not written any more; what follows and files still are.
    assert client.get(f"{url}edit/").status_code == 302
    wrong = client.post(
        f"{url}follow-ups/", {"todo-text": "x", "todo-owner": "0", "todo-due_on": "soon"}
    ).text
    assert "Choose a person from the list." in wrong
    assert "Give a day, such as" in wrong
    due = (today() + timedelta(days=1)).isoformat()
    client.post(
        f"{url}follow-ups/", {"todo-text": "Send the slides", "todo-owner": desk.pk, "todo-due_on": due}
    )

    sign_in(client, desk)
    assert "Send the slides" in client.get("/en/me/").text
    page = client.get(url).text
    assert "The ministry may come." in page
    # Even the desk reads no private note.
    assert "Bring the projector." not in page
    assert "planned the activity" in page
    file = activity.files.get()
    assert client.get(reverse("core:file", args=["activity", file.pk])).status_code == 200
    follow = FollowUp.objects.get()
    assert activities_actions.remind(today()) == 1
    assert activities_actions.remind(today()) == 0
    page = client.post(f"{url}follow-ups/{follow.pk}/done/", follow=True).text
    assert "Done." in page
    assert "That was done before." in client.post(f"{url}follow-ups/{follow.pk}/done/", follow=True).text
    assert "Send the slides" not in client.get("/en/me/").text
    kinds = Message.objects.filter(user=desk).values_list("kind", flat=True)
    assert sorted(kinds) == ["coordination.follow_up_due", "coordination.follow_up_given"]
    # The desk reads everything and does not write for somebody else.
    assert client.get(f"{url}edit/").status_code == 404
    assert client.post(f"{url}move/correct/", {"version": "2"}).status_code == 404


@pytest.mark.behaviour("D-08")
def test_what_was_held_is_entered_at_once_with_its_outcome(client, rosa):
    """One form and one step; what is missing or still to come is told at its field, and nothing is lost."""
    sign_in(client, rosa)
    at = "/en/regional/activities/held/"
    assert at in client.get("/en/regional/activities/").text
    answers = {**PLAN_ANSWERS, "outcome": "They will contribute.", "took_part": "31"}
    page = client.post(at, {**answers, "outcome": " "}).text
    assert "Describe the outcome, even if there was none." in page
    assert "So that they can take part." in page
    page = client.post(at, {**answers, "first_day": f"{NEXT_YEAR}-10-01"}).text
    assert "It has not ended yet." in page
    assert "They will contribute." in page
    assert not Activity.objects.exists()
    with pytest.raises(DomainError):
        activities_actions.enter_held(
            actor=rosa,
            values={**_values(), "ends_at": now() + timedelta(days=1)},
            outcome="x",
            took_part=None,
        )
    assert not Activity.objects.exists()
    page = client.post(at, answers, follow=True)
    activity = Activity.objects.get()
    assert page.redirect_chain == [(activity.get_absolute_url(), 302)]
    assert (activity.status, activity.outcome, activity.took_part) == (
        "reported",
        "They will contribute.",
        31,
    )
    for happened in ("planned the activity", "recorded that the activity was held", "reported what came of"):
        assert happened in page.text


def _values():
    return {
        "kind": "training",
        "title": "Training",
        "purpose": "To learn.",
        "starts_at": now() - timedelta(days=1),
        "ends_at": now() - timedelta(hours=20),
        "countries": ["KEN"],
        "topics": [],
    }


def test_the_list_takes_any_day(client, rosa):
    activity = ActivityFactory(author=rosa, title="Seen until the last day")
    sign_in(client, rosa)
    for day in ("0001-01-01", "9999-12-31"):
        for name in ("since", "until"):
            shown = activity.title in client.get(f"/en/regional/activities/?{name}={day}").text
            assert shown == ((name, day) in (("since", "0001-01-01"), ("until", "9999-12-31")))


@pytest.mark.behaviour("D-08")
def test_lists_totals_files_and_pages_obey_the_region(client, rosa, desk):
    east = person_with(Role.REGIONAL, country="KEN", name="Kioko Kenya")
    peru = person_with(Role.REGIONAL, country="PER", name="Pia Peru")
    shared = ActivityFactory(author=rosa, title="Shared in Kenya", countries=["KEN", "UGA"])
    own = ActivityFactory(author=rosa, title="For Rosa alone", sharing="own")
    hidden = StakeholderFactory(name="Hidden Hands", listing=Listing.UNLISTED)
    shared.stakeholders.add(hidden, StakeholderFactory(name="Open Eyes"))
    text = ActivityNote.objects.create(activity=shared, author=rosa, text="Mine", is_shared=False)
    member = UserFactory()
    state = person_with(Role.STATE, country="KEN")
    file = activities_actions.add_file(own, actor=rosa, title="List", upload=_cleaned())

    visible = {
        rosa: {shared, own},
        desk: {shared, own},
        east: {shared},
        peru: set(),
        member: set(),
        state: set(),
    }
    for person, expected in visible.items():
        fresh = User.objects.get(pk=person.pk)
        assert set(Activity.objects.visible_to(fresh)) == expected, person
        sign_in(client, person)
        page = client.get("/en/regional/activities/")
        if person in (member, state):
            assert page.status_code == 404
            assert client.get("/en/regional/activities/activities.csv").status_code == 404
        else:
            number = len(expected)
            assert f"<strong>{number} activit{'y' if number == 1 else 'ies'}</strong>" in page.text
            rows = list(
                csv.DictReader(
                    io.StringIO(
                        client.get("/en/regional/activities/activities.csv").getvalue().decode("utf-8-sig")
                    )
                )
            )
            assert {row["title"] for row in rows} == {activity.title for activity in expected}
            calendar = client.get("/en/regional/activities/activities.ics").text
            assert calendar.count("BEGIN:VEVENT") == number
        for activity in (shared, own):
            answer = 200 if activity in expected else 404
            assert client.get(activity.get_absolute_url()).status_code == answer
            assert client.get(f"{activity.get_absolute_url()}activity.ics").status_code == answer
            assert client.get(f"{activity.get_absolute_url()}edit/").status_code == (
                200 if person == rosa else 404
            )
        assert client.get(reverse("core:file", args=["activity", file.pk])).status_code == (
            200 if own in expected else 404
        )
        if shared in expected:
            page = client.get(shared.get_absolute_url()).text
            assert "Open Eyes" in page
            assert ("Hidden Hands" in page) is (person == desk)
            assert ("Mine" in page) is (person == rosa)
            assert client.post(f"{shared.get_absolute_url()}notes/{text.pk}/drop/").status_code == (
                302 if person == rosa else 404
            )
            if person == rosa:
                text.save(force_insert=True)
    sign_in(client, east)
    # An old choice or a foreign country is named, and finds nothing.
    wrong = client.get("/en/regional/activities/?country=PER&kind=party").text
    assert "“PER” is not a choice of the filter" in wrong
    assert "No activity matches" in wrong
    assert "No activity matches" in client.get("/en/regional/activities/?mine=1").text


def test_lists_cost_the_same_with_many(client, rosa):
    sign_in(client, rosa)
    counts = []
    for _round in range(2):
        activity = ActivityFactory(author=rosa)
        activity.stakeholders.add(StakeholderFactory())
        activities_actions.give(activity, actor=rosa, text="Call", owner=rosa, due_on=today())
        for url in ("/en/regional/activities/", activity.get_absolute_url()):
            client.get(url)
            counts.append(statements_of(lambda url=url: client.get(url)))
        ActivityFactory.create_batch(2, author=rosa, countries=["KEN", "UGA"])
    assert counts[:2] == counts[2:]


def test_who_stands_in_works_on_and_a_hand_over_takes_along_what_is_open(rosa):
    deputy = person_with(Role.REGIONAL, region="202")
    later = ActivityFactory(author=rosa, sharing="own", countries=["PER"])
    done = ActivityFactory(author=rosa, sharing="own", status="reported", outcome="x", reported_at=now())
    activities_actions.give(later, actor=rosa, text="Call", owner=rosa, due_on=today())
    assert not deputy.has_perm("coordination.change_activity", later)
    absence = Absence.objects.create(
        appointment=appointed(rosa, countries=["PER"]), deputy=deputy, starts_on=today(), ends_on=today()
    )
    deputy = type(deputy).objects.get(pk=deputy.pk)
    assert deputy.has_perm("coordination.change_activity", later)
    absence.delete()
    deputy = type(deputy).objects.get(pk=deputy.pk)

    elsewhere = ActivityFactory(author=rosa, sharing="own", countries=["CHL"])
    activities_actions.give(elsewhere, actor=rosa, text="Call", owner=rosa, due_on=today())
    places = frozenset({"PER", "KEN"})
    shown = sum(rows.count() for rows in open_work_of(rosa, places).values())
    gone = hand_overs_actions.pass_activities_on(rosa, deputy, places, actor=None)
    assert gone == {"activities": 1, "follow_ups": 1, "reports": 0}
    assert shown == sum(gone.values())
    assert set(Activity.objects.visible_to(deputy)) == {later}
    assert set(Activity.objects.visible_to(rosa)) == {done, elsewhere}


def test_whoever_leaves_takes_private_notes_along(rosa):
    activity = ActivityFactory(author=rosa)
    activities_actions.add_note(activity, actor=rosa, text="Mine", is_shared=False)
    activities_actions.add_note(activity, actor=rosa, text="Ours", is_shared=True)
    delete_account(rosa, actor=None)
    activity.refresh_from_db()
    assert activity.author is None
    assert [(note.text, note.author) for note in ActivityNote.objects.all()] == [("Ours", None)]


def test_the_demonstration_says_that_it_is_one_and_is_there_once(rosa):
    rosa.is_demo = True
    rosa.save()
    for _time in range(2):
        load_demo_activities({"regional": User.objects.get(pk=rosa.pk)})
    assert Activity.objects.filter(is_demo=True, title__startswith="Demo").count() == 3
    assert set(Activity.objects.values_list("status", flat=True)) == {"planned", "reported"}


@pytest.mark.django_db(transaction=True)
def test_of_two_windows_one_reports(reference):
    rosa = person_with(Role.REGIONAL, country="KEN")
    activity = ActivityFactory(author=rosa, status="held")
    barrier, ends = Barrier(2), []

    def send(text: str) -> None:
        try:
            barrier.wait()
            activities_actions.report(
                activity, actor=User.objects.get(pk=rosa.pk), version=0, outcome=text, took_part=None
            )
            ends.append("won")
        except WrongState:
            ends.append("lost")
        finally:
            connection.close()

    threads = [Thread(target=send, args=(text,)) for text in ("First", "Second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ends) == ["lost", "won"]


def _cleaned():
    upload = PDF()
    upload.content_type = "application/pdf"
    return upload


def test_a_deputy_opens_and_finishes_what_is_theirs_to_do_meanwhile(client):
    term = appointed(regions=["002"])
    deputy = appointed(regions=["002"]).user
    activity = ActivityFactory(sharing="own")
    todo = FollowUp.objects.create(activity=activity, text="Write.", owner=term.user, due_on=today())
    sign_in(client, deputy)
    page = reverse("activities:activity", args=[activity.pk])
    assert client.get(page).status_code == 404
    Absence.objects.create(
        appointment=term, deputy=deputy, starts_on=today(), ends_on=today() + timedelta(days=3)
    )
    assert page in client.get(reverse("portal:me")).text
    assert client.get(page).status_code == 200
    client.post(reverse("activities:finish", args=[activity.pk, todo.pk]))
    todo.refresh_from_db()
    assert todo.done_by == deputy


def test_what_is_to_be_done_has_one_last_day_wherever_it_is_told(client, rosa):
    activities_actions.give(
        ActivityFactory(author=rosa),
        actor=rosa,
        text="Send the slides",
        owner=rosa,
        due_on=today() + timedelta(days=3),
    )
    day = date_format(today() + timedelta(days=3))
    sign_in(client, rosa)
    assert "due by <time" in client.get("/en/me/").text
    assert f"{day}, 23:59 Vienna time" in client.get("/en/me/").text
    assert f"due by {day}" in client.get("/en/regional/activities/").text
    for address in ("/en/me/", "/en/regional/activities/"):
        assert "00:00 Vienna" not in client.get(address).text


def test_what_is_over_is_written_down_as_held_in_one_step(client, rosa):
    sign_in(client, rosa)
    past = {**PLAN_ANSWERS, "first_day": (today() - timedelta(days=9)).isoformat()}
    answer = client.post("/en/regional/activities/new/", past, follow=True)
    activity = Activity.objects.get()
    assert activity.status == "held"
    assert answer.redirect_chain[-1][0] == reverse("activities:activity_report", args=[activity.pk])
    assert "The activity is saved as held. Now report the outcome." in answer.text
    ahead = {**PLAN_ANSWERS, "first_day": (today() + timedelta(days=9)).isoformat()}
    answer = client.post("/en/regional/activities/new/", ahead, follow=True)
    assert "The activity is planned." in answer.text
    assert Activity.objects.filter(status="planned").count() == 1

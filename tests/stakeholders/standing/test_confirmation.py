"""The yearly confirmation: what the clock does, and what an entry's people do about it."""

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.queries import timeline
from core.errors import WrongState
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from search.actions import index
from search.queries import find
from stakeholders import tasks
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import DirectoryVersion, Stakeholder
from stakeholders.entries.queries import is_member
from stakeholders.standing import actions as standing_actions
from stakeholders.standing.actions import Care, care_for_confirmations
from tests.factories.accounts import person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import assert_no_growth, run_together
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db

DUE = (now() + timedelta(days=90)).replace(hour=12, minute=0, second=0, microsecond=0)
CONFIRMED = DUE - timedelta(days=365)
LEAVES = DUE + timedelta(days=30)
DUE_DAY, LEAVES_DAY = (f"{day.day} {day:%B %Y}" for day in (DUE, LEAVES))


def entry(**fields) -> Stakeholder:
    """An entry whose year ends on DUE."""
    fields = {"name": "Harbour Observatory", "approved_at": CONFIRMED, "confirmed_at": CONFIRMED} | fields
    new_entry = StakeholderFactory(**fields)
    index(new_entry)
    return new_entry


def on(days: int, hours: int = 0):
    """The world as it is so many days after the year is over."""
    return time_machine.travel(DUE + timedelta(days=days, hours=hours), tick=False)


def confirm_page(stakeholder) -> str:
    return f"/en/stakeholders/{stakeholder.pk}/confirm/"


# --- The clock ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "reminders", "step"),
    ((-31, 0, None), (-30, 1, 30), (-29, 1, 30), (-8, 1, 30), (-7, 1, 7), (-1, 1, 7), (0, 1, 0), (29, 1, 0)),
)
def test_each_reminder_has_its_day(day, reminders, step):
    stakeholder = entry()
    member_of(stakeholder)
    with on(day):
        assert care_for_confirmations().reminders == reminders
    assert list(Message.objects.values_list("facts__days", flat=True)) == [step] * reminders
    stakeholder.refresh_from_db()
    assert stakeholder.status == "active"


def test_a_year_that_nobody_confirms_step_by_step():
    stakeholder = entry()
    member_of(stakeholder)
    runs = {}
    for day in range(-40, 40):
        with on(day):
            done = care_for_confirmations()
        if done != Care():
            runs[day] = (done.reminders, done.graces, done.lapsed)
    assert runs == {-30: (1, 0, 0), -7: (1, 0, 0), 0: (1, 1, 0), 30: (0, 0, 1)}
    kinds = Message.objects.order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["stakeholders.confirmation_due"] * 3 + ["stakeholders.entry_lapse"]
    stakeholder.refresh_from_db()
    assert (stakeholder.status, stakeholder.lapses_at) == ("lapsed", None)


@pytest.mark.parametrize("status", sorted(set(Status.values) - {"active"}))
def test_only_active_entries_are_asked(status):
    source = {"source_name": "A list", "source_date": "2026-01-01"} if status == "listed" else {}
    stakeholder = entry(status=status, **source)
    member_of(stakeholder)
    with on(400):
        assert care_for_confirmations() == Care()


def test_an_entry_that_was_never_confirmed_counts_from_its_approval():
    stakeholder = entry(confirmed_at=None)
    member_of(stakeholder)
    assert stakeholder.confirm_by == DUE
    with on(-30):
        assert care_for_confirmations().reminders == 1


def test_only_those_who_can_confirm_are_reminded_and_all_hear_of_the_lapse():
    stakeholder = entry()
    people = {role: member_of(stakeholder, role=role) for role in MemberRole.values}
    member_of(stakeholder, is_active=False)
    with on(0):
        care_for_confirmations()
    reminded = Notice.objects.filter(kind="stakeholders.confirmation_due").values_list("user", flat=True)
    assert set(reminded) == {people["admin"].pk, people["editor"].pk}
    with on(30):
        care_for_confirmations()
    notices = Notice.objects.filter(kind="stakeholders.entry_lapse").values_list("user", "url_name")
    assert set(notices) == {
        (people["admin"].pk, "stakeholders:confirm"),
        (people["editor"].pk, "stakeholders:confirm"),
        (people["reader"].pk, "stakeholders:by_number"),
    }


def test_a_clock_that_stood_still_lets_nobody_lapse_unannounced():
    stakeholder = entry()
    member_of(stakeholder)
    with on(100):
        assert care_for_confirmations() == Care(reminders=1, graces=1)
    with on(129):
        assert care_for_confirmations() == Care()
    with on(130):
        assert care_for_confirmations() == Care(lapsed=1)


def test_a_lifted_suspension_begins_a_new_grace():
    stakeholder = entry()
    member_of(stakeholder)
    vetter = person_with(Role.VETTING)
    with on(1):
        care_for_confirmations()
        standing_actions.suspend(stakeholder, actor=vetter, reason="conduct", note="No.")
    with on(60):
        assert care_for_confirmations() == Care()
        standing_actions.lift(stakeholder, actor=vetter, note="Yes.")
        assert care_for_confirmations().graces == 1
    with on(89):
        assert care_for_confirmations() == Care()
    with on(90):
        assert care_for_confirmations() == Care(lapsed=1)


def test_the_next_year_is_asked_anew():
    stakeholder = entry()
    admin = member_of(stakeholder)
    with on(-5):
        care_for_confirmations()
        standing_actions.confirm(stakeholder, actor=admin)
    with on(0):
        assert care_for_confirmations() == Care()
    with on(365 - 5 - 7):
        assert care_for_confirmations().reminders == 1
    assert Message.objects.filter(kind="stakeholders.confirmation_due").count() == 2


def test_a_reminder_that_waits_while_somebody_confirms_is_not_sent():
    stakeholder = entry()
    admin = member_of(stakeholder)
    with on(-5):
        care_for_confirmations()
        (notice,) = Notice.objects.filter(user=admin)
        assert notice.still_visible(admin)
        standing_actions.confirm(stakeholder, actor=admin)
        assert not notice.still_visible(admin)
        assert deliver_all() == []


def test_the_task_is_planned_daily_and_twice_is_once():
    assert settings.CELERY_BEAT_SCHEDULE[tasks.care_for_confirmations.name]["task"] == (
        tasks.care_for_confirmations.name
    )
    member_of(entry())
    with on(0):
        tasks.care_for_confirmations()
        tasks.care_for_confirmations()
    assert Message.objects.count() == 1
    with on(30):
        tasks.care_for_confirmations()
        tasks.care_for_confirmations()
    assert Decision.objects.filter(move="lapse").count() == 1


@pytest.mark.parametrize("day", (-30, 0, 30))
def test_a_run_costs_the_same_for_one_and_more(day):
    def add():
        stakeholder = entry(lapses_at=LEAVES if day == 30 else None)
        for _m in range(Stakeholder.objects.count()):
            member_of(stakeholder)

    DirectoryVersion.objects.bump()
    with on(day):
        assert_no_growth(care_for_confirmations, add, is_once=True)
    assert Stakeholder.objects.filter(status="lapsed").count() == (3 if day == 30 else 0)


def test_many_are_cared_for_a_batch_at_a_time(monkeypatch):
    monkeypatch.setattr(standing_actions, "BATCH", 2)
    for _n in range(5):
        member_of(entry())
    with on(0):
        assert care_for_confirmations() == Care(reminders=5, graces=5)
    with on(30):
        assert care_for_confirmations() == Care(lapsed=5)


# --- The words ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "subject", "says"),
    (
        (
            -30,
            "Please confirm the profile: Harbour Observatory",
            ("Harbour Observatory is due", DUE_DAY, LEAVES_DAY),
        ),
        (-7, "Please confirm the profile: Harbour Observatory", (DUE_DAY, LEAVES_DAY)),
        (
            0,
            "Last reminder, please confirm the profile: Harbour Observatory",
            ("The year of Harbour Observatory is over", LEAVES_DAY),
        ),
    ),
)
@pytest.mark.behaviour("D-15")
def test_a_reminder_says_until_when_and_what_happens_then(client, day, subject, says):
    stakeholder = entry()
    member = member_of(stakeholder)
    with on(day):
        care_for_confirmations()
        (mail,) = deliver_all()
    assert mail.subject == subject
    for part in (*says, f"/en/stakeholders/{stakeholder.pk}/confirm/"):
        assert part in mail.body, part
    with on(day):
        sign_in(client, member)
        assert LEAVES_DAY in client.get(confirm_page(stakeholder)).text


def test_mail_goes_in_the_language_of_its_reader():
    stakeholder = entry()
    member_of(stakeholder, language="fr")
    with on(0):
        care_for_confirmations()
        (mail,) = deliver_all()
    assert f"/fr/stakeholders/{stakeholder.pk}/confirm/" in mail.body


# --- What its people do -------------------------------------------------------------------------------
@pytest.mark.behaviour("D-15")
def test_an_editor_looks_through_the_entry_and_confirms_it(client):
    with on(-10):
        stakeholder = entry(mission="We watch harbours.", city="Mombasa", mission_language_id="en")
        editor = member_of(stakeholder, role=MemberRole.EDITOR, name="Amina Njeri")
        sign_in(client, editor)
        work = client.get("/en/me/").text
        assert DUE_DAY in work
        assert work.count(f'href="{confirm_page(stakeholder)}"') == 1
        page = client.get(confirm_page(stakeholder)).text
        for shown in ("Harbour Observatory", "We watch harbours.", "Mombasa", "Kenya", LEAVES_DAY):
            assert shown in page, shown
        done = client.post(
            confirm_page(stakeholder), {"seen": stakeholder.updated_at.isoformat()}, follow=True
        )
        assert "“Harbour Observatory” is confirmed for another year." in done.text
        assert f'href="{confirm_page(stakeholder)}"' not in done.text
        stakeholder.refresh_from_db()
        assert (stakeholder.confirmed_at, stakeholder.updated_at) == (now(), now())
        assert [line.text for line in timeline(stakeholder, editor, as_subject=True)] == [
            "Amina Njeri confirmed the profile"
        ]


@pytest.mark.behaviour("D-15")
def test_an_unconfirmed_entry_leaves_the_directory_and_returns_at_once(client):
    stakeholder = entry()
    admin, reader = member_of(stakeholder), member_of(stakeholder, role=MemberRole.READER)

    def what_visitors_find():
        client.logout()
        return (
            client.get(stakeholder.get_absolute_url()).status_code,
            "Harbour Observatory" in client.get("/en/stakeholders/").text,
            [hit.object_id for hit in find(AnonymousUser(), "harbour")],
            is_member(reader),
        )

    with on(0):
        care_for_confirmations()
        assert what_visitors_find() == (200, True, [stakeholder.pk], True)
    with on(30):
        care_for_confirmations()
        assert what_visitors_find() == (404, False, [], False)
        sign_in(client, admin)
        assert "not in the directory until it is confirmed" in client.get("/en/me/").text
        assert "This profile was not confirmed in" in client.get(confirm_page(stakeholder)).text
        stakeholder.refresh_from_db()
        before = DirectoryVersion.objects.current()
        done = client.post(
            confirm_page(stakeholder), {"seen": stakeholder.updated_at.isoformat()}, follow=True
        )
        assert "“Harbour Observatory” is back in the directory." in done.text
        assert DirectoryVersion.objects.current() > before
        assert what_visitors_find() == (200, True, [stakeholder.pk], True)
    reader_ids = Notice.objects.filter(kind="stakeholders.entry_return").values_list("user", flat=True)
    assert list(reader_ids) == [reader.pk]
    moves = Decision.objects.about(stakeholder).order_by("pk").values_list("move", "actor")
    assert list(moves) == [("lapse", None), ("return", admin.pk)]
    with on(31):
        assert care_for_confirmations() == Care()


@pytest.mark.behaviour("D-15")
@pytest.mark.parametrize(
    ("role", "day", "buttons"),
    (("admin", -31, 0), ("admin", -30, 1), ("editor", -30, 1), ("reader", -30, 0), ("admin", 10, 1)),
)
def test_my_work_asks_those_who_can_confirm_once_it_is_time(client, role, day, buttons):
    with on(day):
        stakeholder = entry()
        sign_in(client, member_of(stakeholder, role=role))
        page = client.get("/en/me/").text
        assert page.count(f'href="{confirm_page(stakeholder)}"') == buttons
        assert (DUE_DAY in page) is bool(buttons)


@pytest.mark.behaviour("D-15")
def test_what_is_confirmed_is_what_was_shown(client):
    stakeholder = entry()
    sign_in(client, member_of(stakeholder))
    shown = stakeholder.updated_at.isoformat()
    Stakeholder.objects.filter(pk=stakeholder.pk).update(city="Lamu", updated_at=now())
    done = client.post(confirm_page(stakeholder), {"seen": shown}, follow=True)
    assert "The profile has changed since this page was opened." in done.text
    assert Stakeholder.objects.get(pk=stakeholder.pk).confirmed_at == CONFIRMED


@pytest.mark.behaviour("D-15")
@pytest.mark.parametrize("version", ("", "yesterday", "0000-00-00T00:00:00+00:00"))
def test_a_confirmation_that_does_not_say_of_what_changes_nothing(client, version):
    stakeholder = entry()
    sign_in(client, member_of(stakeholder))
    done = client.post(confirm_page(stakeholder), {"seen": version}, follow=True)
    assert "Please check the profile again, then confirm." in done.text
    assert Stakeholder.objects.get(pk=stakeholder.pk).confirmed_at == CONFIRMED


@pytest.mark.behaviour("D-15")
def test_the_second_click_is_thanked_as_well(client):
    stakeholder = entry()
    sign_in(client, member_of(stakeholder))
    fields = {"seen": stakeholder.updated_at.isoformat()}
    for _click in range(2):
        done = client.post(confirm_page(stakeholder), fields, follow=True)
        assert "is confirmed for another year." in done.text
    lines = timeline(stakeholder, person_with(Role.HEAD))
    assert [line.action for line in lines] == ["stakeholders.confirmed"]


@pytest.mark.behaviour("D-15")
@pytest.mark.parametrize("status", ("suspended", "withdrawn", "merged"))
def test_an_entry_that_the_desk_took_out_is_not_confirmed_back(client, status):
    stakeholder = entry(status=status)
    sign_in(client, member_of(stakeholder))
    page = client.get(confirm_page(stakeholder)).text
    assert "This profile cannot be confirmed" in page
    assert "Everything is right" not in page
    client.post(confirm_page(stakeholder), {"seen": stakeholder.updated_at.isoformat()})
    stored_entry = Stakeholder.objects.get(pk=stakeholder.pk)
    assert (stored_entry.status, stored_entry.confirmed_at) == (status, CONFIRMED)


def test_the_page_costs_the_same_for_one_and_three(client, reference):
    stakeholder, topics = entry(), iter(("corruption", "firearms", "cybercrime"))
    sign_in(client, member_of(stakeholder))

    def add():
        stakeholder.topics.add(next(topics))
        member_of(stakeholder)

    assert_no_growth(lambda: client.get(confirm_page(stakeholder)), add)


# --- Two at one moment --------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("day", "kind"), ((0, "confirmation_due"), (30, "entry_lapse")))
def test_two_clocks_at_once_do_everything_once(day, kind):
    entries = [entry(lapses_at=LEAVES if day == 30 else None) for _n in range(20)]
    for stakeholder in entries:
        member_of(stakeholder)
    at = DUE + timedelta(days=day)
    outcomes = run_together(*(lambda: care_for_confirmations(at) for _clock in range(2)))
    assert [type(outcome) for outcome in outcomes] == [Care, Care]
    care_for_confirmations(at)  # what one of them left to the other
    assert Message.objects.filter(kind=f"stakeholders.{kind}").count() == 20
    assert Decision.objects.filter(move="lapse").count() == (20 if day == 30 else 0)
    expected = "lapsed" if day == 30 else "active"
    assert set(Stakeholder.objects.values_list("status", flat=True)) == {expected}


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_and_a_lapse_at_once_leave_the_entry_confirmed():
    stakeholder = entry(lapses_at=LEAVES)
    admin = member_of(stakeholder)
    outcomes = run_together(
        lambda: standing_actions.confirm(stakeholder, actor=admin), lambda: care_for_confirmations(LEAVES)
    )
    assert [type(outcome) for outcome in outcomes] == [Stakeholder, Care]
    stakeholder.refresh_from_db()
    # Lapsed a moment before, it was brought back by the same click.
    assert (stakeholder.status, stakeholder.lapses_at) == ("active", None)
    assert stakeholder.confirmed_at > CONFIRMED


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_bring_an_entry_back_once():
    stakeholder = entry(status=Status.LAPSED)
    people = member_of(stakeholder), member_of(stakeholder)
    version = stakeholder.updated_at
    outcomes = run_together(
        *(lambda who=who: standing_actions.confirm(stakeholder, actor=who, version=version) for who in people)
    )
    assert [type(outcome) for outcome in outcomes] == [Stakeholder, Stakeholder]
    assert Decision.objects.filter(move="return").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_confirmation_and_a_suspension_at_once_leave_the_entry_suspended():
    stakeholder = entry()
    admin, vetter = member_of(stakeholder), person_with(Role.VETTING)
    outcomes = run_together(
        lambda: standing_actions.confirm(stakeholder, actor=admin),
        lambda: standing_actions.suspend(stakeholder, actor=vetter, reason="conduct", note="No."),
    )
    stakeholder.refresh_from_db()
    assert stakeholder.status == "suspended"
    assert isinstance(outcomes[0], (Stakeholder, WrongState))
    assert isinstance(outcomes[1], Stakeholder)

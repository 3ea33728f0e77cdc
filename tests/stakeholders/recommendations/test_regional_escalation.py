"""An application with the regional focal point, then with the desk, then with its head; each step once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
import time_machine
from celery import current_app
from django.db import connection
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from notifications.outbox.models import Message
from stakeholders.appointments.actions import change_appointment, end_appointment, end_terms
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.recommendations.actions import recommend
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import sent_application
from tests.support import text_of
from workflow.items.actions import escalate
from workflow.items.models import WorkItem
from workflow.items.queries import holding_of

pytestmark = pytest.mark.django_db
OPINION = {"view": "none", "reason": "unknown", "text": "We do not know them."}


def days_later(days):
    return time_machine.travel(now() + timedelta(days=days, minutes=5))


def tick():
    current_app.tasks["workflow.escalate"].apply(throw=True)


def messages_sent() -> list[tuple[str, str]]:
    """(What, whom) of the messages to those who work on applications."""
    kinds = (
        "stakeholders.recommendation_asked",
        "stakeholders.recommendation_received",
        "stakeholders.application_received",
        "workflow.escalated",
    )
    rows = Message.objects.filter(kind__in=kinds).order_by("pk").values_list("kind", "user__name")
    return [(kind.partition(".")[2], name) for kind, name in rows]


def held(application):
    return holding_of(WorkItem.objects.about(application).open().get())


@pytest.fixture
def desk():
    """Those whom an application may reach, and one of the desk whom it does not concern."""
    person_with(Role.EVENTS, name="Eve")
    return person_with(Role.VETTING, name="Vera"), person_with(Role.HEAD, name="Hanna")


@pytest.fixture
def term(desk):
    return appointed(UserFactory(name="Aisha"), by=desk[1], regions=["002"])


@pytest.mark.behaviour("D-07")
def test_from_the_regional_focal_point_to_the_desk_to_its_head(client, desk, term):
    """All three pages say at each step who holds it and what happens then; each hand-over is mailed once."""
    vera, hanna = desk
    application = sent_application(name="Coastal Watch")
    began = now()

    def text_for(person, url):
        sign_in(client, person)
        return text_of(client.get(url))

    def pages():
        return (
            text_for(application.applicant, f"/en/stakeholders/applications/{application.pk}/"),
            text_for(vera, "/en/desk/vetting/"),
            text_for(term.user, "/en/regional/"),
        )

    own, queue, region = pages()
    assert "The regional focal point of your country" in own
    assert ", then the application goes to the" in own
    assert ", then the application goes to the" in own
    assert "with the regional focal point since" in queue
    assert "with the regional focal point since" in region
    assert messages_sent() == [("recommendation_asked", "Aisha")]

    with days_later(6):
        tick()
        assert held(application).who == "regional"
    with time_machine.travel(began + timedelta(days=7, minutes=5)):
        for _run in range(2):
            tick()
        state = held(application)
        assert (state.who, state.then) == ("desk", "head")
        own, queue, region = pages()
        assert "The vetting officers of the WhatsOn team" in own
        assert "it goes to the head of the WhatsOn team" in own
        assert "with the desk since" in queue
        assert "goes to the head of desk on" in region
        assert messages_sent() == [("recommendation_asked", "Aisha"), ("escalated", "Vera")]
    with time_machine.travel(began + timedelta(days=14, minutes=5)):
        for _run in range(2):
            tick()
        assert (held(application).who, held(application).then) == ("head", "")
        own, queue, region = pages()
        assert "The head of the WhatsOn team" in own
        assert "with the head of desk since" in queue
        assert "with the head of desk since" in region
    assert messages_sent() == [
        ("recommendation_asked", "Aisha"),
        ("escalated", "Vera"),
        ("escalated", "Hanna"),
    ]
    lines = Entry.objects.filter(action="workflow.workitem.escalate").order_by("pk")
    assert [line.data["level"] for line in lines] == [1, 2]
    mails = [mail for mail in deliver_all() if "Coastal Watch" in mail.subject]
    assert sorted(mail.to[0] for mail in mails if application.applicant.email not in mail.to) == sorted(
        person.email for person in (term.user, vera, hanna)
    )


@pytest.mark.behaviour("D-07")
def test_where_there_is_no_regional_focal_point_the_desk_has_it_at_once(client, desk, term):
    application = sent_application(name="Lima Watch", country="PER")
    assert messages_sent() == [("application_received", "Vera")]
    assert (held(application).who, held(application).then) == ("desk", "head")
    sign_in(client, application.applicant)
    own = text_of(client.get(f"/en/stakeholders/applications/{application.pk}/"))
    assert "The vetting officers of the WhatsOn team" in own
    assert "regional focal point" not in own
    with days_later(14):
        tick()
        assert held(application).who == "head"


@pytest.mark.parametrize("who", ("vetting", "head"))
def test_the_desk_may_decide_at_any_time_meanwhile(client, term, desk, who):
    application = sent_application()
    person = desk[0] if who == "vetting" else desk[1]
    sign_in(client, person)
    url = f"/en/desk/vetting/{application.pk}/"
    assert "No opinion has been given yet. You" in text_of(client.get(url))
    client.post(f"{url}take/")
    assert held(application).who == "desk"
    client.post(f"{url}approve/", {"approve-note": "", "approve-unscreened_reason": "No list here."})
    assert Stakeholder.objects.count() == 1
    with days_later(20):
        assert escalate() == 0


def test_it_may_be_decided_without_being_taken_up(desk, term):
    application = sent_application()
    vetting_actions.approve(application, actor=desk[0], unscreened_reason="No list here.")
    assert not WorkItem.objects.about(application).open().exists()


def test_a_view_hands_it_over_and_the_clock_to_the_head_runs_on(desk, term):
    application = sent_application()
    with days_later(3):
        recommend(application, actor=type(term.user).objects.get(pk=term.user_id), **OPINION)
        state = held(application)
        assert state.who == "desk"
        assert abs(state.since - now()) < timedelta(minutes=1)
    with days_later(8):
        assert escalate() == 0
    with days_later(14):
        assert escalate() == 1
        assert held(application).who == "head"
    assert messages_sent() == [
        ("recommendation_asked", "Aisha"),
        ("recommendation_received", "Vera"),
        ("escalated", "Hanna"),
    ]


def test_the_clock_stands_still_while_the_applicant_is_asked(client, desk, term):
    application = sent_application()
    vetting_actions.return_for_information(application, actor=desk[0], requests={"mission": "Say more."})
    sign_in(client, term.user)
    shown = text_of(client.get("/en/regional/"))
    assert "Paused: waiting for the applicant’s reply" in shown
    # What lies with the applicant waiting for nobody's view.
    assert "No applications need your view" in shown
    with days_later(10):
        assert escalate() == 0
        assert held(application).until is None
        submission_actions.answer(
            application,
            actor=application.applicant,
            version=_version(application),
            answers={"mission": "More about what we do."},
            paper=None,
        )
        assert held(application).who == "regional"
        assert escalate() == 0
    with days_later(18):
        assert escalate() == 1


def _version(application):
    application.refresh_from_db()
    return application.version


def test_an_answer_that_hides_the_entry_takes_it_from_the_region(desk, term):
    application = sent_application()
    vetting_actions.return_for_information(application, actor=desk[0], requests={"listing": "Are you sure?"})
    submission_actions.answer(
        application,
        actor=application.applicant,
        version=_version(application),
        answers={"listing": Listing.UNLISTED},
        paper=None,
    )
    assert held(application).who == "desk"
    user = type(term.user).objects.get(pk=term.user_id)
    assert not WorkItem.objects.visible_to(user).exists()
    assert ("application_received", "Vera") in messages_sent()


@pytest.mark.parametrize("how", ("ended", "over", "moved"))
def test_what_waits_for_a_term_that_ends_goes_to_the_desk_at_once(desk, how):
    hanna = desk[1]
    term = appointed(UserFactory(name="Aisha"), by=hanna, regions=["002"], days=3)
    application = sent_application()
    match how:
        case "ended":
            end_appointment(term, actor=hanna, version=0, reason="resigned")
        case "moved":
            change_appointment(
                term,
                actor=hanna,
                version=0,
                regions=["150"],
                countries=[],
                starts_on=term.starts_on,
                ends_on=term.ends_on,
                note="",
            )
        case "over":
            with days_later(5):
                for _run in range(2):
                    end_terms()
    assert held(application).who == "desk"
    assert messages_sent() == [("recommendation_asked", "Aisha"), ("application_received", "Vera")]


def test_what_somebody_else_of_the_region_covers_stays_with_them(desk, term):
    other = appointed(UserFactory(name="Bola"), by=desk[1], countries=["KEN"])
    application = sent_application()
    end_appointment(term, actor=desk[1], version=0, reason="resigned")
    assert held(application).who == "regional"
    assert messages_sent() == [("recommendation_asked", "Aisha"), ("recommendation_asked", other.user.name)]


def test_the_mail_that_asks_is_in_the_language_of_its_reader_and_not_sent_once_decided(desk):
    person = UserFactory(language="ar")
    appointed(person, by=desk[1], regions=["002"])
    first, second = sent_application(name="First"), sent_application(name="Second")
    vetting_actions.approve(second, actor=desk[0], unscreened_reason="No list here.")
    mails = [mail for mail in deliver_all() if person.email in mail.to]
    requests = [mail for mail in mails if "First" in mail.body or "Second" in mail.body]
    assert len(requests) == 1
    assert first.name in requests[0].body
    assert 'dir="rtl"' in requests[0].alternatives[0].content


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_hand_over_once():
    person_with(Role.VETTING, name="Vera")
    term = appointed(UserFactory(name="Aisha"), regions=["002"], days=30)
    for n in range(3):
        sent_application(name=f"Number {n}")
    late = now() + timedelta(days=7, minutes=5)
    gate = Barrier(2)

    def run(_n):
        gate.wait()
        try:
            return escalate(at=late)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sum(pool.map(run, range(2))) == 3
    assert [message for message in messages_sent() if message[0] == "escalated"] == [
        ("escalated", "Vera")
    ] * 3
    assert term.user.name == "Aisha"

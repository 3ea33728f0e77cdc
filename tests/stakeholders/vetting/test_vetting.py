"""The desk's side, driven as the desk drives it."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from search.models import Document
from stakeholders.applications.enums import RefusalReason
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Kind, Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.queries import is_member
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import (
    PDF_BYTES,
    StakeholderFactory,
    full_draft,
    member_of,
    sent_application,
)
from tests.stakeholders.pages import desk_page
from tests.support import assert_no_growth, markup_of, text_of
from workflow.items.models import WorkItem
from workflow.items.queries import open_requests
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db
QUEUE = "/en/desk/vetting/"


def names_in(response) -> list[str]:
    return re.findall(r'entry-title"><a href="[^"]+"><bdi>([^<]+)</bdi>', markup_of(response))


# --- The queue ------------------------------------------------------------------------------------


def test_the_queue_shows_the_earliest_promise_first(as_vetter):
    first, second = sent_application(name="First"), sent_application(name="Second")
    WorkItem.objects.about(first).update(until=now() + timedelta(days=9))
    WorkItem.objects.about(second).update(until=now() + timedelta(days=2))
    full_draft(name="Only a draft")
    assert names_in(as_vetter.get(QUEUE)) == ["Second", "First"]


def test_the_queue_can_be_filtered(as_vetter, vetter, subtests):
    old = sent_application(name="Old")
    WorkItem.objects.about(old).update(since=now() - timedelta(days=8))
    sent_application(name="Wien", kind=Kind.ACADEMIA, country="AUT")
    vetting_actions.take(sent_application(name="Held"), actor=vetter)
    for query, shown in (
        ("", ["Old", "Wien", "Held"]),
        ("kind=academia", ["Wien"]),
        ("kind=academia&kind=ngo", ["Old", "Wien", "Held"]),
        ("country=AUT", ["Wien"]),
        ("region=150", ["Wien"]),
        ("region=002", ["Old", "Held"]),
        ("holder=me", ["Held"]),
        ("holder=nobody", ["Old", "Wien"]),
        ("holder=others", []),
        ("age=7", ["Old"]),
        ("country=nowhere", []),
    ):
        with subtests.test(query=query):
            assert names_in(as_vetter.get(f"{QUEUE}?{query}")) == shown


def test_an_empty_queue_says_why(as_vetter):
    assert "No pending applications" in text_of(as_vetter.get(QUEUE))
    assert "No application matches these filters" in text_of(as_vetter.get(f"{QUEUE}?kind=ngo"))


def test_the_queue_costs_the_same_for_one_and_three(as_vetter):
    numbers = count()

    def add():
        sent = sent_application(name=f"Number {next(numbers)}")
        vetting_actions.take(sent, actor=person_with(Role.VETTING))

    assert_no_growth(lambda: as_vetter.get(QUEUE), add)
    assert len(names_in(as_vetter.get(QUEUE))) == 3


def test_work_is_taken_and_released(as_vetter, vetter, application):
    as_vetter.post(desk_page(application, "take"))
    application.refresh_from_db()
    item = WorkItem.objects.about(application).get()
    assert (application.status, item.holder) == ("in_review", vetter)
    as_vetter.post(desk_page(application, "release"))
    item.refresh_from_db()
    assert item.holder is None


def test_what_another_holds_is_not_taken_over(as_vetter, application):
    other = person_with(Role.VETTING, name="Otto Other")
    vetting_actions.take(application, actor=other)
    text = text_of(as_vetter.post(desk_page(application, "take"), follow=True))
    assert "Otto Other is already working on this." in text
    assert WorkItem.objects.about(application).get().holder == other


# --- One page -------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-04")
def test_everything_is_on_one_page_before_the_decision(as_vetter, applicant):
    refused = sent_application(applicant, name="Harbour Watch", website="")
    vetting_actions.refuse(
        refused, actor=person_with(Role.VETTING), reason="out_of_scope", note="Not our field."
    )
    hidden = StakeholderFactory(name="Coastal Watch", listing=Listing.UNLISTED)
    open_one = StakeholderFactory(name="Quite another", website="https://coastalwatch.example/about")
    application = sent_application(applicant, acronym="XQZ")
    text = text_of(as_vetter.get(desk_page(application)))
    for words in (
        "Coastal Watch",
        "XQZ",
        "Kenya",
        "Mombasa",
        "https://coastalwatch.example",
        "illegal fishing",
    ):
        assert words in text
    assert f'href="/files/paper/{application.papers.get().pk}/"' in text
    alike = text.split('id="alike"', 1)[1].split("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", alike) == [hidden.name, open_one.name]
    earlier = text.split('id="earlier"', 1)[1].split("</section>")[0]
    assert re.findall(r"<bdi>([^<]+)</bdi>", earlier) == ["Harbour Watch"]
    assert "The work is outside the scope of the Convention" in earlier
    assert "Amina Njeri sent the application" in text
    assert all(
        f'action="{desk_page(application, move)}"' in text for move in ("approve", "return", "refuse", "take")
    )


def test_the_page_costs_the_same_for_one_and_three(as_vetter):
    application, numbers = sent_application(), count()

    def add():
        number = next(numbers)
        StakeholderFactory(name=f"Coastal Watch {number}")
        sent_application(name=f"Coastal {number}")

    assert_no_growth(lambda: as_vetter.get(desk_page(application)), add)


@pytest.mark.behaviour("D-04")
def test_a_paper_is_opened_by_its_sender_and_those_who_vet_alone(client, application, applicant, subtests):
    for who, status in (
        ("visitor", 404),
        ("applicant", 200),
        ("stranger", 404),
        ("member", 404),
        ("curation", 404),
        ("regional", 404),
        ("state", 404),
        ("vetting", 200),
        ("head", 200),
    ):
        with subtests.test(who=who):
            if who == "applicant":
                sign_in(client, applicant)
            elif who == "stranger":
                sign_in(client, UserFactory())
            elif who == "member":
                sign_in(client, member_of(StakeholderFactory()))
            elif who != "visitor":
                sign_in(client, person_with(who))
            response = client.get(f"/files/paper/{application.papers.get().pk}/")
            assert response.status_code == status
            if status == 200:
                assert response["Content-Type"] == "application/pdf"
                assert "sandbox" in response["Content-Security-Policy"]
                assert b"".join(response.streaming_content) == PDF_BYTES


# --- Approving ------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-05")
def test_an_approval_makes_the_entry_the_administrator_and_the_mail(as_vetter, application, applicant):
    applicant.language = "ru"
    applicant.save()
    form = {"approve-note": "Welcome.", "approve-unscreened_reason": "No list here."}
    shown = as_vetter.post(desk_page(application, "approve"), {**form, "preview": "yes"})
    assert (shown.context["letter"].language, "Welcome." in shown.context["letter"].text) == ("ru", True)
    assert not Stakeholder.objects.exists()
    applicant.language = "en"
    applicant.save()
    response = as_vetter.post(desk_page(application, "approve"), form)
    assert response["Location"] == desk_page(application)
    application.refresh_from_db()
    entry = application.stakeholder
    assert application.status == "approved"
    assert (entry.name, entry.kind, entry.country_id, entry.status, entry.listing) == (
        "Coastal Watch",
        "ngo",
        "KEN",
        Status.ACTIVE,
        Listing.PUBLIC,
    )
    assert list(entry.topics.all()) == list(application.topics.all())
    assert list(Membership.objects.values_list("stakeholder", "user", "role")) == [
        (entry.pk, applicant.pk, MemberRole.ADMIN)
    ]
    assert is_member(applicant)
    assert list(WorkItem.objects.about(application).open()) == []
    mail = next(mail for mail in deliver_all() if mail.subject == "Approved: Coastal Watch")
    assert mail.to == [applicant.email]
    assert "Welcome." in mail.body


@pytest.mark.parametrize(
    ("listing", "audience"),
    (
        (Listing.PUBLIC, 0),
        (Listing.MEMBERS_STATES, 1),
        (Listing.MEMBERS, 2),
        (Listing.COUNTRY, None),
        (Listing.UNLISTED, None),
    ),
)
def test_the_index_holds_the_entry_for_those_whom_the_applicant_chose(vetter, listing, audience):
    entry = vetting_actions.approve(
        sent_application(listing=listing), actor=vetter, unscreened_reason="No list here."
    )
    document = Document.objects.get(kind="stakeholders.stakeholder", object_id=entry.pk)
    assert document.audience == audience


# --- Returning and refusing -----------------------------------------------------------------------


@pytest.mark.behaviour("D-05")
def test_a_return_asks_item_by_item_and_stops_the_clock(as_vetter, application):
    response = as_vetter.post(
        desk_page(application, "return"),
        {"return-ask_mission": "on", "return-text_mission": "Where do you work?", "return-note": ""},
    )
    assert response["Location"] == desk_page(application)
    application.refresh_from_db()
    assert application.status == "returned"
    assert application.answer_by > application.returned_at
    assert open_requests(application) == {"mission": "Where do you work?"}
    assert WorkItem.objects.about(application).get().is_paused
    assert "Paused: waiting for the applicant’s reply" in text_of(as_vetter.get(QUEUE))


@pytest.mark.parametrize(
    ("facts", "line"), (({}, "– Mission: Where?\n"), ({"asked": None, "fields": ["mission"]}, "– Mission\n"))
)
def test_a_returned_application_is_told_what_is_asked_also_by_mail_queued_before(
    vetter, application, facts, line
):
    """Such mail holds the names of the questions alone."""
    vetting_actions.return_for_information(
        application, actor=vetter, requests={"mission": "Where?"}, note="Thanks."
    )
    mail = Message.objects.get(kind="stakeholders.application_returned")
    mail.facts = {name: value for name, value in {**mail.facts, **facts}.items() if value is not None}
    assert line in compose(mail).body


@pytest.mark.behaviour("D-05")
def test_a_return_without_a_question_says_what_lacks(as_vetter, application, subtests):
    for fields, error in (
        ({}, "Choose at least one answer, and describe what the applicant should change."),
        ({"return-ask_mission": "on"}, "Describe what the applicant should change."),
    ):
        with subtests.test(error=error):
            response = as_vetter.post(
                desk_page(application, "return"), {**fields, "return-note": "A long note."}
            )
            text = text_of(response)
            assert response.status_code == 200
            assert error in text
            assert "A long note." in text
            application.refresh_from_db()
            assert application.status == "submitted"


@pytest.mark.behaviour("D-05")
def test_a_refusal_needs_reason_and_note(as_vetter, application, subtests):
    for lacking in ("reason", "note"):
        with subtests.test(lacking=lacking):
            fields = {"refuse-reason": "duplicate", "refuse-note": "See the profile."}
            text = text_of(
                as_vetter.post(desk_page(application, "refuse"), {**fields, f"refuse-{lacking}": ""})
            )
            assert {"reason": "This field is required.", "note": "Explain the decision to the applicant."}[
                lacking
            ] in text
            application.refresh_from_db()
            assert application.status == "submitted"


@pytest.mark.behaviour("D-05", "A-07")
def test_a_refusal_is_told_with_its_reason_by_mail_and_on_the_page(
    as_vetter, application, applicant, client, time_machine
):
    time_machine.move_to(now(), tick=False)  # the letter names a minute
    fields = {"refuse-reason": "duplicate", "refuse-note": "You are listed already."}
    shown = as_vetter.post(desk_page(application, "refuse"), {**fields, "preview": "yes"})
    first = shown.context["letter"]
    assert (first.language, first.subject) == ("en", "Not approved: Coastal Watch")
    assert "Nothing is decided yet." in text_of(shown)
    assert text_of(shown).count("You are listed already.") == 2  # in the mail, and still in the form
    application.refresh_from_db()
    assert application.status == "submitted"
    assert "Not approved: Coastal Watch" not in [mail.subject for mail in deliver_all()]
    as_vetter.post(desk_page(application, "refuse"), fields)
    mail = next(mail for mail in deliver_all() if mail.subject == "Not approved: Coastal Watch")
    assert mail.to == [applicant.email]
    assert mail.body == first.text
    reason = str(RefusalReason.DUPLICATE.label)
    assert reason in mail.body
    assert "You are listed already." in mail.body
    client.logout()
    sign_in(client, applicant)
    text = text_of(client.get(f"/en/stakeholders/applications/{application.pk}/"))
    assert reason in text
    assert "You are listed already." in text
    assert "Vera Vetter" not in text


def test_an_answer_that_never_comes_can_be_refused(vetter, application):
    vetting_actions.return_for_information(application, actor=vetter, requests={"mission": "Where?"})
    vetting_actions.refuse(application, actor=vetter, reason="incomplete", note="No answer came.")
    application.refresh_from_db()
    assert (application.status, application.refusal_reason) == ("refused", "incomplete")


def test_the_second_round_keeps_the_first_on_record(vetter, application, applicant):
    vetting_actions.return_for_information(application, actor=vetter, requests={"mission": "Where?"})
    application.refresh_from_db()
    submission_actions.answer(
        application, actor=applicant, version=application.version, answers={"mission": "Mombasa."}
    )
    vetting_actions.return_for_information(application, actor=vetter, requests={"city": "Which city?"})
    moves = list(Decision.objects.about(application).order_by("pk").values_list("move", flat=True))
    assert moves == ["submit", "return", "answer", "return"]
    mails = [mail.subject for mail in deliver_all() if mail.to == [applicant.email]]
    assert mails.count("Questions about your application: Coastal Watch") == 2


@pytest.mark.behaviour("D-04")
def test_what_was_asked_and_said_before_stands_on_the_page(as_vetter, vetter, application, applicant):
    vetting_actions.return_for_information(
        application, actor=vetter, requests={"mission": "In which ports?"}, note="Thank you for applying."
    )
    application.refresh_from_db()
    submission_actions.answer(
        application, actor=applicant, version=application.version, answers={"mission": "Mombasa."}
    )
    rounds = text_of(as_vetter.get(desk_page(application))).split('id="rounds"', 1)[1].split("</section>")[0]
    assert "In which ports?" in rounds
    assert "Thank you for applying." in rounds


# --- Who stands too near ----------------------------------------------------------------------------


def test_nobody_decides_on_their_own_application(client):
    person = person_with(Role.VETTING)
    sign_in(client, person)
    application = sent_application(person)
    text = text_of(client.get(desk_page(application)))
    assert "Please leave the decision to a colleague." in text
    assert f'action="{desk_page(application, "approve")}"' not in text
    client.post(
        desk_page(application, "approve"), {"approve-note": "", "approve-unscreened_reason": "No list here."}
    )
    application.refresh_from_db()
    assert application.status == "submitted"
    assert Stakeholder.objects.count() == 0


def test_a_decision_that_came_first_is_told_to_the_second(as_vetter, application):
    vetting_actions.approve(application, actor=person_with(Role.VETTING), unscreened_reason="No list here.")
    text = text_of(
        as_vetter.post(
            desk_page(application, "approve"),
            {"approve-note": "", "approve-unscreened_reason": "No list here."},
            follow=True,
        )
    )
    assert "This application has already been approved." in text
    assert Stakeholder.objects.count() == 1


def test_only_the_desks_own_acts_are_there(as_vetter, application, subtests):
    for name in ("submit", "withdraw", "answer", "nonsense"):
        with subtests.test(name=name):
            assert as_vetter.post(desk_page(application, name)).status_code == 404


def test_acts_are_never_made_by_get(as_vetter, application):
    for name in ("take", "release", "approve", "return", "refuse"):
        assert as_vetter.get(desk_page(application, name)).status_code == 405
    assert Application.objects.get(pk=application.pk).status == "submitted"

"""A refusal looked at again: asked once and in time, decided by somebody else."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_reconsiderations import ask_for_reconsideration, decide_reconsideration
from stakeholders.vetting.models import Reconsideration
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.stakeholders import asked_again, refused_application, sent_application
from tests.stakeholders.pages import applicant_page, desk_page
from tests.support import assert_no_growth, text_of
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

pytestmark = pytest.mark.django_db


def mails_to(person, start):
    return [mail for mail in deliver_all() if mail.to == [person.email] and mail.subject.startswith(start)]


# --- Asking -----------------------------------------------------------------------------------------


@pytest.mark.behaviour("D-05")
def test_an_applicant_asks_once_and_sees_how_it_stands(as_applicant, applicant, vetter):
    other = person_with(Role.VETTING)
    application = refused_application(applicant, by=vetter)
    assert f'href="{applicant_page(application, "reconsideration")}"' in text_of(
        as_applicant.get(applicant_page(application))
    )
    assert "You can ask once" in as_applicant.get(applicant_page(application, "reconsideration")).text
    response = as_applicant.post(
        applicant_page(application, "reconsideration"), {"reason": "You missed our report."}
    )
    assert response["Location"] == applicant_page(application)
    text = text_of(as_applicant.get(applicant_page(application)))
    assert "You missed our report." in text
    assert "A different person of the WhatsOn team, who took no part in the decision" in text
    assert f'href="{applicant_page(application, "reconsideration")}"' not in text
    assert "asked for a reconsideration of the refusal" in text
    item = WorkItem.objects.about(application).open().get()
    assert (item.what, item.waits_for) == ("reconsider", Role.VETTING)
    sent = deliver_all()
    assert [
        mail.to for mail in sent if mail.subject == "Your decision is being reconsidered: Coastal Watch"
    ] == [[applicant.email]]
    # Whoever refused is not asked to look again.
    assert [mail.to for mail in sent if mail.subject.startswith("Reconsideration asked for")] == [
        [other.email]
    ]
    again = as_applicant.post(
        applicant_page(application, "reconsideration"), {"reason": "And again."}, follow=True
    )
    assert "it is possible once" in text_of(again)
    assert Reconsideration.objects.count() == 1


def test_the_refusal_says_until_when(as_applicant, applicant):
    application = refused_application(applicant)
    mail = mails_to(applicant, "Not approved")[0]
    assert "You can ask once, until" in mail.body
    Application.objects.filter(pk=application.pk).update(decided_at=now() - timedelta(days=31))
    assert "You can ask once" not in text_of(as_applicant.get(applicant_page(application)))


def test_the_time_is_over_after_thirty_days(as_applicant, applicant):
    application = refused_application(applicant)
    Application.objects.filter(pk=application.pk).update(decided_at=now() - timedelta(days=30, minutes=1))
    text = text_of(
        as_applicant.post(applicant_page(application, "reconsideration"), {"reason": "Late."}, follow=True)
    )
    assert "The time to ask for a reconsideration is over." in text
    assert as_applicant.get(applicant_page(application, "reconsideration")).status_code == 302
    Application.objects.filter(pk=application.pk).update(decided_at=now() - timedelta(days=29))
    as_applicant.post(applicant_page(application, "reconsideration"), {"reason": "In time."})
    assert Reconsideration.objects.count() == 1


def test_a_request_needs_a_reason(as_applicant, applicant):
    application = refused_application(applicant)
    text = text_of(as_applicant.post(applicant_page(application, "reconsideration"), {"reason": "  "}))
    assert "Give the reason for a reconsideration." in text
    assert Reconsideration.objects.count() == 0


def test_only_a_refusal_is_reconsidered(as_applicant, application):
    text = text_of(
        as_applicant.post(applicant_page(application, "reconsideration"), {"reason": "Why?"}, follow=True)
    )
    assert "This application is not refused" in text


def test_nobody_asks_for_another(client, subtests):
    application = refused_application()
    for who in ("visitor", "stranger", "vetting", "head", "curation", "administrator", "regional", "state"):
        with subtests.test(who=who):
            if who != "visitor":
                person = UserFactory() if who == "stranger" else person_with(who)
                sign_in(client, person)
                with pytest.raises(PermissionDenied):
                    ask_for_reconsideration(application, actor=person, reason="For them.")
            for answer in (
                client.get(applicant_page(application, "reconsideration")),
                client.post(applicant_page(application, "reconsideration"), {"reason": "For them."}),
            ):
                assert answer.status_code == (302 if who == "visitor" else 404)
            assert Reconsideration.objects.count() == 0


# --- Deciding ---------------------------------------------------------------------------------------


def decide(client, application, outcome="stands", note="We read the report."):
    data = {"reconsider-outcome": outcome, "reconsider-note": note}
    return client.post(desk_page(application, "reconsider"), data, follow=True)


@pytest.mark.behaviour("D-05")
def test_the_refusal_stands(as_vetter, vetter, client):
    application = asked_again()
    assert "You overlooked our report." in text_of(as_vetter.get(desk_page(application)))
    decide(as_vetter, application)
    application.refresh_from_db()
    assert (application.status, application.refusal_reason) == ("refused", "out_of_scope")
    request = application.reconsideration
    assert (request.outcome, request.decided_by) == ("stands", vetter)
    assert list(WorkItem.objects.about(application).open()) == []
    mail = mails_to(application.applicant, "The decision is upheld: Coastal Watch")[0]
    assert "We read the report." in mail.body
    client.logout()
    sign_in(client, application.applicant)
    text = text_of(client.get(applicant_page(application)))
    assert "The refusal is upheld" in text
    assert "We read the report." in text
    assert "Vera Vetter" not in text


@pytest.mark.behaviour("D-05")
def test_the_application_is_reopened_and_decided_anew(as_vetter, vetter):
    application = asked_again()
    decide(as_vetter, application, "reopened", "The report changes the picture.")
    application.refresh_from_db()
    assert (application.status, application.refusal_reason, application.decided_at) == ("in_review", "", None)
    assert application.due_at > now()
    assert [item.what for item in WorkItem.objects.about(application).open()] == ["vet"]
    assert mails_to(application.applicant, "Your application is being")
    vetting_actions.refuse(application, actor=vetter, reason="not_verifiable", note="We could not reach you.")
    second = mails_to(application.applicant, "Not approved")[-1]
    assert "We could not reach you." in second.body
    assert "You can ask once" not in second.body
    application.refresh_from_db()
    with pytest.raises(WrongState, match="possible once"):
        ask_for_reconsideration(application, actor=application.applicant, reason="Once more.")
    moves = list(Decision.objects.about(application).order_by("pk").values_list("move", flat=True))
    assert moves == ["submit", "refuse", "reopen", "refuse"]


def test_a_reopened_application_can_be_approved(as_vetter):
    application = asked_again()
    decide(as_vetter, application, "reopened")
    as_vetter.post(
        desk_page(application, "approve"), {"approve-note": "", "approve-unscreened_reason": "No list here."}
    )
    assert Stakeholder.objects.get().name == "Coastal Watch"


def test_a_decision_needs_outcome_and_note(as_vetter, subtests):
    application = asked_again()
    for lacking in ("outcome", "note"):
        with subtests.test(lacking=lacking):
            data = {"outcome": "stands", "note": "No."} | {lacking: ""}
            text = text_of(decide(as_vetter, application, **data))
            assert {"outcome": "This field is required.", "note": "Explain the decision to the applicant."}[
                lacking
            ] in text
            assert Reconsideration.objects.get().is_waiting


@pytest.mark.parametrize("part", ("refused", "returned", "started", "applied"))
def test_whoever_took_part_leaves_it_to_another(client, part):
    person = person_with(Role.VETTING)
    application = sent_application(person if part == "applied" else None)
    if part == "started":
        vetting_actions.take(application, actor=person)
        vetting_actions.put_back(application, actor=person)
    if part == "returned":
        vetting_actions.return_for_information(application, actor=person, requests={"mission": "Where?"})
        application.refresh_from_db()
        submission_actions.answer(
            application,
            actor=application.applicant,
            version=application.version,
            answers={"mission": "Here."},
        )
    refuser = person if part == "refused" else person_with(Role.HEAD)
    vetting_actions.refuse(application, actor=refuser, reason="duplicate", note="Listed.")
    asked_again(application)
    sign_in(client, person)
    text = text_of(client.get(desk_page(application)))
    assert f'action="{desk_page(application, "reconsider")}"' not in text
    assert f'action="{desk_page(application, "take")}"' not in text
    assert "took part" in text if part != "applied" else "Decide on the reconsideration" not in text
    for outcome in ("stands", "reopened"):
        decide(client, application, outcome)
        with pytest.raises(DomainError):
            decide_reconsideration(application, actor=person, outcome=outcome, note="Mine.")
    client.post(desk_page(application, "take"))
    assert Reconsideration.objects.get().is_waiting
    assert WorkItem.objects.about(application).open().get().holder is None
    decide_reconsideration(
        application, actor=person_with(Role.VETTING), outcome="stands", note="We looked again."
    )


def test_only_those_who_vet_decide(client, subtests):
    application = asked_again()
    for who in ("applicant", "stranger", "curation", "administrator", "regional", "state"):
        with subtests.test(who=who):
            person = {"applicant": application.applicant, "stranger": UserFactory()}.get(who) or person_with(
                who
            )
            sign_in(client, person)
            assert decide(client, application).status_code == 404
            with pytest.raises(PermissionDenied):
                decide_reconsideration(application, actor=person, outcome="stands", note="Mine.")
            number = Reconsideration.objects.visible_to(person).count()
            assert number == (1 if who == "applicant" else 0)


def test_it_waits_in_the_queue_and_can_be_taken(as_vetter, vetter):
    application = asked_again()
    assert "reconsideration asked for" in text_of(as_vetter.get("/en/desk/vetting/"))
    as_vetter.post(desk_page(application, "take"))
    application.refresh_from_db()
    assert (application.status, WorkItem.objects.about(application).open().get().holder) == (
        "refused",
        vetter,
    )


def test_an_application_sent_again_meanwhile_stands_in_the_way(vetter):
    application = asked_again()
    sent_application(application.applicant)
    with pytest.raises(DomainError, match="another open application of this name"):
        decide_reconsideration(application, actor=vetter, outcome="reopened", note="Again.")
    application.refresh_from_db()
    assert application.status == "refused"
    assert application.reconsideration.is_waiting


def test_the_mails_are_in_the_applicants_language():
    applicant = UserFactory(language="fr")
    application = asked_again(refused_application(applicant))
    decide_reconsideration(application, actor=person_with(Role.VETTING), outcome="stands", note="Non.")
    sent = [mail for mail in deliver_all() if mail.to == [applicant.email]]
    links = [
        re.search(r"https?://[^/]+(/\w\w/stakeholders/applications/\S*)", mail.body)[1] for mail in sent[-2:]
    ]
    assert links == [f"/fr/stakeholders/applications/{application.pk}/"] * 2


def test_the_page_of_a_refused_application_costs_the_same(as_vetter):
    application, numbers = asked_again(), count()
    assert_no_growth(
        lambda: as_vetter.get(desk_page(application)),
        lambda: asked_again(refused_application(name=f"Another {next(numbers)}")),
    )

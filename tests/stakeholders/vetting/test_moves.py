"""Every move from every state by every role."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from stakeholders.applications.enums import MOVES, ApplicationStatus
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_reconsiderations import decide_reconsideration
from stakeholders.vetting.models import Reconsideration
from tests.factories.accounts import UserFactory, person_with
from tests.factories.stakeholders import StakeholderFactory, full_draft, member_of
from workflow.items.actions import ask, open_item
from workflow.moves.models import Decision
from workflow.moves.queries import moves_open_to

pytestmark = pytest.mark.django_db

ROLES = (
    "applicant",
    "stranger",
    "member",
    "vetting",
    "head",
    "curation",
    "events",
    "reviews",
    "administrator",
    "regional",
    "state",
)
MAY = {
    "submit": {"applicant"},
    "answer": {"applicant"},
    "withdraw": {"applicant"},
    "start": {"vetting", "head"},
    "return": {"vetting", "head"},
    "approve": {"vetting", "head"},
    "refuse": {"vetting", "head"},
    "reopen": {"vetting", "head"},
}


def act(name, application, actor):
    """The portal's own way to make a move, with whatever it needs."""
    match name:
        case "submit":
            submission_actions.submit(application, actor=actor)
        case "answer":
            submission_actions.answer(
                application, actor=actor, version=application.version, answers={"mission": "We answer."}
            )
        case "withdraw":
            submission_actions.withdraw(application, actor=actor)
        case "start":
            vetting_actions.take(application, actor=actor)
        case "return":
            vetting_actions.return_for_information(application, actor=actor, requests={"mission": "Where?"})
        case "approve":
            vetting_actions.approve(application, actor=actor, unscreened_reason="No list here.")
        case "refuse":
            vetting_actions.refuse(application, actor=actor, reason="duplicate", note="Listed already.")
        case "reopen":
            decide_reconsideration(application, actor=actor, outcome="reopened", note="We look again.")


def in_state(status: str) -> Application:
    """An application put into a state as the database knows it, with its work item where one is open."""
    application = full_draft()
    fields = {"status": status}
    if status != ApplicationStatus.DRAFT:
        fields |= {"submitted_at": now(), "due_at": now()}
        open_item(application, "vet", waits_for=Role.VETTING, until=now())
    if status == ApplicationStatus.RETURNED:
        fields |= {"returned_at": now(), "answer_by": now()}
        ask(application, {"mission": "Where?"}, actor=None)
    if status in ApplicationStatus.DECIDED:
        fields |= {"decided_at": now()}
    if status == ApplicationStatus.APPROVED:
        fields |= {"stakeholder": StakeholderFactory()}
    if status == ApplicationStatus.REFUSED:
        fields |= {"refusal_reason": "other"}
    Application.objects.filter(pk=application.pk).update(**fields)
    application.refresh_from_db()
    return application


def person(who: str):
    if who == "stranger":
        return UserFactory()
    if who == "member":
        return member_of(StakeholderFactory())
    return person_with(who)


@pytest.mark.slow
@pytest.mark.parametrize("name", MOVES)
def test_every_move_from_every_state_by_every_role(name, subtests):
    people = {who: person(who) for who in ROLES if who != "applicant"}
    for status in ApplicationStatus.values:
        with subtests.test(status=status):
            try_all(name, status, people)


def try_all(name, status, people):
    """Whoever is refused changes nothing, so one application serves everybody until a move is made."""
    application = None
    for who in ROLES:
        if application is None:
            application = in_state(status)
            if name == "reopen":
                Reconsideration.objects.create(application=application, reason="Look again.", due_at=now())
        application.refresh_from_db()
        actor = application.applicant if who == "applicant" else people[who]
        before = Application.objects.values().get(pk=application.pk)
        entries = Stakeholder.objects.count()
        allowed, starts = who in MAY[name], status in MOVES[name].sources
        offered = name in dict(moves_open_to(actor, application))
        assert offered is (allowed and starts), who
        if allowed and starts:
            act(name, application, actor)
            assert Application.objects.get(pk=application.pk).status == MOVES[name].target, who
            assert Decision.objects.about(application).filter(move=name, actor=actor).count() == 1, who
            application = None
            continue
        # Taking work that is in review already only says who holds it.
        if name == "start" and allowed and status == ApplicationStatus.IN_REVIEW:
            continue
        with pytest.raises(WrongState if allowed else PermissionDenied):
            act(name, application, actor)
        after = Application.objects.values().get(pk=application.pk)
        assert after == before, who
        assert Stakeholder.objects.count() == entries, who
        assert not Decision.objects.about(application).exists(), who


@pytest.mark.parametrize(
    ("requests", "fields"),
    (
        ({}, set()),
        ({"mission": "  "}, {"mission"}),
        ({"applicant": "Who?"}, {"applicant"}),
        ({"acronym": "?"}, {"acronym"}),
    ),
)
def test_only_questions_that_were_asked_can_be_returned(requests, fields):
    application = full_draft(kind="expert")
    submission_actions.submit(application, actor=application.applicant)
    with pytest.raises(DomainError) as refusal:
        vetting_actions.return_for_information(
            application, actor=person_with(Role.VETTING), requests=requests
        )
    assert set(refusal.value.fields) == fields

"""What a regional focal point reads and says about an application, and what the desk makes of it."""

import re
from itertools import count

import pytest

from accounts.people.enums import Role
from accounts.people.models import User
from audit.models import Entry
from notifications.outbox.models import Message
from stakeholders.applications.enums import FIELDS
from stakeholders.applications.models import Application, Paper
from stakeholders.entries.enums import Kind, Listing, MemberRole
from stakeholders.recommendations.actions import recommend
from stakeholders.recommendations.enums import SHARED_FIELDS
from stakeholders.recommendations.models import Recommendation
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting.actions_checklist import raise_flag
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.notifications import deliver_all
from tests.factories.regional import appointed
from tests.factories.stakeholders import (
    StakeholderFactory,
    full_draft,
    member_of,
    refused_application,
    sent_application,
)
from tests.support import assert_no_growth, refused_and_each, text_of

pytestmark = pytest.mark.django_db
HOME = "/en/regional/"
OPINION = {"view": "support", "reason": "known", "text": "We have worked with them for years."}


def at(application) -> str:
    return f"{HOME}applications/{application.pk}/"


@pytest.fixture
def africa():
    return appointed(UserFactory(name="Aisha"), regions=["002"]).user


@pytest.fixture
def as_africa(client, africa):
    sign_in(client, africa)
    return client


def fresh(person):
    return User.objects.get(pk=person.pk)


ROLES = (
    "visitor",
    "applicant",
    "stranger",
    "member",
    "state",
    "vetting",
    "head",
    "curation",
    "administrator",
    "africa",
    "kenya",
    "eastern africa",
    "peru",
    "everywhere",
)
IN_SCOPE = {"africa", "kenya", "eastern africa", "everywhere"}


PLACES = {
    "africa": {"region": "002"},
    "eastern africa": {"region": "014"},
    "kenya": {"country": "KEN"},
    "peru": {"country": "PER"},
    "everywhere": {},
}


def somebody(who, application):
    if who in PLACES:
        return person_with(Role.REGIONAL, **PLACES[who])
    others = {
        "visitor": lambda: None,
        "applicant": lambda: application.applicant,
        "stranger": UserFactory,
        "member": lambda: member_of(StakeholderFactory()),
    }
    return others[who]() if who in others else person_with(who)


@pytest.mark.behaviour("D-08")
@pytest.mark.parametrize("people", refused_and_each(ROLES, IN_SCOPE))
def test_who_reads_and_recommends(client, people, subtests):
    application = sent_application(name="Coastal Watch")
    for who in people:
        with subtests.test(who=who):
            user = somebody(who, application)
            if user:
                sign_in(client, user)
            missing = 302 if who == "visitor" else 404
            assert client.get(at(application)).status_code == (200 if who in IN_SCOPE else missing)
            assert client.post(at(application), OPINION).status_code == (302 if who in IN_SCOPE else missing)
            assert Recommendation.objects.exists() is (who in IN_SCOPE)
            home = client.get(HOME)
            regional = who in {*IN_SCOPE, "peru"}
            assert home.status_code == (200 if regional else missing)
            if regional:
                assert ("Coastal Watch" in text_of(home)) is (who in IN_SCOPE)
                assert home.context["page"].paginator.count == (1 if who in IN_SCOPE else 0)
            if user:
                for verb in ("recommend_application", "read_shared_application"):
                    assert user.has_perm(f"stakeholders.{verb}", application) is (who in IN_SCOPE)


@pytest.mark.behaviour("D-08")
@pytest.mark.parametrize("listing", Listing.values)
def test_an_application_that_hides_from_members_goes_to_the_desk_alone(client, africa, listing):
    application = sent_application(name="Quiet Group", listing=listing)
    hidden = listing in (Listing.COUNTRY, Listing.UNLISTED)
    sign_in(client, africa)
    assert client.get(at(application)).status_code == (404 if hidden else 200)
    assert ("Quiet Group" in text_of(client.get(HOME))) is not hidden
    is_asked = Message.objects.filter(kind="stakeholders.recommendation_asked").exists()
    assert is_asked is not hidden


@pytest.mark.behaviour("D-08")
def test_drafts_and_what_was_withdrawn_are_not_shown(as_africa):
    draft = full_draft(name="A draft")
    gone = sent_application(name="Taken back")
    submission_actions.withdraw(gone, actor=gone.applicant)
    for application in (draft, gone):
        assert as_africa.get(at(application)).status_code == 404
    assert as_africa.get(HOME).context["page"].paginator.count == 0


def test_a_hidden_application_answers_exactly_like_a_missing_one(as_africa):
    application = sent_application(country="PER")
    hidden, missing = as_africa.get(at(application)), as_africa.get(f"{HOME}applications/999999/")
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    bodies = [token.sub("", response.content.decode()) for response in (hidden, missing)]
    assert bodies[0].replace(f"/{application.pk}/", "/N/") == bodies[1].replace("/999999/", "/N/")


def test_only_what_the_entry_would_show_is_read(as_africa, africa):
    """No papers, person, address, flags, questions of the desk, refusal notes or reasons."""
    applicant = UserFactory(name="Secret Applicant", email="secret-applicant@mail.example")
    vetter = person_with(Role.VETTING, name="Secret Vetter")
    application = sent_application(
        applicant, name="Coastal Watch", acronym="CWX", no_paper_reason="Secret why"
    )
    raise_flag(application, actor=vetter, kind="red", text="Secret flag")
    taken = vetting_actions.take(application, actor=vetter)
    vetting_actions.return_for_information(
        taken, actor=vetter, requests={"mission": "Secret question"}, note="Secret"
    )
    shown = text_of(as_africa.get(at(application)))
    for part in ("Coastal Watch", "CWX", "Mombasa", "We document illegal fishing", "Kenya"):
        assert part in shown, part
    vetting_actions.refuse(application, actor=vetter, reason="principles", note="Secret refusal note")
    shown += text_of(as_africa.get(at(application))) + text_of(as_africa.get(HOME))
    for secret in ("Secret", "secret-applicant", "certificate.pdf", "/files/", "purposes and principles"):
        assert secret not in shown, secret
    assert "Declined" in shown
    paper = application.papers.get()
    assert as_africa.get(f"/files/paper/{paper.pk}/").status_code == 404
    assert not Paper.objects.visible_to(fresh(africa)).exists()
    assert not Application.objects.visible_to(fresh(africa)).exists()


def test_what_is_shared_of_an_application_is_named_question_by_question():
    assert set(FIELDS) - SHARED_FIELDS >= {"papers", "no_paper_reason"}


@pytest.mark.behaviour("D-07")
def test_a_view_reaches_the_desk_at_once_and_can_be_changed_until_it_decides(as_africa, client, africa):
    vetter = person_with(Role.VETTING, name="Vera Vetter")
    application = sent_application(name="Coastal Watch")
    assert "Waiting for your view" in text_of(as_africa.get(HOME))
    response = as_africa.post(at(application), OPINION, follow=True)
    assert "Thank you. The WhatsOn team has your" in text_of(response)
    assert as_africa.get(HOME).context["waiting"] == []
    as_africa.post(
        at(application), {**OPINION, "view": "oppose", "reason": "doubts", "text": "On reflection no."}
    )
    recommendation = Recommendation.objects.get()
    assert (recommendation.by, recommendation.view, recommendation.reason, recommendation.text) == (
        africa,
        "oppose",
        "doubts",
        "On reflection no.",
    )
    received = Message.objects.filter(kind="stakeholders.recommendation_received")
    assert [message.user for message in received] == [vetter]
    assert Entry.objects.filter(action="stakeholders.recommended").count() == 2
    assert Entry.objects.filter(action="workflow.workitem.hand_over").count() == 1
    (mail,) = [mail for mail in deliver_all() if vetter.email in mail.to]
    assert "Supports it" in mail.body
    sign_in(client, vetter)
    shown = text_of(client.get(f"/en/desk/vetting/{application.pk}/"))
    for part in ("Aisha", "Does not support it", "There are doubts", "On reflection no."):
        assert part in shown, part
    vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    sign_in(client, africa)
    late = client.post(at(application), {**OPINION, "text": "Too late"}, follow=True)
    assert "The WhatsOn team has decided already" in text_of(late)
    assert Recommendation.objects.get().text == "On reflection no."


def test_what_is_missing_is_named_and_what_was_typed_stays(as_africa, subtests):
    application = sent_application()
    for field in ("view", "reason", "text"):
        with subtests.test(field=field):
            response = as_africa.post(at(application), {**OPINION, "text": "My own words", field: ""})
            assert response.status_code == 200
            assert list(response.context["form"].errors) == [field]
            if field != "text":
                assert "My own words" in text_of(response)
            assert not Recommendation.objects.exists()


def test_a_party_gives_no_view(as_africa, africa):
    own = sent_application(africa, name="My own group")
    assert Message.objects.filter(kind="stakeholders.recommendation_asked").count() == 0
    shown = as_africa.get(at(own))
    assert "You are involved in this matter" in text_of(shown)
    assert shown.context["form"] is None
    assert as_africa.get(HOME).context["waiting"] == []
    as_africa.post(at(own), OPINION)
    assert not Recommendation.objects.exists()


def test_a_member_of_the_entry_it_concerns_gives_no_view(as_africa, africa):
    entry = StakeholderFactory(name="Entry")
    entry.memberships.create(user=africa, role=MemberRole.READER)
    application = sent_application(name="About it")
    Application.objects.filter(pk=application.pk).update(stakeholder=entry)
    as_africa.post(at(application), OPINION)
    assert not Recommendation.objects.exists()


def test_who_reads_recommendations(africa):
    application = sent_application(name="Coastal Watch")
    first = recommend(application, actor=fresh(africa), **OPINION)
    belongs = person_with(Role.VETTING)
    other = sent_application(belongs, name="Of the vetter")
    second = recommend(other, actor=fresh(africa), **OPINION)
    readers = {
        "vetting": (person_with(Role.VETTING), {first, second}),
        "head": (person_with(Role.HEAD), {first, second}),
        "party": (belongs, {first}),
        "regional": (fresh(africa), {first, second}),
        "colleague": (person_with(Role.REGIONAL, region="002"), set()),
        "applicant": (application.applicant, set()),
        "events": (person_with(Role.EVENTS), set()),
        "administrator": (person_with(Role.ADMINISTRATOR), set()),
    }
    for who, (user, expected) in readers.items():
        assert set(Recommendation.objects.visible_to(user)) == expected, who
        may = {row for row in (first, second) if user.has_perm("stakeholders.view_recommendation", row)}
        assert may == expected, who


def test_the_applicant_reads_neither_view_nor_name(client, africa):
    application = sent_application()
    recommend(application, actor=fresh(africa), **{**OPINION, "view": "oppose"})
    sign_in(client, application.applicant)
    shown = text_of(client.get(f"/en/stakeholders/applications/{application.pk}/"))
    for secret in ("Aisha", OPINION["text"], "Does not support"):
        assert secret not in shown


def test_a_vetter_who_applied_reads_no_view_on_their_own_application(client, africa):
    vetter = person_with(Role.VETTING)
    application = sent_application(vetter)
    recommend(application, actor=fresh(africa), **OPINION)
    sign_in(client, vetter)
    shown = text_of(client.get(f"/en/desk/vetting/{application.pk}/"))
    assert OPINION["text"] not in shown
    assert "Supports it" not in shown


def test_the_entry_of_an_approved_application_is_linked_until_it_hides(as_africa, africa):
    application = sent_application(name="Coastal Watch")
    entry = vetting_actions.approve(
        application, actor=person_with(Role.VETTING), unscreened_reason="No list here."
    )
    assert entry.get_absolute_url() in text_of(as_africa.get(at(application)))
    entry.listing = Listing.UNLISTED
    entry.save()
    assert as_africa.get(at(application)).status_code == 404
    assert "Coastal Watch" not in text_of(as_africa.get(HOME))


def test_an_expert_is_shown_without_what_nobody_asked_them(as_africa):
    application = sent_application(kind=Kind.EXPERT, name="Prof. Example")
    assert "Prof. Example" in text_of(as_africa.get(at(application)))


def test_a_refusal_is_told_as_a_state_alone(as_africa):
    refused_application(name="Refused Group")
    shown = text_of(as_africa.get(HOME))
    assert "Refused Group" in shown
    assert "outside the scope" not in shown


def test_the_pages_cost_the_same_however_many_wait(as_africa, africa):
    first, numbers = sent_application(name="First"), count()
    recommend(first, actor=fresh(africa), **OPINION)
    for page in (HOME, at(first)):
        assert_no_growth(
            lambda page=page: as_africa.get(page), lambda: sent_application(name=f"Number {next(numbers)}")
        )

"""The desk invites somebody to register: written, opened, begun, decided; and what must not happen."""

from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.models import Entry
from core.errors import DomainError, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.enums import Status as MailStatus
from notifications.outbox.models import Message
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import Purpose
from stakeholders.applications.models import Application
from stakeholders.entries.enums import Listing
from stakeholders.entries.models import Stakeholder
from stakeholders.invitations import actions_desk as invitations_actions_desk
from stakeholders.invitations.models import DeskInvitation
from stakeholders.invitations.queries import with_state
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from taxonomy.terms.models import Topic
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.stakeholders import ANSWERS, PDF, StakeholderFactory, full_draft, member_of
from tests.support import assert_no_growth, refused_and_each

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ADDRESS = "dalia@example.org"
KIND = "stakeholders.invited_by_desk"


def invite(actor=None, address=ADDRESS, **answers):
    answers = {"language": "en", "kind": "ngo", "name": "Coastal Watch", "country": "KEN", **answers}
    return invitations_actions_desk.invite_to_register(
        address, actor=actor or person_with(Role.VETTING), **answers
    )


def link(address=ADDRESS):
    return Message.objects.filter(kind=KIND, address=address).latest("pk").url


def state_of(invitation):
    return with_state(DeskInvitation.objects.all()).get(pk=invitation.pk).state


def test_the_desk_invites_and_the_person_begins_with_what_is_known(as_vetter, client):
    fields = {"address": "Dalia@Example.org", "language": "en", "kind": "academia", "name": "Coastal  School"}
    page = as_vetter.post("/en/desk/vetting/invitations/", {**fields, "country": "KEN"}, follow=True)
    assert "The invitation is on its way." in page.text
    assert "Coastal School" in page.text
    path = link()
    client.logout()
    shown = client.get(path).text
    assert f'href="/en/accounts/login/?next={path}"' in shown
    assert "Kenya" not in shown
    dalia = UserFactory(email=ADDRESS)
    sign_in(client, dalia)
    assert "Kenya" in client.get(path).text
    assert not Application.objects.exists()
    assert "Without your consent nothing begins." in client.post(path).text
    begun = client.post(path, {"consent": "on"})
    application = Application.objects.get()
    assert begun["Location"] == f"/en/stakeholders/applications/{application.pk}/"
    answers = (application.applicant, application.kind, application.name, application.country_id)
    assert answers == (dalia, "academia", "Coastal School", "KEN")
    assert (application.purpose, application.listing, application.status) == (Purpose.NEW, "", "draft")


def test_only_the_digest_of_the_link_is_kept():
    invitation = invite()
    token = link().rstrip("/").rsplit("/", 1)[-1]
    assert len(token) >= 43
    assert token not in str(list(DeskInvitation.objects.values()))
    assert DeskInvitation.objects.by_token(token).get() == invitation
    assert Entry.objects.filter(action="stakeholders.desk_invited").values_list("data", flat=True)[0] == {}


def test_opening_the_link_changes_nothing(client):
    invitation = invite()
    path = link()
    for user in (None, UserFactory(), UserFactory(email=ADDRESS)):
        client.logout()
        if user:
            sign_in(client, user)
        before = (Entry.objects.count(), Message.objects.count(), Application.objects.count())
        assert client.get(path).status_code == 200
        assert (Entry.objects.count(), Message.objects.count(), Application.objects.count()) == before
    invitation.refresh_from_db()
    assert invitation.is_open


def test_another_address_is_told_so_and_begins_nothing(client):
    invitation = invite()
    unproved = UserFactory(email="other@example.org")
    unproved.emailaddress_set.create(email=ADDRESS, verified=False, primary=False)
    for person in (unproved, UserFactory()):
        sign_in(client, person)
        assert f"This invitation was sent to {ADDRESS}, but you are signed in as" in client.get(link()).text
        assert (
            "dalia@example.org is not a confirmed address of your account."
            in client.post(link(), {"consent": "on"}).text
        )
        assert client.get(f"/en/stakeholders/invited/{invitation.pk}/").status_code == 404
        with pytest.raises(PermissionDenied):
            invitations_actions_desk.accept_desk_invitation(invitation, actor=person)
    assert not Application.objects.exists()


def test_it_waits_on_my_work_for_whoever_has_just_signed_up(client):
    invitation = invite()
    sign_in(client, UserFactory(email=ADDRESS))
    path = f"/en/stakeholders/invited/{invitation.pk}/"
    assert f'href="{path}"' in client.get("/en/me/").text
    assert client.post(path, {"consent": "on"}).status_code == 302
    assert f'href="{path}"' not in client.get("/en/me/").text


def test_accepting_again_leads_to_the_same_registration():
    invitation, dalia = invite(), UserFactory(email=ADDRESS)
    first = invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia)
    assert invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia) == first
    applications_actions.discard(first, actor=dalia)
    invitation.refresh_from_db()
    assert invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia).name == "Coastal Watch"
    assert Application.objects.count() == 1


def test_another_draft_is_not_overwritten():
    dalia = UserFactory(email=ADDRESS)
    draft = full_draft(dalia, name="My own")
    invitation = invite()
    with pytest.raises(DomainError, match="You have begun another registration"):
        invitations_actions_desk.accept_desk_invitation(invitation, actor=dalia)
    draft.refresh_from_db()
    assert draft.name == "My own"
    invitation.refresh_from_db()
    assert invitation.is_open


def test_run_out_withdrawn_and_replaced_links_open_nothing(client):
    actor, dalia = person_with(Role.VETTING), UserFactory(email=ADDRESS)
    invitation = invite(actor)
    old = link()
    invitations_actions_desk.write_again(invitation, actor=actor)
    assert client.get(old).status_code == 404
    assert "sign in with the address dalia@example.org" in client.get(link()).text
    stale = DeskInvitation.objects.get()
    stale.token_hash = "x" * 64
    with pytest.raises(WrongState):
        invitations_actions_desk.accept_desk_invitation(stale, actor=dalia)
    with time_machine.travel(now() + timedelta(days=settings.STAKEHOLDERS_DESK_INVITATION_DAYS, hours=1)):
        assert client.get(link()).status_code == 410
        assert state_of(invitation) == "expired"
        with pytest.raises(WrongState):
            invitations_actions_desk.accept_desk_invitation(DeskInvitation.objects.get(), actor=dalia)
    invitations_actions_desk.withdraw_desk_invitation(invitation, actor=actor)
    page = client.get(link())
    assert page.status_code == 410
    assert "It was withdrawn." in page.text
    with pytest.raises(WrongState):
        invitations_actions_desk.write_again(invitation, actor=actor)
    assert state_of(invitation) == "withdrawn"
    assert not Application.objects.exists()


def test_one_open_invitation_for_each_address_and_name():
    actor = person_with(Role.VETTING)
    invitation = invite(actor)
    with pytest.raises(DomainError, match="open already") as refused:
        invite(actor, address="DALIA@example.org", name="Coastal watch")
    assert set(refused.value.fields) == {"address"}
    other = invite(actor, name="Another name")
    with time_machine.travel(now() + timedelta(days=settings.STAKEHOLDERS_DESK_INVITATION_DAYS, hours=1)):
        invite(actor)
    invitation.refresh_from_db()
    assert invitation.withdrawn_at
    assert DeskInvitation.objects.open().count() == 2
    assert other.is_open


def test_the_desk_sees_what_came_of_each(vetter):
    dalia = UserFactory(email=ADDRESS)
    invitation = invite(vetter)
    assert state_of(invitation) == "invited"
    Message.objects.update(status=MailStatus.FAILED)
    assert state_of(invitation) == "bounced"
    invitations_actions_desk.write_again(invitation, actor=vetter, address="Dalia@new.example")
    assert state_of(invitation) == "invited"
    assert DeskInvitation.objects.get().address == "dalia@new.example"
    dalia.emailaddress_set.create(email="dalia@new.example", verified=True, primary=False)
    application = invitations_actions_desk.accept_desk_invitation(DeskInvitation.objects.get(), actor=dalia)
    assert state_of(invitation) == "begun"
    _complete(application, dalia)
    submission_actions.submit(application, actor=dalia)
    assert state_of(invitation) == "sent"
    vetting_actions.approve(application, actor=vetter, unscreened_reason="No list here.")
    assert state_of(invitation) == "approved"
    assert Stakeholder.objects.get().name == "Coastal Watch"


def _complete(application, person, **answers):
    answers = {**ANSWERS, "topics": [Topic.objects.in_order().first().pk], **answers}
    return applications_actions.save_answers(
        application, actor=person, version=application.version, answers=answers, paper=PDF()
    )


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
@pytest.mark.parametrize("name", ("Coastal Watch & Sons", ""))
def test_the_mail_is_in_the_language_that_the_desk_chose(language, name):
    invite(language=language, name=name)
    mail = compose(Message.objects.get(kind=KIND))
    html = mail.alternatives[0].content
    assert mail.extra_headers["Content-Language"] == language
    assert f'lang="{language}"' in html
    assert f'dir="{"rtl" if language == "ar" else "ltr"}"' in html
    assert f"http://testserver/{language}/stakeholders/invited/" in mail.body
    if name:
        assert "Coastal Watch & Sons" in mail.subject
        assert "Coastal Watch &amp; Sons" in html


PAGES = (
    "/en/desk/vetting/invitations/",
    "/en/desk/vetting/invitations/list/",
    "/en/desk/vetting/invitations/{pk}/",
)
ROLES = {
    "person": 404,
    "member": 404,
    Role.STATE: 404,
    Role.REGIONAL: 404,
    Role.CURATION: 404,
    Role.EVENTS: 404,
    Role.REVIEWS: 404,
    Role.ADMINISTRATOR: 404,
    Role.VETTING: 200,
    Role.HEAD: 200,
}


@pytest.mark.parametrize("people", refused_and_each(ROLES, (Role.VETTING, Role.HEAD)))
def test_who_may_open_the_pages_of_the_desk(client, people, subtests):
    invitation = invite()
    for who in people:
        with subtests.test(who=who):
            person = (
                UserFactory()
                if who == "person"
                else member_of(StakeholderFactory())
                if who == "member"
                else person_with(who)
            )
            sign_in(client, person)
            for path in PAGES:
                assert client.get(path.format(pk=invitation.pk)).status_code == ROLES[who], path
            for name in ("again", "withdraw"):
                url = f"/en/desk/vetting/invitations/{invitation.pk}/{name}/"
                moved = client.post(url, {"address": ADDRESS})
                assert moved.status_code == (404 if ROLES[who] == 404 else 302)
            invitation.refresh_from_db()
            assert bool(invitation.withdrawn_at) == (ROLES[who] == 200)


@pytest.mark.parametrize("path", PAGES)
def test_a_visitor_is_asked_to_sign_in(client, path):
    assert client.get(path.format(pk=invite().pk)).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.VETTING, Role.HEAD)])
def test_who_does_not_vet_invites_nobody(role):
    person = person_with(role)
    invitation = invite()
    for forbidden in (
        lambda: invite(person),
        lambda: invitations_actions_desk.write_again(invitation, actor=person),
        lambda: invitations_actions_desk.withdraw_desk_invitation(invitation, actor=person),
    ):
        with pytest.raises(PermissionDenied):
            forbidden()


def test_seeing_one_and_finding_it_are_the_same():
    invitation = invite()
    people = [person_with(role) for role in Role] + [UserFactory(), UserFactory(email=ADDRESS)]
    permitted = [person.has_perm("stakeholders.view_deskinvitation", invitation) for person in people]
    visible = [DeskInvitation.objects.visible_to(person).contains(invitation) for person in people]
    assert permitted == visible
    assert sum(permitted) == 3


def test_bad_input_keeps_what_was_typed(as_vetter):
    fields = {"address": "not an address", "language": "fr", "kind": "ngo", "name": "Coastal Watch"}
    page = as_vetter.post("/en/desk/vetting/invitations/", fields)
    assert page.context["form"].errors.keys() == {"address"}
    assert 'value="not an address"' in page.text
    assert 'value="Coastal Watch"' in page.text
    assert not DeskInvitation.objects.exists()


def test_who_vets_sees_by_which_invitation_somebody_came(as_vetter, vetter):
    dalia = UserFactory(email=ADDRESS)
    application = invitations_actions_desk.accept_desk_invitation(invite(vetter), actor=dalia)
    _complete(application, dalia)
    submission_actions.submit(application, actor=dalia)
    assert "Came by invitation" in as_vetter.get(f"/en/desk/vetting/{application.pk}/").text


def test_the_list_costs_the_same_for_one_and_for_many(as_vetter, vetter):
    numbers = count()
    assert_no_growth(
        lambda: as_vetter.get("/en/desk/vetting/invitations/"),
        lambda: invite(vetter, address=f"p{next(numbers)}@example.org"),
    )


def test_nothing_is_preset_about_who_may_find_the_entry():
    application = invitations_actions_desk.accept_desk_invitation(invite(), actor=UserFactory(email=ADDRESS))
    assert application.listing not in Listing.values


def test_whoever_was_invited_declines_and_is_not_written_to_again(as_vetter, client):
    invitation = invite()
    UserFactory()  # not they but who invited hears of it
    path = link()
    client.logout()
    assert "Decline the invitation" in client.get(path).text
    refused = client.post(path, {"decline": "yes", "reason": "x" * 501})
    assert ('aria-invalid="true"' in refused.text, "x" * 501 in refused.text) == (True, True)
    fields = {"decline": "yes", "reason": "We closed last year"}
    assert "The invitation is declined." in client.post(path, fields, follow=True).text
    message = Message.objects.get(kind="stakeholders.desk_invitation_declined")
    assert message.user_id == invitation.invited_by_id
    assert "The reason: We closed last year." in compose(message).body
    assert state_of(invitation) == "declined"
    ended = client.get(path)
    assert (ended.status_code, "It was declined" in ended.text) == (410, True)
    invitation.refresh_from_db()
    with pytest.raises(WrongState):
        invitations_actions_desk.write_again(invitation, actor=person_with(Role.VETTING))

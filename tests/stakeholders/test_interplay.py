"""Where two parts of the portal meet: what one leaves behind, the other must not trip over or give away."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.people.actions import end_grant
from accounts.people.enums import Role
from accounts.people.models import Grant
from core.digests import digest_of
from core.errors import DomainError, WrongState
from stakeholders.applications.models import Contact
from stakeholders.appointments import actions as appointments_actions
from stakeholders.changes import actions as changes_actions
from stakeholders.claims import actions_joining as claims_actions_joining
from stakeholders.claims.models import JoinRequest
from stakeholders.claims.queries import claim_ended
from stakeholders.contact import actions as contact_actions
from stakeholders.entries.enums import ContactAudience, Listing, MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.exchange.enums import OfferAudience
from stakeholders.exchange.models import Offer
from stakeholders.family.models import FamilyLink
from stakeholders.invitations import actions as invitations_actions
from stakeholders.invitations.models import Invitation
from stakeholders.merging import actions as merging_actions
from stakeholders.standing import actions as standing_actions
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from stakeholders.vetting import actions_checklist as vetting_actions_checklist
from stakeholders.vetting import actions_reconsiderations as vetting_actions_reconsiderations
from stakeholders.vetting.models import Flag
from tests.factories.accounts import GrantFactory, UserFactory, person_with, sign_in
from tests.factories.claims import claim_draft_of, listed_entry, sent_claim
from tests.factories.described import ContactFactory
from tests.factories.exchange import link, offer
from tests.factories.imports import taken_in, undone
from tests.factories.regional import appointed
from tests.factories.stakeholders import StakeholderFactory, member_of, sent_application
from workflow.items.models import WorkItem

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def desk():
    return person_with(Role.VETTING)


def invited(entry, person):
    return Invitation.objects.create(
        stakeholder=entry,
        address=person.email,
        role=MemberRole.READER,
        language="en",
        invited_by=member_of(entry),
        token_hash=digest_of("link"),
        expires_at=now() + timedelta(days=5),
    )


def fresh(row):
    return type(row)._base_manager.get(pk=row.pk)


# --- State users ----------------------------------------------------------------------------------------
def _by_invitation(person, desk):
    entry = StakeholderFactory()
    sent = invited(entry, person)
    return lambda: invitations_actions.accept(sent, actor=fresh(person))


def _by_request(person, desk):
    entry = StakeholderFactory()
    admin = member_of(entry)
    join_request = claims_actions_joining.ask_to_join(entry, actor=person, message="I work there.")
    return lambda: claims_actions_joining.accept_request(join_request, actor=admin)


def _by_approval(person, desk):
    sent = sent_application(person)
    return lambda: vetting_actions.approve(sent, actor=desk, unscreened_reason="No list here.")


@pytest.mark.parametrize("way", (_by_invitation, _by_request, _by_approval))
def test_whoever_is_here_for_a_state_becomes_a_member_on_no_way(desk, way):
    person = UserFactory()
    act = way(person, desk)
    GrantFactory(user=person, role=Role.STATE, scope_kind="country", scope_code="KEN")
    with pytest.raises(DomainError, match="here for a State"):
        act()
    assert not Membership.objects.filter(user=person).exists()
    end_grant(Grant.objects.get(user=person), actor=person_with(Role.ADMINISTRATOR))
    act()
    assert Membership.objects.filter(user=person).count() == 1


def test_a_state_user_who_was_a_member_before_reads_nothing_of_members():
    entry = StakeholderFactory()
    members_only = offer(entry, audience=OfferAudience.MEMBERS)
    hidden = ContactFactory(stakeholder=entry, audience=ContactAudience.MEMBERS)
    person = member_of(StakeholderFactory())
    assert Offer.objects.visible_to(person).contains(members_only)
    assert Contact.objects.visible_to(person).contains(hidden)
    GrantFactory(user=person, role=Role.STATE, scope_kind="country", scope_code="KEN")
    person = fresh(person)
    assert not Offer.objects.visible_to(person).contains(members_only)
    assert not Contact.objects.visible_to(person).contains(hidden)


# --- Regional focal points --------------------------------------------------------------------------------
@pytest.mark.parametrize("audience", OfferAudience.values)
def test_a_regional_focal_point_reads_what_is_for_members_in_their_region_alone(audience):
    regional_offer = offer(StakeholderFactory(country_id="KEN"), audience=audience)
    here, elsewhere = appointed(regions=["002"]).user, appointed(regions=["019"]).user
    assert Offer.objects.visible_to(here).contains(regional_offer)
    assert Offer.objects.visible_to(elsewhere).contains(regional_offer) is (audience == OfferAudience.PUBLIC)


def test_with_the_appointment_the_view_of_the_region_ends_at_once(client):
    term = appointed(regions=["002"])
    hidden = StakeholderFactory(listing=Listing.MEMBERS, name="Zanzibarine Circle")
    sent = sent_application(name="Sent Society")
    sign_in(client, term.user)
    pages = (hidden.get_absolute_url(), f"/en/regional/applications/{sent.pk}/", "/en/regional/")
    assert [client.get(page).status_code for page in pages] == [200, 200, 200]
    assert "Zanzibarine" in client.get("/en/stakeholders/?q=Zanzibarine").text
    appointments_actions.end_appointment(
        fresh(term),
        actor=person_with(Role.HEAD),
        version=fresh(term).version,
        reason="resigned",
        note="Over.",
    )
    assert [client.get(page).status_code for page in pages] == [404, 404, 404]
    assert 'class="card' not in client.get("/en/stakeholders/?q=Zanzibarine").text
    assert WorkItem.objects.about(sent).open().get().waits_for == Role.VETTING


# --- A merge while something is open ------------------------------------------------------------------------
def test_a_request_to_join_is_answered_by_the_people_of_the_entry_that_stays(desk):
    gone, remaining = StakeholderFactory(name="Gone"), StakeholderFactory(name="Kept")
    admin, person = member_of(remaining), UserFactory()
    join_request = claims_actions_joining.ask_to_join(gone, actor=person, message="I work there.")
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    assert claims_actions_joining.accept_request(fresh(join_request), actor=admin).stakeholder == remaining
    assert not WorkItem.objects.about(join_request).open().exists()


def test_who_asked_to_join_both_has_one_request_left(desk):
    gone, remaining = StakeholderFactory(), StakeholderFactory()
    person = UserFactory()
    for entry in (gone, remaining):
        claims_actions_joining.ask_to_join(entry, actor=person, message="I work there.")
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    assert JoinRequest.objects.open().get(user=person).stakeholder == remaining
    assert (
        not WorkItem.objects.open()
        .filter(subject_kind="stakeholders.joinrequest")
        .exclude(subject_id__in=JoinRequest.objects.open().values("pk"))
        .exists()
    )


def test_a_claim_of_what_was_merged_into_an_active_entry_ends_and_says_so(client, desk):
    gone, remaining = listed_entry(), StakeholderFactory(name="Kept")
    sent, draft = sent_claim(gone), claim_draft_of(gone)
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    for claim in (fresh(sent), fresh(draft)):
        assert claim_ended(claim.applicant, claim) == (True, remaining)
        sign_in(client, claim.applicant)
        assert client.get(f"/en/stakeholders/claims/{claim.pk}/").status_code == 200
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(sent, actor=desk, unscreened_reason="No list here.")
    assert set(Membership.objects.filter(stakeholder=remaining)) == set()
    with pytest.raises(WrongState):
        submission_actions.submit(fresh(draft), actor=draft.applicant)


def test_claims_of_two_listed_entries_that_become_one_compete_for_it(desk):
    gone, remaining = listed_entry(name="Gone"), listed_entry(name="Kept", website="")
    first, second = sent_claim(gone), sent_claim(remaining)
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    entry = vetting_actions.approve(first, actor=desk, unscreened_reason="No list here.")
    assert (entry.pk, entry.status) == (remaining.pk, Status.ACTIVE)
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(second, actor=desk, unscreened_reason="No list here.")
    assert [membership.user for membership in Membership.objects.filter(stakeholder=remaining)] == [
        first.applicant
    ]


def test_links_of_both_to_a_parent_and_a_branch_come_to_one(desk):
    gone, remaining, parent, child = (StakeholderFactory() for _n in range(4))
    link(gone, parent)
    link(remaining, parent)
    link(child, gone)
    link(child, remaining, confirmed=False)
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    assert set(FamilyLink.objects.values_list("branch", "parent")) == {
        (remaining.pk, parent.pk),
        (child.pk, remaining.pk),
    }
    assert FamilyLink.objects.get(branch=child).is_confirmed


def test_a_change_that_waits_for_the_entry_that_stays_is_not_carried_over_other_values(desk):
    gone, remaining = StakeholderFactory(name="New Name"), StakeholderFactory(name="Old Name")
    change = changes_actions.propose(
        remaining,
        actor=member_of(remaining),
        answers={"name": "Third Name", "country": "KEN", "website": "", "name_latin": "", "kind": "ngo"},
    )
    merging_actions.merge(gone, remaining, actor=desk, reason="One.", choices={"name": "gone"})
    with pytest.raises(DomainError):
        changes_actions.decide(fresh(change), "approve", actor=desk)
    assert fresh(remaining).name == "New Name"


def test_a_flag_is_not_noted_at_an_entry_that_was_merged_meanwhile(desk):
    gone, remaining = StakeholderFactory(), StakeholderFactory()
    page = fresh(gone)  # as another of the desk has it open
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    with pytest.raises(WrongState, match="merged"):
        vetting_actions_checklist.raise_flag(
            page, actor=person_with(Role.HEAD), kind="red", text="Look closely."
        )
    assert not Flag.objects.exists()


def test_an_invitation_of_what_was_merged_opens_the_entry_that_stays(desk):
    gone, remaining, person = StakeholderFactory(), StakeholderFactory(), UserFactory()
    sent = invited(gone, person)
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    assert invitations_actions.accept(fresh(sent), actor=person).stakeholder == remaining


@pytest.mark.parametrize("outcome", ("made", "changed"))
def test_undoing_an_import_leaves_alone_what_was_merged_since(desk, outcome):
    rows = "name,kind,country,city\nRiver Guard,ngo,KEN,{}\n"
    if outcome == "changed":
        taken_in(desk, rows.format("Nairobi"))
    last = taken_in(desk, rows.format("Mombasa"))
    gone = Stakeholder.objects.get(name="River Guard")
    assert gone.city == "Mombasa"
    # In every field what the import says: only that it is another entry keeps it.
    remaining = Stakeholder.objects.get(pk=gone.pk)
    remaining.pk, remaining.created_at = None, now()
    remaining.save()
    remaining.topics.set(gone.topics.all())
    merging_actions.merge(gone, remaining, actor=desk, reason="One.")
    of = undone(last, desk)
    assert (of.counts["removed"], of.counts["restored"]) == (0, 0)
    assert fresh(remaining).city == "Mombasa"


# --- Suspended and withdrawn ----------------------------------------------------------------------
def test_the_people_of_a_suspended_entry_lose_what_members_have(client, desk):
    entry, other = StakeholderFactory(), StakeholderFactory(listing=Listing.MEMBERS)
    person = member_of(entry)
    own = offer(entry, audience=OfferAudience.PUBLIC)
    theirs = offer(other, audience=OfferAudience.MEMBERS)
    writer = member_of(StakeholderFactory())
    talk = contact_actions.write(entry, actor=writer, subject="Hello", text="Shall we talk?")
    standing_actions.suspend(entry, actor=desk, reason="other", note="We look into it.")
    assert not Offer.objects.visible_to(person).contains(theirs)
    assert not Offer.objects.visible_to(writer).contains(own)
    sign_in(client, person)
    assert client.get(other.get_absolute_url()).status_code == 404
    assert client.get(f"/en/stakeholders/{other.pk}/contact/").status_code == 404
    assert client.post(f"/en/stakeholders/{entry.pk}/manage/offers/add/", {}).status_code == 404
    # What was written stays readable, and goes no further from either side.
    assert "This conversation is closed to further messages." in client.get(talk.get_absolute_url()).text
    assert client.post(talk.get_absolute_url(), {"text": "Yes."}).status_code == 403
    sign_in(client, writer)
    assert client.post(talk.get_absolute_url(), {"text": "Are you there?"}).status_code == 403
    assert talk.lines.count() == 1


def test_a_withdrawn_application_waits_for_nobody(client):
    term = appointed(regions=["002"])
    sent = sent_application()
    submission_actions.withdraw(sent, actor=sent.applicant)
    assert not WorkItem.objects.about(sent).open().exists()
    sign_in(client, term.user)
    assert client.get(f"/en/regional/applications/{sent.pk}/").status_code == 404


def test_a_reopened_claim_of_what_is_taken_meanwhile_cannot_be_approved(desk):
    entry = listed_entry()
    first, second = sent_claim(entry), sent_claim(entry)
    vetting_actions.refuse(first, actor=desk, reason="other", note="No.")
    vetting_actions_reconsiderations.ask_for_reconsideration(
        fresh(first), actor=first.applicant, reason="Look again."
    )
    vetting_actions.approve(second, actor=desk, unscreened_reason="No list here.")
    head = person_with(Role.HEAD)
    vetting_actions_reconsiderations.decide_reconsideration(
        fresh(first), actor=head, outcome="reopened", note="Once more."
    )
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(fresh(first), actor=head, unscreened_reason="No list here.")
    assert Membership.objects.get(stakeholder=entry).user == second.applicant

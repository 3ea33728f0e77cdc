"""Claiming a listed entry: who may, by which proof, and what an approval makes of it."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from audit.queries import timeline
from core.errors import DomainError, TooMany, WrongState
from notifications.delivery.compose import compose
from notifications.outbox.models import Message
from stakeholders.applications import actions as applications_actions
from stakeholders.applications.enums import Purpose
from stakeholders.applications.models import Application
from stakeholders.claims import actions as claims_actions
from stakeholders.claims.models import MailProof
from stakeholders.claims.queries import claim_of, lacks_proof
from stakeholders.entries.enums import Kind, Listing, Status
from stakeholders.entries.models import DirectoryVersion, Membership, Stakeholder
from stakeholders.submission import actions as submission_actions
from stakeholders.vetting import actions as vetting_actions
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.claims import ADDRESS, claim_draft_of, code_in, listed_entry, sent_claim
from tests.factories.stakeholders import PDF, StakeholderFactory, full_draft, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

ROLES = (
    "visitor",
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


@pytest.fixture
def entry(reference):
    return listed_entry()


@pytest.fixture
def person(reference):
    home = StakeholderFactory(name="Home of the member")

    def of(who):
        match who:
            case "visitor":
                return AnonymousUser()
            case "stranger":
                return UserFactory()
            case "member":
                return member_of(home)
        return person_with(who)

    return of


def _enter(client, user):
    client.logout()
    if user.is_authenticated:
        sign_in(client, user)


def last_code() -> str:
    return code_in(Message.objects.filter(kind="stakeholders.claim_code").latest("pk"))


# --- Who sees and may do what ----------------------------------------------------------------------
@pytest.mark.parametrize("who", ROLES)
def test_who_opens_the_page_of_a_claim_and_who_begins_one(client, entry, person, who):
    user = person(who)
    _enter(client, user)
    url = f"/en/stakeholders/{entry.pk}/claim/"
    assert client.get(url).status_code == 200
    assert Application.objects.count() == 0
    answer = client.post(url)
    assert answer.status_code == (404 if who == "state" else 302)
    begun = list(Application.objects.values_list("applicant", "purpose", "stakeholder", "status"))
    assert begun == ([] if who in ("visitor", "state") else [(user.pk, Purpose.CLAIM, entry.pk, "draft")])
    if who == "visitor":
        assert answer.url.startswith("/en/accounts/login/?next=")


def test_the_proof_is_its_claimants_alone(client, entry, person, subtests):
    owner = UserFactory()
    draft = claim_draft_of(entry, owner, paper=False)
    for who in ROLES:
        with subtests.test(who=who):
            _enter(client, person(who))
            expected = 302 if who == "visitor" else 404
            url = f"/en/stakeholders/claims/{draft.pk}/"
            assert client.get(url).status_code == expected
            assert client.post(url, {"send": "1", "address": ADDRESS}).status_code == expected
            assert client.post(url + "another/", {"shown": [entry.pk]}).status_code == expected
            assert MailProof.objects.count() == 0
            sign_in(client, owner)
            assert client.get(url).status_code == 200


HIDDEN = [
    {"listing": Listing.UNLISTED},
    {"listing": Listing.COUNTRY},
    {"listing": Listing.MEMBERS},
    {"status": Status.SUSPENDED, "approved_at": now()},
]


@pytest.mark.parametrize("hidden", HIDDEN)
def test_a_hidden_entry_answers_like_a_missing_one(client, hidden):
    entry = listed_entry(**hidden)
    sign_in(client, UserFactory())
    token = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|/\d+/')
    for page in ("claim", "join"):
        hidden_page = client.get(f"/en/stakeholders/{entry.pk}/{page}/")
        missing_page = client.get(f"/en/stakeholders/999999/{page}/")
        assert (hidden_page.status_code, missing_page.status_code) == (404, 404)
        assert token.sub("", hidden_page.content.decode()) == token.sub("", missing_page.content.decode())
        assert client.post(f"/en/stakeholders/{entry.pk}/{page}/", {"message": "Me."}).status_code == 404


def test_the_act_itself_refuses_whoever_may_not_see_the_entry():
    entry = listed_entry(listing=Listing.UNLISTED)
    with pytest.raises(PermissionDenied):
        claims_actions.begin_claim(entry, actor=UserFactory())
    with pytest.raises(PermissionDenied):
        claims_actions.begin_claim(listed_entry(), actor=person_with(Role.STATE))


# --- The profile -----------------------------------------------------------------------------------
@pytest.mark.behaviour("D-02")
def test_a_listed_profile_says_so_and_offers_the_claim(client, entry):
    page = client.get(entry.get_absolute_url()).content.decode()
    assert "Listed from a public source, unclaimed" in page
    assert f'href="/en/stakeholders/{entry.pk}/claim/"' in page
    assert f'href="/en/stakeholders/{entry.pk}/join/"' not in page


def test_an_active_organization_offers_to_join_and_an_expert_neither(client, reference):
    club, expert = StakeholderFactory(), StakeholderFactory(kind=Kind.EXPERT)
    page = client.get(club.get_absolute_url()).content.decode()
    assert (f"/{club.pk}/join/" in page, f"/{club.pk}/claim/" in page) == (True, False)
    page = client.get(expert.get_absolute_url()).content.decode()
    assert (f"/{expert.pk}/join/" in page, f"/{expert.pk}/claim/" in page) == (False, False)


# --- Beginning -------------------------------------------------------------------------------------
def test_a_claim_begins_with_what_the_entry_says(entry):
    draft = claims_actions.begin_claim(entry, actor=UserFactory())
    assert (draft.name, draft.city, draft.website, draft.country_id, draft.kind, draft.listing) == (
        "Coastal Watch",
        "Mombasa",
        entry.website,
        "KEN",
        "ngo",
        "",
    )
    assert claims_actions.begin_claim(entry, actor=draft.applicant).pk == draft.pk


def test_a_draft_of_a_new_entry_becomes_the_claim_and_keeps_what_was_typed(entry):
    draft = full_draft(name="Coast Watch", city="")
    claim = claims_actions.begin_claim(entry, actor=draft.applicant)
    assert (claim.pk, claim.purpose, claim.name, claim.city) == (draft.pk, "claim", "Coast Watch", "Mombasa")


def test_one_claim_is_a_draft_at_a_time(entry):
    actor = claims_actions.begin_claim(entry, actor=UserFactory()).applicant
    with pytest.raises(DomainError, match="another profile, Coastal Watch"):
        claims_actions.begin_claim(listed_entry(name="Other"), actor=actor)


@pytest.mark.parametrize(
    ("status", "words"), [(Status.ACTIVE, "This profile already has"), (Status.LISTED, "Begin the claim")]
)
def test_what_is_not_listed_is_refused_with_a_way_on(client, status, words, reference):
    entry = listed_entry(status=status, approved_at=now())
    sign_in(client, UserFactory())
    assert words in client.get(f"/en/stakeholders/{entry.pk}/claim/").content.decode()
    if status != Status.LISTED:
        page = client.post(f"/en/stakeholders/{entry.pk}/claim/", follow=True).content.decode()
        assert "This profile already has administrators. You can ask to join them." in page
        assert Application.objects.count() == 0


def test_an_individual_is_claimed_by_paper_or_mail_and_stays_one(client, as_vetter, vetter):
    entry = listed_entry(kind=Kind.EXPERT, name="Dr Amina Njeri", website="")
    draft = claim_draft_of(entry, paper=False)
    with pytest.raises(DomainError) as refused:
        submission_actions.submit(draft, actor=draft.applicant)
    assert list(refused.value.fields) == ["papers"]
    assert applications_actions.begin(actor=draft.applicant, kind="ngo").kind == Kind.EXPERT
    draft.refresh_from_db()
    applications_actions.save_answers(
        draft, actor=draft.applicant, version=draft.version, answers={}, paper=PDF()
    )
    sent = submission_actions.submit(draft, actor=draft.applicant)
    assert sent.papers.count() == 1
    assert "certificate.pdf" in client.get(f"/en/desk/vetting/{sent.pk}/").content.decode()
    assert vetting_actions.approve(sent, actor=vetter, unscreened_reason="No list here.").pk == entry.pk


# --- The proof by e-mail -----------------------------------------------------------------------------
def test_a_code_at_the_own_domain_proves_it_and_is_the_only_thing_needed(entry):
    draft = claim_draft_of(entry, paper=False)
    assert lacks_proof(draft)
    proof = claims_actions.send_code(draft, ADDRESS.upper(), actor=draft.applicant)
    assert (proof.address, proof.site, proof.proved_at) == (ADDRESS, "coastalwatch.org", None)
    claims_actions.confirm_code(draft, last_code().lower().replace("-", " "), actor=draft.applicant)
    assert not lacks_proof(draft)
    sent = submission_actions.submit(draft, actor=draft.applicant)
    assert claim_of(sent).proof.address == ADDRESS


@pytest.mark.parametrize(
    "address", ["amina@gmail.com", "amina@coastalwatch.com", "amina@sub.coastalwatch.org"]
)
def test_another_address_gets_no_code(entry, address):
    draft = claim_draft_of(entry, paper=False)
    with pytest.raises(DomainError) as refused:
        claims_actions.send_code(draft, address, actor=draft.applicant)
    assert list(refused.value.fields) == ["address"]
    assert Message.objects.filter(kind="stakeholders.claim_code").count() == 0


def test_opening_the_link_of_the_mail_proves_nothing(client, entry):
    draft = claim_draft_of(entry, paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    mail = Message.objects.get(kind="stakeholders.claim_code")
    text = str(compose(mail).body)
    sign_in(client, draft.applicant)
    assert last_code() in text
    assert client.get(f"/en/stakeholders/claims/{draft.pk}/?code={last_code()}").status_code == 200
    assert MailProof.objects.holding().count() == 0


@pytest.mark.parametrize("typed", ["", "XXXX-XXXX", "the code"])
def test_an_altered_code_proves_nothing(entry, typed):
    draft = claim_draft_of(entry, paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    with pytest.raises(DomainError, match="not the code that we sent"):
        claims_actions.confirm_code(draft, typed, actor=draft.applicant)
    assert MailProof.objects.get().attempts == 1


def test_after_five_wrong_codes_the_right_one_is_void(entry):
    draft = claim_draft_of(entry, paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    for _attempt in range(5):
        with pytest.raises(DomainError):
            claims_actions.confirm_code(draft, "WRONG", actor=draft.applicant)
    with pytest.raises(DomainError, match="Too many wrong codes"):
        claims_actions.confirm_code(draft, last_code(), actor=draft.applicant)
    assert MailProof.objects.holding().count() == 0


def test_a_code_runs_out_and_a_new_one_ends_the_old(entry):
    draft = claim_draft_of(entry, paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    old = last_code()
    with time_machine.travel(now() + timedelta(minutes=31)), pytest.raises(DomainError, match="has expired"):
        claims_actions.confirm_code(draft, old, actor=draft.applicant)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    with pytest.raises(DomainError, match="not the code"):
        claims_actions.confirm_code(draft, old, actor=draft.applicant)
    claims_actions.confirm_code(draft, last_code(), actor=draft.applicant)
    with pytest.raises(DomainError, match="There is no code for you here"):
        claims_actions.confirm_code(draft, last_code(), actor=draft.applicant)


def test_another_persons_code_opens_nothing(entry):
    mine, theirs = claim_draft_of(entry, paper=False), claim_draft_of(entry, paper=False)
    claims_actions.send_code(mine, ADDRESS, actor=mine.applicant)
    code = last_code()
    with pytest.raises(DomainError, match="There is no code for you here"):
        claims_actions.confirm_code(theirs, code, actor=theirs.applicant)
    claims_actions.send_code(theirs, "other@coastalwatch.org", actor=theirs.applicant)
    with pytest.raises(DomainError, match="not the code"):
        claims_actions.confirm_code(theirs, code, actor=theirs.applicant)
    with pytest.raises(PermissionDenied):
        claims_actions.confirm_code(mine, code, actor=theirs.applicant)
    assert MailProof.objects.holding().count() == 0


def test_codes_are_not_sent_without_end(entry):
    draft = claim_draft_of(entry, paper=False)
    for _time in range(4):
        claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    with pytest.raises(TooMany):
        claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)


def test_the_code_is_kept_nowhere_in_the_clear(entry):
    draft = claim_draft_of(entry, paper=False)
    proof = claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    code = last_code().replace("-", "")
    assert (len(proof.code_hash), code in proof.code_hash) == (64, False)


def test_bad_input_keeps_what_was_typed(client, entry):
    draft = claim_draft_of(entry, paper=False)
    sign_in(client, draft.applicant)
    url = f"/en/stakeholders/claims/{draft.pk}/"
    page = client.post(url, {"send": "1", "address": "amina@elsewhere.org"}).content.decode()
    assert 'value="amina@elsewhere.org"' in page
    assert "not at the domain" in page
    assert "This field is required." in client.post(url, {"upload": "1"}).text
    assert client.post(url, {"nothing": "1"}).status_code == 404
    assert client.post(url, {"upload": "1", "paper": PDF()}).status_code == 302
    assert draft.papers.count() == 1


def test_the_mail_speaks_the_claimants_language(entry):
    draft = claim_draft_of(entry, UserFactory(language="fr"), paper=False)
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    mail = Message.objects.get(kind="stakeholders.claim_code")
    assert (mail.language, mail.address) == ("fr", ADDRESS)


# --- The desk --------------------------------------------------------------------------------------
def test_an_approval_turns_the_entry_active_and_keeps_its_source(entry, vetter):
    sent = sent_claim(entry, name="Coastal Watch Kenya", listing=Listing.MEMBERS)
    version = DirectoryVersion.objects.current()
    active = vetting_actions.approve(sent, actor=vetter, unscreened_reason="No list here.")
    assert Stakeholder.objects.count() == 1
    assert (active.pk, active.status, active.name, active.listing, active.source_name) == (
        entry.pk,
        Status.ACTIVE,
        "Coastal Watch Kenya",
        Listing.MEMBERS,
        "Public register",
    )
    assert active.approved_at is not None
    assert list(Membership.objects.values_list("stakeholder", "user", "role")) == [
        (entry.pk, sent.applicant_id, "admin")
    ]
    assert DirectoryVersion.objects.current() > version
    texts = [str(line.text) for line in timeline(active, vetter)]
    assert any("it came from: Public register, 2026-10-01" in text for text in texts)


def test_the_desk_sees_the_facts_of_the_claim(as_vetter, entry):
    draft = claim_draft_of(entry, paper=False, name="Coastal Watch Kenya")
    claims_actions.send_code(draft, ADDRESS, actor=draft.applicant)
    claims_actions.confirm_code(draft, last_code(), actor=draft.applicant)
    sent = submission_actions.submit(draft, actor=draft.applicant)
    other = sent_claim(entry, UserFactory(name="Other Claimant"))
    page = as_vetter.get(f"/en/desk/vetting/{sent.pk}/").content.decode()
    assert "Claim of a listed profile" in page
    assert ADDRESS in page
    assert '<ins><bdi dir="auto">Coastal Watch Kenya' in page
    assert f"/en/desk/vetting/{other.pk}/" in page
    assert "Other Claimant" in page


def test_a_proof_by_mail_does_not_skip_the_guards(entry, vetter):
    from tests.factories.stakeholders import QuestionFactory

    question = QuestionFactory()
    sent = sent_claim(entry)
    with pytest.raises(DomainError):
        vetting_actions.approve(sent, actor=vetter, unscreened_reason="No list here.")
    assert question.active
    assert Stakeholder.objects.get().status == Status.LISTED


def test_of_two_claims_the_second_is_told_and_can_ask_to_join(client, entry, vetter):
    first, second = sent_claim(entry), sent_claim(entry, UserFactory(language="es"))
    drafted = claim_draft_of(entry)
    vetting_actions.approve(first, actor=vetter, unscreened_reason="No list here.")
    messages = Message.objects.filter(kind="stakeholders.claim_taken").order_by("user")
    assert sorted(messages.values_list("user", "language")) == sorted(
        [(second.applicant_id, "es"), (drafted.applicant_id, "en")]
    )
    with pytest.raises(DomainError, match="The profile has been claimed by"):
        vetting_actions.approve(second, actor=vetter, unscreened_reason="No list here.")
    with pytest.raises(WrongState, match="ask to join"):
        submission_actions.submit(drafted, actor=drafted.applicant)
    for claim in (second, drafted):
        sign_in(client, claim.applicant)
        page = client.get(f"/en/stakeholders/applications/{claim.pk}/").content.decode()
        assert f'href="/en/stakeholders/{entry.pk}/join/"' in page


def test_who_lost_learns_nothing_of_an_entry_that_is_hidden_now(client, entry, vetter):
    first, second = sent_claim(entry, listing=Listing.UNLISTED, name="A new name"), sent_claim(entry)
    vetting_actions.approve(first, actor=vetter, unscreened_reason="No list here.")
    sign_in(client, second.applicant)
    page = client.get(f"/en/stakeholders/applications/{second.pk}/").content.decode()
    assert "was given to another person" in page
    assert ("A new name" in page, f"/{entry.pk}/join/" in page) == (False, False)


def test_the_desk_refuses_a_claim_as_any_application(entry, vetter):
    sent = sent_claim(entry)
    vetting_actions.refuse(sent, actor=vetter, reason="not_verifiable", note="The paper names another body.")
    assert Stakeholder.objects.get().status == Status.LISTED
    assert claims_actions.begin_claim(entry, actor=sent.applicant).pk != sent.pk

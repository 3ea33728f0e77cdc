"""Signing together, receipts, and who reaches none of it."""

import pytest

from accounts.people.enums import Role
from reviews.calls.models import Question
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution
from reviews.moderation import actions as moderation_actions
from reviews.signatures import actions as signatures_actions
from stakeholders.entries.enums import MemberRole
from tests.factories.accounts import UserFactory, person_with, sign_in
from tests.factories.calls import CallFactory, draft_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.reviews.authors import at, typed
from tests.support import assert_no_growth, statements_of, words_of
from workflow.receipts.models import Receipt

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def call():
    return CallFactory(title="Witness protection")


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


@pytest.fixture
def draft(call):
    """(contribution, its author)"""
    return draft_for(call, StakeholderFactory(name="Coastal Watch"))


@pytest.fixture
def as_author(client, draft):
    sign_in(client, draft[1])
    return client


# --- Signing together ---------------------------------------------------------------------------------------
@pytest.mark.behaviour("R-09")
def test_asked_read_signed_changed_and_signed_again(client, draft, desk):
    contribution, author = draft
    partner, quiet = StakeholderFactory(name="Highland Partners"), StakeholderFactory(name="Highland Friends")
    signer = member_of(partner)
    member_of(quiet)
    sign_in(client, author)
    assert "Highland Partners" in client.get(at(contribution, "signatures"), {"q": "highland"}).text
    for stakeholder in (partner, quiet):
        client.post(at(contribution, "signatures"), {"q": "highland", "stakeholder": stakeholder.pk})
    signature = contribution.signatures.get(stakeholder=partner)
    page = f"/en/signatures/{signature.pk}/"
    assert client.get(page).status_code == 404
    sign_in(client, signer)
    assert page in client.get("/en/me/").text
    shown = client.get(page)
    contribution.refresh_from_db()
    assert contribution.digest in shown.text
    assert "Courts hear victims." in shown.text
    signature.refresh_from_db()
    assert signature.status == "invited"  # reading signs nothing
    client.post(page, {"sign": "1", "digest": contribution.digest, "visibility": "public"})
    assert "signed exactly this text" in words_of(client.get(page))
    contributions_actions.save_answers(
        contribution,
        actor=author,
        version=contribution.version,
        answers={contribution.call.questions.first().pk: "Another text."},
    )
    late = client.post(
        page, {"sign": "1", "digest": contribution.digest, "visibility": "public"}, follow=True
    )
    assert "has changed since you opened this page" in late.text
    assert page in client.get("/en/me/").text
    contribution.refresh_from_db()
    client.post(page, {"sign": "1", "digest": contribution.digest, "visibility": "public"})
    moderation_actions.publish(contributions_actions.submit(contribution, actor=author)[0], actor=desk)
    client.logout()
    public = client.get(f"/en/contributions/{contribution.pk}/").text
    assert "Highland Partners" in public
    assert "Highland Friends" not in public


@pytest.mark.behaviour("R-09")
def test_a_signature_is_declined_taken_back_and_the_request_withdrawn(client, draft):
    contribution, author = draft
    partner = StakeholderFactory(name="Highland Partners")
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    page = f"/en/signatures/{signature.pk}/"
    sign_in(client, signer)
    client.post(page, {"sign": "1", "digest": Contribution.objects.get().digest, "visibility": "public"})
    client.post(page, {"decline": "1"})
    signature.refresh_from_db()
    assert signature.status == "declined"
    after = client.get(page).text
    assert "does not sign" in after
    assert "Courts hear victims." not in after
    assert client.get(f"/en/contributions/{contribution.pk}/").status_code == 404
    sign_in(client, author)
    client.post(f"/en/contributions/{contribution.pk}/signatures/{signature.pk}/take-back/")
    assert not contribution.signatures.exists()
    sign_in(client, signer)
    assert client.get(page).status_code == 404


def test_only_those_whom_one_may_find_can_be_asked(client, draft):
    contribution, author = draft
    hidden = StakeholderFactory(name="Hidden Highlands", listing="unlisted")
    member_of(hidden)
    sign_in(client, author)
    path = at(contribution, "signatures")
    assert "Hidden Highlands" not in client.get(path, {"q": "highlands"}).text
    refused = client.post(path, {"q": "highlands", "stakeholder": hidden.pk})
    assert refused.context["form"].errors["stakeholder"]
    assert not contribution.signatures.exists()


@pytest.mark.parametrize("role", [MemberRole.EDITOR, MemberRole.READER])
def test_only_administrators_sign(client, draft, role):
    contribution, author = draft
    partner = StakeholderFactory()
    member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    sign_in(client, member_of(partner, role))
    page = f"/en/signatures/{signature.pk}/"
    assert [client.get(page).status_code, client.post(page, {"sign": "1"}).status_code] == [404, 404]


# --- Receipts --------------------------------------------------------------------------------
@pytest.mark.behaviour("R-08")
def test_anybody_checks_a_digest_or_a_text_and_learns_nothing_else(client, call):
    contribution, _author = sent_for(call, StakeholderFactory(name="Unique Zebra Watch"))
    receipt = Receipt.objects.about(contribution).get()
    other = sent_for(call)[0]
    for fields, fits in (
        ({"digest": receipt.text_sha256}, True),
        ({"digest": receipt.text_sha256.upper()}, True),
        ({"text": receipt.text.replace("\n", "\r\n") + "\n"}, True),
        ({"digest": other.digest}, other.digest == contribution.digest),
        ({"text": receipt.text + "!"}, False),
    ):
        page = client.post("/en/receipts/", {"reference": receipt.reference.lower(), **fields})
        assert ("Match: " in page.text) is fits
        assert ("No match" in page.text) is not fits
        assert "Unique Zebra Watch" not in page.text
    wrong = client.post("/en/receipts/", {"reference": receipt.reference, "digest": "zz"})
    assert wrong.context["form"].errors["digest"]
    nothing = client.post("/en/receipts/", {"reference": ""})
    assert set(nothing.context["form"].errors) == {"reference", "digest"}


def test_a_receipt_is_its_own_peoples(client, call, desk):
    contribution, author = sent_for(call)
    path = f"/en/receipts/{Receipt.objects.about(contribution).get().reference}/"
    assert client.get(path).status_code == 302
    for person, status in (
        (author, 200),
        (UserFactory(), 404),
        (desk, 200),
        (member_of(StakeholderFactory()), 404),
    ):
        sign_in(client, person)
        assert client.get(path).status_code == status
        assert client.get(path + "text.txt").status_code == status


# --- Others, and what pages cost ------------------------------------------------------------
OWN = ("write", "check", "revise", "withdraw", "discard", "narrow", "signatures")


@pytest.mark.slow
@pytest.mark.parametrize("who", ["visitor", "stranger", "member", "reader", "desk", "state", "regional"])
def test_nobody_else_reaches_a_writers_pages(client, draft, who):
    contribution, _author = draft
    person = {
        "visitor": lambda: None,
        "stranger": UserFactory,
        "member": lambda: member_of(StakeholderFactory()),
        "reader": lambda: member_of(contribution.stakeholder, MemberRole.READER),
        "desk": lambda: person_with(Role.REVIEWS),
        "state": lambda: person_with(Role.STATE, country="KEN"),
        "regional": lambda: person_with(Role.REGIONAL, country="KEN"),
    }[who]()
    if person:
        sign_in(client, person)
    for page in OWN:
        assert client.get(at(contribution, page)).status_code == (404 if person else 302)
        posted = client.post(at(contribution, page), typed(contribution, "Intruder"))
        assert posted.status_code == (404 if person else 302)
    own = client.get(f"/en/contributions/{contribution.pk}/")
    assert own.status_code == (200 if who == "reader" else 404)
    assert "Continue the contribution" not in own.text
    contribution.refresh_from_db()
    assert contribution.status == "draft"
    assert contribution.answers.get().text == "Courts hear victims."


def test_my_work_costs_the_same_for_more(client, call):
    mine = StakeholderFactory()
    author = member_of(mine)

    def add():
        contributions_actions.begin(CallFactory(), mine, actor=author)
        partner, other = draft_for(CallFactory())
        signatures_actions.invite(partner, mine, actor=other)

    sign_in(client, author)
    assert_no_growth(lambda: client.get("/en/me/"), add)
    assert client.get("/en/me/").text.count("/signatures/") == 3


@pytest.mark.parametrize("who", ("visitor", "reader", "author"))
def test_a_published_page_costs_the_same_for_more(client, call, desk, who):
    counts = []
    for number in (1, 3):
        contribution, author = draft_for(CallFactory())
        for n in range(number):
            Question.objects.create(call=contribution.call, position=5 + n, text=f"Question {n}?")
            partner = StakeholderFactory()
            signer = member_of(partner)
            signature = signatures_actions.invite(contribution, partner, actor=author)
            signatures_actions.sign(
                signature, actor=signer, digest=Contribution.objects.get(pk=contribution.pk).digest
            )
        moderation_actions.publish(contributions_actions.submit(contribution, actor=author)[0], actor=desk)
        if who != "visitor":
            client.force_login(author if who == "author" else UserFactory())
        page = f"/en/contributions/{contribution.pk}/"
        client.get(page)
        counts.append(statements_of(lambda page=page: client.get(page)))
    assert counts[0] == counts[1]


def test_the_only_one_found_is_chosen_already(client, draft):
    contribution, author = draft
    StakeholderFactory(name="Highland Partners")
    sign_in(client, author)
    assert "checked" in client.get(at(contribution, "signatures"), {"q": "highland"}).text
    StakeholderFactory(name="Highland Friends")
    assert "checked" not in client.get(at(contribution, "signatures"), {"q": "highland"}).text


def test_one_asks_from_the_page_on_which_one_writes(as_author, draft):
    contribution, _author = draft
    page = as_author.get(at(contribution, "write")).text
    assert "Other stakeholders can sign with you." in page
    answer = as_author.post(
        at(contribution, "write"), typed(contribution, "We say more.", sign="1"), follow=True
    )
    assert answer.redirect_chain == [(at(contribution, "signatures"), 302)]
    assert contribution.answers.first().text == "We say more."

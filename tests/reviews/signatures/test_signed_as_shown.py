"""Who signs agrees to a text and to who reads it; and what other ways could tell a name or show a text."""

from datetime import timedelta

import pytest
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import TooMany, WrongState
from notifications.outbox.models import Message
from reviews.calls import actions as calls_actions
from reviews.contributions import actions as contributions_actions
from reviews.contributions.models import Contribution, CoSignature
from reviews.moderation import actions as moderation_actions
from reviews.signatures import actions as signatures_actions
from search.models import Document
from stakeholders.merging import actions as merging_actions
from tests.factories.accounts import person_with, sign_in
from tests.factories.calls import CallFactory, RuleFactory, draft_for, published_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

DAY = timedelta(days=1)


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


def a_draft(by):
    values = {"title": "Victims in court", "language_id": "en", "opens_at": now(), "closes_at": now() + DAY}
    return calls_actions.draft_call(actor=by, values=values, questions=[{"text": "What works?"}])


def signed(contribution, author, name="Highland Partners"):
    """(signature, who gave it)"""
    partner = StakeholderFactory(name=name)
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    contribution.refresh_from_db()
    signatures_actions.sign(
        signature, actor=signer, digest=contribution.digest, visibility=contribution.visibility
    )
    return signature, signer


def saved(contribution, author, **fields):
    contribution.refresh_from_db()
    return contributions_actions.save_answers(
        contribution, actor=author, version=contribution.version, answers={}, **fields
    )


@pytest.mark.behaviour("R-09")
@pytest.mark.parametrize(("was", "becomes"), [("desk", "public"), ("unnamed", "public"), ("desk", "unnamed")])
def test_whoever_signed_for_few_readers_is_asked_again_before_more_read_it(client, desk, was, becomes):
    contribution, author = draft_for(CallFactory(), visibility=was)
    signature, signer = signed(contribution, author)
    saved(contribution, author, visibility=becomes)
    signature.refresh_from_db()
    assert not signature.is_valid
    before = Message.objects.filter(user=signer, kind="reviews.signature_asked").count()
    sent, _receipt = contributions_actions.submit(contribution, actor=author)
    assert Message.objects.filter(user=signer, kind="reviews.signature_asked").count() == before + 1
    sign_in(client, signer)
    assert f"/en/signatures/{signature.pk}/" in client.get("/en/me/").text
    moderation_actions.publish(sent, actor=desk)
    client.logout()
    assert "Highland Partners" not in client.get(f"/en/contributions/{contribution.pk}/").text


@pytest.mark.parametrize(
    ("was", "becomes"), [("public", "public"), ("public", "unnamed"), ("unnamed", "desk")]
)
def test_a_signature_holds_where_no_more_people_read_the_text(was, becomes):
    contribution, author = draft_for(CallFactory(), visibility=was)
    signature, _signer = signed(contribution, author)
    saved(contribution, author, visibility=becomes)
    assert CoSignature.objects.valid().filter(pk=signature.pk).exists()


def test_nobody_signs_by_a_page_that_told_of_fewer_readers(client):
    contribution, author = draft_for(CallFactory(), visibility="desk")
    partner = StakeholderFactory()
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    contribution.refresh_from_db()
    saved(contribution, author, visibility="public")
    sign_in(client, signer)
    page = f"/en/signatures/{signature.pk}/"
    fields = {"sign": "1", "digest": contribution.digest, "visibility": "desk"}
    late = client.post(page, fields, follow=True)
    assert "has changed since you opened this page" in late.text
    signature.refresh_from_db()
    assert signature.status == "invited"
    client.post(page, {**fields, "visibility": "public"})
    signature.refresh_from_db()
    assert signature.is_valid


def test_a_signature_that_was_taken_back_leaves_the_index(desk):
    contribution, author = draft_for(CallFactory())
    signature, signer = signed(contribution, author, "Zanzibar Signers")
    sent, _receipt = contributions_actions.submit(contribution, actor=author)
    moderation_actions.publish(sent, actor=desk)
    kind = {"kind": "reviews.contribution", "object_id": contribution.pk}
    assert "zanzibar" in str(Document.objects.filter(**kind).values().get())
    signatures_actions.decline(signature, actor=signer)
    assert "zanzibar" not in str(Document.objects.filter(**kind).values().get())


def test_of_two_contributions_of_merged_entries_the_lesser_leaves_the_index_and_the_desk(desk):
    call = CallFactory()
    gone, remaining = StakeholderFactory(), StakeholderFactory()
    first, _author = published_for(call, gone)
    lesser, _other = published_for(call, remaining)
    kind = {"kind": "reviews.contribution"}
    assert Document.objects.filter(**kind).count() == 2
    merging_actions.merge(gone, remaining, actor=person_with(Role.VETTING), reason="One.")
    over = Contribution.objects.get(status="withdrawn")
    assert over.pk in (first.pk, lesser.pk)
    assert not Document.objects.filter(**kind, object_id=over.pk).exists()


def test_asking_and_taking_back_does_not_flood_anybody():
    contribution, author = draft_for(CallFactory())
    partner = StakeholderFactory()
    member_of(partner)

    def over_and_over():
        for _time in range(200):
            signatures_actions.take_back(
                signatures_actions.invite(contribution, partner, actor=author), actor=author
            )

    with pytest.raises(TooMany):
        over_and_over()


def test_the_desk_publishes_the_draft_that_it_read(client, desk):
    regional = person_with(Role.REGIONAL)
    call = a_draft(regional)
    sign_in(client, desk)
    path = f"/en/desk/calls/{call.pk}/publish/"
    version = client.get(path).context["version"]
    calls_actions.save_call(call, actor=regional, version=call.version, values={"title": "Something else"})
    refused = client.post(path, {"version": version})
    assert refused.status_code == 200
    assert "changed" in refused.text
    call.refresh_from_db()
    assert call.is_draft


def test_who_signs_is_told_of_readers_in_words_about_the_lead(client):
    contribution, author = draft_for(CallFactory(), visibility="unnamed")
    partner = StakeholderFactory()
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    sign_in(client, signer)
    shown = client.get(f"/en/signatures/{signature.pk}/").text
    assert "Everybody can read the text. The" in shown
    assert "Your name" not in shown
    assert "without our name" not in shown


def test_the_desk_is_told_of_readers_in_words_about_the_author(client, desk):
    contribution, _author = sent_for(CallFactory(), visibility="unnamed")
    sign_in(client, desk)
    shown = client.get(f"/en/desk/calls/contributions/{contribution.pk}/").text
    assert "Everybody can read the text. The" in shown
    assert "Your name" not in shown


def test_whoever_drafted_a_call_in_a_region_reads_what_became_of_it(client):
    regional = person_with(Role.REGIONAL)
    call = a_draft(regional)
    calls_actions.hand_in(call, actor=regional)
    sign_in(client, regional)
    shown = client.get(f"/en/desk/calls/{call.pk}/").text
    assert "drafted the call" in shown
    assert "asked the WhatsOn team to publish the call" in shown


def test_a_reference_with_a_control_in_it_is_missing(client):
    sign_in(client, member_of(StakeholderFactory()))
    for path in ("/en/receipts/%00/", "/en/receipts/WO-%00/text.txt"):
        assert client.get(path).status_code == 404


def form_in(acts, name):
    """Return the form of the act with this name, as the page of a contribution has them."""
    return next(form for button, form, *_letter in acts if button.name == name)


@pytest.mark.behaviour("R-11")
def test_whoever_could_not_answer_in_time_is_given_more(client, desk):
    contribution, author = sent_for(CallFactory())
    moderation_actions.return_with_questions(contribution, actor=desk, requests={"links": "Which source?"})
    Contribution.objects.filter(pk=contribution.pk).update(answer_by=now() - DAY)
    contribution.refresh_from_db()
    with pytest.raises(WrongState):
        contributions_actions.answer(contribution, actor=author)
    sign_in(client, desk)
    path = f"/en/desk/calls/contributions/{contribution.pk}/"
    form = form_in(client.get(path).context["acts"], "return")
    assert form["ask_links"].value() is True
    assert form["text_links"].value() == "Which source?"
    again = {"ask_links": "on", "text_links": "Which source?", "days": "7", "seen": contribution.version}
    client.post(f"{path}return/", {f"return-{name}": value for name, value in again.items()})
    assert Message.objects.filter(user=author, kind="reviews.contribution_returned").count() == 2
    contributions_actions.answer(Contribution.objects.get(), actor=author)
    assert Contribution.objects.get().status == "screening"


def test_a_decision_on_a_text_that_has_changed_keeps_what_the_desk_typed(client, desk):
    contribution, author = sent_for(CallFactory())
    RuleFactory(code="true")
    contributions_actions.revise(contribution, actor=author)
    contributions_actions.submit(saved(contribution, author, language="fr"), actor=author)
    sign_in(client, desk)
    path = f"/en/desk/calls/contributions/{contribution.pk}/decline/"
    typed = {"decline-rule": "true", "decline-note": "Please name the source.", "decline-seen": 0}
    late = client.post(path, typed)
    assert "has changed since you read it" in late.text
    assert "Please name the source." in late.text
    assert Contribution.objects.get().status == "submitted"
    version = form_in(late.context["acts"], "decline")["seen"].value()
    client.post(path, {**typed, "decline-seen": version})
    assert Contribution.objects.get().status == "declined"

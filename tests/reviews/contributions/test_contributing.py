"""What contributors and the desk do with contributions, without pages."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import DomainError, WrongState
from notifications.outbox.models import Message
from reviews.calls import actions as calls_actions
from reviews.contributions import actions as contributions_actions
from reviews.contributions.enums import ContributionStatus, Visibility
from reviews.contributions.models import Contribution
from reviews.contributions.queries import for_page, numbers, printed_names, signatures_waiting_for
from reviews.moderation import actions as moderation_actions
from reviews.signatures import actions as signatures_actions
from tests.factories.accounts import person_with
from tests.factories.calls import CallFactory, RuleFactory, draft_for, sent_for
from tests.factories.notifications import due_days
from tests.factories.stakeholders import StakeholderFactory, member_of
from workflow.items.models import WorkItem
from workflow.items.queries import due_of
from workflow.receipts.models import Receipt

S = ContributionStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]


@pytest.fixture
def call():
    return CallFactory()


@pytest.fixture
def desk():
    return person_with(Role.REVIEWS)


def test_a_contribution_is_sent_with_a_receipt_and_waits_for_the_desk(call, desk):
    contribution, author = sent_for(call)
    receipt = Receipt.objects.about(contribution).get()
    assert contribution.status == S.SUBMITTED
    assert receipt.text_sha256 == contribution.digest
    assert "Courts hear victims." in receipt.text
    assert Receipt.objects.matching(receipt.reference.lower(), receipt.text_sha256.upper()).exists()
    assert not Receipt.objects.matching(receipt.reference, "0" * 64).exists()
    assert WorkItem.objects.about(contribution).open().get().waits_for == Role.REVIEWS
    kinds = set(Message.objects.values_list("kind", "user"))
    assert ("reviews.contribution_received", author.pk) in kinds
    assert ("reviews.contribution_arrived", desk.pk) in kinds
    assert due_days("reviews.contribution_arrived") == {due_of(contribution)} != {""}


def test_one_second_after_the_closing_nothing_is_taken(call, time_machine):
    contribution, author = draft_for(call)
    time_machine.move_to(call.closes_at, tick=False)
    time_machine.shift(timedelta(seconds=1))
    with pytest.raises(WrongState, match="closed"):
        contributions_actions.submit(contribution, actor=author)
    time_machine.move_to(call.closes_at, tick=False)
    contributions_actions.submit(contribution, actor=author)


def test_an_extension_is_one_stakeholders_alone(call, desk, time_machine):
    mine, author = draft_for(call)
    other, another = draft_for(call)
    until = call.closes_at + timedelta(days=3)
    calls_actions.give_time(call, mine.stakeholder, actor=desk, until=until, reason="Storm")
    time_machine.move_to(call.closes_at + timedelta(days=1))
    with pytest.raises(WrongState):
        contributions_actions.submit(other, actor=another)
    contributions_actions.submit(mine, actor=author)
    assert Message.objects.filter(kind="reviews.extension_given", user=author).exists()


def test_words_are_counted_by_the_server(call):
    contribution, author = draft_for(call)
    short = call.questions.last()
    saved = contributions_actions.save_answers(
        contribution, actor=author, version=contribution.version, answers={short.pk: "word " * 21}
    )
    with pytest.raises(DomainError) as refusal:
        contributions_actions.submit(saved, actor=author)
    assert list(refusal.value.fields) == [short.field]
    assert saved.answers.get(question=short).words == 21


def test_signatures_hold_for_one_text_and_are_asked_for_again(call):
    contribution, author = draft_for(call)
    partner = StakeholderFactory()
    signer = member_of(partner)
    signature = signatures_actions.invite(contribution, partner, actor=author)
    assert list(signatures_waiting_for(signer)) == [signature]
    contribution.refresh_from_db()
    signatures_actions.sign(signature, actor=signer, digest=contribution.digest)
    shown = for_page(Contribution.objects).get(pk=contribution.pk)
    assert printed_names(shown, AnonymousUser()) == [contribution.stakeholder, partner]
    first = call.questions.first()
    contributions_actions.save_answers(
        contribution, actor=author, version=contribution.version, answers={first.pk: "Another text."}
    )
    shown = for_page(Contribution.objects).get(pk=contribution.pk)
    assert printed_names(shown, AnonymousUser()) == [contribution.stakeholder]
    assert list(signatures_waiting_for(signer)) == [signature]
    with pytest.raises(WrongState, match="changed"):
        signatures_actions.sign(signature, actor=signer, digest=contribution.digest)
    contributions_actions.submit(shown, actor=author)
    assert Message.objects.filter(kind="reviews.signature_asked", user=signer).count() == 2


def test_the_desk_cannot_widen_what_the_author_chose(call, desk):
    contribution, _author = sent_for(call, visibility=Visibility.DESK)
    with pytest.raises(DomainError):
        moderation_actions.publish(contribution, actor=desk)
    moderation_actions.keep(contribution, actor=desk)
    assert not Contribution.objects.visible_to(AnonymousUser()).exists()


def test_returned_it_opens_only_what_was_asked_and_has_its_own_time(call, desk, time_machine):
    contribution, author = sent_for(call)
    first, second = call.questions.all()
    returned = moderation_actions.return_with_questions(
        contribution, actor=desk, requests={second.field: "Please say more."}
    )
    time_machine.move_to(call.closes_at + timedelta(days=1))
    assert returned.answer_by is not None
    time_machine.move_to(returned.answer_by - timedelta(minutes=1))
    saved = contributions_actions.save_answers(
        returned, actor=author, version=returned.version, answers={first.pk: "Changed", second.pk: "More"}
    )
    assert saved.answers.get(question=first).text == "Courts hear victims."
    answered, _receipt = contributions_actions.answer(saved, actor=author)
    assert answered.status == S.SCREENING
    assert Receipt.objects.about(contribution).count() == 2


def test_declined_by_a_rule_it_may_be_corrected_until_the_closing(call, desk, time_machine):
    contribution, author = sent_for(call)
    rule = RuleFactory()
    with pytest.raises(DomainError) as refusal:
        moderation_actions.decline(contribution, actor=desk, rule="", note="")
    assert set(refusal.value.fields) == {"rule", "note"}
    declined = moderation_actions.decline(contribution, actor=desk, rule=rule.pk, note="It names a person.")
    assert declined.declined_by_rule == rule
    revised = contributions_actions.revise(declined, actor=author)
    assert (revised.status, revised.declined_by_rule) == (S.DRAFT, None)
    time_machine.move_to(call.closes_at + timedelta(seconds=1))
    with pytest.raises(WrongState):
        contributions_actions.submit(revised, actor=author)


def test_nobody_screens_what_their_own_stakeholder_wrote_or_signs(call):
    contribution, author = draft_for(call)
    partner = StakeholderFactory()
    near = person_with(Role.REVIEWS)
    partner.memberships.create(user=near, role="admin")
    signatures_actions.invite(contribution, partner, actor=author)
    sent, _receipt = contributions_actions.submit(contribution, actor=author)
    with pytest.raises(DomainError, match="colleague"):
        moderation_actions.publish(sent, actor=near)


def test_published_it_may_be_narrowed_and_withdrawn_but_never_widened(call, desk):
    contribution, author = sent_for(call)
    published = moderation_actions.publish(contribution, actor=desk)
    assert Contribution.objects.visible_to(AnonymousUser()).get() == published
    unnamed = contributions_actions.narrow(published, actor=author, visibility=Visibility.UNNAMED)
    row = Contribution.objects.visible_to(AnonymousUser()).named_to(AnonymousUser()).get()
    assert not row.shows_author
    with pytest.raises(DomainError):
        contributions_actions.narrow(unnamed, actor=author, visibility=Visibility.PUBLIC)
    hidden = contributions_actions.narrow(unnamed, actor=author, visibility=Visibility.DESK)
    assert hidden.status == S.DESK_ONLY
    assert not Contribution.objects.visible_to(AnonymousUser()).exists()
    contributions_actions.withdraw(hidden, actor=author)
    assert numbers(call)["withdrawn"] == 1


def test_a_stakeholder_has_one_contribution_under_way(call):
    contribution, author = draft_for(call)
    assert contributions_actions.begin(call, contribution.stakeholder, actor=author) == contribution
    stranger = member_of(StakeholderFactory())
    with pytest.raises(PermissionDenied):
        contributions_actions.begin(call, contribution.stakeholder, actor=stranger)


def test_a_call_is_published_complete_and_tells_who_follows(desk):
    call = calls_actions.draft_call(
        actor=desk, values={"title": "Prevention", "language_id": "en", "countries": ["KEN"]}, questions=[]
    )
    with pytest.raises(DomainError) as refusal:
        calls_actions.publish_call(call, actor=desk)
    assert set(refusal.value.fields) == {"opens_at", "closes_at", "questions"}
    call = calls_actions.save_call(
        call,
        actor=desk,
        version=call.version,
        values={"opens_at": now(), "closes_at": now() + timedelta(days=20)},
        questions=[{"text": "What works?", "most_words": 100}],
    )
    published = calls_actions.publish_call(call, actor=desk)
    assert "country:KEN" in calls_actions.terms_of(published)
    with pytest.raises(WrongState):
        calls_actions.save_call(published, actor=desk, version=published.version, values={}, questions=[])

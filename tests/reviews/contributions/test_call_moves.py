"""Every move of calls and contributions from every state by everybody; and several people at one moment."""

from datetime import timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from accounts.people.enums import Role
from core.errors import WrongState
from notifications.outbox.models import Message
from reviews.calls.enums import CALL_MOVES, CallStatus
from reviews.contributions import actions as contributions_actions
from reviews.contributions.enums import CONTRIBUTION_MOVES, ContributionStatus
from reviews.contributions.models import Contribution, CoSignature
from reviews.contributions.queries import for_page, printed_names
from reviews.moderation import actions as moderation_actions
from reviews.moderation.actions import moderate_contribution
from reviews.signatures import actions as signatures_actions
from tests.factories.accounts import UserFactory, person_with
from tests.factories.calls import CallFactory, RuleFactory, draft_for, sent_for
from tests.factories.stakeholders import StakeholderFactory, member_of
from tests.support import together
from tests.workflow.exhaustive import BY_STATE, attempts, by_state, cases
from workflow.items.models import WorkItem
from workflow.moves.models import Decision

S = ContributionStatus
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference")]

DESK = {"reviews", "head"}
ROLES = ("reviews", "head", "vetting", "curation", "events", "administrator", "regional", "state")
PEOPLE = (*ROLES, "author", "editor", "reader", "signer", "stranger")
WRITERS = {"author", "editor"}
OF_CALLS = by_state(
    cases(
        CALL_MOVES,
        CallStatus,
        allowed={"publish": DESK, "cancel": DESK},
        people=(*ROLES, "author", "stranger"),
    )
)
OF_CONTRIBUTIONS = by_state(
    cases(
        CONTRIBUTION_MOVES,
        ContributionStatus,
        allowed={
            **dict.fromkeys(("start", "publish", "keep", "return", "decline"), DESK),
            **dict.fromkeys(("suspend", "restore", "remove"), DESK),
            **dict.fromkeys(("submit", "revise", "answer", "hide", "withdraw"), WRITERS),
        },
        people=PEOPLE,
    )
)


def person(who, contribution=None):
    match who:
        case "author" | "editor" | "reader":
            stakeholder = contribution.stakeholder if contribution else StakeholderFactory()
            return member_of(stakeholder, role="admin" if who == "author" else who)
        case "signer":
            signature = CoSignature.objects.create(
                contribution=contribution, stakeholder=StakeholderFactory()
            )
            return member_of(signature.stakeholder)
        case "stranger":
            return UserFactory()
    return person_with(who)


@pytest.mark.parametrize(BY_STATE, OF_CALLS)
def test_every_move_of_a_call(move, state, expected):
    people = {who: partial(person, who) for who in expected}
    assert attempts(CallFactory(status=state), move, people) == expected


@pytest.mark.slow
@pytest.mark.parametrize(BY_STATE, OF_CONTRIBUTIONS)
def test_every_move_of_a_contribution(move, state, expected):
    rule = RuleFactory() if S.DECLINED in (state, CONTRIBUTION_MOVES[move].target) else None
    contribution = Contribution.objects.create(
        call=CallFactory(),
        stakeholder=StakeholderFactory(),
        status=state,
        visibility="public",
        language_id="en",
        submitted_at=None if state == S.DRAFT else now(),
        published_at=now() if state in (S.PUBLISHED, S.HIDDEN) else None,
        declined_by_rule=rule if state == S.DECLINED else None,
    )
    beside = {
        "submit": {"submitted_at": now()},
        "publish": {"published_at": now()},
        "decline": {"declined_by_rule": rule},
        "revise": {"declined_by_rule": None},
        "hide": {"published_at": None},
        "withdraw": {"published_at": None},
    }
    people = {who: partial(person, who, contribution) for who in expected}
    assert attempts(contribution, move, people, **beside.get(move, {})) == expected


@pytest.mark.parametrize("status", S.values)
def test_what_waits_follows_the_contribution(status):
    """Open while it lies with the desk, paused while its author is asked, closed otherwise."""
    call, desk = CallFactory(), person_with(Role.REVIEWS)
    contribution, author = sent_for(call, visibility="desk" if status == S.DESK_ONLY else "public")
    match status:
        case S.DRAFT:
            contributions_actions.revise(contribution, actor=author)
        case S.SCREENING:
            moderation_actions.take(contribution, actor=desk)
        case S.RETURNED:
            moderation_actions.return_with_questions(contribution, actor=desk, requests={"links": "Which?"})
        case S.PUBLISHED:
            moderation_actions.publish(contribution, actor=desk)
        case S.DESK_ONLY:
            moderation_actions.keep(contribution, actor=desk)
        case S.DECLINED:
            moderation_actions.decline(contribution, actor=desk, rule=RuleFactory().pk, note="Because.")
        case S.WITHDRAWN:
            contributions_actions.withdraw(contribution, actor=author)
        case S.HIDDEN | S.REMOVED:
            moderation_actions.publish(contribution, actor=desk)
            name = "suspend" if status == S.HIDDEN else "remove"
            moderate_contribution(contribution, name, actor=desk, reason="abuse", note="Because.")
    contribution.refresh_from_db()
    assert contribution.status == status
    waiting = [item.is_paused for item in WorkItem.objects.about(contribution).open()]
    assert waiting == ([status == S.RETURNED] if status in S.OPEN else [])


@pytest.mark.django_db(transaction=True)
class TestAtOneMoment:
    @pytest.mark.parametrize("again", range(3))
    def test_of_two_of_the_desk_exactly_one_decides(self, again):
        first, second = person_with(Role.REVIEWS), person_with(Role.REVIEWS)
        contribution, author = sent_for(CallFactory())
        rule = RuleFactory()
        outcomes = together(
            lambda: moderation_actions.publish(contribution, actor=first, version=contribution.version),
            lambda: moderation_actions.decline(contribution, actor=second, rule=rule.pk, note="No."),
        )
        assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
        contribution.refresh_from_db()
        assert contribution.status == (S.PUBLISHED if outcomes[0] is None else S.DECLINED)
        assert Decision.objects.about(contribution).filter(move__in=("publish", "decline")).count() == 1
        messages = Message.objects.filter(
            user=author, kind__in=("reviews.contribution_published", "reviews.contribution_declined")
        )
        assert messages.count() == 1
        assert not WorkItem.objects.about(contribution).open().exists()

    def test_of_two_who_take_the_work_one_holds_it(self):
        people = person_with(Role.REVIEWS), person_with(Role.REVIEWS)
        contribution, _author = sent_for(CallFactory())
        outcomes = together(
            *(lambda who=who: moderation_actions.take(contribution, actor=who) for who in people)
        )
        assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
        winner = people[0 if outcomes[0] is None else 1]
        assert WorkItem.objects.about(contribution).get().holder == winner

    @pytest.mark.parametrize("again", range(3))
    def test_the_desk_publishes_while_the_author_takes_the_text_back(self, again):
        desk = person_with(Role.REVIEWS)
        contribution, author = sent_for(CallFactory())
        outcomes = together(
            lambda: moderation_actions.publish(contribution, actor=desk, version=contribution.version),
            lambda: contributions_actions.revise(contribution, actor=author),
        )
        assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
        contribution.refresh_from_db()
        assert contribution.status == (S.PUBLISHED if outcomes[0] is None else S.DRAFT)

    @pytest.mark.parametrize("again", range(3))
    def test_two_sign_while_the_lead_saves_and_no_signature_stands_under_another_text(self, again):
        contribution, author = draft_for(CallFactory())
        partners = [StakeholderFactory() for _partner in range(2)]
        signers = [member_of(partner) for partner in partners]
        signatures = [signatures_actions.invite(contribution, partner, actor=author) for partner in partners]
        contribution.refresh_from_db()
        read = contribution.digest
        first = contribution.call.questions.first()
        outcomes = together(
            *(
                lambda signature=signature, signer=signer: signatures_actions.sign(
                    signature, actor=signer, digest=read
                )
                for signature, signer in zip(signatures, signers, strict=True)
            ),
            lambda: contributions_actions.save_answers(
                contribution, actor=author, version=contribution.version, answers={first.pk: "Another text."}
            ),
        )
        assert outcomes[2] is None
        assert {type(raised) for raised in outcomes[:2]} <= {type(None), WrongState}
        shown = for_page(Contribution.objects).get(pk=contribution.pk)
        assert shown.digest != read
        # Whoever was in time signed the text that they had read; it is not printed under the new one.
        assert {
            signature.digest for signature in shown.signatures.all() if signature.status == "confirmed"
        } <= {read}
        assert printed_names(shown, AnonymousUser()) == [shown.stakeholder]
        waiting = [CoSignature.objects.waiting_for(signer).count() for signer in signers]
        assert waiting == [1, 1]

    def test_a_double_click_on_send_in_the_last_second_sends_once(self):
        call = CallFactory(closes_at=now() + timedelta(seconds=20))
        contribution, author = draft_for(call)
        outcomes = together(
            *(lambda: contributions_actions.submit(contribution, actor=author) for _click in range(2))
        )
        assert [type(raised) for raised in outcomes if raised is not None] == [WrongState]
        assert Decision.objects.about(contribution).filter(move="submit").count() == 1

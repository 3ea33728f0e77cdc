"""What the pages of contributors show: how a contribution stands, its parts, what waits."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from accounts.people.enums import Role
from core.personal_data import DataField, data_field, data_fields
from reviews.calls.enums import CallStatus
from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus, Signing, Visibility
from reviews.contributions.models import Contribution, CoSignature, Evidence
from reviews.contributions.queries import questions_with_answers
from stakeholders.entries.enums import MemberRole, Status
from stakeholders.entries.models import Membership, Stakeholder
from stakeholders.entries.rules import memberships_of
from stakeholders.exports.queries_dossiers import decisions_on
from workflow.items.queries import Holding, holding_of, open_items
from workflow.moves.models import Decision
from workflow.receipts.models import Receipt
from workflow.windows.models import Extension

S = ContributionStatus
MOVES_TOLD = ("return", "publish", "keep", "decline")


@dataclass(frozen=True)
class QuestionGroup:
    """Questions that belong together: those of one article, or of none (`article` is None)."""

    article: Any
    answers: list[Any]


def by_article(items: Iterable[Any]) -> list[QuestionGroup]:
    """Group neighbours (each with `question`) by article, in the order of the call."""
    return [
        QuestionGroup(group[0].question.article, group)
        for _article, items_of in groupby(items, key=lambda row: row.question.article_id)
        if (group := list(items_of))
    ]


def parts_of(contribution: Contribution) -> list[QuestionGroup]:
    """Return every question with its answer, by article; for rows of `for_page`."""
    return by_article(questions_with_answers(contribution))


def answered_parts(contribution: Contribution) -> list[QuestionGroup]:
    """Return `parts_of` without the questions that have no answer."""
    return by_article([answer for answer in questions_with_answers(contribution) if answer.text])


@dataclass(frozen=True)
class Standing:
    """How a contribution stands for its own people.

    `closes` is the closing for this stakeholder, `extended` its own longer time (None where it has none),
    `decision` the last one that has words for the author.
    """

    holding: Holding | None
    closes: datetime | None
    extended: datetime | None
    is_open: bool
    may_answer: bool
    decision: Decision | None
    receipts: list[Receipt]


def standing(contribution: Contribution) -> Standing:
    call = contribution.call
    given = extension_of(call, contribution.party)
    closes = call.closes_at
    if given is not None and (closes is None or given > closes):
        closes = given
    items = open_items(contribution)
    at = now()
    return Standing(
        holding=holding_of(items[0]) if items else None,
        closes=closes,
        extended=given if closes == given else None,
        is_open=call.status == CallStatus.PUBLISHED and call.has_opened and (closes is None or at <= closes),
        may_answer=contribution.may_be_answered(at),
        decision=Decision.objects.about(contribution)
        .filter(move__in=MOVES_TOLD)
        .order_by("-at", "-pk")
        .first(),
        receipts=list(Receipt.objects.about(contribution)),
    )


def extension_of(call: Call, party: str) -> datetime | None:
    extension = Extension.objects.about(call).filter(party=party).first()
    return extension.until if extension else None


@dataclass(frozen=True)
class Choice:
    """One stakeholder for which a person may contribute: what is under way, and until when it can be sent."""

    stakeholder: Stakeholder
    contribution: Contribution | None
    closes: datetime | None
    extended: bool
    is_open: bool


def choices_for(call: Call, stakeholders: Iterable[Stakeholder]) -> list[Choice]:
    """Return for each stakeholder what it has under way and until when it can contribute."""
    mine = list(stakeholders)
    rows = Contribution.objects.filter(call=call, stakeholder__in=mine).exclude(status__in=S.OVER)
    under_way = {contribution.stakeholder_id: contribution for contribution in rows}
    parties = [f"stakeholder:{stakeholder.pk}" for stakeholder in mine]
    given = {extension.party: extension.until for extension in Extension.objects.of(call, parties)}
    at = now()
    choices = []
    for stakeholder in mine:
        until = given.get(f"stakeholder:{stakeholder.pk}")
        longer = until is not None and call.closes_at is not None and until > call.closes_at
        closes = until if longer else call.closes_at
        opened = call.status == CallStatus.PUBLISHED and call.has_opened
        choices.append(
            Choice(
                stakeholder,
                under_way.get(stakeholder.pk),
                closes,
                longer,
                opened and (closes is None or at <= closes),
            )
        )
    return choices


def acts_for_others(user: Any) -> bool:
    """Return whether the person is a member of any stakeholder, in any role."""
    return Membership.objects.filter(user=user).exists()


def may_write(user: Any, contribution: Contribution) -> bool:
    return bool(user.has_perm("reviews.change_contribution", contribution))


def belongs(user: Any, contribution: Contribution) -> bool:
    """Return whether the person is a member of the lead stakeholder, in any role."""
    if not (user.is_authenticated and user.is_active):
        return False
    return Membership.objects.filter(user=user, stakeholder=contribution.stakeholder_id).exists()


def narrower_than(visibility: str) -> list[Visibility]:
    """Return the visibilities that can still be chosen after sending, the widest first."""
    width = Visibility(visibility).width
    return [choice for choice in Visibility if choice.width < width]


# --- Signing ----------------------------------------------------------------------------------------------
def signature_of(user: Any, contribution: Contribution) -> CoSignature | None:
    """Return the signature on which the person may still answer for a stakeholder, if there is one."""
    if not (user.is_authenticated and user.is_active):
        return None
    theirs = Membership.objects.filter(
        user=user, role=MemberRole.ADMIN, stakeholder__status__in=Status.TAKING_PART
    )
    rows = CoSignature.objects.filter(
        contribution=contribution, stakeholder__in=theirs.values("stakeholder_id")
    )
    return rows.exclude(status=Signing.DECLINED).first()


# --- Tasks ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class MyContributions:
    """What a person has to do with contributions: to write or answer, to sign, and what is with others."""

    waiting: list[Contribution]
    others: list[Contribution]
    signatures: list[CoSignature]

    def __bool__(self) -> bool:
        return bool(self.waiting or self.others or self.signatures)


MOST_LISTED = 30


def my_contributions(
    user: Any, rows: Sequence[Contribution], signatures: Sequence[CoSignature]
) -> MyContributions:
    """Sort the rows of `contributions_of` the person by whether they wait for them."""
    waiting: list[Contribution] = []
    others: list[Contribution] = []
    writes = {pk for pk, role, _status in memberships_of(user) if role in MemberRole.WRITERS}
    for contribution in rows:
        to_do = contribution.is_written and contribution.stakeholder_id in writes
        (waiting if to_do else others).append(contribution)
    if waiting:
        _tell_time(waiting)
    return MyContributions(waiting, others, list(signatures))


def _tell_time(rows: Sequence[Any]) -> None:
    """Add to each contribution until when it can be sent, extensions included."""
    parties = {contribution.party for contribution in rows}
    calls = {contribution.call_id for contribution in rows}
    given = {
        (row.subject_id, row.party): row.until
        for row in Extension.objects.filter(
            subject_kind="reviews.call", subject_id__in=calls, party__in=parties
        )
    }
    for contribution in rows:
        closes = contribution.call.closes_at
        longer = given.get((contribution.call_id, contribution.party))
        contribution.has_own_time = bool(longer and closes and longer > closes)
        contribution.closes = longer if contribution.has_own_time else closes


# --- Receipts -----------------------------------------------------------------------------------------------
def receipts_of(user: Any) -> QuerySet[Receipt]:
    """Return the receipts of the contributions of the person's stakeholders; for the desk, all."""
    rows = Receipt.objects.filter(subject_kind="reviews.contribution")
    if user.has_role(Role.REVIEWS, Role.HEAD):
        return rows
    return rows.filter(subject_id__in=Contribution.objects.of_people(user).values("pk"))


# --- What a stakeholder wrote and applied for here, as far as its own people may read it -------------


def dossier_contributions(stakeholder: Stakeholder) -> Iterator[list[DataField]]:
    rows = Contribution.objects.filter(stakeholder=stakeholder).select_related("call", "language")
    contributions = list(rows.prefetch_related("answers__question", "links", "countries").order_by("pk"))
    for contribution in contributions:
        yield [
            data_field("id", _("number"), contribution.pk),
            *data_fields(
                contribution, "call", "status", "visibility", "language", "countries", "submitted_at"
            ),
            *data_fields(contribution, "decided_at", "published_at", "digest"),
            *(
                data_field(f"answer_{answer.question_id}", str(answer.question), answer.text)
                for answer in contribution.answers.all()
            ),
            *(data_field(f"link_{link.pk}", _("link"), link.url) for link in contribution.links.all()),
        ]
    yield from decisions_on(contributions)
    signed = CoSignature.objects.filter(stakeholder=stakeholder).select_related("contribution__call")
    for signature in signed.order_by("pk"):
        yield [
            data_field("signature", _("co-signature"), str(signature.contribution)),
            *data_fields(signature, "status", "digest", "invited_at", "answered_at"),
        ]


def dossier_evidence(stakeholder: Stakeholder) -> Iterator[tuple[str, Evidence]]:
    for evidence in Evidence.objects.filter(contribution__stakeholder=stakeholder).order_by("pk"):
        yield evidence.name, evidence

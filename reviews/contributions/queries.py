"""What a contribution says, what it lacks, and which are shown; documents for the index."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.people.models import User
from core.drafts import Gap
from reviews.calls.models import Call
from reviews.contributions.enums import ContributionStatus, Signing, Visibility
from reviews.contributions.models import Answer, Contribution, CoSignature
from search.enums import Audience
from search.hooks import Entry
from stakeholders.entries.enums import MemberRole
from stakeholders.entries.models import Stakeholder

S = ContributionStatus


class QuestionWithAnswer(NamedTuple):
    """One question with its answer, as a page shows it. `text` is "" where it was not answered."""

    question: Any
    text: str
    words: int


def for_page(contributions: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Return the rows with all that a page about one contribution shows."""
    signatures = CoSignature.objects.select_related("stakeholder", "stakeholder__country")
    return contributions.select_related(
        "call", "call__language", "stakeholder", "stakeholder__country", "language", "declined_by_rule"
    ).prefetch_related(
        Prefetch("answers", Answer.objects.select_related("question", "question__article")),
        Prefetch("signatures", signatures),
        "links",
        "evidence",
    )


def questions_with_answers(contribution: Contribution) -> list[QuestionWithAnswer]:
    """Return every question of the call in order, with the answer."""
    answers = {answer.question_id: answer for answer in contribution.answers.all()}
    return [
        QuestionWithAnswer(question, answers[question.pk].text, answers[question.pk].words)
        if question.pk in answers
        else QuestionWithAnswer(question, "", 0)
        for question in contribution.call.questions.select_related("article__instrument")
    ]


def canonical_text(contribution: Contribution) -> str:
    """Return the text that is signed and published: title, questions, answers, links, digests of files.

    One form, whoever asks: its SHA-256 is `Contribution.digest`.
    """
    lines = [contribution.call.title, ""]
    for answer in questions_with_answers(contribution):
        if answer.text:
            lines += [answer.question.text, answer.text, ""]
    lines += [f"{link.label} <{link.url}>" for link in contribution.links.all()]
    lines += [f"{file.name} sha256:{file.sha256}" for file in contribution.evidence.all()]
    return "\n".join(lines).strip()


def words_of(contribution: Contribution) -> int:
    return sum(contribution.answers.values_list("words", flat=True))


def gaps(contribution: Contribution) -> list[Gap]:
    """Return what is still missing or too long, in the order of the form."""
    open_gaps = []
    total = 0
    for answer in questions_with_answers(contribution):
        total += answer.words
        if answer.question.is_required and not answer.text:
            open_gaps.append(Gap(answer.question.field, gettext_lazy("Please answer this question.")))
        elif answer.words > answer.question.most_words:
            open_gaps.append(Gap(answer.question.field, too_long(answer.words, answer.question.most_words)))
    if not total:
        open_gaps.append(Gap("", gettext_lazy("Please answer at least one question.")))
    most = contribution.call.most_words
    if most and total > most:
        open_gaps.append(
            Gap(
                "",
                _("All answers together have %(words)s words; the call allows %(most)s.")
                % {"words": total, "most": most},
            )
        )
    if not contribution.visibility:
        open_gaps.append(Gap("visibility", gettext_lazy("Please choose who may read the contribution.")))
    if contribution.language_id is None:
        open_gaps.append(Gap("language", gettext_lazy("Please choose the language in which you wrote.")))
    return open_gaps


def too_long(words: int, most: int) -> str:
    over = words - most
    return ngettext(
        "This has %(words)s words; the call allows %(most)s. Please take out %(over)s word.",
        "This has %(words)s words; the call allows %(most)s. Please take out %(over)s words.",
        over,
    ) % {"words": words, "most": most, "over": over}


# --- Who may contribute ---------------------------------------------------------------------------------
def contributions_of(user: Any) -> QuerySet[Contribution]:
    """Return the contributions of the person's stakeholders, drafts first."""
    return (
        Contribution.objects.of_people(user)
        .select_related("call", "stakeholder")
        .order_by("decided_at", "-updated_at")
    )


def people_who_write(contribution: Contribution) -> QuerySet[User]:
    """Return who is informed of its outcome: its author and the administrators of the lead stakeholder."""
    leading = Q(memberships__stakeholder=contribution.stakeholder_id, memberships__role=MemberRole.ADMIN)
    writing = Q(pk=contribution.author_id) & Q(memberships__stakeholder=contribution.stakeholder_id)
    return User.objects.filter(leading | writing, is_active=True).distinct()


# --- What is shown ----------------------------------------------------------------------------------------
def is_alone(stakeholder: Stakeholder) -> bool:
    """Return whether it is the only public entry of its country, so that its text would reveal the author."""
    beside = Stakeholder.objects.listed_publicly().filter(country=stakeholder.country_id)
    return not beside.exclude(pk=stakeholder.pk).exists()


def printed_names(contribution: Contribution, user: Any) -> list[Stakeholder]:
    """Return the lead and the signers of this very text, as far as `user` may read their names.

    Empty where it is shown without the name, or the lead is not named to this reader.
    """
    if not contribution.shows_name or not contribution.stakeholder.is_named_to(user):
        return []
    signed = [signature.stakeholder for signature in contribution.signatures.all() if signature.is_valid]
    return [
        contribution.stakeholder,
        *(stakeholder for stakeholder in signed if stakeholder.is_named_to(user)),
    ]


def numbers(call: Call) -> dict[str, int]:
    """Return how many contributions arrived, were published with and without a name, kept, and withdrawn."""
    rows = call.contributions.exclude(status=S.DRAFT).values_list("status", "visibility")
    return _count_by_outcome(rows)


def _count_by_outcome(rows: Iterable[tuple[str, str]]) -> dict[str, int]:
    counts = {"received": 0, "public": 0, "unnamed": 0, "desk": 0, "declined": 0, "withdrawn": 0, "open": 0}
    for status, visibility in rows:
        counts["received"] += 1
        if status == S.PUBLISHED:
            counts["public" if visibility == Visibility.PUBLIC else "unnamed"] += 1
        elif status == S.DESK_ONLY:
            counts["desk"] += 1
        elif status == S.WITHDRAWN:
            counts["withdrawn"] += 1
        elif status in (S.DECLINED, S.HIDDEN, S.REMOVED):  # what the desk does not let stand
            counts["declined"] += 1
        else:
            counts["open"] += 1
    return counts


def signatures_waiting_for(user: Any) -> QuerySet[CoSignature]:
    """Return the signatures that are asked of the person, the oldest first."""
    return (
        CoSignature.objects.waiting_for(user)
        .select_related("contribution__call", "contribution__stakeholder", "stakeholder")
        .order_by("invited_at", "pk")
    )


def to_ask_again(contribution: Contribution) -> QuerySet[CoSignature]:
    """Return the signatures of an earlier text, or given when fewer people were to read it."""
    once = Q(status=Signing.INVITED, answered_at__isnull=False)
    other = Q(status=Signing.CONFIRMED) & ~Q(digest=contribution.digest)
    return contribution.signatures.filter(once | other)


# -----------------------------------------------------------------------------------------------------
# What the index of the whole portal holds of calls, contributions, observations and country reviews.
# Everything here is public or not in the index at all: a draft call, a contribution that waits, an
# observation that is not published has no document, whoever searches.


def contribution_documents(ids: Sequence[int]) -> Iterator[Entry]:
    """Yield published contributions; one without the name has neither author, country, links nor files."""
    rows = (
        Contribution.objects.published()
        .filter(pk__in=ids)
        .select_related("call", "stakeholder")
        .prefetch_related(
            Prefetch("answers", Answer.objects.order_by("question__position", "question__pk")),
            Prefetch("signatures", CoSignature.objects.select_related("stakeholder")),
        )
    )
    for contribution in rows:
        printed = printed_names(contribution, AnonymousUser())
        names = [name for who in printed for name in (who.name, who.name_latin, who.acronym)]
        yield Entry(
            object_id=contribution.pk,
            name=f"{contribution.stakeholder.name}: {contribution.call.title}"
            if printed
            else contribution.call.title,
            url_name="calls:contribution",
            url_args=[contribution.pk],
            audience=Audience.PUBLIC,
            aliases=[name for name in names if name],
            text="\n".join(answer.text for answer in contribution.answers.all()),
            language=contribution.language_id or "",
        )

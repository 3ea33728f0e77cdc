"""What waits for the desk, and what it goes by: notes, flags, family, checklist, numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils.timezone import now
from django.utils.translation import gettext as _

from audit.queries import Line
from core.small_numbers import suppress_if_small
from stakeholders.applications.enums import ApplicationStatus, RefusalReason
from stakeholders.applications.models import Application
from stakeholders.entries.models import Stakeholder
from stakeholders.family.models import FamilyLink
from stakeholders.family.queries import named_parent, parents_of
from stakeholders.vetting.enums import FlagKind, Outcome
from stakeholders.vetting.models import ChecklistAnswer, ChecklistQuestion, Flag, Reconsideration
from workflow.items.models import ItemRequest, WorkItem
from workflow.items.queries import with_subjects, work_on
from workflow.moves.models import Decision

KIND = "stakeholders.application"


def queue(user: Any) -> QuerySet[WorkItem]:
    """Open work on applications that the person may see, the earliest promise first."""
    return work_on(user, Application.objects.visible_to(user).sent()).order_by("until", "pk")


def with_applications(items: Iterable[WorkItem]) -> list[tuple[WorkItem, Application]]:
    return with_subjects(items, Application.objects.select_related("country", "applicant"))


def related_applications(application: Application) -> QuerySet[Application]:
    """Return other applications of the same person, name or site that were ever sent; for the desk."""
    same = Q(name_key=application.name_key)
    if application.site_key:
        same |= Q(site_key=application.site_key)
    if application.applicant_id:
        same |= Q(applicant=application.applicant_id)
    return (
        Application.objects.filter(same)
        .exclude(pk=application.pk)
        .exclude(status=ApplicationStatus.DRAFT)
        .select_related("country")
        .order_by("-submitted_at")
    )


# --- What the desk has said on an application: to its applicant last, and over all rounds ------------


def decision_on(application: Application) -> Decision | None:
    """Return the latest decision whose note the applicant reads: a return, an approval or a refusal."""
    return (
        Decision.objects.about(application)
        .filter(move__in=("return", "approve", "refuse"))
        .order_by("-at", "-pk")
        .first()
    )


def notes_on(application: Application) -> list[Decision]:
    """Return the decisions that came with a reason or a note, oldest first."""
    decisions = Decision.objects.about(application).exclude(note="", reason="")
    return list(decisions.select_related("actor").order_by("at", "pk"))


def answered_requests(application: Application) -> list[ItemRequest]:
    """Return what was asked in earlier rounds and has been answered since, oldest first."""
    return list(
        ItemRequest.objects.about(application).filter(answered_at__isnull=False).order_by("asked_at", "pk")
    )


def red_above(parents: dict[int, int], user: Any) -> set[int]:
    """Return those of the keys whose parent, or anything above it, has a red flag that `user` may know of."""
    if not parents:
        return set()
    above = FamilyLink.objects.all().above(set(parents.values()))
    lines = {key: {parent, *above[parent]} for key, parent in parents.items()}
    everything = set().union(*lines.values())
    flags = Flag.objects.visible_to(user).standing().filter(kind=FlagKind.RED)
    flagged = _flagged_ids(flags, everything)
    return {key for key, ids in lines.items() if ids & flagged}


def red_flags_above(parent: int) -> set[int]:
    """Return the entries from this one upward on which a red flag stands, for an approval."""
    above = FamilyLink.objects.all().above([parent])[parent]
    return _flagged_ids(Flag.objects.standing().filter(kind=FlagKind.RED), {parent, *above})


def _flagged_ids(flags: QuerySet[Flag], ids: set[int]) -> set[int]:
    rows = flags.filter(Q(stakeholder__in=ids) | Q(application__stakeholder__in=ids))
    return {
        pk for pair in rows.values_list("stakeholder_id", "application__stakeholder_id") for pk in pair if pk
    }


def below_red_flags(rows: Iterable[tuple[Any, Application]], user: Any) -> set[int]:
    """Return which applications of a page of the queue are below a red flag."""
    return red_above(parents_of([application for _item, application in rows]), user)


@dataclass(frozen=True, slots=True)
class DeskFamily:
    """A parent and branches as the desk judges them: with what stands against the parent."""

    parent: Stakeholder | None
    named: bool  # by an application, and confirmed only with its approval
    red: list[Stakeholder]  # from the parent upward
    branches: list[Stakeholder]
    waiting: int = 0


def family_for_desk(about: Application | Stakeholder, user: Any) -> DeskFamily:
    """Return the family for the desk's pages, with the flags that the person may read."""
    if isinstance(about, Application):
        parents, key = parents_of([about]), about.pk
        link = named_parent(about) if parents else None
        branches: list[Stakeholder] = []
        waiting = 0
    else:
        links = list(FamilyLink.objects.about(about).select_related("branch"))
        own = {
            link.branch_id: link.parent_id
            for link in links
            if link.branch_id == about.pk and link.is_confirmed
        }
        parents, key, link = own, about.pk, None
        branches = [
            link.branch for link in links if link.parent_id == about.pk and link.is_confirmed and link.branch
        ]
        waiting = sum(not link.is_confirmed for link in links)
    if key not in parents:
        return DeskFamily(None, False, [], sorted(branches, key=lambda branch: branch.sort_key), waiting)
    above = FamilyLink.objects.all().above([parents[key]])
    line = {parents[key], *above[parents[key]]}
    flags = Flag.objects.visible_to(user).standing().filter(kind=FlagKind.RED)
    entries = Stakeholder.objects.in_bulk(line)
    red = [entries[pk] for pk in sorted(_flagged_ids(flags, line))]
    return DeskFamily(
        entries[parents[key]],
        link is not None,
        red,
        sorted(branches, key=lambda branch: branch.sort_key),
        waiting,
    )


# --- What the desk has noted about a stakeholder or an application, and who must not read of it ------

# Acts that those they are about never read of, not even where they are of the desk themselves.
KEPT_FROM_PARTIES = ("stakeholders.flag_", "stakeholders.checklist_", "stakeholders.recommended")


def flags_on_application(application: Application, user: Any) -> QuerySet[Flag]:
    """Return the flags, those that stand before those withdrawn, the newest first."""
    return _for_page(Flag.objects.visible_to(user).on_application(application))


def flags_on_stakeholder(stakeholder: Stakeholder, user: Any) -> QuerySet[Flag]:
    return _for_page(Flag.objects.visible_to(user).on_stakeholder(stakeholder))


def _for_page(flags: Any) -> QuerySet[Flag]:
    related = flags.select_related("raised_by", "withdrawn_by", "application")
    return related.order_by(F("withdrawn_at").desc(nulls_first=True), "-at", "-pk")


def for_parties(lines: list[Line]) -> list[Line]:
    """Return a timeline without the lines that the parties may not see."""
    return [line for line in lines if not line.action.startswith(KEPT_FROM_PARTIES)]


# --- What the checklist says about an application, and so whether it may be approved -----------------


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One question in use, with its answer where there is one to the question as it stands today."""

    question: ChecklistQuestion
    answer: ChecklistAnswer | None

    @property
    def blocks(self) -> bool:
        wrong = self.question.blocking_answer
        return self.answer is not None and bool(wrong) and self.answer.answer == wrong


@dataclass(slots=True)
class Checklist:
    """All of it. `earlier` are answers to questions that have been changed or taken out of use since."""

    items: list[ChecklistItem] = field(default_factory=list)
    earlier: list[ChecklistAnswer] = field(default_factory=list)

    @property
    def unanswered(self) -> list[ChecklistQuestion]:
        return [item.question for item in self.items if item.answer is None]

    @property
    def blocking(self) -> list[ChecklistItem]:
        return [item for item in self.items if item.blocks]

    @property
    def passes(self) -> bool:
        return not self.unanswered and not self.blocking

    @property
    def answered(self) -> list[ChecklistItem]:
        return [item for item in self.items if item.answer is not None]

    @property
    def stamp(self) -> str:
        """Return the instant of the latest answer, or "": it differs once somebody has answered since."""
        at = [item.answer.at for item in self.items if item.answer] + [answer.at for answer in self.earlier]
        return max(at).isoformat() if at else ""


def checklist_of(application: Application, *, seen_by: Any = None) -> Checklist:
    """Return the checklist of one application; with `seen_by`, only the answers that this person may see."""
    rows = ChecklistAnswer.objects.all() if seen_by is None else ChecklistAnswer.objects.visible_to(seen_by)
    given = list(rows.filter(application=application).select_related("by").order_by("question__order", "pk"))
    questions = list(ChecklistQuestion.objects.in_use())
    valid = {(answer.question_id, answer.asked): answer for answer in given}
    items = [ChecklistItem(question, valid.pop((question.pk, question.text), None)) for question in questions]
    return Checklist(items, list(valid.values()))


# --- Until when a refusal can be looked at again, and who may do it ----------------------------------

# The applicant's own moves do not count as taking part.
BY_DESK = ("start", "return", "approve", "refuse")


def reconsideration_of(application: Application) -> Reconsideration | None:
    return Reconsideration.objects.filter(application=application).select_related("decided_by").first()


def reconsider_until(application: Application) -> datetime | None:
    """Return the last instant to ask, or None where the application is not refused."""
    if application.status != ApplicationStatus.REFUSED or application.decided_at is None:
        return None
    return application.decided_at + timedelta(days=settings.STAKEHOLDERS_RECONSIDER_DAYS)


def may_still_ask(application: Application) -> bool:
    """Return whether a reconsideration may be requested: refused, in time, and the first request."""
    until = reconsider_until(application)
    return until is not None and now() <= until and reconsideration_of(application) is None


def took_part(user: Any, application: Application) -> bool:
    """Return whether the person took part before: moved, questioned, checked or flagged the application."""
    return (
        Decision.objects.about(application).filter(move__in=BY_DESK, actor=user).exists()
        or ItemRequest.objects.about(application).filter(asked_by=user).exists()
        or ChecklistAnswer.objects.filter(application=application, by=user).exists()
        or Flag.objects.filter(application=application, raised_by=user).exists()
        or WorkItem.objects.about(application).filter(what="vet", holder=user).exists()
    )


# --- How many applications were decided how, year by year; no cell tells fewer than five -------------


@dataclass(frozen=True, slots=True)
class DecisionYear:
    """Numbers by code ("approved", a reason, an outcome); None stands for fewer than five."""

    year: int
    cells: dict[str, int | None]


def reason_columns() -> list[tuple[str, str]]:
    """Return (code, label) of the cells of a year, in their order."""
    refused = [(code, _("Declined: %(reason)s") % {"reason": label}) for code, label in RefusalReason.choices]
    again = [(code, _("Reconsidered: %(outcome)s") % {"outcome": label}) for code, label in Outcome.choices]
    return [("approved", _("Approved applications")), *refused, *again]


def decisions_by_year() -> list[DecisionYear]:
    """Return the years, the newest first. There are no sums: with them a hidden cell could be worked out."""
    counted: dict[int, Counter[str]] = {}
    decision_rows = (
        Decision.objects.filter(subject_kind=KIND, move__in=("approve", "refuse"))
        .annotate(year=ExtractYear("at"))
        .order_by()
        .values_list("year", "move", "reason")
        .annotate(number=Count("pk"))
    )
    for year, move, reason, number in decision_rows:
        counted.setdefault(year, Counter())["approved" if move == "approve" else reason] += number
    ended = (
        Reconsideration.objects.exclude(outcome="")
        .annotate(year=ExtractYear("decided_at"))
        .order_by()
        .values_list("year", "outcome")
        .annotate(number=Count("pk"))
    )
    for year, outcome, number in ended:
        counted.setdefault(year, Counter())[outcome] += number
    codes = ["approved", *RefusalReason.values, *Outcome.values]
    return [
        DecisionYear(year, {code: suppress_if_small(numbers[code]) for code in codes})
        for year, numbers in sorted(counted.items(), reverse=True)
    ]

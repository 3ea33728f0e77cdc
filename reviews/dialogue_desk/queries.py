"""What the desk sees of a dialogue: applications, their balance, drafts, the mails that would leave."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, When
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.small_numbers import suppress_if_small
from events.events.enums import EventKind
from events.events.models import Event, EventQuerySet
from notifications.happenings.words import words
from notifications.outbox.models import Message
from reviews.dialogues.enums import Gender, LineStatus
from reviews.dialogues.models import Dialogue, DialogueExpertise, DialogueLine
from stakeholders.entries.enums import Kind
from taxonomy.names.enums import UN_LANGUAGES
from workflow.drafts.models import DraftDecision

S = LineStatus
LINE = "reviews.dialogueline"


def dialogues() -> QuerySet[Dialogue]:
    """Return the dialogues with the numbers of their applications and of the undecided.

    Those to come are first, the next on top; then the past, the latest on top.
    """
    sent = Count("lines", filter=~Q(lines__status=S.DRAFT))
    waits = Count("lines", filter=Q(lines__status__in=S.UNDECIDED))
    counted = Dialogue.objects.select_related("event").annotate(received=sent, undecided=waits)
    is_past = Q(event__ends_at__lt=now())
    soonest = Case(When(is_past, then=None), default=F("event__starts_at"))
    return counted.order_by(
        Case(When(is_past, then=1), default=0), soonest.asc(nulls_last=True), "-event__starts_at", "-pk"
    )


def without_call() -> QuerySet[Event]:
    """Return the coming dialogues of the calendar without a call, the next first."""
    rows = _on_calendar()
    return rows.exclude(pk__in=rows.held().values("pk")).order_by(F("starts_at").asc(nulls_last=True), "pk")


def held_without_call() -> QuerySet[Event]:
    """Return the past dialogues of the calendar without a call, the latest first."""
    return _on_calendar().held()


def _on_calendar() -> EventQuerySet:
    rows = Event.objects.filter(kind=EventKind.DIALOGUE, dialogue=None)
    return rows.exclude(status__in=("cancelled", "refused", "withdrawn"))


def lines_of(dialogue: Dialogue) -> QuerySet[DialogueLine]:
    """Return the sent lines with the columns of the list; `first_time`: its stakeholder was at none yet."""
    earlier = DialogueLine.objects.filter(
        application__stakeholder=OuterRef("application__stakeholder"), status=S.ACCEPTED
    ).exclude(dialogue=OuterRef("dialogue"))
    return (
        DialogueLine.objects.filter(dialogue=dialogue)
        .sent()
        .select_related(
            "application__stakeholder__country__region",
            "application__applicant",
            "application__prepared_by",
            "dialogue__event",
        )
        .annotate(first_time=~Exists(earlier))
        .order_by("application__stakeholder__sort_key", "pk")
    )


def with_texts(lines: QuerySet[DialogueLine]) -> QuerySet[DialogueLine]:
    expertise = DialogueExpertise.objects.select_related("topic")
    return lines.prefetch_related(Prefetch("application__expertise", expertise), "objections")


# What is told of each decision that is released.
MESSAGE_KINDS = {
    "accept": "reviews.dialogue_accepted",
    "wait": "reviews.dialogue_waiting",
    "refuse": "reviews.dialogue_not_accepted",
    "decline": "reviews.dialogue_not_accepted",
}


class DraftedDecision(NamedTuple):
    draft: DraftDecision
    line: DialogueLine


def drafted_decisions(dialogue: Dialogue) -> list[DraftedDecision]:
    """Return the decisions that wait for the release."""
    drafts = list(DraftDecision.objects.waiting(dialogue.batch).order_by("pk"))
    lines = lines_of(dialogue).in_bulk([draft.subject_id for draft in drafts])
    return [DraftedDecision(draft, lines[draft.subject_id]) for draft in drafts if draft.subject_id in lines]


@dataclass(frozen=True)
class Mails:
    """How many mails a release sends: one for each decision, one more for each seat it gives.

    Whoever prepared an application for a colleague is told of its decision, too.
    """

    decisions: int
    seats: int

    @property
    def total(self) -> int:
        return self.decisions + self.seats


def mails_of(waiting: Iterable[DraftedDecision]) -> Mails:
    forms = [(decision, decision.line.application) for decision in waiting]
    informed = [decision for decision, form in forms if form.applicant and form.applicant.is_active]
    more = sum(
        bool(form.applicant and form.prepared_by and form.prepared_by.is_active) for _decision, form in forms
    )
    return Mails(len(informed) + more, sum(decision.draft.move == "accept" for decision in informed))


# --- Balance (R-16) -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Balance:
    """One table: rows of (label, numbers in the order of `COLUMNS`); None stands for fewer than five."""

    title: str
    rows: list[tuple[str, list[int | None]]]


COLUMNS = ("all", "shortlisted", "accept")


def balance_of(lines: Sequence[DialogueLine], drafts: dict[int, str]) -> list[Balance]:
    """Count by region, kind, first time and, where enough have stated it, gender.

    Columns: everybody who applied; the shortlist and what came of it; who is accepted or would be by the
    drafts.
    """
    groups = {
        "all": [line for line in lines if line.status != S.WITHDRAWN],
        "shortlisted": [line for line in lines if line.status in _LISTED],
        "accept": [line for line in lines if line.status == S.ACCEPTED or drafts.get(line.pk) == "accept"],
    }
    kinds, genders = dict(Kind.choices), dict(Gender.choices)
    return [
        _table(_("Region"), groups, _region, str),
        _table(
            _("Kind"), groups, lambda line: line.application.stakeholder.kind, lambda code: str(kinds[code])
        ),
        _table(
            _("First time at a dialogue"),
            groups,
            lambda line: line.first_time,
            lambda first: _("For the first time") if first else _("Was at one before"),
        ),
        _table(
            _("Gender, where given"),
            groups,
            lambda line: line.application.gender,
            lambda code: str(genders.get(code, "")),
            show_count=suppress_if_small,
        ),
    ]


_LISTED = (S.SHORTLISTED, S.WITH_BUREAU, S.ACCEPTED, S.WAITING)


def _region(line: DialogueLine) -> str:
    region = line.application.stakeholder.country.region
    return region.name if region else _("Unknown")


def _table(
    title: str, groups: dict[str, list[Any]], key: Any, label: Any, *, show_count: Any = int
) -> Balance:
    counted = {name: Counter(key(line) for line in rows) for name, rows in groups.items()}
    codes = sorted((code for code in counted["all"] if code != ""), key=str)
    rows = [(label(code), [show_count(counted[name][code]) for name in COLUMNS]) for code in codes]
    return Balance(title, rows)


# --- What would be told -------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Preview:
    language: str
    mails: list[tuple[str, str, str]]  # what was decided, subject, text


def previews(dialogue: Dialogue, waiting: Sequence[DraftedDecision]) -> list[Preview]:
    """Return the mail of each different decision in each language of the United Nations."""
    different = {
        (decision.draft.move, decision.draft.reason, decision.draft.note): decision for decision in waiting
    }
    rows = []
    for language in sorted(UN_LANGUAGES):
        with override(language):
            mails = []
            for (name, reason, note), decision in different.items():
                facts = {"dialogue": dialogue.event.title, "reason": reason, "note": note}
                message = Message(kind=MESSAGE_KINDS[name], facts=facts)
                mail = words(message, {"facts": facts, "time_zone": ""})
                text = f"{mail.happened.strip()}\n\n{mail.todo.strip()}"
                mails.append((str(decision.line.MOVES[name].label), mail.subject, text))
        rows.append(Preview(language, mails))
    return rows

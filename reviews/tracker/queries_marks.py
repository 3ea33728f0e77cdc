"""The review of one country as marks on the calendar of its group; the list of steps beside says the same."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.partial_dates import first_day, last_day
from reviews.mechanism.enums import Silence, StepStatus
from reviews.mechanism.queries import ReviewLine
from reviews.tracker.queries_country import Cell, Column, Fact, ReviewPage

DUE = "due"
# Each has its shape in the template. A rule gives the day of what is due, no source says anything of it.
LABELS: dict[str, str | Promise] = {
    **{str(code): StepStatus(code).label for code in StepStatus.values},
    DUE: gettext_lazy("Due by the rule"),
    **{str(code): Silence(code).label for code in Silence.values},
}
LANE = 16  # height, as wide as a mark with its margin
NEAREST = 5.6  # in hundredths of the width: so far apart are two marks of one lane, on a phone too


@dataclass(frozen=True, slots=True)
class ReviewMark:
    """`x` is in hundredths of the calendar from the start side, `lane` counts from the calendar downwards."""

    code: str
    x: float
    label: str
    lane: int = 0

    @property
    def y(self) -> int:
        return self.lane * LANE + LANE // 2


@dataclass(frozen=True, slots=True)
class ReviewMarks:
    marks: list[ReviewMark]
    height: int

    @property
    def description(self) -> str:
        return " ".join(mark.label for mark in self.marks)

    @property
    def legend(self) -> list[tuple[str, str | Promise]]:
        """(code, label) of the shapes in use."""
        codes = {mark.code for mark in self.marks}
        return [(code, label) for code, label in LABELS.items() if code in codes]


def review_marks(page: ReviewPage) -> ReviewMarks | None:
    """Return the steps along the years of the group's calendar; None where group or years are unknown.

    What has a day stands there. What has none stands in the lane below, under its phase, with all of that
    phase that say the same.
    """
    if page.line is None or not page.review.group_id:
        return None
    dated = [mark for column in page.columns for mark in _dated(column, page.line)]
    marks = _in_lanes(sorted(dated, key=lambda mark: mark.x))
    below = 1 + max((mark.lane for mark in marks), default=-1)
    undated = list(_undated(page.columns, page.line, below))
    marks += undated
    return ReviewMarks(marks, LANE * (below + bool(undated))) if marks else None


def _dated(column: Column, line: ReviewLine) -> Iterator[ReviewMark]:
    phase = column.cluster.pk
    for cell in column.cells:
        for fact in cell.facts:
            if fact.record.date:
                day = first_day(fact.record.date)
                # Of a month or a year its middle.
                day += (last_day(fact.record.date) - day) / 2
                yield _mark(
                    fact.record.status, day, line, phase=phase, step=_step_of(cell, fact), day_text=fact.date
                )
        if cell.due and not cell.facts:
            due = date_format(cell.due, "DATE_FORMAT")
            yield _mark(DUE, cell.due, line, phase=phase, step=cell.step.name, day_text=due)


def _step_of(cell: Cell, fact: Fact) -> str:
    return (
        f"{cell.step.name} ({fact.record.instrument_name})" if fact.record.instrument_id else cell.step.name
    )


def _mark(code: str, day: date, line: ReviewLine, *, phase: str, step: str, day_text: str) -> ReviewMark:
    part_of_year = (day.timetuple().tm_yday - 1) / 366
    x = 100 * (day.year + part_of_year - line.years[0]) / len(line.years)
    label = _("Phase %(phase)s: %(step)s, %(status)s, %(date)s.") % {
        "phase": phase,
        "step": step,
        "status": LABELS[code],
        "date": day_text,
    }
    # What was before or after the years of the calendar stands at its end, with its date.
    return ReviewMark(code, round(min(max(x, 0), 100), 1), label)


def _in_lanes(marks: Sequence[ReviewMark]) -> list[ReviewMark]:
    """Return the marks, each in the first lane where it hides none before it."""
    ends: list[float] = []
    placed = []
    for mark in marks:
        lane = next((lane for lane, end in enumerate(ends) if mark.x - end >= NEAREST), len(ends))
        ends[lane : lane + 1] = [mark.x]
        placed.append(replace(mark, lane=lane))
    return placed


def _undated(columns: Sequence[Column], line: ReviewLine, lane: int) -> Iterator[ReviewMark]:
    """Yield one mark for each state in which steps of a phase without a date are."""
    numbers = {column.cluster.pk: Counter(_codes_without_date(column)) for column in columns}
    year = 0
    _group, spans = line.groups[0]
    for span in spans:
        codes = numbers.get(span.code, Counter())
        shown = [code for code in LABELS if code in codes]
        for at, code in enumerate(shown):
            x = 100 * (year + span.years * (at + 0.5) / len(shown)) / len(line.years)
            label = ngettext(
                "Phase %(phase)s: %(status)s, %(number)s step without a date.",
                "Phase %(phase)s: %(status)s, %(number)s steps without a date.",
                codes[code],
            ) % {"phase": span.code, "status": LABELS[code], "number": codes[code]}
            yield ReviewMark(code, round(x, 1), label, lane)
        year += span.years


def _codes_without_date(column: Column) -> Iterator[str]:
    for cell in column.cells:
        yield from (str(fact.record.status) for fact in cell.facts if not fact.record.date)
        if cell.silence and not cell.due:
            yield str(cell.silence)

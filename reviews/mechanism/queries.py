"""The phases and the steps of the mechanism, as pages name them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.mechanism.models import Phase, StepKind


def phase_name(code: str, title: str) -> str:
    """Return "Phase I: criminalization …", or the phase alone where no title is verified."""
    if title:
        return _("Phase %(code)s: %(title)s") % {"code": code, "title": title}
    return _("Phase %(code)s") % {"code": code}


def steps() -> list[StepKind]:
    """Return the steps in use, in their order, each with its document."""
    return list(StepKind.objects.all().offered().in_order().select_related("document"))


def today() -> date:
    return localdate()


@dataclass(frozen=True, slots=True)
class Span:
    """A phase as whole years of the line; without a code, years in which the group has none."""

    code: str
    years: int
    is_now: bool


@dataclass(frozen=True)
class ReviewLine:
    """When each group nominally goes through each phase, by years, with this year among them."""

    years: list[int]
    this_year: int
    groups: list[tuple[str, list[Span]]] = field(default_factory=list)

    @property
    def now(self) -> list[tuple[str, str]]:
        """(group, phase in which it is this year, "" for none)."""
        return [
            (group, next((span.code for span in spans if span.is_now), "")) for group, spans in self.groups
        ]


def review_line(phases: Iterable[Phase], day: date) -> ReviewLine | None:
    """Return the line of phases in the order of groups and clusters; None where no phase has both ends.

    A phase stands in its years up to the one in which the next begins: sources give most by the year alone.
    """
    spans: dict[str, list[tuple[str, int, int]]] = {}
    for phase in phases:
        if phase.starts and phase.ends:
            ranges = spans.setdefault(str(phase.group_id), [])
            ranges.append((str(phase.cluster_id), int(phase.starts[:4]), int(phase.ends[:4])))
    if not spans:
        return None
    first = min(start for ranges in spans.values() for _code, start, _end in ranges)
    end = max(end for ranges in spans.values() for _code, _start, end in ranges)
    line = ReviewLine(list(range(first, end)), day.year)
    for group, ranges in spans.items():
        line_spans: list[Span] = []
        at = first
        for code, start, stop in ranges:
            if start > at:
                line_spans.append(Span("", start - at, False))
            line_spans.append(Span(code, stop - start, start <= day.year < stop))
            at = stop
        if at < end:
            line_spans.append(Span("", end - at, False))
        line.groups.append((group, line_spans))
    return line

"""The phases and the steps of the mechanism, as pages name them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.mechanism.models import Phase, StepKind


def phase_name(code: str, title: str) -> str:
    """ "Phase I: criminalization …"; without a title where none is verified."""
    if title:
        return _("Phase %(code)s: %(title)s") % {"code": code, "title": title}
    return _("Phase %(code)s") % {"code": code}


def steps() -> list[StepKind]:
    """Those in use, as they follow each other, each with its document. One query."""
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
        return [(group, next((one.code for one in spans if one.is_now), "")) for group, spans in self.groups]


def review_line(phases: Iterable[Phase], day: date) -> ReviewLine | None:
    """Of phases in the order of groups and clusters; None where none has a nominal start and end.

    A phase stands in its years up to the one in which the next begins: sources give most by the year alone.
    """
    spans: dict[str, list[tuple[str, int, int]]] = {}
    for phase in phases:
        if phase.starts and phase.ends:
            found = spans.setdefault(str(phase.group_id), [])
            found.append((str(phase.cluster_id), int(phase.starts[:4]), int(phase.ends[:4])))
    if not spans:
        return None
    first = min(start for found in spans.values() for _code, start, _end in found)
    end = max(end for found in spans.values() for _code, _start, end in found)
    line = ReviewLine(list(range(first, end)), day.year)
    for group, found in spans.items():
        told: list[Span] = []
        at = first
        for code, start, stop in found:
            if start > at:
                told.append(Span("", start - at, False))
            told.append(Span(code, stop - start, start <= day.year < stop))
            at = stop
        if at < end:
            told.append(Span("", end - at, False))
        line.groups.append((group, told))
    return line

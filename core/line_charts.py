"""A number over time as a line: twelve points or so, drawn on the server; the table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 600, 120


@dataclass(frozen=True, slots=True)
class LinePoint:
    """A number at a time; None where it is not shown."""

    label: str
    number: int | None


@dataclass(frozen=True, slots=True)
class LineChart:
    """`lines` has the corners of one line for each run of neighbouring numbers, `dots` a path for each."""

    lines: list[str]
    dots: list[str]
    first: LinePoint
    last: LinePoint
    most: int
    description: str


def line_chart(points: Sequence[LinePoint]) -> LineChart | None:
    """Return the line of these points in the order of time; None where there is no number.

    It begins at the start side of the page: where the language runs from right to left, the style mirrors it.
    """
    numbers = [point.number for point in points if point.number is not None]
    if not numbers:
        return None
    most = max(numbers)
    step = WIDTH / (len(points) - 1) if len(points) > 1 else 0
    runs: list[list[tuple[float, float]]] = [[]]
    for at, point in enumerate(points):
        if point.number is None:
            runs.append([])
            continue
        x = at * step if step else WIDTH / 2
        y = HEIGHT - HEIGHT * point.number / most if most else HEIGHT
        runs[-1].append((round(x, 1), round(y, 1)))
    shown = [point for point in points if point.number is not None]
    return LineChart(
        [" ".join(f"{x},{y}" for x, y in run) for run in runs if len(run) > 1],
        [f"M{x} {y}h0" for run in runs for x, y in run],
        shown[0],
        shown[-1],
        most,
        _describe(shown, most),
    )


def _describe(shown: Sequence[LinePoint], most: int) -> str:
    first, last = shown[0], shown[-1]
    if first is last:
        return _("%(time)s: %(number)s") % {"time": first.label, "number": intcomma(first.number)}
    return _("%(first)s: %(from)s. %(last)s: %(to)s. Highest number: %(most)s.") % {
        "first": first.label,
        "from": intcomma(first.number),
        "last": last.label,
        "to": intcomma(last.number),
        "most": intcomma(most),
    }

"""Published figures of the mechanism, each with its source; sources that disagree stand side by side."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reviews.models import Snapshot
from reviews.models.figures import Measure

# Of the chart, in units of its own drawing.
BAR_WIDTH, BAR_STEP, LABEL_WIDTH = 300, 20, 260


@dataclass
class Figure:
    snapshot: Snapshot
    scope: str
    # Its bar in units of the drawing, within one measure alone: how long, and how far from the top.
    bar: int
    top: int


@dataclass
class Measured:
    measure: Measure
    figures: list[Figure]

    @property
    def height(self) -> int:
        return BAR_STEP * len(self.figures)


def figures() -> list[Measured]:
    """By measure, the oldest first. One query."""
    rows = Snapshot.objects.select_related("measure", "instrument").order_by(
        "measure__position", "measure_id", "as_of", "pk"
    )
    found: dict[str, Measured] = {}
    for row in rows:
        of = found.setdefault(row.measure_id, Measured(row.measure, []))
        of.figures.append(Figure(row, _scope(row), 0, BAR_STEP * len(of.figures)))
    for of in found.values():
        most = max((figure.snapshot.value for figure in of.figures), default=0)
        for figure in of.figures:
            figure.bar = round(BAR_WIDTH * figure.snapshot.value / most) if most else 0
    return list(found.values())


def _scope(row: Snapshot) -> str:
    """Which reviews were counted."""
    if row.instrument:
        return row.instrument.name
    if not row.groups:
        return _("All reviews")
    words = ngettext("Group %(groups)s", "Groups %(groups)s", len(row.groups))
    return words % {"groups": ", ".join(row.groups)}

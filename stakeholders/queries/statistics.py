"""How many applications were decided how, year by year; no cell tells fewer than five."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import ExtractYear
from django.utils.translation import gettext as _

from core.small_numbers import suppress_if_small
from stakeholders.enums import Outcome, RefusalReason
from stakeholders.models import Reconsideration
from workflow.moves.models import Decision

KIND = "stakeholders.application"


@dataclass(frozen=True, slots=True)
class Year:
    """Numbers by code ("approved", a reason, an outcome); None stands for fewer than five."""

    year: int
    cells: dict[str, int | None]


def columns() -> list[tuple[str, str]]:
    """(Code, what it reads as) of the cells of a year, in their order."""
    refused = [(code, _("Refused: %(reason)s") % {"reason": label}) for code, label in RefusalReason.choices]
    again = [(code, _("Reconsidered: %(outcome)s") % {"outcome": label}) for code, label in Outcome.choices]
    return [("approved", _("Approved applications")), *refused, *again]


def decisions_by_year() -> list[Year]:
    """The newest first; two queries. There are no sums: with them a hidden cell could be worked out."""
    counted: dict[int, Counter[str]] = {}
    made = (
        Decision.objects.filter(subject_kind=KIND, move__in=("approve", "refuse"))
        .annotate(year=ExtractYear("at"))
        .order_by()
        .values_list("year", "move", "reason")
        .annotate(number=Count("pk"))
    )
    for year, move, reason, number in made:
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
        Year(year, {code: suppress_if_small(numbers[code]) for code in codes})
        for year, numbers in sorted(counted.items(), reverse=True)
    ]

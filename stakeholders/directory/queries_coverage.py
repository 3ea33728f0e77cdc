"""Where there is nobody yet: countries by kind or by topic, from what the reader may see, never ranked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.db.models import Count
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from stakeholders.directory.queries import LINKED, DirectoryQuery, links_of, shown_to
from stakeholders.directory.queries_counts import KEPT_SECONDS, Counts
from taxonomy.places.queries import regions_of

COVERAGE_BY: dict[str, str | Promise] = {
    "kind": pgettext_lazy("a table of countries", "By kind"),
    "topic": pgettext_lazy("a table of countries", "By topic"),
}

ANY = "ANY"  # in place of the code of a country


@dataclass(frozen=True, slots=True)
class Cell:
    count: int
    query: str


@dataclass(frozen=True, slots=True)
class CoverageLine:
    code: str
    name: str
    total: int
    query: str
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class CoverageRegion:
    """One region with its countries in the order of their names."""

    # Its numbers together; the code is its own.
    sum: CoverageLine
    lines: list[CoverageLine]
    # How many countries and areas lie in it, and how many of them have nobody whom the reader may find.
    size: int
    empty: int

    @property
    def covered(self) -> int:
        """How many of them have somebody."""
        return self.size - self.empty


@dataclass(frozen=True, slots=True)
class CoverageTable:
    columns: list[Any]
    parts: list[CoverageRegion]
    # Country → how many are there.
    totals: dict[str, int]


def coverage(
    counts: Counts,
    by: str,
    region: str,
    *,
    columns: Mapping[str, Any],
    countries: Mapping[str, str],
    regions: Mapping[str, str],
    empty_only: bool = False,
) -> CoverageTable:
    """Return all countries and areas, in a region or in all; `empty_only`: those with an empty cell."""
    grid, totals = _grid(counts, by)
    questions = {column: _question(by, column) for column in columns}
    within = regions_of()
    parts = []
    for code, name in regions.items():
        here = [iso3 for iso3 in countries if within.get(iso3, ("",))[:1] == (code,)]
        if not here or (region and code != region):
            continue
        lines = [
            CoverageLine(
                iso3,
                countries[iso3],
                totals.get(iso3, 0),
                DirectoryQuery(country=(iso3,)).query(),
                [
                    Cell(grid.get((iso3, column), 0), f"{before}{iso3}{after}")
                    for column, (before, after) in questions.items()
                ],
            )
            for iso3 in here
        ]
        together = _sum(by, code, name, list(columns), lines)
        empty = sum(not line.total for line in lines)
        if empty_only:
            lines = [line for line in lines if not all(cell.count for cell in line.cells)]
        parts.append(CoverageRegion(together, lines, len(here), empty))
    return CoverageTable(list(columns.values()), parts, totals)


def _sum(by: str, code: str, name: str, columns: list[str], lines: list[CoverageLine]) -> CoverageLine:
    """Return the numbers of the countries of a region together, each leading to its list."""
    cells = []
    for place, column in enumerate(columns):
        chosen: Any = {by: (column,)}
        question = DirectoryQuery(region=(code,), **chosen)
        cells.append(Cell(sum(line.cells[place].count for line in lines), question.query()))
    total = sum(line.total for line in lines)
    return CoverageLine(code, name, total, DirectoryQuery(region=(code,)).query(), cells)


def _question(by: str, code: str) -> tuple[str, str]:
    """Return the query string of a column in two parts, before and after the code of a country."""
    chosen: Any = {by: (code,)}
    before, place, after = DirectoryQuery(country=(ANY,), **chosen).query().partition(f"country={ANY}")
    return before + place.removesuffix(ANY), after


def _grid(counts: Counts, by: str) -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    """Return the cached numbers of entries that the reader sees: by (iso3, code), and by iso3."""
    key = f"directory:coverage:{counts.version}:{'+'.join(counts.listings)}:{by}"
    numbers: Any = cache.get(key)
    if numbers is None:
        rows = shown_to(counts.user).order_by()
        totals = dict(rows.values_list("country").annotate(Count("pk")))
        if by in LINKED:
            links, entry, term = links_of(counts.user, by)
            linked = links.filter(**{f"{entry}__in": rows.values("pk")})
            counted = linked.values_list("stakeholder__country", term).annotate(Count("pk"))
        else:
            counted = rows.values_list("country", by).annotate(Count("pk"))
        numbers = {(iso3, code): number for iso3, code, number in counted}, totals
        cache.set(key, numbers, KEPT_SECONDS)
    return numbers

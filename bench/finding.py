# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Whether people find whom they look for, however they type it: of 300 questions, how many lead to the entry
among the first ten of the directory.

    python -m bench.finding [--database NAME]

Asks a database that `bench.data` filled with the registry, or the one that is named. `finding.csv` holds what
is typed, of which kind the difficulty is, and the entry that is meant: public names of the registry
(https://ror.org, CC0) with slips made at random, and in Latin letters as three tables and people write them;
and right words, without an entry, for which no others may be looked for.
"""

import argparse
import csv
import os
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench import data

FILE = Path(__file__).with_suffix(".csv")
BEST = 10
# Kind → of a hundred questions of it, how many have to lead to the entry; of the others all.
AIMS = {
    "slip": 95,
    "swapped": 95,
    "doubled": 95,
    "acronym": 98,
    "latin name": 98,
    "piece": 95,
    "cyrillic": 90,
    "greek": 90,
    "arabic": 90,
}


class Asked(NamedTuple):
    kind: str
    typed: str
    name: str
    name_latin: str
    acronym: str
    country: str


def questions() -> list[Asked]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [Asked(**row) for row in csv.DictReader(lines)]


def answer(typed: str) -> tuple[str, list[str]]:
    """What the directory answers a visitor: the words it looked for, and the names of its first entries."""
    from django.contrib.auth.models import AnonymousUser

    from search.facets import facets_or_nearest, page_of
    from stakeholders.directory.queries import DirectoryQuery
    from stakeholders.directory.queries_counts import Counts
    from stakeholders.directory.queries_rows import rows_of
    from stakeholders.entries.models import DirectoryVersion

    visitor, asked = AnonymousUser(), DirectoryQuery(q=typed)
    counts = Counts(visitor, DirectoryVersion.objects.current())
    counted, instead = facets_or_nearest(visitor, counts.facets, asked)
    page = page_of(instead or asked, counted.total, None, partial(rows_of, visitor))
    return (instead or asked).q, [row.name for row in page[:BEST]]


def missed() -> Iterator[tuple[Asked, str, list[str]]]:
    """Where the entry is not among the first; or, where words are right, others were looked for."""
    for asked in questions():
        looked_for, names = answer(asked.typed)
        if (asked.name not in names) if asked.name else looked_for != asked.typed:
            yield asked, looked_for, names


def too_few(misses: Counter[str]) -> dict[str, tuple[int, int]]:
    """Kind → (found, questions) of the kinds that miss their aim."""
    numbers = Counter(asked.kind for asked in questions())
    return {
        kind: (number - misses[kind], number)
        for kind, number in numbers.items()
        if (number - misses[kind]) * 100 < AIMS.get(kind, 100) * number
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="the name of a database beside the one of DATABASE_URL")
    options = parser.parse_args()
    known = os.environ["DATABASE_URL"]
    database = data.address(known, options.database) if options.database else data.prepare(max(data.FILES))
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings")
    ask()


def ask() -> None:
    import django

    django.setup()
    misses: Counter[str] = Counter()
    for asked, looked_for, names in missed():
        misses[asked.kind] += 1
        print(f"{asked.kind}: {asked.typed!r}, meant {asked.name!r}; looked for {looked_for!r}: {names[:2]}")
    print("\n| kind | found | of | aim |\n|---|---|---|---|")
    for kind, number in Counter(asked.kind for asked in questions()).items():
        print(f"| {kind} | {number - misses[kind]} | {number} | {AIMS.get(kind, 100)} % |")


if __name__ == "__main__":
    main()

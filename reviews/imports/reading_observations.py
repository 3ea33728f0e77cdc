"""Observations as a file: what is new among them; what is recorded already is the same."""

from collections.abc import Iterator

from django.utils.dateparse import parse_date
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.imports.codes import Codes
from reviews.imports.reports import (
    ListChange,
    NumberedRow,
    Problem,
    Report,
    known_rows,
    unknown_code,
    wrong_lines,
)
from reviews.observations.models import LONGEST, Observation

PLAIN = ("text", "source", "source_url", "source_date")
KEY = ("iso3", "article", "kind", "text")
SHOWN = 300


def read_observations(rows: list[NumberedRow], codes: Codes, report: Report) -> None:
    """Read observations; the same text on the same article of a country is not recorded twice."""
    lists = {name: codes[name] for name in ("iso3", "kind", "article", "language")}
    countries = {row["iso3"].upper() for _line, row in rows}
    observations = Observation.objects.filter(country__in=countries)
    stands = set(observations.values_list("country_id", "article_id", "kind", "text"))
    wrong = wrong_lines(rows, Observation, PLAIN, report)
    topics = {line: _parts(row["topics"]) for line, row in rows}
    for line, row in rows:
        problems = [
            unknown_code(line, code, "topics") for code in topics[line] if code not in codes["topics"]
        ]
        problems += [Problem(line, text) for text in _faults(row)]
        report.problems += problems
        wrong |= {line} if problems else set()
    for line, row in known_rows(rows, lists, KEY, report):
        if line in wrong:
            continue
        if tuple(row[name] for name in KEY) in stands:
            report.same += 1
            continue
        label = f"{codes['iso3'][row['iso3']]}, {codes['article'][row['article']]}"
        fields = {
            "country_id": row["iso3"],
            "article_id": row["article"],
            "language_id": row["language"],
            **{name: row[name] for name in ("kind", "text", "source", "source_url")},
            "source_date": parse_date(row["source_date"]),
            "topics": topics[line],
        }
        after = f"{codes['kind'][row['kind']]}: {_short(row['text'])}"
        report.new.append(ListChange((str(line),), label, "", after, fields))
    report.problems.sort(key=lambda problem: problem.line)


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _faults(row: dict[str, str]) -> Iterator[str]:
    """What the columns of the database do not say."""
    if len(row["text"]) > LONGEST:
        yield _("“text” has more than %(most)s characters.") % {"most": LONGEST}
    try:
        day = parse_date(row["source_date"])
    except ValueError:
        return
    if day and day > localdate():
        yield _("The date of a source cannot be in the future.")


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

"""Observations as a file: what is new among them; what is recorded already is the same."""

from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from reviews.imports.codes import Codes
from reviews.imports.reports import Change, Problem, Report, Row, is_right, known_rows, unknown_code
from reviews.observations.models import Observation

LONGEST = 4000
SHOWN = 300


def read_observations(rows: list[Row], codes: Codes, report: Report) -> None:
    """One of the same words on the same article of the same country is not recorded twice. One query."""
    key = ("iso3", "article", "kind", "text")
    lists = {name: codes[name] for name in ("iso3", "kind", "article", "language")}
    countries = {row["iso3"].upper() for _line, row in rows}
    stands = set(
        Observation.objects.filter(country__in=countries).values_list(
            "country_id", "article_id", "kind", "text"
        )
    )
    for line, row in known_rows(rows, lists, key, report):
        topics = list(filter(None, (part.strip() for part in row["topics"].split(";"))))
        unknown = [code for code in topics if code not in codes["topics"]]
        report.problems += [unknown_code(line, code, "topics") for code in unknown]
        made = Observation(
            country_id=row["iso3"],
            article_id=row["article"],
            language_id=row["language"],
            **{name: row[name] for name in ("kind", "text", "source", "source_url", "source_date")},
        )
        if not is_right(line, made, report) or _is_wrong(line, made, report) or unknown:
            continue
        if tuple(row[name] for name in key) in stands:
            report.same += 1
            continue
        names = (
            "country_id",
            "article_id",
            "language_id",
            "kind",
            "text",
            "source",
            "source_url",
            "source_date",
        )
        report.new.append(
            Change(
                (str(line),),
                f"{codes['iso3'][row['iso3']]}, {codes['article'][row['article']]}",
                "",
                f"{made.get_kind_display()}: {_short(row['text'])}",
                {**{name: getattr(made, name) for name in names}, "topics": topics},
            )
        )


def _is_wrong(line: int, made: Observation, report: Report) -> bool:
    """What the columns of the database do not say."""
    day: date = made.source_date
    problems = []
    if len(made.text) > LONGEST:
        problems.append(_("“text” has more than %(most)s characters.") % {"most": LONGEST})
    if day > localdate():
        problems.append(_("A source cannot be of a day that is still to come."))
    report.problems += [Problem(line, text) for text in problems]
    return bool(problems)


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"

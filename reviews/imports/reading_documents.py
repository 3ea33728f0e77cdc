"""Documents of reviews as a file: which are new, and what it says otherwise of those that stand."""

from copy import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from reviews.imports.codes import Codes
from reviews.imports.reports import (
    ListChange,
    NumberedRow,
    Problem,
    Report,
    known_rows,
    tell_wrong,
    wrong_lines,
)
from reviews.tracker.models import CountryReview, ReviewDocument
from taxonomy.names.enums import UN_LANGUAGES

# Column of the file → of the row.
FIELDS = {
    "kind": "kind_id",
    "phase": "cluster_id",
    **{name: name for name in ("symbol", "title", "date", "publicity")},
    **{f"url_{language}": f"url_{language}" for language in UN_LANGUAGES},
    "note": "note",
}
PLAIN = tuple(name for name in FIELDS if name not in ("kind", "phase", "publicity"))
OPTIONAL = ("iso3", "phase", "publicity")


def read_documents(rows: list[NumberedRow], codes: Codes, report: Report) -> None:
    """Read documents; each is known by its symbol, or by its country, kind and title."""
    reviews = dict(CountryReview.objects.values_list("country_id", "pk"))
    countries = {pk: iso3 for iso3, pk in reviews.items()}
    stands = {
        _key(
            document.symbol, countries.get(document.review_id or 0, ""), document.kind_id, document.title
        ): document
        for document in ReviewDocument.objects.all()
    }
    wrong = wrong_lines(rows, ReviewDocument, PLAIN, report)
    named = [(line, row | {"key": _key(row["symbol"], *_about(row))}) for line, row in rows]
    for line, row in known_rows(named, codes, ("key",), report, optional=OPTIONAL):
        old = stands.get(row["key"])
        document = copy(old) if old else ReviewDocument()
        fields: dict[str, Any] = {FIELDS[name]: row[name] for name in FIELDS if row[name]}
        if row["iso3"]:
            fields["review_id"] = reviews[row["iso3"]]
        changed = [name for name, value in fields.items() if getattr(document, name) != value]
        for name, value in fields.items():
            setattr(document, name, value)
        try:
            document.clean()
        except ValidationError as refusal:
            tell_wrong(line, refusal, report)
            continue
        if not document.symbol and not document.title:
            report.problems.append(Problem(line, _("Give a symbol or a title.")))
        elif not changed:
            report.same += 1
        elif line not in wrong:
            label = f"{codes['iso3'].get(row['iso3'], _('All country reviews'))}, {document}"
            before = _describe_cells(old, changed) if old else ""
            change = ListChange((row["key"],), label, before, _describe_cells(document, changed), document)
            (report.changed if old else report.new).append(change)
    report.problems.sort(key=lambda problem: problem.line)


def _about(row: dict[str, str]) -> tuple[str, str, str]:
    return row["iso3"].upper(), row["kind"], row["title"]


def _key(symbol: str, iso3: str, kind: str, title: str) -> str:
    return symbol or f"{iso3} {kind} {title}"


def _describe_cells(row: ReviewDocument, names: list[str]) -> str:
    """Return the cells that differ, each with its column."""
    columns = {field: column for column, field in FIELDS.items()}
    return "; ".join(f"{columns.get(name, 'iso3')}: {getattr(row, name) or '–'}" for name in names)

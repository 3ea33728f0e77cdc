"""What a file would do, line by line, before anything of it is saved."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be used; nothing is applied while there is one. `line` 0: the file as a whole."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class ListChange:
    """One fact that the file brings. `before` is "" where nothing stands yet."""

    key: tuple[str, ...]
    label: str
    before: str
    after: str
    value: Any


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Where the file, or the file together with what stands, does not keep a known rule of the draw."""

    rule: str
    text: str


@dataclass
class Report:
    problems: list[Problem] = field(default_factory=list)
    new: list[ListChange] = field(default_factory=list)
    changed: list[ListChange] = field(default_factory=list)
    # Reviewing States that stand for a country and instrument of the file, which names others.
    gone: list[ListChange] = field(default_factory=list)
    same: int = 0
    # What the source says just as it stands: the rows are as of the new source, too.
    unchanged: list[ListChange] = field(default_factory=list)
    # What the source says that could not be understood: nothing of it is saved.
    unread: list[str] = field(default_factory=list)
    contradictions: list[Contradiction] = field(default_factory=list)

    @property
    def counts(self) -> dict[str, int]:
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "gone": len(self.gone),
            "same": self.same,
            "contradictions": len(self.contradictions),
        }

    @property
    def can_apply(self) -> bool:
        return not self.problems and bool(self.new or self.changed or self.gone)


# Number of the line, and its cells by column.
NumberedRow = tuple[int, dict[str, str]]
Lists = Mapping[str, Mapping[str, str]]


def known_rows(
    rows: Iterable[NumberedRow],
    lists: Lists,
    key: tuple[str, ...],
    report: Report,
    *,
    optional: Collection[str] = (),
) -> list[NumberedRow]:
    """Return the rows whose codes are all known, spelled as in the lists, each key once."""
    codes = {name: {code.upper(): code for code in known} for name, known in lists.items()}
    first_lines: dict[tuple[str, ...], int] = {}
    good = []
    for line, row in rows:
        wrong = [
            name
            for name, known in codes.items()
            if row[name].upper() not in known and (row[name] or name not in optional)
        ]
        for name in wrong:
            report.problems.append(unknown_code(line, row[name], name))
        if wrong:
            continue
        row |= {name: known.get(row[name].upper(), "") for name, known in codes.items()}
        own = tuple(row[name] for name in key)
        if own in first_lines:
            report.problems.append(
                Problem(line, _("The same as line %(line)s.") % {"line": first_lines[own]})
            )
            continue
        first_lines[own] = line
        good.append((line, row))
    return good


def unknown_code(line: int, code: str, column: str) -> Problem:
    return Problem(line, _("“%(code)s” is not known as %(column)s.") % {"code": code, "column": column})


def wrong_lines(
    rows: Iterable[NumberedRow], model: type[models.Model], names: Collection[str], report: Report
) -> set[int]:
    """Return the lines with a text that its column cannot hold, and report each."""
    others = {field.name for field in model._meta.fields} - set(names)
    wrong = set()
    for line, row in rows:
        try:
            model(**{name: row[name] for name in names}).clean_fields(exclude=others)
        except ValidationError as refusal:
            tell_wrong(line, refusal, report)
            wrong.add(line)
    return wrong


def tell_wrong(line: int, refusal: ValidationError, report: Report) -> None:
    for name, messages in refusal.message_dict.items():
        report.problems += [Problem(line, f"{name}: {message}") for message in messages]


def compare(report: Report, key: tuple[str, ...], label: str, *, before: str, after: str, value: Any) -> None:
    if before == after:
        report.same += 1
        report.unchanged.append(ListChange(key, label, before, after, value))
    elif before:
        report.changed.append(ListChange(key, label, before, after, value))
    else:
        report.new.append(ListChange(key, label, before, after, value))

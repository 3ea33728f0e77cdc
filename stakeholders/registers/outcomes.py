"""What reading one row of a file may come to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that broke one rule. `row` counts as the file does: line of a table, place in a list."""

    row: int
    column: str
    rule: str
    value: str = ""

    def __str__(self) -> str:
        text = f"row {self.row}, {self.column}: {self.rule}"
        return f"{text} ({self.value[:80]!r})" if self.value else text


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """An organization that can be listed once its country is placed."""

    row: int
    ror_id: str
    kind: str
    name: str
    name_latin: str
    acronym: str
    country_code: str
    city: str
    website: str
    # (name, code of its language or ""): what else the source calls it
    other_names: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is not for the directory; `why` is "status: …" or "type: …"."""

    row: int
    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be used, with all that is wrong in it."""

    row: int
    problems: tuple[Problem, ...]


type Outcome = RegisterRow | Skipped | Refused

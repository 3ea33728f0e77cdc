"""What the rows of a list of members come to: lists as people keep them, in no format of ours."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from core.text import clean_line, fold
from stakeholders.entries.models import KEY_LENGTH
from stakeholders.imports.enums import RowOutcome, Rule
from stakeholders.imports.fields import NEEDED, addresses_in
from stakeholders.imports.import_rows import Judge, JudgedRow
from stakeholders.imports.synonyms import NOTHING, TOTALS
from stakeholders.invitations.queries import held_addresses, known_keys

_HOST = re.compile(r"(www\.)?[\w-]+(\.[\w-]+)+(/\S*)?\Z", re.IGNORECASE)


@dataclass
class MemberJudge(Judge):
    """Only what an invitation needs makes a row an error; whatever else is wrong is noted and left out."""

    seen_members: dict[tuple[str, str], int] = field(default_factory=dict)
    seen_addresses: dict[str, int] = field(default_factory=dict)
    needed = ("email", *NEEDED)

    def judge(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[JudgedRow]:
        read = [self._read(number, cells) for number, cells in rows]
        addresses = {row.values["email"] for row in read if "email" in row.values}
        known, held = known_keys(addresses), held_addresses(addresses)
        for row in read:
            if self._is_no_member(row):
                row.outcome, row.problems = RowOutcome.SKIPPED, [["", Rule.NO_ROW, ""]]
            elif row.outcome == RowOutcome.NEW:
                self._place_member(row, known, held)
            if row.outcome != RowOutcome.REFUSED:
                row.cells = []
            yield row

    def _cells_by_field(self, cells: Sequence[str]) -> dict[str, str]:
        cells_by_field = {
            code: _without_nothing(cell) for code, cell in super()._cells_by_field(cells).items()
        }
        if _HOST.match(cells_by_field.get("website", "").strip()):
            cells_by_field["website"] = f"https://{cells_by_field['website'].strip()}"
        return cells_by_field

    def _place_member(self, row: JudgedRow, known: set[tuple[str, str]], held: set[str]) -> None:
        row.problems += self._missing(row)
        needed = {self._head(code) for code in self.needed}
        if any(head in needed for head, _rule, _value in row.problems):
            row.outcome = RowOutcome.REFUSED
            return
        self._complete(row)
        address = row.values["email"]
        if (address, row.name_key) in known:
            row.outcome = RowOutcome.KNOWN
        elif earlier := self._earlier_member(row):
            row.outcome = RowOutcome.SKIPPED
            row.problems.append([self._head("name"), Rule.TWICE, str(earlier)])
        else:
            if address in held:
                row.problems.append([self._head("email"), Rule.HELD_BACK, address])
            if (first := self.seen_addresses.setdefault(address, row.row)) != row.row:
                row.problems.append([self._head("email"), Rule.SAME_ADDRESS, str(first)])

    def _is_no_member(self, row: JudgedRow) -> bool:
        """Return whether the row is a repeated heading, the name of a group or a total."""
        if "email" in row.values:
            return False
        texts = [fold(cell) for cell in row.cells if cell.strip()]
        totals = texts[0] in TOTALS or texts[0].startswith(tuple(f"{word} " for word in TOTALS))
        return totals or len(texts) == 1 < len(self.places) or texts == [fold(head) for head in self.heads]

    def _complete(self, row: JudgedRow) -> None:
        row.values.setdefault("language", self.of.default_language)
        self._fill(row)
        others = addresses_in(row.cells[self.places["email"]])[1:]
        if others:
            row.problems.append([self._head("email"), Rule.MORE_ADDRESSES, ", ".join(others)[:200]])

    def _earlier_member(self, row: JudgedRow) -> int:
        """Return the number of the earlier row of the same organization, or 0; punctuation is ignored."""
        spelled = " ".join(re.findall(r"\w+", row.name_key))[:KEY_LENGTH]
        before = self.seen_members.setdefault((spelled, row.values["country"]), row.row)
        return before if before != row.row else 0


def _without_nothing(cell: str) -> str:
    return "" if clean_line(cell).casefold() in NOTHING else cell

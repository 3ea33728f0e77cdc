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

    seen: dict[tuple[str, str], int] = field(default_factory=dict)
    seen_addresses: dict[str, int] = field(default_factory=dict)
    needed = ("email", *NEEDED)

    def judge(self, rows: Iterable[tuple[int, list[str]]]) -> Iterator[JudgedRow]:
        read = [self._read(row, cells) for row, cells in rows]
        addresses = {one.values["email"] for one in read if "email" in one.values}
        known, held = known_keys(addresses), held_addresses(addresses)
        for one in read:
            if self._says_no_member(one):
                one.outcome, one.problems = RowOutcome.SKIPPED, [["", Rule.NO_ROW, ""]]
            elif one.outcome == RowOutcome.NEW:
                self._place_member(one, known, held)
            if one.outcome != RowOutcome.REFUSED:
                one.cells = []
            yield one

    def _said(self, cells: Sequence[str]) -> dict[str, str]:
        said = {code: _without_nothing(cell) for code, cell in super()._said(cells).items()}
        if _HOST.match(said.get("website", "").strip()):
            said["website"] = f"https://{said['website'].strip()}"
        return said

    def _place_member(self, one: JudgedRow, known: set[tuple[str, str]], held: set[str]) -> None:
        one.problems += self._missing(one)
        needed = {self._head(code) for code in self.needed}
        if any(head in needed for head, _rule, _value in one.problems):
            one.outcome = RowOutcome.REFUSED
            return
        self._complete(one)
        address = one.values["email"]
        if (address, one.name_key) in known:
            one.outcome = RowOutcome.KNOWN
        elif earlier := self._earlier_member(one):
            one.outcome = RowOutcome.SKIPPED
            one.problems.append([self._head("name"), Rule.TWICE, str(earlier)])
        else:
            if address in held:
                one.problems.append([self._head("email"), Rule.HELD_BACK, address])
            if (first := self.seen_addresses.setdefault(address, one.row)) != one.row:
                one.problems.append([self._head("email"), Rule.SAME_ADDRESS, str(first)])

    def _says_no_member(self, one: JudgedRow) -> bool:
        """A heading that comes again, the name of a group, a total."""
        if "email" in one.values:
            return False
        said = [fold(cell) for cell in one.cells if cell.strip()]
        totals = said[0] in TOTALS or said[0].startswith(tuple(f"{word} " for word in TOTALS))
        return totals or len(said) == 1 < len(self.places) or said == [fold(head) for head in self.heads]

    def _complete(self, one: JudgedRow) -> None:
        one.values.setdefault("language", self.of.default_language)
        self._fill(one)
        others = addresses_in(one.cells[self.places["email"]])[1:]
        if others:
            one.problems.append([self._head("email"), Rule.MORE_ADDRESSES, ", ".join(others)[:200]])

    def _earlier_member(self, one: JudgedRow) -> int:
        """The earlier row of the same organization, or 0: signs between the words tell no two apart."""
        spelled = " ".join(re.findall(r"\w+", one.name_key))[:KEY_LENGTH]
        before = self.seen.setdefault((spelled, one.values["country"]), one.row)
        return before if before != one.row else 0


def _without_nothing(cell: str) -> str:
    return "" if clean_line(cell).casefold() in NOTHING else cell

# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Whether people find whom they look for, however they type it: of 300 questions, how many lead to the entry
among the first ten of the directory.

    python -m bench.finding [--database NAME] [--draw SEED [--save]]

Asks a database into which the portal's own import has taken the registry (https://ror.org, CC0) and nothing
has been done since, or the one that is named. `finding.csv` holds what is typed, of which kind the difficulty
is, and the entry that is meant. Most of it was drawn by `draw` from all names that are listed, so that nobody
has chosen what to ask. `--draw` asks others, by another seed; `--save` makes them those of the file. `TYPED`
stays as it is: names of other scripts, drawn too, in Latin letters as three public tables have them, or, in
Arabic, as people write; and right words, which have no entry, and for which no others may be looked for.
"""

import argparse
import csv
import os
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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
    "alias": 98,
    "other language": 98,
    "latin name": 98,
    "piece": 95,
    "cyrillic": 90,
    "greek": 90,
    "arabic": 90,
}
TYPED = ("cyrillic", "greek", "arabic", "right")
NUMBERS = {
    "slip": 40,
    "swapped": 35,
    "doubled": 25,
    "acronym": 30,
    "alias": 30,
    "other language": 30,
    "latin name": 10,
    "piece": 30,
    "name": 10,
    "right words": 10,
}


class Question(NamedTuple):
    kind: str
    typed: str
    name: str
    name_latin: str
    acronym: str
    country: str
    others: str


def questions() -> list[Question]:
    with FILE.open(encoding="utf-8", newline="") as lines:
        return [Question(**row) for row in csv.DictReader(lines)]


def save(rows: Iterable[Question]) -> None:
    with FILE.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines)
        writer.writerow(Question._fields)
        writer.writerows(rows)


# --- What is drawn ------------------------------------------------------------------------------------

LETTERS = "abcdefghijklmnopqrstuvwxyz"
_WORD = re.compile(r"[^\W\d_]{4,}")
_COUNTRY = re.compile(r"\s*[(（][^)）]*[)）]\s*$")  # which the registry puts behind the name of a company
_RUN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3]{3,}")
_ACRONYM = re.compile(r"\S{2,12}")


type Other = tuple[str, str | None]  # a name and its language


def draw(seed: int) -> list[Question]:
    """Questions about entries drawn from all that are listed; the same ones by the same seed.

    Left out is what tells no entry, for more than ten are called so or hold it.
    """
    from core.text import fold
    from stakeholders.applications.models import OtherName
    from stakeholders.entries.models import Stakeholder
    from stakeholders.registers.ror import is_latin

    rng = random.Random(seed)
    others: dict[int, list[Other]] = {}
    for pk, *other in OtherName.objects.order_by("pk").values_list("stakeholder_id", "text", "language_id"):
        others.setdefault(pk, []).append((other[0], other[1]))
    listed = Stakeholder.objects.filter(status="listed").order_by("pk")
    columns = ("pk", "name", "name_latin", "acronym", "country__iso2")
    rows = [(row, others.get(row[0], [])) for row in listed.values_list(*columns)]
    names = [{row[1], row[2], row[3], *(text for text, _code in other)} for row, other in rows]
    called = Counter(name for some in names for name in {fold(name_form) for name_form in some})
    in_runs = "\n".join(name for some in names for name in some if _RUN.search(name))

    def typed(kind: str, name: str, other: list[Other], latin: str, acronym: str) -> str:
        bare = _COUNTRY.sub("", name)
        if kind in SLIPS:
            return _with_slip(rng, bare, SLIPS[kind]) if is_latin(name) else ""
        if kind == "piece":
            piece = _piece(rng, name)
            return piece if in_runs.count(piece) <= BEST else ""
        short = [text for text, _code in other if text.isupper() and _ACRONYM.fullmatch(text)]
        choices = {
            "acronym": [acronym, *short],
            "alias": [text for text, code in other if not code and text not in short],
            "other language": [text for text, code in other if code],
            "latin name": [_COUNTRY.sub("", latin)],
            "name": [bare.lower()],
        }[kind]
        usable = [choice for choice in choices if choice and called[fold(choice)] <= BEST]
        return rng.choice(usable) if usable else ""

    drawn = []
    for kind, number in NUMBERS.items():
        rng.shuffle(rows)
        if kind == "right words":
            words = (word[0] for row, _other in rows if is_latin(row[1]) and (word := _WORD.findall(row[1])))
            drawn += [
                Question(kind, f"{next(words)} {next(words)}", "", "", "", "", "") for _ in range(number)
            ]
            continue
        candidates = (
            Question(kind, text, name, latin, acronym, iso2, "|".join(text for text, _code in other))
            for (_pk, name, latin, acronym, iso2), other in rows
            if (text := typed(kind, name, other, latin, acronym))
        )
        drawn += [question for question, _ in zip(candidates, range(number), strict=False)]
    return drawn


def _with_slip(rng: random.Random, name: str, slip: Callable[[random.Random, str], str]) -> str:
    """The name with a slip in one of its words of four letters or more."""
    words = list(_WORD.finditer(name))
    if not words:
        return ""
    word = rng.choice(words)
    changed = slip(rng, word.group())
    return "" if changed == word.group() else name[: word.start()] + changed + name[word.end() :]


def _one_letter(rng: random.Random, word: str) -> str:
    at, letter = rng.randrange(len(word)), rng.choice(LETTERS)
    return word[:at] + rng.choice(("", letter, letter + word[at])) + word[at + 1 :]


def _swap_letters(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word) - 1)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def _double_letter(rng: random.Random, word: str) -> str:
    at = rng.randrange(len(word))
    is_double = at > 0 and word[at - 1] == word[at]
    return word[:at] + word[at + is_double :] if is_double else word[:at] + word[at] + word[at:]


def _piece(rng: random.Random, name: str) -> str:
    """Three to six signs of a name that is written without spaces."""
    if not (runs := _RUN.findall(name)):
        return ""
    run = rng.choice(runs)
    length = rng.randint(3, min(6, len(run)))
    at = rng.randrange(len(run) - length + 1)
    return str(run[at : at + length])


SLIPS = {"slip": _one_letter, "swapped": _swap_letters, "doubled": _double_letter}


# --- What is answered ---------------------------------------------------------------------------------


def answer(typed: str) -> tuple[str, list[str]]:
    """What the directory answers a visitor: the words it looked for, and the names of its first entries."""
    from django.contrib.auth.models import AnonymousUser

    from search.facets import facets_or_nearest, page_of
    from stakeholders.directory.queries import DirectoryQuery
    from stakeholders.directory.queries_counts import Counts
    from stakeholders.directory.queries_rows import rows_of
    from stakeholders.entries.models import DirectoryVersion

    visitor, query = AnonymousUser(), DirectoryQuery(q=typed)
    counts = Counts(visitor, DirectoryVersion.objects.current())
    counted, instead = facets_or_nearest(visitor, counts.facets, query)
    page = page_of(instead or query, counted.total, None, partial(rows_of, visitor))
    return (instead or query).q, [row.name for row in page[:BEST]]


def find_misses(asked_for: Iterable[Question]) -> Iterator[tuple[Question, str, list[str]]]:
    """Where the entry is not among the first; or, where words are right, others were looked for."""
    for question in asked_for:
        looked_for, names = answer(question.typed)
        if (question.name not in names) if question.name else looked_for != question.typed:
            yield question, looked_for, names


def too_few(asked_for: Iterable[Question], misses: Counter[str]) -> dict[str, tuple[int, int]]:
    """Kind → (found, questions) of the kinds that miss their aim."""
    numbers = Counter(question.kind for question in asked_for)
    return {
        kind: (number - misses[kind], number)
        for kind, number in numbers.items()
        if (number - misses[kind]) * 100 < AIMS.get(kind, 100) * number
    }


# --- The bench ----------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="the name of a database beside the one of DATABASE_URL")
    parser.add_argument("--draw", type=int, metavar="SEED", help="ask a fresh sample instead of the file's")
    parser.add_argument("--save", action="store_true", help="put the fresh sample into the file")
    options = parser.parse_args()
    known = os.environ["DATABASE_URL"]
    database = data.address(known, options.database) if options.database else data.prepare_as_imported()
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings")
    ask(options.draw, save_it=options.save)


def ask(seed: int | None, *, save_it: bool) -> None:
    import django

    django.setup()
    asked_for = questions() if seed is None else draw(seed)
    if save_it:
        save([*asked_for, *(question for question in questions() if question.kind in TYPED)])
    misses: Counter[str] = Counter()
    for question, looked_for, names in find_misses(asked_for):
        misses[question.kind] += 1
        print(
            f"{question.kind}: {question.typed!r}, meant {question.name!r}; "
            f"looked for {looked_for!r}: {names[:2]}"
        )
    print("\n| kind | found | of | aim |\n|---|---|---|---|")
    for kind, number in Counter(question.kind for question in asked_for).items():
        print(f"| {kind} | {number - misses[kind]} | {number} | {AIMS.get(kind, 100)} % |")


if __name__ == "__main__":
    main()

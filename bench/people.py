# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Whether people find what they ask for in their own words: of 300 questions in six languages, how many have
a right answer among the first three that the page of the search offers, on the real content alone.

    python -m bench.people [--database NAME] [--file CSV] [--failures]

The questions are tasks of people, 50 in each language; a seed split them in halves. The open half was read
while the search was tuned. Of the held half only the SHA-256 was known until that was over. `right` holds
patterns, parted by "|": a title; where it begins with "/" an address without the language; where it begins
with "#" a kind ("any" for all) and what the answer is about (`topic:…`, `kind:…`, `country:…`, `lang:…`).

Makes the database `bench_people` and fills it, unless one is named.
"""

import argparse
import csv
import os
from collections import Counter
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, NamedTuple

from bench import data

FOLDER = Path(__file__).resolve().parent.parent / "tests" / "search"
OPEN, HELD = FOLDER / "questions_open.csv", FOLDER / "questions_held.csv"
FIRST = 3
AIM = 90
KINDS = {"stakeholder": "stakeholders.stakeholder", "resource": "resources.resource"}


class Question(NamedTuple):
    language: str
    question: str
    right: str


def questions(file: Path) -> list[Question]:
    with file.open(encoding="utf-8", newline="") as lines:
        return [Question(**row) for row in csv.DictReader(lines)]


def first_answers(question: Question) -> list[Any]:
    """The first things that the page offers a visitor, shortcuts to pages before what was found."""
    from django.contrib.auth.models import AnonymousUser
    from django.utils.translation import override

    from portal.search.queries import Search, SearchQuery

    with override(question.language):
        answer = Search(AnonymousUser(), SearchQuery(q=question.question))
        return [*answer.shortcuts, *answer.lines][:FIRST]


def is_right(answer: Any, question: Question) -> bool:
    hit = getattr(answer, "hit", None)
    path = answer.url.partition("?")[0].removeprefix(f"/{question.language}")
    title = hit.title if hit else str(answer.label)
    return any(_fits(pattern, path, title, hit) for pattern in question.right.split("|"))


def _fits(pattern: str, path: str, title: str, hit: Any) -> bool:
    if pattern.startswith("/"):
        return fnmatchcase(path, pattern)
    if not pattern.startswith("#"):
        return fnmatchcase(title.casefold(), pattern.casefold())
    kind, *about = pattern[1:].split()
    if hit is None or (kind != "any" and hit.kind != KINDS[kind]):
        return False
    codes = {*hit.facets, f"country:{hit.country}", f"lang:{hit.language}"}
    codes |= {
        f"lang:{facet.removeprefix('edition:')}" for facet in hit.facets if facet.startswith("edition:")
    }
    return codes.issuperset(about)


def find_misses(asked_for: list[Question]) -> list[tuple[Question, list[str]]]:
    """Questions without a right answer among the first, and what was offered instead."""
    misses = []
    for question in asked_for:
        answers = first_answers(question)
        if not any(is_right(answer, question) for answer in answers):
            misses.append(
                (question, [str(getattr(answer, "label", "") or answer.hit.title) for answer in answers])
            )
    return misses


def prepare() -> str:
    """A database with the real content alone."""
    database = data.make_database("bench_people")
    data.manage(database, "load_content", "--reference")
    data.manage(database, "learn_words")
    return database


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", help="the name of a database beside the one of DATABASE_URL")
    parser.add_argument(
        "--file", type=Path, action="append", help="other questions than those of the repository"
    )
    parser.add_argument("--failures", action="store_true", help="name the questions that miss")
    options = parser.parse_args()
    known = os.environ["DATABASE_URL"]
    database = data.address(known, options.database) if options.database else prepare()
    os.environ.update(DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings")
    import django

    django.setup()
    for file in options.file or [OPEN, HELD]:
        asked_for = questions(file)
        misses = find_misses(asked_for)
        if options.failures:
            for question, answers in misses:
                print(f"{question.language}: {question.question!r}: {answers}")
        in_vain = Counter(question.language for question, _answers in misses)
        numbers = Counter(question.language for question in asked_for)
        each = ", ".join(f"{code} {number - in_vain[code]}/{number}" for code, number in numbers.items())
        answered = len(asked_for) - len(misses)
        print(f"{file.name}: {answered} of {len(asked_for)} ({answered * 100 // len(asked_for)} %): {each}")


if __name__ == "__main__":
    main()

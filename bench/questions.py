"""Questions to the directory that nobody has asked before in this run, each of them once.

They are made of the names in the database, by kinds of question, the same ones at each run.
"""

import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from urllib.parse import urlencode

import psycopg

WORD = re.compile(r"[^\W\d_]{4,}")
SCRIPTS = {
    "Arabic": re.compile(r"[\u0621-\u064a]{4,}"),
    "Russian": re.compile(r"[а-яё]{4,}"),
    "inside a Japanese name": re.compile(r"[\u4e00-\u9fff]{2}"),
}


type Row = tuple[str, str, str]  # name in small letters, kind, country


def questions(database: str, number: int) -> dict[str, list[str]]:
    """Kind of question → up to so many query strings."""
    with psycopg.connect(database) as connection:
        rows: list[Row] = connection.execute(
            "SELECT lower(name), kind, country_id FROM stakeholders_stakeholder "
            "WHERE status IN ('listed', 'active') AND listing = 'public' ORDER BY id"
        ).fetchall()
    return questions_about(rows, number)


def questions_about(rows: list[Row], number: int) -> dict[str, list[str]]:
    chance = random.Random(2026)
    chance.shuffle(rows)
    words_of = {name: [word for word in WORD.findall(name) if word.isascii()] for name, _kind, _place in rows}
    names = [name for name, _kind, _place in rows]
    times = Counter(word for words in words_of.values() for word in set(words))
    rare = sorted(word for word, many in times.items() if 3 <= many <= 12)
    chance.shuffle(rare)
    candidates: dict[str, Iterator[dict[str, str]]] = {
        "common word": ({"q": word} for word, _many in times.most_common(number)),
        "rare word": ({"q": word} for word in rare),
        "two words": (
            {"q": " ".join(chance.sample(words, 2))} for words in words_of.values() if len(words) > 1
        ),
        "word and two filters": (
            {"q": word, "kind": kind, "country": place}
            for name, kind, place in rows
            for word in words_of[name][:1]
            if times[word] >= 50
        ),
        "two filters": ({"kind": kind, "country": place} for _name, kind, place in rows),
        "misspelt word": ({"q": _swap_letters(word)} for word in rare if len(word) > 7),
        **{script: _words_in_script(names, letters) for script, letters in SCRIPTS.items()},
    }
    chosen = {
        kind: list(islice(_unique_queries(parameters), number)) for kind, parameters in candidates.items()
    }
    for queries in chosen.values():
        chance.shuffle(queries)  # so that no reader gets the commonest words
    return chosen


def _words_in_script(names: Sequence[str], letters: re.Pattern[str]) -> Iterator[dict[str, str]]:
    """Words of these letters: of each name the first, then of each all others."""
    words_of_names = [words for name in names if (words := letters.findall(name))]
    yield from ({"q": words[0]} for words in words_of_names)
    yield from ({"q": word} for words in words_of_names for word in words[1:])


def _unique_queries(parameters: Iterator[dict[str, str]]) -> Iterator[str]:
    known = set()
    for question in parameters:
        if (query := urlencode(question)) not in known:
            known.add(query)
            yield query


def _swap_letters(word: str) -> str:
    middle = len(word) // 2
    return word[:middle] + word[middle + 1] + word[middle] + word[middle + 2 :]

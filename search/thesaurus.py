"""Other names for the same: "human trafficking", "TIP" and "traite des personnes" are one thing to ask for.

What is called how comes from above, by the hook `thesaurus`. A run of words in a question that is the name
of something is found by any of its names, in every language.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from search.stop_words import STOP_WORDS
from search.text import (
    SIMPLE,
    config_for,
    fold,
    fold_lightly,
    in_a_row,
    is_run,
    operand,
    pairs,
    without_elisions,
    words,
)

SHORTEST_STEM = 3
_BRACKETS = re.compile(r"[(（][^)）]*[)）]")
_RUSSIAN_ENDING = re.compile("[аеиоуыэюяйьмхв]+$")
_ARABIC_ARTICLE = re.compile("^(?:وال|بال|لل|ال)(?=.{3})")


# What begins so is the name of a page of the portal, or of a time: it leads there, and finds nothing else.
PAGE, WHEN = "term:page-", "term:when-"
CODE = ""  # instead of a language: "KE" of "country:KEN", which is no word that anything is found by


class Name(NamedTuple):
    """`means` is a code as "topic:firearms", "country:KEN"; `language` an ISO code, or `CODE`."""

    means: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """What has several names. `queries` are tsquery texts by configuration that find it by any of them."""

    code: str
    names: tuple[Name, ...]
    queries: tuple[tuple[str, str], ...]
    words: tuple[str, ...]

    def others(self, typed: str, language: str) -> list[str]:
        """Return its names other than the typed one, in this language or else in English."""
        spoken = [name.text for name in self.names if name.language == language]
        spoken = spoken or [name.text for name in self.names if name.language == "en"]
        return [text for text in spoken if key_of(text) != key_of(typed)]


class Thesaurus:
    def __init__(self, names: Iterable[Name] = ()) -> None:
        self._names: dict[str, list[Name]] = defaultdict(list)
        self._meanings: dict[str, Meaning] = {}
        self._codes: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._runs: dict[str, str] = {}
        self._coded: dict[str, str] = {}
        for name in names:
            if name.language == CODE:
                self._coded[name.text] = name.means
                continue
            bare = name._replace(text=_BRACKETS.sub("", name.text).strip())
            if key := key_of(bare.text):
                self._names[bare.means].append(bare)
                if bare.means not in self._codes[key]:
                    self._codes[key].append(bare.means)
                if len(key) == 1 and is_run(key[0]):
                    self._runs.setdefault(key[0], bare.means)
        self._runs_in_text = re.compile("|".join(map(re.escape, sorted(self._runs, key=len, reverse=True))))

    @property
    def codes(self) -> list[str]:
        return list(self._names)

    @cached_property
    def words(self) -> frozenset[str]:
        """Return every word of the names, folded, without small ones."""
        names = (name for of_meaning in self._names.values() for name in of_meaning)
        every_word = {word for name in names for word in words(fold(without_elisions(name.text)))}
        return frozenset(every_word - STOP_WORDS)

    def meaning(self, code: str) -> Meaning:
        if code not in self._meanings:
            self._meanings[code] = _meaning(code, self._names[code])
        return self._meanings[code]

    def called(self, typed: Sequence[str]) -> list[Meaning]:
        """Return what is called by exactly these words (folded, without small ones)."""
        return [self.meaning(code) for code in self._codes.get(tuple(map(stem, typed)), ())]

    def coded(self, typed: str) -> str:
        """Return what has this code (of two or three capitals), which may be offered."""
        return self._coded.get(typed, "")

    def in_run(self, run: str) -> Iterator[tuple[str, list[Meaning]]]:
        """Yield a run of a script without spaces in pieces: (piece, what is called so)."""
        end = 0
        for match in self._runs_in_text.finditer(run) if self._runs else ():
            if match.start() > end:
                yield run[end : match.start()], []
            yield match.group(), [self.meaning(self._runs[match.group()])]
            end = match.end()
        if end < len(run):
            yield run[end:], []


def key_of(text: str) -> tuple[str, ...]:
    """Return the key by which names are compared: their words without small ones and endings."""
    return tuple(stem(word) for word in words(fold(without_elisions(text))) if word not in STOP_WORDS)


def stem(word: str) -> str:
    """Return a folded word without endings of cases; only for names."""
    if word.isascii():
        return word[:-1] if word.endswith("s") and len(word) > SHORTEST_STEM else word
    short = _ARABIC_ARTICLE.sub("", _RUSSIAN_ENDING.sub("", word))
    return short if len(short) >= SHORTEST_STEM else word


def _meaning(code: str, names: list[Name]) -> Meaning:
    if code.startswith((PAGE, WHEN)):
        return Meaning(code, (), (), ())
    simple, stemmed = [], defaultdict(list)
    bare_words: dict[str, None] = {}
    for name in names:
        text = without_elisions(name.text)
        bare = [word for word in words(fold(text)) if word not in STOP_WORDS]
        bare_words |= dict.fromkeys(bare)
        simple.append(" & ".join(map(_operand, bare)))
        if config_for(name.language) != SIMPLE and not name.text.isupper():
            light = [word for word in words(fold_lightly(text)) if fold(word) not in STOP_WORDS]
            stemmed[config_for(name.language)].append(" & ".join(f"'{word}'" for word in light))
    texts_by_config = {SIMPLE: simple, **stemmed}
    queries = tuple((config, " | ".join(dict.fromkeys(texts))) for config, texts in texts_by_config.items())
    return Meaning(code, tuple(names), queries, tuple(bare_words))


def _operand(word: str) -> str:
    """Return a word, or the pairs of a run."""
    return f"({in_a_row(pairs(word)[:-1])})" if is_run(word) and len(word) > 1 else operand(word)

"""What somebody typed into a search box → a question to the database. No input is an error.

Words are joined by AND; "several words" is a phrase; -word excludes; OR between two means either; the last
word also matches as a beginning. Small words (`search.stop_words`) need not be found beside others.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from django.contrib.postgres.search import SearchQuery

from search.stop_words import ASKING, DOING, STOP_WORDS
from search.text import CONFIGS, SIMPLE, fold, fold_lightly, is_run, pairs, words

LONGEST = 200
MOST_TERMS = 12
MOST_LOOSENED = 6  # words of which every choice is asked for: of six, twenty times three
SHORTEST_BEGINNING = 3
# What is no word of its own: the "s" of "Kenya's", the "l" of "l'article".
_APOSTROPHE = re.compile(r"(?<=\w)['’]s\b|\b(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
_CHUNK = re.compile(r'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<word>\S+)')
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]")


class Read(SearchQuery):
    """A tsquery expression that is written already; made of constants, so that it can be planned for."""

    def __init__(self, sql: str, params: list[str]) -> None:
        super().__init__("")
        self.set_source_expressions([])
        self.sql, self.params = sql, params

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return self.sql, self.params


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `light` are its words as the stemmers read them, `bare` as they are compared."""

    light: tuple[str, ...]
    bare: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """All of `groups` must match, of each group any term. Without groups nothing is asked."""

    groups: tuple[tuple[Term, ...], ...] = ()
    excluded: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups)

    def as_query(self) -> Read:
        """The tsquery expression. Only for a question that asks something."""
        asked = [_any([_query(term) for term in group]) for group in self.groups]
        return _read(_all([*asked, *(("!!" + sql, params) for sql, params in map(_query, self.excluded))]))

    @property
    def refused(self) -> Read | None:
        """What no part of an object may hold."""
        return _read(_any([_query(term) for term in self.excluded])) if self.excluded else None

    @property
    def plain_words(self) -> list[str]:
        return [word for group in self.groups for term in group for word in term.bare]

    @property
    def has_phrase(self) -> bool:
        return any(term.phrase for group in self.groups for term in group)

    def missing(self, number: int) -> "Question":
        """The same where so many of `groups` need not match: of any more than that, one must.

        Of many words one of each few must, so that the question is never longer than what was typed.
        """
        if not number:
            return self
        loosened: Iterable[tuple[tuple[Term, ...], ...]] = combinations(self.groups, number + 1)
        if self._is_long:
            few = len(self.groups) // (number + 1)
            loosened = [self.groups[at::few] for at in range(few)]
        return replace(self, groups=tuple(tuple(term for one in some for term in one) for some in loosened))

    @property
    def may_miss(self) -> tuple[int, ...]:
        """How many of the words may be missing, one after the other, where not all are found together."""
        return {0: (), 1: (), 2: (1,), 3: (1,)}.get(len(self.groups), (1, 2))

    def has_most(self, missing: int) -> bool:
        """Whether what may miss so many has more than half; of many words nobody counts."""
        return not self._is_long and 2 * missing < len(self.groups)

    @property
    def _is_long(self) -> bool:
        return len(self.plain_words) > MOST_LOOSENED

    @property
    def said(self) -> list[tuple[list[str], bool]]:
        """How it is read, for the person who asked: (words of which one is enough, whether they are refused).

        Phrases in quotes, beginnings with an ellipsis.
        """
        asked = [([_said(term) for term in group], False) for group in self.groups]
        return asked + [([_said(term)], True) for term in self.excluded]


def _said(term: Term) -> str:
    words_read = " ".join(term.bare)
    return f"“{words_read}”" if term.phrase else f"{words_read}…" if term.beginning else words_read


def parse(text: str, missing: int = 0) -> Question:
    """Read a search text of any content; what is too long or no word is left out.

    So many of its words may be `missing` from what is found.
    """
    text = text[:LONGEST]
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    joining = False
    for chunk in _CHUNK.finditer(text):
        if chunk["word"] == "OR":
            joining = bool(groups)
            continue
        term = _term(chunk)
        if term is None:
            continue
        if term.excluded:
            excluded.append(term)
        elif joining:
            groups[-1].append(term)
        else:
            groups.append([term])
        joining = False
    _open_end(text, groups)
    told = _without_stop_words(groups, text)[:MOST_TERMS]
    question = Question(tuple(tuple(group[:MOST_TERMS]) for group in told), tuple(excluded[:MOST_TERMS]))
    return question.missing(missing)


def _without_stop_words(groups: list[list[Term]], text: str) -> list[list[Term]]:
    """What has to be found; all of it where nothing else would be left."""
    shouted = text.isupper()
    capitals = set() if shouted else {fold(word) for word in re.findall(r"\w+", text) if word.isupper()}
    alone = {group[0].bare[0] for group in groups if _is_word(group)}
    small = (STOP_WORDS | DOING if alone & ASKING else STOP_WORDS) - {
        word for word in capitals if len(word) > 1
    }
    return [group for group in groups if not (_is_word(group) and group[0].bare[0] in small)] or groups


def _is_word(group: list[Term]) -> bool:
    return len(group) == 1 and len(group[0].bare) == 1 and not group[0].phrase


def _term(chunk: re.Match[str]) -> Term | None:
    raw = chunk["word"] if chunk["word"] is not None else chunk["phrase"]
    no = chunk["no"] == "-"
    if chunk["word"] is not None:
        no, raw = raw.startswith("-"), _APOSTROPHE.sub("", raw.removeprefix("-"))
    light = tuple(words(fold_lightly(raw)))[:MOST_TERMS]
    if not light:
        return None
    bare = tuple(words(fold(raw)))[:MOST_TERMS]
    return Term(light, bare, phrase=chunk["word"] is None, excluded=no)


def _open_end(text: str, groups: list[list[Term]]) -> None:
    """Let the word at which the person still seems to be typing match as a beginning."""
    if not groups or text[-1:].isspace():
        return
    last = groups[-1][-1]
    if not last.phrase and len(last.bare[-1]) >= SHORTEST_BEGINNING:
        groups[-1][-1] = replace(last, beginning=True)


# An expression and its parameters. Written by hand: made of Django's expressions the same takes longer than
# what the database then does for a rare word.
type _Sql = tuple[str, list[str]]


def _read(said: _Sql) -> Read:
    return Read(*said)


def _any(several: list[_Sql]) -> _Sql:
    return _joined(" || ", several)


def _all(several: list[_Sql]) -> _Sql:
    return _joined(" && ", several)


def _joined(sign: str, several: list[_Sql]) -> _Sql:
    sql = sign.join(sql for sql, _params in several)
    return f"({sql})", [param for _sql, params in several for param in params]


def _query(term: Term) -> _Sql:
    if term.phrase:
        return _raw(_in_a_row([part for word in term.bare for part in _parts(word)]))
    ends = len(term.bare) - 1
    return _all(
        [
            _word(light, bare, beginning=term.beginning and at == ends)
            for at, (light, bare) in enumerate(zip(term.light, term.bare, strict=True))
        ]
    )


def _word(light: str, bare: str, *, beginning: bool) -> _Sql:
    if is_run(bare):
        return _raw(_in_a_row(_parts(bare)))
    stemmed = [(f"plainto_tsquery('{config}', %s)", [light]) for config in _stemmers(light)]
    return _any([_raw(f"'{bare}':*" if beginning else f"'{bare}'"), *stemmed])


def _parts(word: str) -> list[str]:
    """The word, or the pairs of a run; a single character of one stands for what begins with it (a star)."""
    if not is_run(word):
        return [word]
    return pairs(word)[:-1] if len(word) > 1 else [f"{word}*"]


def _in_a_row(parts: list[str]) -> str:
    """All parts one after the other: within the names (A) or within the text (D), not across their border."""
    if len(parts) == 1:
        return _operand(parts[0], "")
    return " | ".join("(" + " <-> ".join(_operand(part, weight) for part in parts) + ")" for weight in "AD")


def _operand(part: str, weight: str) -> str:
    star = "*" if part.endswith("*") else ""
    flags = f":{star}{weight}" if star or weight else ""
    return f"'{part.removesuffix('*')}'{flags}"


def _stemmers(word: str) -> tuple[str, ...]:
    if _LATIN.search(word):
        return CONFIGS["en"], CONFIGS["fr"], CONFIGS["es"]
    if _CYRILLIC.search(word):
        return (CONFIGS["ru"],)
    if _ARABIC.search(word):
        return (CONFIGS["ar"],)
    return ()


def _raw(query: str) -> _Sql:
    return f"to_tsquery('{SIMPLE}', %s)", [query]

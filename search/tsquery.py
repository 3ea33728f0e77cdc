"""How words are asked of the index: terms and names as expressions of PostgreSQL's own language, tsquery."""

import re
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery

from search.text import CONFIGS, SIMPLE, in_a_row, is_run, operand, other_forms, pairs
from search.thesaurus import Meaning

# An expression and its parameters. Written by hand: made of Django's expressions the same takes longer than
# what the database then does for a rare word.
type Sql = tuple[str, list[str]]
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z]")


class Read(SearchQuery):
    """A tsquery expression that is written already; made of constants, so that it can be planned for."""

    def __init__(self, sql: str, params: list[str]) -> None:
        super().__init__("")
        self.set_source_expressions([])
        self.sql, self.params = sql, params

    @classmethod
    def of(cls, word: str) -> "Read":
        """Return the expression of exactly this word."""
        return cls(*raw(operand(word)))

    def as_sql(self, *args: Any, **kwargs: Any) -> Any:
        return self.sql, self.params


@dataclass(frozen=True, slots=True)
class Term:
    """One word or phrase. `light` are its words as the stemmers read them, `bare` as they are compared.

    Of a name `typed` is how it was written; `joined` are the letters of an acronym without its dots.
    """

    light: tuple[str, ...]
    bare: tuple[str, ...]
    phrase: bool = False
    excluded: bool = False
    beginning: bool = False
    typed: str = ""
    joined: str = ""


def or_query(several: list[Sql]) -> Sql:
    return _join_sql(" || ", several)


def and_query(several: list[Sql]) -> Sql:
    return _join_sql(" && ", several)


def _join_sql(sign: str, several: list[Sql]) -> Sql:
    sql = sign.join(sql for sql, _params in several)
    return f"({sql})", [param for _sql, params in several for param in params]


def query_of(term: Term | Meaning, plainly: bool = False) -> Sql:
    if isinstance(term, Meaning):
        return or_query([(f"to_tsquery('{config}', %s)", [text]) for config, text in term.queries])
    if term.phrase:
        return _row([part for word in term.bare for part in _parts(word)])
    ends = len(term.bare) - 1
    each = and_query(
        [
            _word(light, bare, beginning=term.beginning and at == ends, plainly=plainly)
            for at, (light, bare) in enumerate(zip(term.light, term.bare, strict=True))
        ]
    )
    return or_query([each, raw(f"'{term.joined}'")]) if term.joined else each


def _word(light: str, bare: str, *, beginning: bool, plainly: bool) -> Sql:
    if is_run(bare):
        return _row(_parts(bare))
    stemmed = [(f"plainto_tsquery('{config}', %s)", [light]) for config in _stemmers(light)]
    others = [] if plainly else [raw(f"'{other}'") for other in other_forms(bare)]
    return or_query([raw(f"'{bare}':*" if beginning else f"'{bare}'"), *stemmed, *others])


def _parts(word: str) -> list[str]:
    """Return the word, or the pairs of a run. A single character of a run is a beginning (with a star)."""
    if not is_run(word):
        return [word]
    return pairs(word)[:-1] if len(word) > 1 else [f"{word}*"]


def _row(parts: list[str]) -> Sql:
    return raw(in_a_row(parts) if len(parts) > 1 else operand(parts[0]))


def _stemmers(word: str) -> tuple[str, ...]:
    if _LATIN.search(word):
        return CONFIGS["en"], CONFIGS["fr"], CONFIGS["es"]
    if _CYRILLIC.search(word):
        return (CONFIGS["ru"],)
    if _ARABIC.search(word):
        return (CONFIGS["ar"],)
    return ()


def raw(query: str) -> Sql:
    return f"to_tsquery('{SIMPLE}', %s)", [query]

"""What a question that finds nothing may have meant: its words with their slips mended, the likeliest first.

What is the name of something, has under four letters or stands in a phrase is never taken for a slip; a word
that finds something only beside others, where it is rare and one slip away from a word many times as common,
or where all of them are then just what something is called.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Any, NamedTuple

from core.database import reading_connection
from search import hooks
from search.models import Document, Word
from search.parse import SHORTEST_SLIP, parse
from search.plain_words import is_right
from search.text import before_word, place_words
from search.tsquery import Read

# Of a word with more than one slip: how alike the other is, how far in length they may differ, how many are
# looked at; and how many are tried of a word, and of the whole question.
CLOSE, FARTHEST, MOST_NEAR = 0.72, 2, 12
MOST_OF_A_WORD, MOST_TRIED, MOST_NAMES = 8, 12, 24
COMMONER = 20  # times as common a word must be to be proposed for one that is known itself
RARE, LONG = 5, 6  # what is known oftener, or is shorter, is no slip
LIKELIER, UNLIKELIER = 10, 0.3  # two letters changed places, or one was doubled; the first letter is another
LONGEST_SLIP = 30
_DOUBLED = re.compile(r"(.)\1")
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
)


def did_you_mean(user: Any, text: str, kind: str = "") -> str | None:
    """Return the text without slips where that finds something for `user`; or None."""
    better = corrected_text(user, text)
    return better if better and _first_found(user, [better], kind) else None


def corrected_text(user: Any, text: str) -> str | None:
    """Return the text without slips, for callers that try themselves whether it finds something."""
    uncertain = parse(text).uncertain_words
    if not uncertain:
        return None
    near, unlikely = _near(user, uncertain)
    if len(parse(text).plain_words) == 1:
        near = {typed: words for typed, words in near.items() if typed not in words}
        unlikely = []
    tried = list(dict.fromkeys(_proposals(text, near)))
    names = [next(_proposals(text, {guess.typed: [guess.word]})) for guess in unlikely[:MOST_NAMES]]
    return _first_found(user, tried, names=names) if names or len(tried) > 1 else next(iter(tried), None)


def with_commoner_words(text: str) -> str | None:
    """Return the text with rare words replaced by similar ones that are far commoner.

    To be told only where it finds something for the reader.
    """
    uncertain = [word for word in parse(text).uncertain_words if not is_right(word)]
    near = _rows(_COMMONER, uncertain)[0] if uncertain else {}
    return next(_proposals(text, near), None)


def is_slip(text: str, better: str) -> bool:
    """Return whether the replaced words are so near that the result may be shown at once.

    A word alone begins as it was typed, or its first two letters changed places, and is one slip away; beside
    others either is enough, for they say what is meant. Any other proposal ("collections" for "élections") is
    another word, and is only offered.
    """
    was, now = parse(text).plain_words, parse(better).plain_words
    needs = all if len(was) == 1 else any
    return len(was) == len(now) and all(
        needs((_begin_alike(word, other), other in set(slips(word))))
        for word, other in zip(was, now, strict=True)
        if word != other
    )


def _begin_alike(word: str, other: str) -> bool:
    return word[0] == other[0] or word[1::-1] + word[2:] == other


def slips(word: str) -> Iterator[str]:
    """Yield all that is one slip away: a letter too few, too many or another, or two that changed places."""
    letters = next(
        (alphabet for alphabet in _ALPHABETS if word[0] in alphabet or word[-1] in alphabet), ""
    ) or "".join(set(word))
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in letters)


def _proposals(text: str, near: dict[str, list[str]]) -> Iterator[str]:
    """Yield the text with its words replaced, everything else as it was typed; the likeliest first.

    Each word by the likeliest instead of it, then one of them by another; and all that are known by others.
    """
    first = {typed: words[0] for typed, words in near.items()}
    changed = {typed: words[words[0] == typed] for typed, words in near.items()}
    others = sorted(
        (place, typed, word)
        for typed, words in near.items()
        for place, word in enumerate(words[1:MOST_OF_A_WORD])
    )
    one_other = [{**first, typed: word} for _place, typed, word in others[:MOST_TRIED]]
    for instead in (first, *one_other, changed):
        pieces, at = [], 0
        for start, end, word in place_words(text):
            better = instead.get(word, word)
            if better != word:
                pieces += [before_word(text[at:start], better), better]
                at = end
        if pieces:
            yield "".join([*pieces, text[at:]])


def _first_found(user: Any, texts: Sequence[str], kind: str = "", *, names: Sequence[str] = ()) -> str | None:
    """Return the first of `texts` that is a name `user` may find, else the first that finds something.

    Of `names` only what is called so.
    """
    visible_documents = Document.objects.visible_to(user)
    visible_documents = visible_documents.filter(kind=kind) if kind else visible_documents
    rows, params = [], []
    for place, text in enumerate([*texts, *names]):
        question = parse(text)
        for is_called, query in ((True, question.called["tsv"]), (False, question.as_query(plainly=True))):
            if is_called or place < len(texts):
                rows.append(f"(%s::bool, %s::int, {query.sql})")
                params += [is_called, place, *query.params]
    found_sql, its = _any_of(visible_documents, "tried.query")
    statement = f"""
        WITH tried (is_called, place, query) AS MATERIALIZED (VALUES {", ".join(rows)})
        SELECT coalesce(
            (SELECT min(place) FROM tried WHERE is_called AND {found_sql}),
            (SELECT min(place) FROM tried WHERE NOT is_called AND {found_sql})
        )
    """  # noqa: S608  names of our own
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, [*params, *its, *its])
        row = cursor.fetchone()
    return None if row is None or row[0] is None else [*texts, *names][row[0]]


def _any_of(rows: Any, query: str) -> tuple[str, list[Any]]:
    """Return the condition that any of `rows` holds what a column asks.

    All of them are asked for and the first is taken: by a plain EXISTS the planner expects to meet one soon,
    and reads the whole index where there is none.
    """
    sql, params = rows.filter(tsv=Read(query, [])).values("pk").query.sql_with_params()
    return f"EXISTS (WITH seen AS MATERIALIZED ({sql}) TABLE seen)", [*params]


class _Near(NamedTuple):
    """A word that may have been meant. `is_known`: what was typed finds something; just so, `often` times."""

    typed: str
    word: str
    times: int
    is_known: bool = False
    often: int = 0
    is_slip: bool = True

    @property
    def is_likely(self) -> bool:
        """Return whether it is near enough. A known word is a slip only where it is long and rare."""
        if not self.is_known:
            return True
        is_common = self.times >= COMMONER * max(1, self.often) and len(self.typed) != len(self.word)
        return self.often <= RARE and len(self.typed) >= LONG and (is_common or self._has_its_letters)

    @property
    def likelihood(self) -> float:
        if self._has_its_letters:
            return self.times * LIKELIER
        return self.times if self.typed[0] == self.word[0] else self.times * UNLIKELIER

    @property
    def _has_its_letters(self) -> bool:
        """Return whether it has the same letters in another order, or doubled ones single."""
        typed, word = self.typed, self.word
        return sorted(typed) == sorted(word) or _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", word)


def _near(user: Any, typed_words: Sequence[str]) -> tuple[dict[str, list[str]], list[_Near]]:
    """Return word → the likeliest words instead of it, and others that are one slip away.

    Where the word finds something for the reader, or is a word of English, it is the likeliest itself.
    """
    rows: list[str] = []
    params: list[Any] = []
    for word in typed_words:
        query = _as_it_is(word)
        rows.append(f"(%s::text, %s::bool, {query.sql})")
        params += [word, is_right(word), *query.params]
    found_sql, its = _any_of(Document.objects.visible_to(user), "typed.query")
    return _rows(_NEAR.format(typed=", ".join(rows), found=found_sql), typed_words, [*params, *its])


def _as_it_is(word: str) -> Read:
    """Return the expression of the word and its forms, not of what it begins."""
    return parse(f"{word} ").as_query(plainly=True)


def _rows(
    statement: str, typed_words: Sequence[str], before: Sequence[Any] = ()
) -> tuple[dict[str, list[str]], list[_Near]]:
    """Return for each word the likeliest that are one slip away, or else the one most alike.

    And what is unlikely.
    """
    pairs = [
        (word, slip) for word in typed_words if len(word) <= LONGEST_SLIP for slip in {*slips(word)} - {word}
    ]
    named = hooks.thesaurus().words
    values = [
        *before,
        [word for word, _slip in pairs],
        [slip for _word, slip in pairs],
        [len(slip) >= SHORTEST_SLIP and slip in named for _word, slip in pairs],
    ]
    with reading_connection().cursor() as cursor:
        cursor.execute(statement, values)
        guesses = sorted(
            (_Near(*row) for row in cursor.fetchall()), key=lambda guess: (-guess.likelihood, guess.word)
        )
    near: dict[str, list[str]] = {}
    for typed in typed_words:
        its = [guess for guess in guesses if guess.typed == typed and guess.is_likely]
        if one_slip := [guess for guess in its if guess.is_slip]:
            near[typed] = [*([typed] if one_slip[0].is_known else []), *(guess.word for guess in one_slip)]
        elif likely := get_close_matches(typed, [guess.word for guess in its], n=1, cutoff=CLOSE):
            near[typed] = likely
    return near, [guess for guess in guesses if not guess.is_likely]


_WORDS = f'"{Word._meta.db_table}"'
# Some hundred words, each looked up by its key: what this reads does not grow with the words that there are.
# A word of the thesaurus needs to be in no document: by its other names it may find something all the same.
_ONE_SLIP = f"""
    unnest(%s::text[], %s::text[], %s::bool[]) AS slip (said, word, is_named)
    LEFT JOIN {_WORDS} AS near USING (word)
"""
_NEAR = f"""
    WITH typed (said, is_right, query) AS MATERIALIZED (VALUES {{typed}}),
    asked (said, is_known, often) AS MATERIALIZED (
        SELECT said, is_right OR coalesce(times, 0) > {RARE} OR {{found}}, coalesce(times, 0)
        FROM typed LEFT JOIN {_WORDS} AS known ON word = said
    ),
    one_slip AS MATERIALIZED (
        SELECT said, word, coalesce(near.times, 1) AS times, is_known, often
        FROM {_ONE_SLIP} JOIN asked USING (said) WHERE is_named OR near.word IS NOT NULL
    )
    SELECT *, true FROM one_slip
    UNION ALL
    SELECT said, farther.word, 0, false, 0, false FROM asked CROSS JOIN LATERAL (
        SELECT word FROM {_WORDS}
        WHERE word %% said AND abs(length(word) - length(said)) <= {FARTHEST}
        ORDER BY similarity(word, said) DESC, times DESC LIMIT {MOST_NEAR}
    ) AS farther WHERE NOT is_known AND said NOT IN (SELECT said FROM one_slip)
"""  # noqa: S608  names of our own table and whole numbers
_COMMONER = f"""
    SELECT said, near.word, near.times FROM {_ONE_SLIP} LEFT JOIN {_WORDS} AS known ON known.word = said
    WHERE near.times >= {COMMONER} * coalesce(known.times, 1)
"""  # noqa: S608  as above

"""What a question that finds nothing may have meant: its words with their slips mended, the likeliest first.

A word that finds something for the reader, that is the name of something, or that has under four letters is
never taken for a slip.
"""

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from itertools import product
from typing import Any

from django.db import connection

from search.models import Document, Word
from search.parse import Read, parse
from search.text import place_words

# Of a word with more than one slip: how alike the other is, how far in length they may differ, how many are
# looked at; and how many are tried of a word, and of the whole question.
CLOSE, FARTHEST, MOST_NEAR = 0.72, 2, 12
MOST_OF_A_WORD, MOST_TRIED = 4, 8
COMMONER = 20  # times as common a word must be to be proposed for one that is known itself
LONGEST_SLIP = 30
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهويء",
    "αβγδεζηθικλμνξοπρσςτυφχψω",
    "אבגדהוזחטיכךלמםנןסעפףצץקרשת",
)


def did_you_mean(user: Any, text: str, kind: str = "") -> str | None:
    """The text with its slips mended, where that finds something for `user`; or None."""
    better = corrected_text(user, text)
    return better if better and _finding(user, [better], kind) else None


def corrected_text(user: Any, text: str) -> str | None:
    """As `did_you_mean`, for those who find out themselves, and before they tell, that it finds something.

    One statement; one more where several words are near.
    """
    asked = parse(text).uncertain_words
    if not asked:
        return None
    tried = list(dict.fromkeys(_proposals(text, _near(user, asked))))
    found = _finding(user, tried) if len(tried) > 1 else tried
    return next(iter(found), None)


def commoner(text: str) -> str | None:
    """The text with rare words replaced by like ones that are far commoner: slips that others made too.

    To be told only where it finds something for the reader. One statement.
    """
    asked = parse(text).uncertain_words
    near = _rows(_COMMONER, asked) if asked else {}
    return next(_proposals(text, near), None)


def is_slip(text: str, better: str) -> bool:
    """Whether what was replaced is so near that it may be shown at once, and said so.

    A word alone begins as it was typed and is one slip away; beside others either is enough, for they say
    what is meant. Any other proposal ("collections" for "élections") is another word, and is only offered.
    """
    was, now = parse(text).plain_words, parse(better).plain_words
    needs = all if len(was) == 1 else any
    return len(was) == len(now) and all(
        needs((one[0] == other[0], other in set(slips(one))))
        for one, other in zip(was, now, strict=True)
        if one != other
    )


def slips(word: str) -> Iterator[str]:
    """All that is one slip away: a letter too few, too many or another, or two that changed places."""
    letters = next((one for one in _ALPHABETS if word[0] in one or word[-1] in one), "") or "".join(set(word))
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        yield from (before + letter + after for letter in letters)


def _proposals(text: str, near: dict[str, list[str]]) -> Iterator[str]:
    """The text with its words replaced, everything else as it was typed; the likeliest first."""
    if not near:
        return
    choices = sorted(
        product(*(enumerate(words[:MOST_OF_A_WORD]) for words in near.values())),
        key=lambda chosen: sum(place for place, _word in chosen),
    )
    for chosen in choices[:MOST_TRIED]:
        instead = {said: word for said, (_place, word) in zip(near, chosen, strict=True)}
        made, at = [], 0
        for start, end, word in place_words(text):
            if word in instead:
                made += [text[at:start], instead[word]]
                at = end
        yield "".join([*made, text[at:]])


def _finding(user: Any, texts: Sequence[str], kind: str = "") -> list[str]:
    """Those that find something for `user`, in their order. One statement."""
    known = Document.objects.visible_to(user)
    known = known.filter(kind=kind) if kind else known
    parts: list[str] = []
    params: list[Any] = []
    for number, text in enumerate(texts):
        sql, its = known.filter(tsv=parse(text).as_query()).values("pk").query.sql_with_params()
        parts.append(f"SELECT {number} WHERE EXISTS ({sql})")
        params += its
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(parts), params)
        return [texts[number] for (number,) in sorted(cursor.fetchall())]


def _near(user: Any, asked: Sequence[str]) -> dict[str, list[str]]:
    """Word asked → the likeliest words, for those that find nothing for the reader. One statement."""
    parts: list[str] = []
    params: list[Any] = []
    for word in asked:
        finds = Document.objects.visible_to(user).filter(tsv=_as_it_is(word)).values("pk")
        sql, its = finds.query.sql_with_params()
        parts.append(f"SELECT %s::text WHERE NOT EXISTS ({sql})")
        params += [word, *its]
    return _rows(_NEAR.format(unknown=" UNION ALL ".join(parts)), asked, params)


def _as_it_is(word: str) -> Read:
    """The word and its forms, not what it begins."""
    return parse(f"{word} ").as_query()


def _rows(statement: str, asked: Sequence[str], before: Sequence[Any] = ()) -> dict[str, list[str]]:
    """Of words that are one slip away those that are most common; where there are none, the most alike."""
    pairs = [(word, slip) for word in asked if len(word) <= LONGEST_SLIP for slip in {*slips(word)} - {word}]
    values = [*before, [word for word, _slip in pairs], [slip for _word, slip in pairs]]
    found: dict[str, list[str]] = {}
    farther: dict[str, list[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for said, near, is_one_slip in cursor.fetchall():
            (found if is_one_slip else farther).setdefault(said, []).append(near)
    for said, words in farther.items():
        if said not in found and (likely := get_close_matches(said, words, n=1, cutoff=CLOSE)):
            found[said] = likely
    return {said: found[said] for said in asked if said in found}


_WORDS = f'"{Word._meta.db_table}"'
# Some hundred words, each looked up by its key: what this reads does not grow with the words that there are.
_ONE_SLIP = f"unnest(%s::text[], %s::text[]) AS slip (said, word) JOIN {_WORDS} AS near USING (word)"
_NEAR = f"""
    WITH unknown (said) AS MATERIALIZED ({{unknown}}),
    one_slip AS MATERIALIZED (SELECT said, word, times FROM {_ONE_SLIP} JOIN unknown USING (said))
    SELECT said, word, true FROM (SELECT * FROM one_slip ORDER BY times DESC, word) AS one
    UNION ALL
    SELECT said, farther.word, false FROM unknown CROSS JOIN LATERAL (
        SELECT word FROM {_WORDS}
        WHERE word %% said AND abs(length(word) - length(said)) <= {FARTHEST}
        ORDER BY similarity(word, said) DESC, times DESC LIMIT {MOST_NEAR}
    ) AS farther WHERE said NOT IN (SELECT said FROM one_slip)
"""  # noqa: S608  names of our own table and whole numbers
_COMMONER = f"""
    SELECT said, near.word, true FROM {_ONE_SLIP} LEFT JOIN {_WORDS} AS known ON known.word = said
    WHERE near.times >= {COMMONER} * coalesce(known.times, 1) ORDER BY near.times DESC, near.word
"""  # noqa: S608  as above

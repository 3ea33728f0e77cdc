"""What somebody typed into a search box → a question to the database. No input is an error.

Words are joined by AND; "several words" is a phrase; -word excludes; OR between two means either; the last
word also matches as a beginning. Small words (`search.stop_words`) need not be found beside others. Words
that are the name of something (`search.thesaurus`) are found by its other names too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from itertools import combinations
from typing import Any

from django.utils.translation import get_language

from core.text import clean_line
from search import hooks
from search.sounds import joined_sounds_of_question, sounds_of_question
from search.stop_words import ASKING, DOING, STOP_RUNS, STOP_SIGNS, STOP_WORDS
from search.text import (
    fold,
    fold_lightly,
    is_run,
    name_in_address,
    site_of,
    whole,
    without_dots,
    without_elisions,
    words,
)
from search.thesaurus import PAGE, WHEN, Meaning, Thesaurus
from search.tsquery import Read, Term, and_query, or_query, query_of, raw

LONGEST = 200
MOST_TERMS = 12
MOST_LOOSENED = 6  # words of which every choice is asked for: of six, twenty times three
SHORTEST_BEGINNING = 3
# Instead of how many words may be missing: each is written in other letters; all of them but one; it is just
# what something is called; all are one name in a script that joins its words.
BY_SOUND, MOST_BY_SOUND, CALLED, JOINED_BY_SOUND = -1, -2, -3, -4
NAMES_ALONE = 99  # likewise: of all its words only the names of something are needed
SHORTEST_SLIP = 4  # a shorter word has too many neighbours
MOST_OTHERS_SAID = 1
_ENDS = "?!.,;:¿¡؟،؛。，、？！ "
_REFUSES = re.compile(r'-[\w"]')
_ADDRESS = r"(?:https?://|www\.)\S+|[^\s/@]+@[^\s/@]+\.\w+"
_CHUNK = re.compile(
    rf'(?P<no>-?)"(?P<phrase>[^"]*)"?|(?P<address>{_ADDRESS})|(?P<word>[^\s/]+)|/', re.IGNORECASE
)
_HAS_DIGIT = re.compile(r"\d")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Named:
    """That words of a question name something: its facet and code, and the question without them."""

    facet: str
    code: str
    rest: str


@dataclass(frozen=True, slots=True)
class Question:
    """All of `groups` must match, of each group any term. Without groups nothing is asked.

    A group of `Meaning`s beside what was typed is found by any of their names; `named` says which they are.
    """

    groups: tuple[tuple["Term | Meaning", ...], ...] = ()
    excluded: tuple[Term, ...] = ()
    named: tuple[Named, ...] = ()
    text: str = ""

    def __bool__(self) -> bool:
        return bool(self.groups)

    def as_query(self, *, plainly: bool = False) -> Read:
        """Return the tsquery expression of a question that asks something.

        `plainly`: without other forms of its words and names as a whole, to be asked by EXISTS: of so many
        choices the planner expects to meet one soon, and reads all where there is none.
        """
        groups = [[term for term in group if not _only_leads(term)] for group in self.groups]
        expression = and_query([or_query([query_of(term, plainly) for term in group]) for group in groups])
        if self.excluded:
            return Read(
                *and_query(
                    [expression, *(("!!" + sql, params) for sql, params in map(query_of, self.excluded))]
                )
            )
        return Read(
            *or_query([expression, raw(f"'{self._whole}'")]) if self.text and not plainly else expression
        )

    @property
    def refused(self) -> Read | None:
        """Return what no part of an object may hold."""
        return Read(*or_query([query_of(term) for term in self.excluded])) if self.excluded else None

    @property
    def called(self) -> dict[str, Any]:
        """Return the condition for what has a name exactly as typed."""
        return {"tsv": Read.of(self._whole)}

    @property
    def _whole(self) -> str:
        return whole(self.text)

    @property
    def _typed(self) -> list[Term]:
        return [term for group in self.groups for term in group if isinstance(term, Term)]

    @property
    def pages(self) -> list[str]:
        """Return the pages of the portal that it names, as "calls" of "term:page-calls"."""
        return self._codes(PAGE)

    @property
    def is_of_what_comes(self) -> bool:
        """Return whether it asks a page for what is open, next or still to come."""
        return bool(self.pages) and "coming" in self._codes(WHEN)

    def year(self, today: date) -> int | None:
        """Return the one year for which it asks a page."""
        if not self.pages:
            return None
        years = {int(year) for year in _YEAR.findall(self.text)}
        years |= {today.year + 1} if "next-year" in self._codes(WHEN) else set()
        return years.pop() if len(years) == 1 else None

    def _codes(self, prefix: str) -> list[str]:
        codes = dict.fromkeys(f"{named.facet}:{named.code}" for named in self.named)
        return [code.removeprefix(prefix) for code in codes if code.startswith(prefix)]

    @property
    def plain_words(self) -> list[str]:
        """Return the words as they were typed."""
        return [word for term in self._typed for word in term.bare]

    @property
    def other_words(self) -> list[str]:
        """Return the words of other names."""
        others = [term for group in self.groups for term in group if isinstance(term, Meaning)]
        return list(dict.fromkeys(word for meaning in others for word in meaning.words))

    @property
    def uncertain_words(self) -> list[str]:
        """Return words that may be slips, each once: no names, numbers, short words or phrases."""
        if self.is_phrase:
            return []
        alone = [group[0] for group in self.groups if len(group) == 1 and isinstance(group[0], Term)]
        read = [word for term in alone for word in term.bare if not is_run(word)]
        long = [word for word in read if len(word) >= SHORTEST_SLIP and word not in STOP_WORDS]
        return list(dict.fromkeys(word for word in long if not _HAS_DIGIT.search(word)))

    @property
    def is_phrase(self) -> bool:
        """Return whether all of it stands in quotes, to be taken to the letter."""
        return all(term.phrase for term in self._typed)

    def missing(self, number: int) -> "Question":
        """Return the question in which so many of `groups` need not match.

        Of many words one of each few must, so that the question is never longer than what was typed.
        """
        if not number:
            return self
        loosened: Iterable[tuple[tuple[Term | Meaning, ...], ...]] = combinations(self.groups, number + 1)
        if self._is_long:
            few = len(self.groups) // (number + 1)
            loosened = [self.groups[at::few] for at in range(few)]
        return replace(
            self, groups=tuple(tuple(term for group in some for term in group) for some in loosened)
        )

    @property
    def may_miss(self) -> tuple[int, ...]:
        """Return how many of the words may be missing, one after the other, where not all are found together.

        Of a whole sentence in the end one word of each half is enough.
        """
        number = len(self.groups)
        few = {0: (), 1: (), 2: (1,), 3: (1,)}.get(number, (1, 2))
        return (*few, number // 2 - 1) if number > MOST_LOOSENED + 1 else few

    @property
    def instead(self) -> tuple[int, ...]:
        """What else may be asked where nothing has all of the words, the likeliest first: names in another
        script, as `may_miss`, and of its words the names of something alone."""
        are_names = all(isinstance(group[-1], Meaning) for group in self.groups)
        sounds = Question() if self.is_phrase or are_names else _by_sound(self.text)
        joined = not (self.is_phrase or are_names) and joined_sounds_of_question(self.text)
        several = (MOST_BY_SOUND,) if len(sounds.groups) > 2 else ()
        names = (NAMES_ALONE,) if 0 < len(self.names_alone.groups) < len(self.groups) else ()
        by_sound = (*((BY_SOUND,) if sounds else ()), *((JOINED_BY_SOUND,) if joined else ()))
        return (*by_sound, *self.may_miss[:1], *several, *self.may_miss[1:], *names)

    @property
    def names_alone(self) -> "Question":
        """Return the question in which only words that name something need be found."""
        named = (group for group in self.groups if isinstance(group[-1], Meaning) and group[-1].queries)
        return replace(self, groups=tuple(named))

    def has_most(self, missing: int) -> bool:
        """Return whether more than half of the words match where so many are missing."""
        return not self._is_long and 2 * missing < len(self.groups)

    @property
    def _is_long(self) -> bool:
        """Return the size; a name counts as one word, whatever else it is called."""
        return sum(map(_size, self.groups)) > MOST_LOOSENED

    @property
    def read_as(self) -> list[tuple[list[str], bool]]:
        """Return how it is read, for the person: (words of which one is enough, whether they are refused).

        Phrases in quotes, beginnings with an ellipsis; of other names the first few in the reader's language.
        Nothing where just those words are looked for that were typed.
        """
        readings = [
            ([reading for term in group for reading in _readings_of(term, group)], False)
            for group in self.groups
        ]
        if self.excluded:
            return readings + [(_readings_of(term, ()), True) for term in self.excluded]
        read = " ".join(word for some, _no in readings for word in some)
        return [] if _letters(_typed_words(read)) == _letters(_typed_words(self.text)) else readings


def _only_leads(term: Term | Meaning) -> bool:
    """Return whether it is the name of a page or of a time, by which nothing else is found."""
    return isinstance(term, Meaning) and not term.queries


def _typed_words(text: str) -> str:
    return " ".join(without_elisions(word) for word in text.split() if word != "OR")


def _letters(text: str) -> str:
    """Return the letters without spaces, as runs of a script without spaces are cut into words."""
    return "".join(words(fold(text)))


def _size(group: tuple[Term | Meaning, ...]) -> int:
    return (
        1
        if isinstance(group[-1], Meaning)
        else sum(len(term.bare) for term in group if isinstance(term, Term))
    )


def _readings_of(term: Term | Meaning, group: tuple[Term | Meaning, ...]) -> list[str]:
    if isinstance(term, Meaning):
        typed = group[0].typed if isinstance(group[0], Term) else ""
        return term.others(typed, (get_language() or "en")[:2])[:MOST_OTHERS_SAID]
    words_read = term.typed or " ".join(term.bare)
    return [f"“{words_read}”" if term.phrase else f"{words_read}…" if term.beginning else words_read]


@dataclass(slots=True)
class _QuestionPart:
    """A group while it is read, with its place in the text."""

    terms: list["Term | Meaning"]
    start: int
    end: int
    meanings: list[Meaning] = field(default_factory=list)

    @property
    def word(self) -> str:
        """Return the word if it is a single word and nothing else."""
        return self.words[0] if len(self.words) == 1 else ""

    def means(self, prefix: str) -> bool:
        return any(meaning.code.startswith(prefix) for meaning in self.meanings)

    @property
    def words(self) -> tuple[str, ...]:
        """Return the words that may belong to a name: no phrase and no choice of several."""
        first = self.terms[0]
        if len(self.terms) > 1 or not isinstance(first, Term) or first.phrase:
            return ()
        return (first.joined,) if first.joined else first.bare


def parse(text: str, missing: int = 0) -> Question:
    """Read a search text of any content; what is too long or no word is left out.

    So many of its words may be `missing` from what is found; or all are names that are looked for `BY_SOUND`.
    """
    if not text:
        return Question()
    if missing == CALLED:
        name = whole(text[:LONGEST])
        return Question(((Term((name,), (name,), phrase=True),),))
    if missing == JOINED_BY_SOUND:
        terms = (Term((sound,), (sound,), phrase=True) for sound in joined_sounds_of_question(text[:LONGEST]))
        return Question(tuple(filter(None, [tuple(terms)])))
    if missing == NAMES_ALONE:
        return _read_anew(text[:LONGEST], hooks.thesaurus()).names_alone
    if missing < 0:
        return _by_sound(text[:LONGEST], as_typed=missing == BY_SOUND).missing(BY_SOUND - missing)
    return _read_anew(text[:LONGEST], hooks.thesaurus()).missing(missing)


@lru_cache(maxsize=256)  # a page asks for the same words a dozen times
def _read_anew(text: str, names: Thesaurus) -> Question:
    parts: list[_QuestionPart] = []
    excluded: list[Term] = []
    refused: list[str] = []
    joining = False
    for chunk in _CHUNK.finditer(text):
        if chunk["word"] == "OR":
            joining = bool(parts)
            continue
        term = _of_address(chunk["address"]) if chunk["address"] else _term(chunk)
        if term is None:
            continue
        if term.excluded:
            excluded.append(term)
            refused.append(chunk.group())
        elif joining:
            parts[-1].terms.append(term)
            parts[-1].end = chunk.end()
        else:
            parts.append(_QuestionPart([term], *chunk.span()))
        joining = False
    _open_end(text, parts)
    read = _join_names(parts, text, names)
    needed = _without_stop_words(read, text)[:MOST_TERMS]
    return Question(
        tuple(tuple(part.terms[:MOST_TERMS]) for part in needed),
        tuple(excluded[:MOST_TERMS]),
        tuple(_named_in([part for part in read if part in needed or part.means(WHEN)], text, refused, names)),
        clean_line(text),
    )


def _by_sound(text: str, *, as_typed: bool = True) -> Question:
    """Return the question for names in another script that sound so; or also as typed."""
    chunks = list(_CHUNK.finditer(text))
    if any(chunk["address"] or chunk["word"] == "OR" or _REFUSES.match(chunk.group()) for chunk in chunks):
        return Question()
    forms = sounds_of_question(text)[:MOST_TERMS]
    either = [form if as_typed else form[1:] or form for form in forms]
    return Question(tuple(tuple(Term((form,), (form,), phrase=True) for form in some) for some in either))


def _join_names(parts: list[_QuestionPart], text: str, names: Thesaurus) -> list[_QuestionPart]:
    """Join words that name something to one part, which is found by its other names too."""
    parts = [piece for part in parts for piece in _cut(part, text, names)]
    read: list[_QuestionPart] = []
    at = 0
    while at < len(parts):
        end, meanings = _name_at(parts, at, names)
        read.append(_join_parts(parts[at:end], meanings, text) if meanings else parts[at])
        at = end
    return read


def _join_parts(some: list[_QuestionPart], meanings: list[Meaning], text: str) -> _QuestionPart:
    """Return the parts of a name as one, without the small words between them."""
    typed = [term for part in some for term in part.terms if isinstance(term, Term)]
    terms = [term for term in typed if len(some) == 1 or term.bare[0] not in STOP_WORDS or len(term.bare) > 1]
    whole = Term(
        tuple(word for term in terms for word in term.light),
        tuple(word for term in terms for word in term.bare),
        beginning=terms[-1].beginning,
        typed=text[some[0].start : some[-1].end].strip(_ENDS),
    )
    return _QuestionPart([whole, *meanings], some[0].start, some[-1].end, meanings)


def _name_at(parts: list[_QuestionPart], at: int, names: Thesaurus) -> tuple[int, list[Meaning]]:
    """Return where the longest name ends that begins with this part, and what is called so.

    Without a name, behind this part.
    """
    if not parts[at].words or parts[at].word in STOP_WORDS:
        return at + 1, []
    typed: list[str] = []
    ends: dict[int, int] = {}  # number of words → the part behind them
    for place in range(at, min(at + 2 * MOST_TERMS, len(parts))):
        part = parts[place]
        if not part.words:
            break
        if part.word in STOP_WORDS:
            continue
        typed += [word for word in part.words if word not in STOP_WORDS]
        ends[len(typed)] = place + 1
    for length in sorted(ends, reverse=True):
        if meanings := names.called(typed[:length]) or names.called(["".join(typed[:length])]):
            return ends[length], meanings
    return at + 1, []


def _cut(part: _QuestionPart, text: str, names: Thesaurus) -> list[_QuestionPart]:
    """Cut a run of a script without spaces where a name stands in it."""
    if not (is_run(part.word) and part.word in text):
        return [part]
    pieces = list(names.in_run(part.word))
    if len(pieces) < 2:
        return [part]
    cut, at = [], text.index(part.word)
    for piece, is_name in pieces:
        word = piece if is_name else piece.strip(STOP_SIGNS)
        if word and word not in STOP_RUNS:
            start = at + piece.index(word)
            cut.append(_QuestionPart([Term((word,), (word,))], start, start + len(word)))
        at += len(piece)
    return cut


def _named_in(parts: list[_QuestionPart], text: str, refused: list[str], names: Thesaurus) -> Iterator[Named]:
    """Return what is named; countries by their codes in capitals, too."""
    typed = [text[part.start : part.end].strip(_ENDS) for part in parts]
    for place, part in enumerate(parts):
        rest = " ".join([*typed[:place], *typed[place + 1 :], *refused])
        coded = names.coded(typed[place]) if part.word else ""
        for means in [meaning.code for meaning in part.meanings] or filter(None, [coded]):
            facet, _colon, code = means.partition(":")
            yield Named(facet, code, rest)


def _without_stop_words(parts: list[_QuestionPart], text: str) -> list[_QuestionPart]:
    """Return what has to be found; all of it where nothing else would be left.

    Where a page of the portal is named ("calls"), words of time ("open now", "2027") need not be found.
    """
    shouted = text.isupper()
    capitals = set() if shouted else {fold(word) for word in re.findall(r"\w+", text) if word.isupper()}
    asks_for_a_page = any(part.means(PAGE) for part in parts)
    alone = {part.word for part in parts}
    asks_who = alone & ASKING or any(part.means("kind:") for part in parts)
    small = (STOP_WORDS | DOING if asks_who else STOP_WORDS) - {word for word in capitals if len(word) > 1}
    of_time = [part for part in parts if asks_for_a_page and (part.means(WHEN) or _YEAR.fullmatch(part.word))]
    return [part for part in parts if part.word not in small and part not in of_time] or parts


def _term(chunk: re.Match[str]) -> Term | None:
    if chunk["word"] is None and chunk["phrase"] is None:
        return None
    raw = chunk["word"] if chunk["word"] is not None else chunk["phrase"]
    no = chunk["no"] == "-"
    if chunk["word"] is not None:
        no, raw = raw.startswith("-"), without_elisions(raw.removeprefix("-"))
    light = tuple(words(fold_lightly(raw)))[:MOST_TERMS]
    if not light:
        return None
    bare = tuple(words(fold(raw)))[:MOST_TERMS]
    is_phrase = chunk["word"] is None
    joined = "" if is_phrase or any(len(word) > 1 for word in bare) else fold("".join(without_dots(raw)))
    return Term(light, bare, phrase=is_phrase, excluded=no, joined=joined)


def _of_address(address: str) -> Term | None:
    """Return the term for this site, or for the name in the address of a page or mail."""
    name = tuple(words(name_in_address(address)))
    return Term(name, name, joined=whole(site_of(address))) if name else None


def _open_end(text: str, parts: list[_QuestionPart]) -> None:
    """Let the word at which the person still seems to be typing match as a beginning."""
    if not parts or text[-1:].isspace():
        return
    last = parts[-1].terms[-1]
    if isinstance(last, Term) and not last.phrase and len(last.bare[-1]) >= SHORTEST_BEGINNING:
        parts[-1].terms[-1] = replace(last, beginning=True)

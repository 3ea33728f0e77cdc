"""How words are made of text: the same way for what is indexed and for what is asked.

Everything is folded here, before the database sees it: case, accents, Arabic vowel marks and letter forms.
Scripts that do not put spaces between words are cut into overlapping pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import override

from core.letters import LATIN

# Text search configuration per language of a row; the Latin ones also know accents (for the snippets).
CONFIGS = {"ar": "arabic", "en": "portal_en", "es": "portal_es", "fr": "portal_fr", "ru": "russian"}
SIMPLE = "simple"
LONGEST_WORD = 100
LONGEST_BODY = 100_000

_LETTERS = str.maketrans(
    LATIN | {"\u0640": "", "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ؤ": "و", "ئ": "ي", "ی": "ي", "ک": "ك"}
)
# Endings that many write interchangeably; kept for the stemmer, which knows them, folded elsewhere.
_ENDINGS = str.maketrans({"ة": "ه", "ى": "ي"})
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai, Lao, Myanmar, Khmer
    "\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_UNSPACED}]+")
WHOLE = "ʜ"  # a small letter that is in no language: before a name as a whole
# More words than those that exist are made, which are then in no text.
_ENGLISH = [
    (re.compile(pattern), way)
    for pattern, way in (
        ("(?<=[a-z]{3})is(?=(?:e|ed|er|ers|es|ing|ation|ations|ational)$)", "iz"),
        ("(?<=[a-z]{3})iz(?=(?:e|ed|er|ers|es|ing|ation|ations|ational)$)", "is"),
        ("^(lab|behavi|neighb|harb|col|hon|fav|endeav)our", r"\1or"),
        ("^(lab|behavi|neighb|harb|col|hon|fav|endeav)or(?!atio)", r"\1our"),
        ("^(cent|theat|fib)re(?=s?$)", r"\1er"),
        ("^(cent|theat|fib)er(?=s?$)", r"\1re"),
        ("^(defen|offen|licen)ce(?=s?$)", r"\1se"),
        ("^(defen|offen|licen)se(?=s?$)", r"\1ce"),
        ("^programme(?=s?$)", "program"),
        ("^program(?=s?$)", "programme"),
        ("^judgement(?=s?$)", "judgment"),
        ("^judgment(?=s?$)", "judgement"),
    )
]
_NUMBERS = [
    (re.compile(pattern), way)
    for pattern, way in (
        ("(?<=[a-z]{2}[b-df-hj-np-tv-z])ies$", "y"),
        ("(?<=[a-z]{2}[b-df-hj-np-tv-z])y$", "ies"),
        ("(?<=[a-z]{3})es$", ""),
        ("(?<=[a-z]{2}[a-rt-z])s$", ""),
        ("(?<=[a-z]{2}[a-rt-xz])$", "s"),
    )
]
_HOST = re.compile(r"(?:https?://)?(?:[^\s/@]*@)?(?:www\.)?([^\s/?#:]+)", re.IGNORECASE)
_BEHIND_A_NAME = re.compile(r"(?:\.(?:ac|co|com|edu|go|gob|gouv|gov|net|or|org))?\.\w+$")
_END_IN_BRACKETS = re.compile(r"[(（][^)）]*[)）]\s*$")
_BRACKETS = (")", "）")
# What is no word of its own: the "s" of "Kenya's", the "d" of "trafic d'armes".
_ELISION = re.compile(r"(?<=\w)['’]s\b|\b(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)
_ELISION_AT_END = re.compile(r"\b(?:[cdjlmnst]|qu)['’]$", re.IGNORECASE)
_ELIDING = tuple("aeiouyhœæ")
# Letters with a dot behind each: the words of an acronym.
_DOTTED = re.compile(r"(?<![\w.])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?!\w))?")


# Accents and vowel points may be left out; the signs of the Indic scripts are letters in their own right.
_OPTIONAL = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_PLAIN = re.compile("[a-z0-9]+")
_STEMMED_SCRIPTS = re.compile("[\u0400-\u052f]+|[\u0620-\u06ff]+")


@cache
def _words() -> re.Pattern[str]:
    """Letters, digits and the marks that belong to them; runs of unspaced scripts apart."""
    marks = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M")
    marks = _RUN.sub("", marks)
    return re.compile(f"[{_UNSPACED}]+|(?:[^\\W_{_UNSPACED}]|[{marks}])+")


@cache
def in_all_languages(*labels: str | Promise) -> str:
    """Return words in every language of the portal, one after the other."""
    translated = []
    for code, _name in settings.LANGUAGES:
        with override(code):
            translated += [str(label) for label in labels]
    return " ".join(dict.fromkeys(translated))


def config_for(language: str) -> str:
    """Return the text search configuration of a language (ISO code); SIMPLE where it has none."""
    return CONFIGS.get(language[:2], SIMPLE)


def words_with_stems(light: str, language: str) -> list[str]:
    """Return the Cyrillic and Arabic words of a text that the stemmer of its language leaves as they are."""
    if light.isascii() or language[:2] in ("ru", "ar"):
        return []
    return _STEMMED_SCRIPTS.findall(light)


def fold_lightly(text: str) -> str:
    """Return lower case without accents and vowel marks. The й stays, and endings that a stemmer reads."""
    if text.isascii():
        return text.lower()
    # Presentation forms and full width first, then apart, so that the marks can go.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = _OPTIONAL.sub("", apart.replace("и\u0306", "й"))
    return unicodedata.normalize("NFC", bare).translate(_LETTERS)


def fold(text: str) -> str:
    """Return text folded lightly and without Arabic endings: the form in which words are compared."""
    return fold_endings(fold_lightly(text))


def fold_endings(light: str) -> str:
    """Fold what was folded lightly."""
    return light if light.isascii() else light.translate(_ENDINGS)


def words(folded: str) -> list[str]:
    """Return the words of folded text in order; a run of an unspaced script is one word."""
    folded_words: list[str] = (_PLAIN if folded.isascii() else _words()).findall(folded)
    return folded_words if len(folded) <= LONGEST_WORD else [word[:LONGEST_WORD] for word in folded_words]


def without_elisions(text: str) -> str:
    """Return text without possessive "s" and elisions: "blanchiment d'argent" → "blanchiment argent"."""
    return _ELISION.sub("", text)


def before_word(text: str, word: str) -> str:
    """Return what stands before `word`, without an elision that only a vowel allows: "l'" before "nombre"."""
    return text if fold(word)[:1] in _ELIDING else _ELISION_AT_END.sub("", text)


def place_words(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield the words of a text, folded: (where each begins, where it ends, the word)."""
    for match in _words().finditer(text):
        yield match.start(), match.end(), fold(match.group())


def whole(name: str) -> str:
    """Return a name as one word, by which everything of this name is found: "C.A.R.E." is "CARE"."""
    return _whole(fold(name))


def _whole(folded: str) -> str:
    return f"{WHOLE}{''.join(words(folded))}"[:LONGEST_WORD]


def other_forms(word: str) -> list[str]:
    """Return other forms of a folded word: British or American, written as one or as several.

    For names, of which nobody knows in which language they are, and which are not stemmed.
    """
    spelt = [pattern.sub(way, word) for pattern, way in _ENGLISH]
    numbers = (pattern.sub(way, form) for form in dict.fromkeys((word, *spelt)) for pattern, way in _NUMBERS)
    return [form for form in dict.fromkeys((*spelt, *numbers)) if form != word]


def wholes(names: Sequence[str], folded: Iterable[str]) -> set[str]:
    """Names (also `folded`) as one word each, and without what a register puts behind them in brackets."""
    bare = [_END_IN_BRACKETS.sub("", name) for name in names if name.rstrip()[-1:] in _BRACKETS]
    return {*map(_whole, folded), *map(whole, bare)} - {WHOLE}


def site_of(address: str) -> str:
    """Return the host of an address of a page or of a mail."""
    match = _HOST.match(address.strip())
    return match[1].casefold() if match else ""


def name_in_address(address: str) -> str:
    """Return the name in a site: "unodc" of "https://www.unodc.org/…"."""
    return _BEHIND_A_NAME.sub("", site_of(address)).rpartition(".")[2]


def without_dots(text: str) -> list[str]:
    """Return acronyms that have a dot behind each letter, without the dots: "U.N." → "UN"."""
    return [match.group().replace(".", "") for match in _DOTTED.finditer(text)] if "." in text else []


def is_run(word: str) -> bool:
    return _RUN.match(word) is not None


def pairs(run: str) -> list[str]:
    """Return overlapping pairs and the last character, so that each character begins something."""
    return [run[i : i + 2] for i in range(len(run))]


def in_a_row(parts: Sequence[str]) -> str:
    """The tsquery of parts one after the other: within the names (A) or within the text (D), not across
    their border. A star at the end of a part stands for whatever goes on from there."""
    return " | ".join("(" + " <-> ".join(operand(part, weight) for part in parts) + ")" for weight in "AD")


def operand(part: str, weight: str = "") -> str:
    star = "*" if part.endswith("*") else ""
    flags = f":{star}{weight}" if star or weight else ""
    return f"'{part.removesuffix('*')}'{flags}"


def spread(folded: str) -> str:
    """Return folded text as the database reads it: words with single spaces, runs as pairs."""
    folded_words = words(folded)
    if folded.isascii() or _RUN.search(folded) is None:
        return " ".join(folded_words)
    out: list[str] = []
    for word in folded_words:
        out.extend(pairs(word) if is_run(word) else (word,))
    return " ".join(out)

"""Names in Arabic, Cyrillic and Latin letters, written alike so that they can be compared.

The *key* of a name is the name in lower-case Latin letters, its words divided by single spaces. Its *bones*
are the consonants of the key that the Arabic script writes: they find a name written without its vowels.
A name with a Han character has neither and is compared exactly as it is written.
"""

import re
from collections.abc import Iterable
from hashlib import sha256

from core.letters import ARABIC, CYRILLIC, LATIN
from core.text import clean_line, fold

MOST_CHARACTERS = 300
SHORTEST_KEY = 4  # a shorter one has too few trigrams to tell anything
SHORTEST_BONES = 6

# A mark inside a Latin word, as in Qa'ida or Sa‘id, divides nothing.
_MARKS = dict.fromkeys("'’‘ʼʻʿʾ`´", "")
_LETTERS = str.maketrans(CYRILLIC | ARABIC | LATIN | _MARKS)

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_ARABIC_LETTER = re.compile("[\u0620-\u06ff]")
_ARTICLE = re.compile(r"(?:(?<=\s)|^)ال(?=\w{3})")
_BETWEEN = re.compile(r"[\W_]+")

# Two Latin letters that stand for one sound of the Arabic script, and letters that transcribers interchange.
_PAIRS = (
    ("sh", "x"),
    ("ch", "x"),
    ("kh", "k"),
    ("gh", "g"),
    ("th", "t"),
    ("dh", "d"),
    ("ph", "f"),
    ("dj", "j"),
    ("zh", "j"),
)
_ALIKE = str.maketrans({"q": "k", "c": "k", "p": "b", "v": "f"})
_ARTICLES = {"al", "el", "ul", "il", "ar", "as", "ad", "an", "at", "az", "ash", "adh"}
_DOUBLED = re.compile(r"(.)\1+")


def in_han(name: str) -> bool:
    return _HAN.search(name) is not None


def in_arabic(name: str) -> bool:
    return _ARABIC_LETTER.search(name) is not None


def key_of(name: str) -> str:
    """Return the name in Latin letters as far as the tables reach; a Han name without spaces and marks."""
    folded = fold(name)
    if in_han(folded):
        return _BETWEEN.sub("", folded)[:MOST_CHARACTERS]
    folded = _ARTICLE.sub("", folded)
    return _BETWEEN.sub(" ", folded.translate(_LETTERS)).strip()[:MOST_CHARACTERS].strip()


def bones_of(name: str) -> str:
    """Return the consonants of each word, as a script without vowels keeps them; "" for a Han name."""
    if in_han(name):
        return ""
    words = [_bones(word) for word in key_of(name).split() if word not in _ARTICLES]
    return " ".join(word for word in words if word)


def _bones(word: str) -> str:
    if word.startswith("ye"):  # Yevgraf and Evgraf
        word = word[1:]
    for pair, letter in _PAIRS:
        word = word.replace(pair, letter)
    word = word.translate(_ALIKE)
    # w and y are consonants at the beginning of a word and long vowels elsewhere, mostly.
    bare = word[:1].translate(_NO_VOWELS) + word[1:].translate(_NO_LONG_VOWELS)
    bare = _DOUBLED.sub(r"\1", bare)
    return bare[:-1] if len(bare) > 2 and bare.endswith("h") else bare


_NO_VOWELS = str.maketrans(dict.fromkeys("aeiou", ""))
_NO_LONG_VOWELS = str.maketrans(dict.fromkeys("aeiouwy", ""))


def digest_of(*parts: str) -> str:
    """Return a digest by which a name or a form on the list is recognized; it changes with its text."""
    return sha256("\x1f".join(clean_line(part) for part in parts).encode()).hexdigest()


# Words that so many bodies bear that sharing them says nothing.
GENERIC = frozenset(
    (
        "a",
        "and",
        "association",
        "center",
        "centre",
        "centro",
        "charity",
        "charitable",
        "committee",
        "community",
        "company",
        "co",
        "corp",
        "council",
        "de",
        "der",
        "des",
        "development",
        "du",
        "el",
        "europe",
        "european",
        "federation",
        "fond",
        "fonds",
        "for",
        "foundation",
        "fund",
        "fundacion",
        "general",
        "global",
        "group",
        "hospital",
        "humanitarian",
        "inc",
        "independent",
        "institut",
        "institute",
        "instituto",
        "international",
        "l",
        "la",
        "le",
        "limited",
        "llc",
        "ltd",
        "national",
        "network",
        "ngo",
        "of",
        "office",
        "on",
        "organisation",
        "organization",
        "relief",
        "research",
        "school",
        "service",
        "services",
        "society",
        "support",
        "the",
        "trust",
        "und",
        "union",
        "universidad",
        "universite",
        "universitat",
        "university",
        "world",
    )
)
_NEAR = 0.4  # share of common trigrams from which two words may be the same


def words_agree(key: str, other: str) -> bool:
    """Return whether two keys share more than common words.

    Of the telling words of the name that has fewer, half and at least one must have a like word in the other.
    """
    mine, theirs = _telling_words(key), _telling_words(other)
    if not mine or not theirs:
        return key == other
    fewer, more = sorted((mine, theirs), key=len)
    near = sum(any(_is_alike(word, wanted) for wanted in more) for word in fewer)
    # A name of two telling words or more is not found by one of them alone, as by a common first name.
    return near >= max(min(2, len(fewer)), (len(fewer) + 1) // 2)


def _telling_words(key: str) -> list[str]:
    return [word for word in dict.fromkeys(key.split()) if word not in GENERIC]


def _is_alike(word: str, other: str) -> bool:
    if word == other:
        return True
    bones = _bones(word)
    if len(bones) > 1 and bones == _bones(other):
        return True
    mine, theirs = _trigrams(word), _trigrams(other)
    return len(mine & theirs) >= _NEAR * len(mine | theirs)


def _trigrams(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[at : at + 3] for at in range(len(padded) - 2)}


def distinct(forms: Iterable[str]) -> list[str]:
    """Return the forms as printed, cleaned, each once, without those that hold nothing to compare."""
    cleaned = (clean_line(form)[:MOST_CHARACTERS] for form in forms)
    return [form for form in dict.fromkeys(cleaned) if key_of(form)]

"""Names in Cyrillic, Greek, Arabic, Korean and Chinese letters as somebody may write them in Latin ones.

Everybody transcribes differently, vowels most of all: what is compared are the consonants of a word, those
alike taken together. In the index they stand behind a mark that no question holds. Korean and Chinese, which
everybody parts into other words, stand there as one word: Korean by its consonants, Chinese in pinyin.
"""

import re
from collections.abc import Iterator
from itertools import product

from core.letters import ARABIC, CYRILLIC, GREEK
from search import hooks
from search.plain_words import is_plain
from search.stop_words import STOP_WORDS
from search.text import fold, fold_endings, words

MARK = "ʟ"  # a small letter that is in no language
SHORTEST, FEWEST = 3, 4  # letters of a word that tells something, and consonants of a question
_OTHER_SCRIPT = re.compile("[\u0370-\u03ff\u0400-\u052f\u0620-\u06ff]")
_ARABIC = re.compile("[\u0620-\u06ff]")
_ARTICLE = re.compile("^(?:[وب]?ال|لل)(?=.{2})")
_PREFIX = re.compile("^[بلو](?=.{4})")
_LETTERS = str.maketrans(CYRILLIC | GREEK | ARABIC | {"й": "i", "ё": "e"})
# What is written in several ways; Arabic w as the Persian v, and j as in Egypt, and with a t before a word.
_WAYS = {
    "ου": ("ou",),
    "αυ": ("av", "au"),
    "ευ": ("ev", "eu"),
    "β": ("v", "b"),
    "χ": ("ch", "kh", "x"),
    "щ": ("shch", "sht"),
    "ج": ("j", "g"),
    "و": ("w", "v"),
    "ة": ("a", "at"),
}
_BORDER = "·"
_LATIN_ARTICLE = re.compile("^[aeiu]l(?=[a-z]{4})")
_APOSTROPHES = re.compile("(?<=[a-z])['’‘ʼʻʿʾ`´](?=[a-z])")
# With articles and small words of Arabic in Latin letters.
_SMALL = STOP_WORDS | {"al", "el", "ul", "il", "ar", "as", "ad", "at", "az", "ash", "wal", "bil", "lil", "fi"}
_ALIKE: tuple[tuple[str, str], ...] = (
    ("shch|sch|sh|dzh|zh|dj|dz|tch|ch|ts|tz|c(?!k)", "s"),
    ("kh|gh|ng|gk", "k"),
    ("th|dh", "t"),
    ("ph", "f"),
    ("mp", "b"),
    ("nt", "d"),
    ("x", "ks"),
    ("(?<=[aeiouy])j(?![aeiou])|(?<=[aeiouy])j(?=[aeu]$)", ""),
    ("^w", "f"),
    ("(?<=.)h$", ""),
    (f"[aeiouyw{_BORDER}]", ""),
)
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]+")
_HANGUL = re.compile("[\uac00-\ud7a3]")
# The parts of a Korean syllable in the order of Unicode, by the Revised Romanization: first, vowel, last.
_SYLLABLES = """
g kk n d tt l m b pp s ss _ j jj ch k t p h
a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i
_ k k k n n n t l k m l l l p l m p p t t ng t t k t p t
"""
_FIRST, _VOWELS, _LAST = map(str.split, _SYLLABLES.strip().splitlines())
SHORTEST_JOINED = 6
_SOUNDS = [(re.compile(pattern), sound) for pattern, sound in _ALIKE]
_SAME = str.maketrans("qgchpvzjd", "kkkkbfsst")
_DOUBLED = re.compile(r"(.)\1+")


def sound_of(latin: str) -> str:
    """Return the consonants of a folded word in Latin letters."""
    for pattern, sound in _SOUNDS:
        latin = pattern.sub(sound, latin)
    return _DOUBLED.sub(r"\1", latin.translate(_SAME))


def sounds_of_names(light: str) -> Iterator[str]:
    """Yield what the index holds of lightly folded names in another script, beside the names."""
    if light.isascii() or _OTHER_SCRIPT.search(light) is None:
        return
    for word in words(light):
        if len(word) >= SHORTEST and _OTHER_SCRIPT.search(word) and fold_endings(word) not in STOP_WORDS:
            bare = _ARTICLE.sub("", word)
            sounds = {
                sound_of(latin) for form in {bare, _PREFIX.sub("", bare)} for latin in _latin_spellings(form)
            }
            yield from (MARK + sound for sound in sorted(sounds) if sound)


def _latin_spellings(word: str) -> Iterator[str]:
    """Yield a word of another script in Latin letters, in every way that people write it."""
    several = [letters for letters in _WAYS if letters in word]
    for ways in product(*(_WAYS[letters] for letters in several)):
        latin = word
        for letters, way in zip(several, ways, strict=True):
            latin = latin.replace(letters, way)
        yield latin.translate(_LETTERS)
        if _ARABIC.search(word):
            # Vowels that are not written may part two letters that together would be read as one.
            yield _BORDER.join(latin).translate(_LETTERS)


def joined_sounds(light: str) -> Iterator[str]:
    """Yield what the index holds of a lightly folded Korean or Chinese name, as one word."""
    if light.isascii():
        return
    if _HANGUL.search(light):
        yield MARK + _sound_of_korean("".join(words(_HANGUL.sub(_romanize, light))))
    if _HAN.search(light) and not _KANA.search(light):
        yield MARK + "".join(words(_HAN.sub(lambda run: hooks.pinyin(run.group()), light)))


def _romanize(syllable: re.Match[str]) -> str:
    at = ord(syllable.group()) - 0xAC00
    return f"{_FIRST[at // 588]}{_VOWELS[at % 588 // 28]}{_LAST[at % 28]}".replace("_", "")


def _sound_of_korean(latin: str) -> str:
    """Return the consonants of a Korean name, whose l and r are one letter."""
    return sound_of(latin.replace("r", "l"))


def joined_sounds_of_question(text: str) -> tuple[str, ...]:
    """Return how words in Latin letters may stand in the index as one Korean word and, with a star behind it,
    as the beginning of a Chinese one."""
    typed = words(_APOSTROPHES.sub("", fold(text)))
    letters = "".join(typed)
    if not letters.isascii() or len(letters) < SHORTEST_JOINED or _are_plain(typed):
        return ()
    consonants = _sound_of_korean(letters)
    return (f"{MARK}{letters}*", *([MARK + consonants] if len(consonants) >= SHORTEST else []))


def _are_plain(typed: list[str]) -> bool:
    """Return whether half of them or more are words of English.

    Beside others a short one may be a word of that language, as "Fond" of Russian.
    """
    return 2 * sum(is_plain(word) and (len(word) > SHORTEST + 1 or len(typed) == 1) for word in typed) >= len(
        typed
    )


def sounds_of_question(text: str) -> list[tuple[str, ...]]:
    """Return (word, its forms in the index, …) of each word in Latin letters; [] where they tell little.

    Numbers stand as they are.
    """
    typed = [word for word in words(_APOSTROPHES.sub("", fold(text))) if word not in _SMALL]
    numbers = [(word,) for word in typed if word.isdigit()]
    long_words = [word for word in typed if len(word) > SHORTEST and not word.isdigit()]
    if not all(map(str.isascii, typed)) or (len(long_words) == 1 and len(typed) > 1 + len(numbers)):
        return []
    if _are_plain(long_words):
        return []
    word_sounds = [
        (word, {sound_of(word), sound_of(_LATIN_ARTICLE.sub("", word))} - {""}) for word in long_words
    ]
    if sum(max(map(len, sounds), default=0) for _word, sounds in word_sounds) < FEWEST:
        return []
    return [
        (word, *(MARK + sound for sound in sorted(sounds))) for word, sounds in word_sounds if sounds
    ] + numbers

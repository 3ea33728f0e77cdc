"""Which language a name is shown in, and the keys by which names sort in it.

Keys are compared by code point (their columns carry the collation "C"), so one order holds in every database.
"""

import csv
import re
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from core.text import fold
from taxonomy.names.enums import UN_LANGUAGES

SORT_LENGTH = 240
_SEPARATORS = re.compile(r"[\W_]+")
_ARABIC_ARTICLE = re.compile(r"\Aال(?=\w{2})")


def content_language(language: str | None = None) -> str:
    """Return `language`, or the one in use, as one of the six; English for any other."""
    code = (language or get_language() or "en")[:2]
    return code if code in UN_LANGUAGES else "en"


def sort_key(language: str, name: str) -> str:
    """Return the key of `name` in one of the six languages, at most SORT_LENGTH characters."""
    if language == "zh":
        key = _pinyin_key(name)
    elif language == "ar":
        # Before folding: it would make an article of the first letters of ألبانيا (Albania).
        key = _words(fold(_ARABIC_ARTICLE.sub("", name)))
    elif language == "es":
        # ñ is a letter of its own after n; "~" stands behind every letter that may follow an n.
        key = _words(fold(name.replace("ñ", "nǂ").replace("Ñ", "nǂ"))).replace("ǂ", "~")
    elif language == "ru":
        # Folding would make й an и; it is a letter of its own, which code points already place well.
        key = _words("й".join(fold(part) for part in re.split("[йЙ]", _compose(name))))
    else:
        key = _words(fold(name))
    return key[:SORT_LENGTH]


def _compose(name: str) -> str:
    return name.replace("и\u0306", "й").replace("И\u0306", "Й")


def _words(text: str) -> str:
    return _SEPARATORS.sub(" ", text).strip()


@cache
def _readings() -> tuple[dict[str, str], dict[str, str]]:
    """Readings of single characters, and of whole names in which a character is read otherwise."""
    single: dict[str, str] = {}
    whole: dict[str, str] = {}
    path = Path(__file__).resolve().parent.parent / "data" / "pinyin.csv"
    with path.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows):
            (single if len(row["text"]) == 1 else whole)[row["text"]] = row["reading"]
    return single, whole


def pinyin_of(name: str) -> str:
    """Return a Chinese name in Latin letters without tones, as one word: "中国" → "zhongguo"."""
    return re.sub(r"[\d ]", "", _pinyin_key(name)).replace("v", "u")


def _pinyin_key(name: str) -> str:
    """Return syllables with their tones, as Chinese lists sort; unknown characters come last."""
    single, whole = _readings()
    bare = _words(fold(name))
    if bare in whole:
        return whole[bare]
    return " ".join(single.get(character, character) for character in bare if character != " ")

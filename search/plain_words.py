"""Words of English, and names, that are right as they stand, whether or not anything on the portal has them.

They are those of SCOWL, the Spell Checker Oriented Word Lists (http://wordlist.aspell.net): words up to level
40 and names up to level 50, without plurals in "s". `plain_words.txt` begins with its notice.
"""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_suffix(".txt")


def is_right(word: str) -> bool:
    """Return whether a folded word is a plain word or a name, and so no slip."""
    return bool({word, word.removesuffix("s")} & _words())


def is_plain(word: str) -> bool:
    """Return whether a folded word is a plain word of English."""
    return bool({word, word.removesuffix("s")} & _plain_words())


@cache
def _lines() -> list[str]:
    lines = _FILE.read_text(encoding="ascii").splitlines()
    return [line for line in lines if not line.startswith("#")]


@cache
def _words() -> frozenset[str]:
    return frozenset(map(str.lower, _lines()))


@cache
def _plain_words() -> frozenset[str]:
    return frozenset(filter(str.islower, _lines()))

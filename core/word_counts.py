"""How many words a text has, alike in every script and in the browser (static/js/words.js).

After NFC each Han ideograph and each kana is one word; any other run between white space is one.
"""

import re
import unicodedata

# Ideographs (also those beyond the basic plane and the iteration mark), hiragana, katakana and their
# half-width forms. The same ranges stand in words.js.
_ONE_EACH = (
    "\u3005\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f"
    "\U00020000-\U0003ffff"
)
_WORD = re.compile(f"[{_ONE_EACH}]|[^\\s{_ONE_EACH}]+")


def count_words(text: str) -> int:
    """The number of words in a text of any script; 0 for white space."""
    return len(_WORD.findall(unicodedata.normalize("NFC", text)))

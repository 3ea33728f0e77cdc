"""What news lets the apps above it register, each in its `wiring.py`.

item_texts.register("events.event", fn)   fn(ids) → {id: {"en": ItemText(…), "fr": …}}: what an item of the
    newsletter says in each language that the object has. A kind without it is told in the one language, and
    by the words, that the index holds.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from core.hooks import Registry


class ItemText(NamedTuple):
    """Plain text; `summary` may be long, it is shortened when it is picked.

    `url_args` only where the object has another address in this language: those of its page.
    """

    title: str
    summary: str = ""
    url_args: Sequence[Any] = ()


ItemTexts = Callable[[Sequence[int]], Mapping[int, Mapping[str, ItemText]]]

item_texts: Registry[ItemTexts] = Registry("news.hooks.item_texts")

"""Every kind of entry is declared once: what a move reads as in `SENTENCES`, beside the moves of its model.

All others stand at the end of `actions.py`, or in the `wiring.py`, of the subject that writes them.

page_of.fill(fn)    fn(kind, number, user) → the address of the page about a subject; "" where `user` has none
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.utils.functional import Promise

from audit.enums import Audience
from core.hooks import Hook, Registry


class Sentence(NamedTuple):
    text: str | Promise
    audience: Audience
    labels: Mapping[str, Mapping[Any, Any]]


sentences: Registry[Sentence] = Registry("audit.hooks.sentences")
page_of: Hook[[str, int, Any], str] = Hook("audit.hooks.page_of")


def sentence(
    action: str,
    text: str | Promise,
    *,
    audience: Audience = Audience.DESK,
    labels: Mapping[str, Mapping[Any, Any]] | None = None,
) -> None:
    """Declare what `action` reads as; `text` may use %(actor)s, %(subject)s and the keys of its data.

    `labels` tells, for a key of the data, what its codes read as: {"role": dict(Role.choices)}.
    """
    sentences.register(action, Sentence(text, audience, labels or {}))

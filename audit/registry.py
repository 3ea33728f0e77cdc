"""Every kind of entry is declared once, in the `history.py` of the app that writes it."""

from typing import NamedTuple

from django.utils.functional import Promise

from audit.enums import Audience
from core.registry import Registry


class Sentence(NamedTuple):
    text: str | Promise
    audience: Audience


sentences: Registry[Sentence] = Registry("audit.registry.sentences")


def sentence(action: str, text: str | Promise, *, audience: Audience = Audience.DESK) -> None:
    """Declare what `action` reads as; `text` may use %(actor)s, %(subject)s and the keys of its data."""
    sentences.register(action, Sentence(text, audience))

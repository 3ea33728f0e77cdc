"""What a letter says to one reader: its text with the placeholders filled in."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from coordination.enums.letters import PLACEHOLDERS, LetterState
from coordination.models import Letter, LetterCopy

_HELD = re.compile(r"\{([^{}\n]*)\}")


class Words(NamedTuple):
    subject: str
    text: str
    language: str


def unknown_in(text: str) -> list[str]:
    """What stands in braces and is no placeholder."""
    return [name for name in _HELD.findall(text) if name not in PLACEHOLDERS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Names are put in as they are: what stands in braces in a name is not filled in again."""
    return _HELD.sub(lambda held: values.get(held[1], held[0]), text)


def words_for(letter: Letter, language: str, *, organization: str, person: str) -> Words:
    """In the reader's language, or in the one that the letter has instead."""
    its = letter.in_which(language)
    values = {"organization": organization, "person": person}
    return Words(filled(letter.said("subject", its), values), filled(letter.said("text", its), values), its)


def words_of(copy: LetterCopy, user: Any, language: str) -> Words:
    return words_for(copy.letter, language, organization=copy.stakeholder.name, person=user.name)


def prepare(messages: Sequence[Any]) -> dict[int, Mapping[str, Any]]:
    """For the outbox: what each mail says. One query. Nothing of a letter that was stopped."""
    going = LetterCopy.objects.exclude(letter__state=LetterState.STOPPED)
    copies = going.select_related("letter", "stakeholder").in_bulk({one.subject_id for one in messages})
    return {
        message.pk: words_of(copies[message.subject_id], message.user, message.language)._asdict()
        for message in messages
        if message.subject_id in copies and message.user is not None
    }

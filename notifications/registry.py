"""Every kind of message is declared once, in the `registered.py` of the app that sends it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise

from core.registry import Registry

# (recipient, id of the subject) → still theirs to see? Asked right before sending, and by the inbox.
StillVisible = Callable[[Any, int | None], bool]


class Kind(NamedTuple):
    """What all messages of one kind share.

    `essential`: security and decisions; always arrives, and is sent again where the outcome is unknown.
    `secret`: its facts and link let the holder in, so they are erased once the message has left.
    """

    name: str
    label: str | Promise
    group: str | Promise
    essential: bool
    secret: bool
    still_visible: StillVisible | None

    @property
    def template(self) -> str:
        return f"mail/{self.name}.txt"


kinds: Registry[Kind] = Registry("notifications.registry.kinds")


def kind(
    name: str,
    *,
    label: str | Promise,
    group: str | Promise,
    essential: bool = False,
    secret: bool = False,
    still_visible: StillVisible | None = None,
) -> Kind:
    """Declare a kind, as "stakeholders.application_returned"; its words are in templates/mail/<name>.txt."""
    return kinds.register(name, Kind(name, label, group, essential, secret, still_visible))


def essential_kinds() -> list[str]:
    return [name for name, entry in kinds.items() if entry.essential]

"""The pages of the desk that its home links: each subject enters its own in its `wiring.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise

from core.hooks import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCard:
    """A page of the desk, in a group of the desk's home and there by `position`.

    `page` is the name of its address, `part` what follows it ("#…" or "?…"). Everybody of the desk gets
    it, unless `permission` or `opens` says who. Open there are the work items that `work` names, of `kind`
    alone where that is given, or what `count` counts; without either, nothing can be. `page_of_waiting` finds
    the page where that is to be dealt with, while there is some.
    """

    page: str
    group: str
    position: int
    title: str | Promise
    text: str | Promise
    part: str = ""
    permission: str = ""
    opens: Callable[[Any], bool] | None = None
    work: tuple[str, ...] = ()
    kind: str = ""
    count: Callable[[Any], int] | None = None
    page_of_waiting: Callable[[Any], str] | None = None

    def is_for(self, user: Any) -> bool:
        if self.permission and not user.has_perm(self.permission):
            return False
        return self.opens is None or self.opens(user)


desk_cards: Registry[DeskCard] = Registry("core.desk_cards.desk_cards")


def desk_card(page: str, **facts: Any) -> None:
    """Enter a page by the name of its address. No two stand at one place of a group."""
    card = DeskCard(page=page, **facts)
    desk_cards.register(f"{card.group} {card.position}", card)

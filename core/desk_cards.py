"""The pages of the desk, as its menu lists them: each subject enters its own in its `wiring.py`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from core.hooks import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskCard:
    """A page of the desk, in an area of its menu and there by `position`.

    `page` is the name of its address, `part` what follows it ("#…" or "?…"). Everybody of the desk gets
    it, unless `permission` or `opens` says who. Open there are the work items that `work` names, of `kind`
    alone where that is given, or the `rows` that the page lists, of one model or more (with `listed` behind
    its address, where it lists others too); without either, nothing can be. A list of `rows` that orders by
    other tables drops its order, since its rows are only counted. Rows without a term, of which nothing is
    due, are no `rows`: their number stands on their own page alone. `do` is the button of such an item in
    the list of work.
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
    do: str | Promise = ""
    rows: Callable[[Any], QuerySet[Any] | Sequence[QuerySet[Any]]] | None = None
    listed: str = ""

    @property
    def key(self) -> str:
        return f"{self.group}-{self.position}"

    def is_for(self, user: Any) -> bool:
        if self.permission and not user.has_perm(self.permission):
            return False
        return self.opens is None or self.opens(user)


desk_cards: Registry[DeskCard] = Registry("core.desk_cards.desk_cards")


def desk_card(page: str, **facts: Any) -> None:
    """Enter a page by the name of its address. No two stand at one place of a group."""
    card = DeskCard(page=page, **facts)
    desk_cards.register(card.key, card)

"""The desk's menu with what waits in each area, and the one list of work across all of them."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.people.enums import Role
from core.bulk import union_of
from core.desk_cards import DeskCard, desk_cards
from workflow.items.models import WorkItem
from workflow.items.queries import Holding, desk_page_of, holding_of

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
# A menu of so few pages is open throughout; of a longer one only the area of the page that is shown.
FEW_PAGES = 10

# In the order in which people look.
AREAS = {
    "vetting": _("Vetting"),
    "directory": _("The directory"),
    "reviews": _("Country reviews"),
    "dialogues": _("Constructive dialogues"),
    "events": _("Events"),
    "library": _("Library"),
    "news": _("News"),
    "coordination": _("Coordination"),
    "people": _("People and roles"),
    "reference": pgettext_lazy("pages of the desk", "Reference data"),
    "system": _("System"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """Open work: how much, by how long it has waited, and by who holds it."""

    total: int = 0
    week: int = 0
    older: int = 0
    mine: int = 0
    free: int = 0
    due: int = 0
    paused: int = 0
    since: datetime | None = None

    @property
    def month(self) -> int:
        return self.total - self.week - self.older

    @property
    def others(self) -> int:
        return self.total - self.mine - self.free - self.paused


def _conditions(user: Any) -> dict[str, Q]:
    """What each number of `Work` counts, in their order, and what the tabs of the list show."""
    at = now()
    running = Q(paused_since=None)
    return {
        "total": Q(),
        "week": Q(since__gt=at - WEEK),
        "older": Q(since__lte=at - MONTH),
        "mine": running & Q(holder=user),
        "free": running & Q(holder=None),
        "due": running & Q(until__lt=at + WEEK),
        "paused": ~running,
    }


class Tab(NamedTuple):
    title: str | Promise
    number: str  # the field of Work that counts it


TABS = {
    "": Tab(pgettext_lazy("work", "All"), "total"),
    "mine": Tab(_("Assigned to me"), "mine"),
    "free": Tab(_("Unassigned"), "free"),
    "due": Tab(_("Due within 7 days"), "due"),
    "paused": Tab(pgettext_lazy("work", "Paused"), "paused"),
}


@dataclass(frozen=True, slots=True)
class Page:
    """One page in the menu. `count`: what is open, None where nothing can be; `list_url` lists it."""

    card: DeskCard
    url: str
    work: Work | None
    count: int | None
    list_url: str
    is_current: bool

    @property
    def title(self) -> str | Promise:
        return self.card.title


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    title: str | Promise
    pages: list[Page]
    is_open: bool

    @property
    def count(self) -> int:
        return sum(page.count or 0 for page in self.pages)


@dataclass(frozen=True, slots=True)
class WorkLine:
    """One row of the list of work."""

    item: WorkItem
    kind: str | Promise
    do: str | Promise
    url: str
    holding: Holding
    is_over: bool


NUMBER = "SELECT '%s', count(DISTINCT pk) FROM {rows} AS part (pk)"


class Desk:
    """What one person may open at the desk, and the open work there, in a fixed number of queries."""

    def __init__(self, user: Any, path: str = "") -> None:
        self.user = user
        self.path = path
        self.cards = sorted(
            (card for card in desk_cards.values() if card.is_for(user)), key=lambda card: card.position
        )

    @property
    def items(self) -> QuerySet[WorkItem]:
        """Open work that the person's roles do, or that a regional focal point has before them."""
        items = WorkItem.objects.visible_to(self.user).open()
        if self.user.has_role(Role.HEAD):
            return items
        return items.filter(waits_for__in=sorted({*self.user.roles, Role.REGIONAL}))

    @cached_property
    def _open_work(self) -> list[tuple[str, str, Work]]:
        counted = {
            name: Count("pk", filter=condition or None) for name, condition in _conditions(self.user).items()
        }
        rows = self.items.order_by().values_list("subject_kind", "what")
        return [
            (kind, work_code, Work(*numbers))
            for kind, work_code, *numbers in rows.annotate(**counted, oldest=Min("since"))
        ]

    @cached_property
    def _row_counts(self) -> Mapping[str, int]:
        """Return how many rows each card with a list has."""
        parts = [
            (NUMBER % card.key, rows.values_list("pk"))
            for card in self.cards
            if card.rows
            for rows in _as_list(card.rows(self.user))
        ]
        row_counts: Counter[str] = Counter()
        for key, number in union_of(parts):
            row_counts[key] += number
        return row_counts

    def work_of(self, cards: Iterable[DeskCard]) -> Work:
        cards = [card for card in cards if card.work]
        matching_work = [
            work
            for kind, work_code, work in self._open_work
            if any(_is_of(card, kind, work_code) for card in cards)
        ]
        numbers: Any = {name: sum(getattr(work, name) for work in matching_work) for name in _NUMBERS}
        return Work(**numbers, since=min((work.since for work in matching_work if work.since), default=None))

    @cached_property
    def work(self) -> Work:
        """All that the list of work holds."""
        return self.work_of(self.cards)

    @property
    def has_work(self) -> bool:
        """Whether anything in the list of work does not stand still."""
        return self.work.total > self.work.paused

    @cached_property
    def areas(self) -> list[Area]:
        """The menu, without the areas in which the person may open nothing."""
        current = self._current
        few = len(self.cards) <= FEW_PAGES
        areas = []
        for name, title in AREAS.items():
            pages = [self._page(card, card is current) for card in self.cards if card.group == name]
            if pages:
                areas.append(Area(name, title, pages, few or any(page.is_current for page in pages)))
        return areas

    @property
    def lists(self) -> list[Page]:
        """The pages whose rows wait for a decision without being in the list of work."""
        pages = [page for area in self.areas for page in area.pages]
        return [page for page in pages if page.card.rows and page.count]

    @property
    def total(self) -> int:
        """What waits: the list of work and the other lists, which is the sum of the areas of the menu."""
        return self.work.total + sum(page.count or 0 for page in self.lists)

    @cached_property
    def _paths(self) -> dict[str, str]:
        """The path of each card's page, by the key of the card."""
        return {card.key: reverse(card.page) for card in self.cards}

    @cached_property
    def _home(self) -> str:
        return reverse("portal:desk")

    def _page(self, card: DeskCard, is_current: bool) -> Page:
        path = self._paths[card.key]
        url = f"{path}{card.part}"
        work = self.work_of([card]) if card.work else None
        if card.rows:
            listed = f"{path}{card.listed}" if card.listed else url
            return Page(card, url, None, self._row_counts.get(card.key, 0), listed, is_current)
        listed = f"{self._home}?of={card.key}"
        return Page(card, url, work, work.total if work else None, listed, is_current)

    @property
    def _current(self) -> DeskCard | None:
        """Whose page this is, or lies under: the one with the longest address, a filter of it before it."""
        under = [card for card in self.cards if self.path.startswith(self._paths[card.key])]

        def length(card: DeskCard) -> tuple[int, int]:
            path = self._paths[card.key]
            url = f"{path}{card.part}"
            return len(path), self.path.startswith(url) * len(url)

        return max(under, key=length, default=None)

    @property
    def is_home(self) -> bool:
        return self.path.split("?")[0] == self._home

    def is_at(self) -> bool:
        """Whether the address is one of the desk, or of a page that it shares with others."""
        if self.path.startswith(self._home):
            return True
        return any(self.path.startswith(path) for path in self._paths.values())

    def card(self, key: str) -> DeskCard | None:
        return next((card for card in self.cards if card.key == key and card.work), None)

    def lines(self, tab: str, card: DeskCard | None = None) -> QuerySet[WorkItem]:
        """The list of work: what is due first, what stands still at the end."""
        of_cards = Q(pk__in=[])
        for shown_card in [card] if card else self.cards:
            if shown_card.work:
                of_cards |= Q(
                    what__in=shown_card.work, **({"subject_kind": shown_card.kind} if shown_card.kind else {})
                )
        shown = _conditions(self.user)[TABS[tab].number]
        items = self.items.filter(of_cards, shown).select_related("holder")
        return items.order_by(
            F("paused_since").asc(nulls_first=True), F("until").asc(nulls_last=True), "since", "pk"
        )

    def line(self, item: WorkItem) -> WorkLine:
        card = next(card for card in self.cards if _is_of(card, item.subject_kind, item.what))
        url = reverse(desk_page_of(item), args=[item.subject_id])
        is_over = item.until is not None and item.until < now()
        return WorkLine(item, card.title, card.do, url, holding_of(item), is_over)


_NUMBERS = ("total", "week", "older", "mine", "free", "due", "paused")


def _is_of(card: DeskCard, kind: str, work_code: str) -> bool:
    return work_code in card.work and card.kind in ("", kind)


def _as_list(rows: QuerySet[Any] | Sequence[QuerySet[Any]]) -> Sequence[QuerySet[Any]]:
    return [rows] if isinstance(rows, QuerySet) else rows

"""The desk's home: what waits by the kind of work, and the tools beside it, each for whom it is meant."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from core.desk_cards import DeskCard, desk_cards
from workflow.items.models import WorkItem

WEEK, MONTH = timedelta(days=7), timedelta(days=30)

# By kind of work, in the order in which people look.
GROUPS = {
    "vetting": _("Vetting"),
    "directory": _("The directory"),
    "reviews": _("Country reviews"),
    "events": _("Events"),
    "news": _("News"),
    "library": _("Library"),
    "invitations": _("Invitations and people"),
    "dialogues": _("Constructive dialogues"),
    "newsletter": _("Newsletter"),
    "networks": _("Networks"),
    "letters": _("Group messages"),
    "coordination": _("Coordination"),
    "portal": _("The portal"),
}


@dataclass(frozen=True, slots=True)
class Work:
    """Open work: how much, by how long it has waited, and by who holds it. `until`: the earliest promise."""

    total: int = 0
    week: int = 0
    older: int = 0
    mine: int = 0
    nobody: int = 0
    since: datetime | None = None
    until: datetime | None = None

    @property
    def month(self) -> int:
        return self.total - self.week - self.older

    @property
    def others(self) -> int:
        return self.total - self.mine - self.nobody


@dataclass(frozen=True, slots=True)
class Card:
    """One page of the desk. `waits`: what is open there, None where nothing can be."""

    url: str
    title: str | Promise
    text: str | Promise
    waits: Work | int | None = None

    @property
    def work(self) -> Work | None:
        return self.waits if isinstance(self.waits, Work) else None

    @property
    def count(self) -> int | None:
        return self.waits.total if isinstance(self.waits, Work) else self.waits


@dataclass(frozen=True, slots=True)
class Group:
    name: str
    title: str | Promise
    cards: list[Card]


class OpenWork:
    """Open work as far as the person may see it: one statement, whatever waits."""

    def __init__(self, user: Any) -> None:
        at = now()
        self.rows: list[tuple[str, str, Work]] = [
            (kind, what, Work(*numbers))
            for kind, what, *numbers in WorkItem.objects.visible_to(user)
            .open()
            .order_by()
            .values_list("subject_kind", "what")
            .annotate(
                total=Count("pk"),
                week=Count("pk", filter=Q(since__gt=at - WEEK)),
                older=Count("pk", filter=Q(since__lte=at - MONTH)),
                mine=Count("pk", filter=Q(holder=user)),
                nobody=Count("pk", filter=Q(holder=None)),
                oldest=Min("since"),
                first=Min("until"),
            )
        ]

    def of(self, *whats: str, kind: str = "") -> Work:
        found = [work for its, what, work in self.rows if what in whats and kind in ("", its)]
        numbers: Any = {name: sum(getattr(work, name) for work in found) for name in _NUMBERS}
        return Work(
            **numbers,
            since=min((work.since for work in found if work.since), default=None),
            until=min((work.until for work in found if work.until), default=None),
        )


_NUMBERS = ("total", "week", "older", "mine", "nobody")


def desk_groups(user: Any) -> list[Group]:
    """The groups without those that are not for the person."""
    waiting = OpenWork(user)
    cards = sorted(desk_cards.values(), key=lambda card: card.position)
    groups = [
        Group(
            name,
            title,
            [_card(card, user, waiting) for card in cards if card.group == name and card.is_for(user)],
        )
        for name, title in GROUPS.items()
    ]
    return [group for group in groups if group.cards]


def _card(card: DeskCard, user: Any, waiting: OpenWork) -> Card:
    waits: Work | int | None = None
    if card.work:
        waits = waiting.of(*card.work, kind=card.kind)
    elif card.count:
        waits = card.count(user)
    shown = Card(f"{reverse(card.page)}{card.part}", card.title, card.text, waits)
    if card.page_of_waiting and shown.count:
        return replace(shown, url=card.page_of_waiting(user))
    return shown

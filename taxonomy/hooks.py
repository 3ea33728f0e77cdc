"""What the pages about one country, and about one article, are made of: apps above register their parts.

country_panels.register(
    "stakeholders", Panel(20, ("country", "review"), load, "stakeholders/directory/_country.html")
)
article_panels.register("stakeholders", Panel(30, (), load, "stakeholders/directory/_article.html"))

`load(user, country)`, or `load(user, article)` with its instrument, gives what the template shows, or None
where the panel has nothing to say; it asks the database a fixed number of times, once at best, and starts
from what `user` may see.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from django.dispatch import Signal

from core.hooks import Registry


class Panel(NamedTuple):
    """One part of a page. `pages`: on which of those about a country, "country" (all of it) or "review"."""

    position: int
    pages: tuple[str, ...]
    load: Callable[[Any, Any], Mapping[str, Any] | None]
    template: str


class Shown(NamedTuple):
    template: str
    said: Mapping[str, Any]


country_panels: Registry[Panel] = Registry("taxonomy.hooks.country_panels")
article_panels: Registry[Panel] = Registry("taxonomy.hooks.article_panels")


def panels_of(page: str, user: Any, country: Any) -> list[Shown]:
    """The parts of one page, in their order, those with nothing to say left out."""
    return load_panels((panel for panel in country_panels.values() if page in panel.pages), user, country)


def load_panels(panels: Iterable[Panel], user: Any, subject: Any) -> list[Shown]:
    found = sorted(panels, key=lambda panel: panel.position)
    said = [(panel.template, panel.load(user, subject)) for panel in found]
    return [Shown(template, told) for template, told in said if told is not None]


# --- What taxonomy says to the apps above it ---------------------------------------------------------

# Sent inside the transaction of the merge, after every link was moved: sender = the model; old, new, actor.
term_merged = Signal()

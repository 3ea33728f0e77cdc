"""What the pages about one country are made of; each app above registers its part in its `registered.py`.

country_panels.register("stakeholders", Panel(20, ("country", "review"), load, "stakeholders/_country.html"))

`load(user, country)` gives what the template shows, or None where the panel has nothing to say; it asks the
database a fixed number of times, once at best, and starts from what `user` may see.
"""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from core.registry import Registry


class Panel(NamedTuple):
    """One part of a page about a country. `pages`: on which, "country" (all of it) or "review"."""

    position: int
    pages: tuple[str, ...]
    load: Callable[[Any, Any], Mapping[str, Any] | None]
    template: str


class Shown(NamedTuple):
    template: str
    said: Mapping[str, Any]


country_panels: Registry[Panel] = Registry("taxonomy.registry.country_panels")


def panels_of(page: str, user: Any, country: Any) -> list[Shown]:
    """The parts of one page, in their order, those with nothing to say left out."""
    found = [panel for panel in country_panels.values() if page in panel.pages]
    found.sort(key=lambda panel: panel.position)
    loaded = [(panel.template, panel.load(user, country)) for panel in found]
    return [Shown(template, said) for template, said in loaded if said is not None]

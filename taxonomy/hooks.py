"""What the pages about one country, and about one article, are made of: apps above register their parts.

country_panels.register(
    "stakeholders", Panel(20, ("country", "review"), load, "stakeholders/directory/_country.html")
)
article_panels.register("stakeholders", Panel(30, (), load, "stakeholders/directory/_article.html"))

`load(user, country)`, or `load(user, article)` with its instrument, gives what the template shows, or None
where the panel has nothing to say; it asks the database a fixed number of times, once at best, and starts
from what `user` may see. `rows_of(country)` gives the rows without which there is nothing to say to anybody:
one statement asks for those of all panels of a page, and panels without any are not loaded.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import IO, Any, NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, Q, QuerySet
from django.dispatch import Signal
from django.utils.functional import Promise

from accounts.people.enums import Role
from core.hooks import Registry
from core.subqueries import non_empty


class Panel(NamedTuple):
    """One part of a page. `pages`: on which of those about a country, "country" (all of it) or "review"."""

    position: int
    pages: tuple[str, ...]
    load: Callable[[Any, Any], Any]
    template: str
    rows_of: Callable[[Any], QuerySet[Any]] | None = None
    # Of a profile, instead: the foreign keys by which such rows lead to an entry.
    keys: tuple[Any, ...] = ()
    # Says the same to every reader, by whatever clock: it is made for a visitor, and kept for all.
    is_everybodys: bool = False


class ShownPanel(NamedTuple):
    template: str
    content: Any
    position: int = 0


FEW = 2

country_panels: Registry[Panel] = Registry("taxonomy.hooks.country_panels")
article_panels: Registry[Panel] = Registry("taxonomy.hooks.article_panels")


def everybodys_panels(page: str, country: Any) -> list[ShownPanel]:
    """Return the parts of one page that are the same for every reader and have content, in their order.

    They stand together on the page.
    """
    return load_panels(_panels_on(page, everybodys=True), AnonymousUser(), country)


def other_panels(page: str, user: Any, country: Any) -> tuple[list[ShownPanel], list[ShownPanel]]:
    """Return the other parts: those before `everybodys_panels`, and those after."""
    place = max(panel.position for panel in _panels_on(page, everybodys=True))
    panels = load_panels(_panels_on(page, everybodys=False), user, country)
    return [panel for panel in panels if panel.position < place], [
        panel for panel in panels if panel.position > place
    ]


def _panels_on(page: str, *, everybodys: bool) -> list[Panel]:
    return [
        panel
        for panel in country_panels.values()
        if page in panel.pages and panel.is_everybodys == everybodys
    ]


def load_panels(
    panels: Iterable[Panel], user: Any, subject: Any, with_rows: Collection[Any] | None = None
) -> list[ShownPanel]:
    """Return the panels that have something to say, in their order.

    `with_rows`: those that may have, where that is known already.
    """
    panels = sorted(panels, key=lambda panel: panel.position)
    if with_rows is None:
        with_rows = _with_rows(panels, subject)
    loaded = [(panel, panel.load(user, subject)) for panel in panels if panel in with_rows]
    return [
        ShownPanel(panel.template, values, panel.position) for panel, values in loaded if values is not None
    ]


def _with_rows(panels: Collection[Panel], subject: Any) -> set[Panel]:
    """Return the panels that may have something to say.

    Of a few nothing is asked, as that costs what they do.
    """
    conditions = {panel: panel.rows_of for panel in panels if panel.rows_of}
    if len(conditions) <= FEW:
        return set(panels)
    with_rows: set[Panel] = non_empty({panel: rows_of(subject) for panel, rows_of in conditions.items()})
    return with_rows | {panel for panel in panels if not panel.rows_of}


# --- Where facts come from ----------------------------------------------------------------------------


def _own_page(row: Any) -> str:
    page = getattr(row, "get_absolute_url", None)
    return page() if page else ""


class Rows(NamedTuple):
    """Rows that rest on a source. `day`: the column that says when the source was last seen, or its date.

    Each condition, where there is one, says which rows the desk `edited`, which are `gone` from the source,
    which are `waiting` for a decision, and of which alone it matters that they are `dated`. Rows that are
    `lacking` something need a look whatever their age; `lacks` says of them what that is. `page` and `text`
    of a row are for the list of those that need a look. Where the desk `confirms` facts, it may say there
    that they are still true, which sets their day; a row of `content/` then counts as edited by hand.
    """

    rows: QuerySet[Any]
    day: str = "source_date"
    edited: Q | None = None
    gone: Q | None = None
    waiting: Q | None = None
    dated: Q = Q()
    lacking: Q | None = None
    lacks: str | Promise = ""
    confirms: bool = False
    page: Callable[[Model], str] = _own_page
    text: Callable[[Any], str] = str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetching:
    """How a file that was fetched comes to wait for a person, who compares, approves or discards it.

    `take(file, url, actor, earlier)` keeps it with what it would change, in place of the `earlier` one that
    waits still, and answers its number; None where it says nothing new. Raises DomainError. `permission`: who
    sets the address and decides, each file at its `page`. `address` is proposed where none was set yet, and
    fetched from where somebody asks for the file. `undo` says how what was approved is taken back.
    """

    permission: str
    expects: str | Promise
    take: Callable[[IO[bytes], str, Any, int | None], int | None]
    page: Callable[[int], str]
    undo: str | Promise
    address: str = ""


class Place(NamedTuple):
    """A page of the desk by the name of its address, for those with the permission."""

    label: str | Promise
    page: str
    permission: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source, or a pack of them, for the desk's page of sources; the key in the table is in its address.

    `waiting`: what waits for a decision beside the rows that say so, as the files of one that is fetched;
    `places`: where rows are looked at and decided. `permission`: who of the desk may see it, where that is
    not everybody. `keeper`: the role whose work it is to keep the facts up to date; a fact that was last seen
    more than `months` ago needs a look, until the desk sets another number.
    """

    position: int
    title: str | Promise
    text: str | Promise
    terms: str | Promise
    rows: Callable[[Any], Sequence[Rows]]
    address: str = ""
    places: Sequence[Place] = ()
    permission: str = ""
    waiting: Callable[[Any], QuerySet[Any]] | None = None
    fetching: Fetching | None = None
    keeper: str = Role.CURATION
    months: int = 24


sources: Registry[Source] = Registry("taxonomy.hooks.sources")

# --- What taxonomy says to the apps above it ---------------------------------------------------------

# Sent inside the transaction of the merge, after every link was moved: sender = the model; old, new, actor.
term_merged = Signal()

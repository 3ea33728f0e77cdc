"""What the apps above tell the index; each registers in its `wiring.py`.

register("stakeholders.stakeholder", build, label=_("Stakeholder"))
    build(ids) → an Entry for each of those objects that can be found at all, in a fixed number of queries;
    where an object has passages (pages of its file), its own Entry first, then one per passage
audiences.fill(fn)
    fn(user) → {Audience.MEMBERS, …}: what a signed-in person may find beyond what is public
thesaurus.fill(fn)
    fn() → what everything is called, in its present state
pinyin.fill(fn)
    fn(run of Chinese signs) → how it is read, in Latin letters without tones, as one word
names_of_places.fill(fn)
    fn(codes of countries) → code → what the country, and all that it lies in, is called in each language
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import capfirst

from core.hooks import Hook, Registry
from search.thesaurus import Thesaurus

PAGES_FROM = 100_000


@dataclass(slots=True)
class Entry:
    """What the index shall hold about one object.

    `audience` None: only the desk finds it. `aliases`: further names, acronyms, spellings in other scripts.
    `text` is plain and holds nothing that the audience may not read. `facets` are codes as "topic:tip".
    `words` find it too, and are not shown; the label of its kind and the names of its country are among them.
    `site`: the address of its site, by which it is found where somebody types that.
    `part`: 0 for the object itself, from 1 for its passages, found by whoever finds the object (its audience,
    country and facets are theirs); `part_label` names a passage to the reader, as "p. 12", and `anchor` is
    the place at which it opens in its page, as "page=12".
    Where pages of files make many passages, the object's own Entry gives them by `pages`, with parts from
    `PAGES_FROM` on, and in `pages_of` what they are made of: while that stays the same, so do they.
    """

    object_id: int
    name: str
    url_name: str
    audience: int | None
    url_args: Sequence[Any] = ()
    aliases: Sequence[str] = ()
    text: str = ""
    language: str = ""
    country: str = ""
    facets: Sequence[str] = field(default_factory=list)
    sort_key: str = ""
    part: int = 0
    part_label: str = ""
    anchor: str = ""
    pages: Callable[[], Iterable["Entry"]] = tuple
    pages_of: str = ""
    words: str = ""
    site: str = ""


Build = Callable[[Sequence[int]], Iterable[Entry]]


class Source(NamedTuple):
    """`numbers`: every object's number, where the keys of the model are no numbers or there is no model.

    `is_last`: in a list of several kinds its objects come after all others.
    """

    label: str | Promise
    build: Build
    numbers: Callable[[], Sequence[int]] | None = None
    plural: str | Promise = ""
    is_last: bool = False


# Before the code of a language: a facet of what can be read in it.
EDITION = "edition:"
# A facet: what it is about does not take place. Its line says so.
IS_CANCELLED = "is:cancelled"
# Before a day: the last on which something can still be attended or answered; before a year in which it is.
LAST_DAY, YEAR = "until:", "year:"


def facets_of_days(first: datetime | None, last: datetime | None) -> list[str]:
    """Return the facets by which a search for what comes, or for a year, finds it; none without an end."""
    if last is None:
        return []
    years = range((first or last).year, last.year + 1)
    return [f"{LAST_DAY}{last:%Y-%m-%d}", *(f"{YEAR}{year}" for year in years)]


documents: Registry[Source] = Registry("search.hooks.documents")
audiences: Hook[[Any], set[int]] = Hook("search.hooks.audiences")
thesaurus: Hook[[], Thesaurus] = Hook("search.hooks.thesaurus")
pinyin: Hook[[str], str] = Hook("search.hooks.pinyin")
names_of_places: Hook[[Collection[str]], Mapping[str, str]] = Hook("search.hooks.names_of_places")


def register(
    kind: str,
    build: Build,
    *,
    label: str | Promise,
    numbers: Callable[[], Sequence[int]] | None = None,
    plural: str | Promise = "",
    is_last: bool = False,
) -> None:
    """Let objects of the model `kind` ("app.model") be found; `label` names one of them in results.

    `plural` names several, where there is no model that does. What `is_last` comes after all other kinds.
    """
    documents.register(kind, Source(label, build, numbers, plural, is_last))


def plural_of(kind: str) -> str:
    """Return the name of several objects of a kind of the index, which need not be a model."""
    plural = documents[kind].plural if kind in documents else ""
    return capfirst(str(plural or apps.get_model(kind)._meta.verbose_name_plural))

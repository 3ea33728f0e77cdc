"""What accounts lets the apps above it register, each in its `registered.py`.

countries_within.register("taxonomy", fn)    fn({"002", …}) → {"KEN", …}: what lies in these regions
kept_lists.register("reviews.stepkind", (Role.REVIEWS, …))   who edits that list in the admin
sections.register("memberships", Section(…)) a part of "my data" that a person may download
fates.register("stakeholders.membership.user", Fate(…))   what becomes of a relation to a person who leaves
blockers.register("stakeholders", fn)        fn(user) → [Blocker, …]: why an account cannot be deleted yet
holders.register("stakeholders", fn)         fn(user): lock what must not change while it is deleted
erasers.register("stakeholders", fn)         fn(user): erase what does not go by itself
retained.register("accounts.token", Retained(…))          rows that are removed once they are old enough
sign_in_for.register("regional:write", fn)   fn(**arguments of the address) → what the page that asked for a
    sign-in is for, as a sentence for visitors; None says nothing
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.enums import End
from core.hooks import Registry
from core.personal_data import DataField

CountriesWithin = Callable[[Collection[str]], Collection[str]]

countries_within: Registry[CountriesWithin] = Registry("accounts.registry.countries_within")
kept_lists: Registry[tuple[str, ...]] = Registry("accounts.registry.kept_lists")


def list_keepers() -> set[str]:
    """The roles that edit any registered list, and may therefore open the admin."""
    return {role for roles in kept_lists.values() for role in roles}


class Section(NamedTuple):
    """A part of a person's data. `rows` gives one list of values for each row; never what is others'.

    `files` gives the person's own uploads as (name in the archive, stored file).
    """

    label: str | Promise
    about: str | Promise
    rows: Callable[[Any], Iterable[list[DataField]]]
    files: Callable[[Any], Iterable[tuple[str, Any]]] | None = None


class Fate(NamedTuple):
    """What becomes of the rows of one relation when its person leaves; `label` names them on the page."""

    end: End
    label: str | Promise


class Blocker(NamedTuple):
    """Why an account cannot be deleted yet, and the page where that can be solved."""

    text: str
    url: str
    action: str


class Retained(NamedTuple):
    """Rows that go once they are old enough.

    `rows(before)`: those that may go, given the instant before which they must have ended. `days` is where
    the rule begins, `least` and `most` what an administrator may set. `remove` takes ids and removes their
    rows with what belongs to them; without it the rows are deleted.
    """

    label: str | Promise
    about: str | Promise
    days: int
    least: int
    most: int
    reason: str
    rows: Callable[[datetime], QuerySet[Any]]
    remove: Callable[[list[Any]], None] | None = None


sections: Registry[Section] = Registry("accounts.registry.sections")
fates: Registry[Fate] = Registry("accounts.registry.fates")
blockers: Registry[Callable[[Any], list[Blocker]]] = Registry("accounts.registry.blockers")
holders: Registry[Callable[[Any], None]] = Registry("accounts.registry.holders")
erasers: Registry[Callable[[Any], None]] = Registry("accounts.registry.erasers")
retained: Registry[Retained] = Registry("accounts.registry.retained")

sign_in_for: Registry[Callable[..., str | None]] = Registry("accounts.registry.sign_in_for")


def erased(label: str | Promise, *relations: str) -> None:
    """Declare that the rows of these relations ("app.model.field") go with the person."""
    for relation in relations:
        fates.register(relation, Fate(End.ERASED, label))


def kept(label: str | Promise, *relations: str) -> None:
    """Declare that the rows of these relations stay and no longer say who it was."""
    for relation in relations:
        fates.register(relation, Fate(End.KEPT, label))

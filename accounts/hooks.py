"""What accounts lets the apps above it register, each in its `wiring.py`.

countries_within.fill(fn)                    fn({"002", …}) → {"KEN", …}: what lies in these regions
kept_lists.register("reviews.stepkind", (Role.REVIEWS, …))   who edits that list in the admin
sections.register("memberships", Section(…)) a part of "my data" that a person may download
fates.register("stakeholders.membership.user", Fate(…))   what becomes of a relation to a person who leaves
blockers_elsewhere.fill(fn)                  fn(user) → [Blocker, …]: why an account cannot be deleted yet
hold_elsewhere.fill(fn)                      fn(id of the user): lock what must not change meanwhile
erasers.register("stakeholders", fn)         fn(user): erase what does not go by itself
retained.register("accounts.token", Retained(…))          rows that are removed once they are old enough
sign_in_for.register("regional:write", fn)   fn(**arguments of the address) → what the page that asked for a
    sign-in is for, as a sentence for visitors; None says nothing
"""

from collections.abc import Callable, Collection, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.hooks import Hook, Registry
from core.personal_data import DataField


class End(models.TextChoices):
    """What becomes of a row when the person it points to leaves."""

    ERASED = "erased", _("Erased")
    WITHOUT_NAME = "kept", _("Kept without your name")


countries_within: Hook[[Collection[str]], Collection[str]] = Hook("accounts.hooks.countries_within")
kept_lists: Registry[tuple[str, ...]] = Registry("accounts.hooks.kept_lists")


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


sections: Registry[Section] = Registry("accounts.hooks.sections")
fates: Registry[Fate] = Registry("accounts.hooks.fates")
blockers_elsewhere: Hook[[Any], list[Blocker]] = Hook("accounts.hooks.blockers_elsewhere")
hold_elsewhere: Hook[[int], None] = Hook("accounts.hooks.hold_elsewhere")
erasers: Registry[Callable[[Any], None]] = Registry("accounts.hooks.erasers")
retained: Registry[Retained] = Registry("accounts.hooks.retained")

sign_in_for: Registry[Callable[..., str | None]] = Registry("accounts.hooks.sign_in_for")


def declare_erased(label: str | Promise, *relations: str) -> None:
    """Declare that the rows of these relations ("app.model.field") go with the person."""
    for relation in relations:
        fates.register(relation, Fate(End.ERASED, label))


def declare_kept(label: str | Promise, *relations: str) -> None:
    """Declare that the rows of these relations stay and no longer say who it was."""
    for relation in relations:
        fates.register(relation, Fate(End.WITHOUT_NAME, label))


# -----------------------------------------------------------------------------------------------------
# What accounts says to whoever listens above it. `actor` is the person who did it, None for a command.

person_signed_in = Signal()  # user, institution (its code; empty where another way was used)
sign_in_tried = Signal()  # user: more tries from anywhere than a limit lets through
security_changed = Signal()  # user, change (its code)
consent_given = Signal()  # user, versions ({kind: version})
account_closed = Signal()  # user, actor
account_reopened = Signal()  # user, actor
grant_given = Signal()  # grant, actor
grant_confirmed = Signal()  # grant, actor
grant_ended = Signal()  # grant, actor
person_erased = Signal()  # user (before its row goes), actor, address, language
factor_reset = Signal()  # reset, actor, step ("asked", "checked", "confirmed", "refused")
data_asked = Signal()  # export
data_ready = Signal()  # export
token_made = Signal()  # token
token_revoked = Signal()  # token, actor
tokens_revoked = Signal()  # user, tokens, actor, why (code of what they were revoked with)
retention_applied = Signal()  # rule, run
retention_changed = Signal()  # rule, actor, before, after (days)

"""What is written over days and then sent, as its pages and programs have it in common."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.functional import Promise


class Gap(NamedTuple):
    """What still stands in the way of sending: the field of the form, and what to do."""

    field: str
    text: str | Promise


class Draft(NamedTuple):
    """The form and the acts of one kind of draft.

    `form(row, data, files)` returns the form in which its people may write the row now; unbound without data.
    `save(form, actor)` saves what a form could read on top of the version that it names, and returns the row.
    `gaps(row)` returns what is missing. `actions` is the subject's module: its `send(row, actor=…,
    version=…)` and `discard(…)` refuse a row that has another version than the one given.
    """

    form: Callable[..., Any]
    save: Callable[[Any, Any], Any]
    gaps: Callable[[Any], list[Any]]  # each a `Gap`, or with what else a page shows
    actions: Any

"""What the engine learns from the apps above it; each registers in its `wiring.py`.

parties_of.fill(fn)                                    fn(user) → {"stakeholder:12", …}: where they belong
parties_on.register("stakeholders.application", fn)    fn(obj) → {"stakeholder:12", …}: whose matter it is
appliers.register("stakeholders.stakeholder", Applier(fn))    fn(obj, after, actor): an approved change
desk_pages.register("stakeholders.application", "vetting:application")     URL name that takes the id
desk_pages.register("workflow.changerequest story_change", "newsdesk:change")  …for one kind of work on it
desk_roles.register("stakeholders.application", (Role.VETTING,))    who takes over regional work
my_work.register("reviews", MyWork(rows, part))        for the page of tasks: what to read; what it tells
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.functional import Promise

from accounts.people.enums import Role
from core.hooks import Hook, Registry
from core.time_display import VIENNA


@dataclass(frozen=True, slots=True)
class Task:
    """What one person has to do: a line of the list of tasks, the earliest due first.

    `title` is in `language` ("": nobody knows). `label` says what kind of thing it is, `do` what the button
    does. `facts` are whole; a `due` that has passed is told as such.
    """

    title: str
    url: str
    label: str | Promise
    do: str | Promise
    due: datetime | None = None
    language: str = ""
    facts: Sequence[str] = ()
    # Of bootstrap-icons.
    icon: str = "check2-square"
    # By whose clock the due day is counted.
    zone: str = VIENNA.key


_LOOKS = {
    **dict.fromkeys(("approved", "accepted", "published", "confirmed", "desk_only", "answered"), "done"),
    **dict.fromkeys(("refused", "declined", "not_accepted", "hidden", "removed"), "refused"),
    **dict.fromkeys(("draft", "withdrawn", "archived", "merged", "expired", "cancelled", "closed"), "quiet"),
}


@dataclass(frozen=True, slots=True)
class Submission:
    """What a person has sent and others deal with: a line of "Your submissions", the latest first.

    `status` is the code of its state, `status_label` its name; `turn` whose turn it is, "" where nothing more
    happens.
    """

    title: str
    url: str
    label: str | Promise
    status: str
    status_label: str | Promise
    at: datetime | None = None
    turn: str = ""
    language: str = ""
    facts: Sequence[str] = ()
    icon: str = "send"

    @property
    def look(self) -> str:
        """Which badge its state gets."""
        return _LOOKS.get(self.status, "waiting")


@dataclass(frozen=True, slots=True)
class MyPart:
    """What an app brings to the page of tasks: tasks, what was sent, and what else is the person's.

    `template` shows `context` below the lists, `side` beside them; without a context both are left out.
    The parts stand by `position`.
    """

    tasks: Sequence[Task] = ()
    submissions: Sequence[Submission] = ()
    template: str = ""
    side: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)
    position: int = 50


type Rows = Mapping[str, Sequence[Any]]


class OwnRows(NamedTuple):
    """Rows of one person. `any` finds something wherever there are such rows, by few conditions, and is not
    sliced; `read()` gives them, where more is shown of them than `any` has.
    """

    any: QuerySet[Any]
    read: Callable[[], QuerySet[Any]] | None = None


class MyWork(NamedTuple):
    """`own(user)` names what this person may have; `part(user, rows)` gets what there is under the same
    names, and an empty list for any other.

    One query asks for all parts what there is anything of, and only that is read.
    """

    own: Callable[[Any], Mapping[str, OwnRows]]
    part: Callable[[Any, Rows], MyPart]


Parties = Callable[[Any], set[str]]


class Applier(NamedTuple):
    """`apply(obj, after, actor)` carries an approved change out.

    `present(obj)` gives {field: plain value} where a change is of more than columns.
    """

    apply: Callable[[Any, Mapping[str, Any], Any], None]
    present: Callable[[Any], Mapping[str, Any]] | None = None


parties_of: Hook[[Any], set[str]] = Hook("workflow.hooks.parties_of")
parties_on: Registry[Parties] = Registry("workflow.hooks.parties_on")
appliers: Registry[Applier] = Registry("workflow.hooks.appliers")
desk_pages: Registry[str] = Registry("workflow.hooks.desk_pages")
my_work: Registry[MyWork] = Registry("workflow.hooks.my_work")
desk_roles: Registry[tuple[str, ...]] = Registry("workflow.hooks.desk_roles")


def taken_over_by(kind: str) -> tuple[str, ...]:
    """The roles of the desk that take over from regional focal points what is about this kind of thing."""
    return desk_roles[kind] if kind in desk_roles else tuple(set(Role.DESK) - {Role.HEAD, Role.ADMINISTRATOR})

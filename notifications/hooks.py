"""What notifications offers: kinds of messages and targets of follows, each declared once by its own app."""

from collections.abc import Callable, Collection, Mapping, Sequence
from enum import nonmember
from typing import Any, NamedTuple

from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from core.hooks import Hook, Registry


class Channel(models.TextChoices):
    """When a kind reaches a person by mail."""

    AT_ONCE = "at_once", pgettext_lazy("mail", "At once")
    DAILY = "daily", pgettext_lazy("mail", "Once a day")
    WEEKLY = "weekly", pgettext_lazy("mail", "Once a week")
    OFF = "off", pgettext_lazy("mail", "Not by e-mail")

    GATHERED = nonmember(("daily", "weekly"))


# (recipient, id of the subject) → still theirs to see? Asked right before sending, and by the inbox.
StillVisible = Callable[[Any, int | None], bool]
# person → the subjects that they may see now, as `Stakeholder.objects.visible_to`.
Among = Callable[[Any], QuerySet[Any]]
# (people, id of the subject) → those of them who may see it: whom a happening is told at all.
Readers = Callable[[QuerySet[Any], int | None], QuerySet[Any]]
# {(person, subject), …} (ids) → those pairs where the person may still see the subject: as StillVisible,
# for a whole batch in a fixed number of queries.
VisiblePairs = Callable[[Collection[tuple[int, int]]], set[tuple[int, int]]]
# person → whether messages of the kind can ever reach them
Concerns = Callable[[Any], bool]
# A batch of messages → what the words of each may use besides its facts, by its id. One that is left out has
# nothing to say any more and is held back.
Prepare = Callable[[Sequence[Any]], Mapping[int, Mapping[str, Any]]]
# A message → the addresses (paths) of the pages where its reader stops it or chooses otherwise, as
# {"stop_url": …, "preferences_url": …}, in the active language. The first must take a POST (RFC 8058).
WaysOut = Callable[[Any], Mapping[str, str]]
# (person, id of the subject, text) → passes on, in the portal, what the person answered to its mail by mail.
# Raises DomainError, PermissionDenied or DoesNotExist where that cannot be.
Answered = Callable[[Any, int, str], object]
# A message → the files that go with it, as (name, text, media type), in its language.
Attach = Callable[[Any], Sequence[tuple[str, str, str]]]


class Kind(NamedTuple):
    """What all messages of one kind share.

    `essential`: security and decisions; always arrives at once, and is sent again where the outcome is
    unknown. `secret`: its facts and link let the holder in, so they are erased once the message has left.
    `mail`: how it comes by mail where the person chose nothing. `readers`: of a kind that is told to
    followers, whom of them. `visible_pairs`: `still_visible` for a batch, which kinds with `readers` have.
    `among`: the rows in which its subject is found by whoever may see it; it answers `still_visible`, and one
    statement then asks for the subjects of all such kinds.
    `concerns`: whom the preferences offer it to; everybody where it is not given. `gathers`: it is itself an
    overview, so that people choose only whether it comes.
    `answered`: who is behind its mail gets what is answered to it; of other kinds the desk does.
    `attach`: the files that its mail carries. `ways_out`: for a kind that people leave by pages of its own.
    """

    name: str
    label: str | Promise
    group: str | Promise
    essential: bool
    secret: bool
    still_visible: StillVisible | None
    mail: Channel = Channel.AT_ONCE
    readers: Readers | None = None
    visible_pairs: VisiblePairs | None = None
    prepare: Prepare | None = None
    concerns: Concerns | None = None
    gathers: bool = False
    attach: Attach | None = None
    ways_out: WaysOut | None = None
    among: Among | None = None
    answered: Answered | None = None

    @property
    def template(self) -> str:
        return f"mail/{self.name}.txt"

    @property
    def is_optional(self) -> bool:
        return not (self.essential or self.secret)


kinds: Registry[Kind] = Registry("notifications.hooks.kinds")


def kind(
    name: str,
    *,
    label: str | Promise,
    group: str | Promise,
    essential: bool = False,
    secret: bool = False,
    still_visible: StillVisible | None = None,
    mail: Channel = Channel.AT_ONCE,
    readers: Readers | None = None,
    visible_pairs: VisiblePairs | None = None,
    prepare: Prepare | None = None,
    concerns: Concerns | None = None,
    gathers: bool = False,
    attach: Attach | None = None,
    ways_out: WaysOut | None = None,
    among: Among | None = None,
    answered: Answered | None = None,
) -> Kind:
    """Declare a kind, as "stakeholders.application_returned"; its words are in templates/mail/<name>.txt."""
    if among is not None and still_visible is None:
        still_visible = _found_in(among)
    entry = Kind(
        name,
        label,
        group,
        essential,
        secret,
        still_visible,
        mail,
        readers,
        visible_pairs,
        prepare,
        concerns,
        gathers,
        attach,
        ways_out,
        among,
        answered,
    )
    return kinds.register(name, entry)


# The kinds whose reader is asked to answer or to decide, by name; they stand first in the inbox until read.
asking_kinds: Registry[bool] = Registry("notifications.hooks.asking_kinds")


def asks_for_answer(*names: str) -> None:
    """Declare that the kinds with these names ask their reader to answer or to decide."""
    for name in names:
        asking_kinds.register(name, True)


def _found_in(among: Among) -> StillVisible:
    return lambda user, pk: bool(user) and pk is not None and among(user).filter(pk=pk).exists()


def essential_kinds() -> list[str]:
    return [name for name, entry in kinds.items() if entry.essential]


def urgent_kinds() -> list[str]:
    """Security and decisions: they leave before all others."""
    return [name for name, kind in kinds.items() if not kind.is_optional]


class Target(NamedTuple):
    """Something that can be followed, as a country; its codes follow the name, as in "country:KEN".

    `labels(user, codes)` gives code → name in the active language, of those codes that exist and that the
    user may see; `path(code)` the page of one. `brings` says in a sentence what is heard of it.
    """

    name: str
    label: str | Promise
    labels: Callable[[Any, Collection[str]], Mapping[str, str]]
    path: Callable[[str], str]
    brings: str | Promise


targets: Registry[Target] = Registry("notifications.hooks.targets")

# person → terms that are likely to be theirs, likeliest first; suggested to whoever does not follow them yet.
suggestions: Hook[[Any], Sequence[str]] = Hook("notifications.hooks.suggestions")


def target(
    name: str,
    *,
    label: str | Promise,
    labels: Callable[[Any, Collection[str]], Mapping[str, str]],
    path: Callable[[str], str],
    brings: str | Promise,
) -> Target:
    """Declare what can be followed. `name` is a plain word without a colon."""
    return targets.register(name, Target(name, label, labels, path, brings))

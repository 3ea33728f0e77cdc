"""What the pages of one event are made of, and who must learn that it moves.

event_parts.register("dialogue", EventPart(15, load, "reviews/dialogues/_part.html"))   on the public page
after_change.fill(fn)   fn(event, change, actor, note): in the transaction of the act

found_with.register("reviews.dialogue", fn)   fn(event): index what is found by what the event says, too
hold_elsewhere.fill(fn)   fn(rules_id): lock what counts the places of a registration too, before the seats
seat_freed.fill(fn)   fn(registration, actor): one that held a seat has ended; in the transaction of the act

`load(user, event)` gives what the template shows, or None where the part has nothing to say; it asks the
database a fixed number of times and starts from what `user` may see; `act` of it is what the reader can do.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import IntEnum
from typing import Any, NamedTuple

from core.hooks import Hook, Registry


class Urgency(IntEnum):
    """How much an act matters to the reader of an event now, the most urgent first."""

    ANSWER = 1  # a seat is held for them until an instant
    OWN = 2  # what they have already
    UNDER_WAY = 3
    TAKE_PART = 4
    LOOK_BACK = 5
    CONTRIBUTE = 6
    LOOK_AHEAD = 7


class Act(NamedTuple):
    """What a reader can do about an event; of all acts the most urgent is the strong button of its page."""

    urgency: Urgency
    label: str
    url: str


class EventPart(NamedTuple):
    position: int
    load: Callable[[Any, Any], Mapping[str, Any] | None]
    template: str


class LoadedPart(NamedTuple):
    template: str
    context: Mapping[str, Any]


event_parts: Registry[EventPart] = Registry("events.hooks.event_parts")
found_with: Registry[Callable[[Any], None]] = Registry("events.hooks.found_with")
# the id of the rules of a registration; a registration that held a seat and ended, and the actor
hold_elsewhere: Hook[[int], None] = Hook("events.hooks.hold_elsewhere")
seat_freed: Hook[[Any, Any], None] = Hook("events.hooks.seat_freed")
# event, "moved" or "cancelled", actor, note
after_change: Hook[[Any, str, Any, str], None] = Hook("events.hooks.after_change")


def strongest_act(parts: Iterable[LoadedPart]) -> Act | None:
    """Return the most urgent act of the parts, of several the first on the page; None where there is none."""
    acts = (act for part in parts if (act := part.context.get("act")))
    return min(acts, key=lambda act: act.urgency, default=None)


def load_parts(parts: Iterable[EventPart], user: Any, event: Any) -> list[LoadedPart]:
    """Return the parts of one page in their order, without those that have nothing to show."""
    ordered = sorted(parts, key=lambda part: part.position)
    loaded = [(part.template, part.load(user, event)) for part in ordered]
    return [LoadedPart(template, context) for template, context in loaded if context is not None]

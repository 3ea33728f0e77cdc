"""What the pages of one event are made of, and who must learn that it moves.

event_parts.register("dialogue", Part(15, load, "reviews/dialogues/_part.html"))   on the public page
after_change.register("reviews.dialogues", fn)   fn(event, change, actor, note): in the transaction of the act

found_with.register("reviews.dialogue", fn)   fn(event): index what is found by what the event says, too
seat_keepers.register("reviews.dialogues", SeatKeeper(hold, freed))   whose places are those of a registration

`load(user, event)` gives what the template shows, or None where the part has nothing to say; it asks the
database a fixed number of times and starts from what `user` may see. `change` is "moved" or "cancelled".
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from core.hooks import Registry


class Part(NamedTuple):
    position: int
    load: Callable[[Any, Any], Mapping[str, Any] | None]
    template: str


class LoadedPart(NamedTuple):
    template: str
    said: Mapping[str, Any]


class SeatKeeper(NamedTuple):
    """Who counts the places of a registration, too.

    `hold(rules_id)` locks what is kept elsewhere, before the seats are. `freed(registration, actor)` hears,
    in the transaction of the act, that a registration which held a seat has ended.
    """

    hold: Callable[[int], None]
    freed: Callable[[Any, Any], None]


event_parts: Registry[Part] = Registry("events.hooks.event_parts")
found_with: Registry[Callable[[Any], None]] = Registry("events.hooks.found_with")
seat_keepers: Registry[SeatKeeper] = Registry("events.hooks.seat_keepers")
after_change: Registry[Callable[[Any, str, Any, str], None]] = Registry("events.hooks.after_change")


def load_parts(parts: Iterable[Part], user: Any, event: Any) -> list[LoadedPart]:
    """The parts of one page in their order, those with nothing to say left out."""
    found = sorted(parts, key=lambda part: part.position)
    loaded = [(part.template, part.load(user, event)) for part in found]
    return [LoadedPart(template, said) for template, said in loaded if said is not None]

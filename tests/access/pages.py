"""The pages that the access table has, each with the first person who gets it."""

from collections.abc import Iterator
from typing import Any

from events.proposals.forms import WriteForm
from resources.adding.enums import STEPS as ADDING
from stakeholders.applications.enums import STEPS
from tests.access.walk import OK, rows

_STEPS = {
    "stakeholders:step": [*STEPS],
    "events:proposal_step": [*WriteForm.STEPS],
    "resources:add": [*ADDING],
    "resourcedesk:add": [*ADDING],
}


def addresses(things: dict[str, dict[str, Any]]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(role, name of the address, its arguments) of all that can be read; what has steps, in each of them."""
    for row in rows():
        role = next((role for role, cell in row.cells.items() if cell == OK and role != "asleep"), None)
        if row.method != "GET" or role is None:
            continue
        about = things["" if row.about == "-" else row.about]
        for step in _STEPS.get(row.name, [None]):
            yield role, row.name, {**about, "step": step} if step else about

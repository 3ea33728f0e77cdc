"""Which cells of the access table `make test` requests. `make test ALL=1` requests all of them.

What the decorator of a view declares, and what the middleware before it does, follows without a request
(`declared_cells`). Of the other cells one is requested for all people who are alike for what the row is
about: they get the same in each row about it, and all or none of them work at the desk. Which one is drawn by
a seed of the row's own: the next row about the same has others, and the row itself always the same. Whoever
lacks no more than a tie is requested besides (`NEAREST`).
"""

from collections import defaultdict
from functools import cache
from random import Random
from typing import Any

from accounts.middleware import BACK_OFFICE
from tests.access.walk import METHOD, MISSING, SECOND_FACTOR, SIGN_IN, AddressRow, patterns, routes, rows
from tests.access.world import DESK, ROLES

# Who lacks only the tie to the row that lets these in: another place, another stakeholder, a lower role.
NEAREST = {
    "owner": ("plain",),
    "reader": ("other",),
    "editor": ("other", "reader"),
    "admin": ("other", "editor"),
    "regional": ("elsewhere",),
}
# How many are requested of people who get the same in, though they are not alike.
MOST = 2
# What the middleware does is requested in one row of so many.
SPARSE = 8


def declared_cells(row: AddressRow, persons: dict[str, Any]) -> dict[str, str]:
    """By role the cell that follows from the decorator of the view or from the middleware."""
    view = patterns()[row.name].callback
    access = getattr(view, "access", None)
    cells: dict[str, str] = {}
    if access and row.method not in access.verbs:
        cells = dict.fromkeys(ROLES, METHOD)
    elif access and access.permission:
        cells = {role: MISSING for role in ROLES if not persons[role].has_perm(access.permission)}
    if getattr(view, "login_required", True):
        cells["visitor"] = SIGN_IN
    if BACK_OFFICE.match(f"/{routes()[row.name]}"):
        cells |= {"visitor": SIGN_IN, "asleep": SECOND_FACTOR}
    return cells


def sampled_roles(row: AddressRow, declared: dict[str, str]) -> set[str]:
    """The roles as which `make test` requests this row."""
    if len(set(row.cells.values())) == 1:
        return {"visitor", "head"}
    draw = Random(f"{row.name} {row.about} {row.method}")
    drawn = defaultdict(list)
    for alike in _alike()[_subject(row)]:
        if free := [role for role in alike if role not in declared]:
            drawn[row.cells[free[0]]].append(draw.choice(free))
    roles = set()
    for cell, some in drawn.items():
        roles.update(some if cell == MISSING else draw.sample(some, min(len(some), MOST)))
    for role, nearest in NEAREST.items():
        if row.cells[role] != MISSING:
            roles.update(near for near in nearest if near not in declared and row.cells[near] == MISSING)
    for cell in sorted(set(declared.values())):
        if cell == MISSING or draw.randrange(SPARSE) == 0:
            roles.add(draw.choice([role for role in declared if declared[role] == cell]))
    return roles


def _subject(row: AddressRow) -> str:
    """What a row is about; where it is about nothing, the part of the portal that it is in."""
    return row.name.partition(":")[0] if row.about == "-" else row.about


@cache
def _alike() -> dict[str, list[list[str]]]:
    """By subject the roles in groups of people who are alike for it."""
    columns = defaultdict(lambda: {role: [role in DESK] for role in ROLES})
    for row in rows():
        for role, cell in row.cells.items():
            columns[_subject(row)][role].append(cell)
    groups = {}
    for subject, cells in columns.items():
        alike = defaultdict(list)
        for role, column in cells.items():
            alike[tuple(column)].append(role)
        groups[subject] = [*alike.values()]
    return groups

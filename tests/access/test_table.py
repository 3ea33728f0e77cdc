"""The access table without a request: it has lines for each address and says what decorators declare.

A new address fails here until it has its lines.
"""

from tests.access.sample import declared_cells
from tests.access.walk import ADMIN, VERBS, patterns, roles, rows
from tests.access.world import ROLES, people


def test_every_address_is_in_the_table():
    declared = {row.name for row in rows()}
    addresses = {name for name in patterns() if not name.startswith(ADMIN)}
    assert {"lacks": addresses - declared, "has too many": declared - addresses} == {
        "lacks": set(),
        "has too many": set(),
    }
    assert tuple(roles()) == ROLES
    assert [row for row in rows() if row.method not in VERBS] == []


def test_every_verb_that_a_decorator_declares_has_its_lines():
    lines = {(row.name, row.method) for row in rows()}
    declared = {
        (name, verb)
        for name, pattern in patterns().items()
        for verb in getattr(pattern.callback, "access", ((), ""))[0]
        if verb != "HEAD"
    }
    assert declared - lines == set()


def test_the_table_says_what_decorators_declare(reference):
    persons = people()
    wrong = [
        f"{row.method} {row.name} of {row.about} as {role}: {cell}, not {row.cells[role]}"
        for row in rows()
        for role, cell in declared_cells(row, persons).items()
        if row.cells[role] != cell
    ]
    assert wrong == []

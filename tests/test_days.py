"""A day that is still to come when a test is written is over when it is run: tests name no such day.

A test takes a day from the clock (`now()`, `tests/days.py`), or it fixes the clock: by
`@pytest.mark.time_machine("2026-11-25T10:00Z")`, also as `pytestmark`, or by travelling itself.
"""

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
LAST_OVER = "2026-11-30"  # on every clock; need never be raised
NEVER = "2900"  # from this year on a day stands for one that nobody reaches
DAY = re.compile(r"(?<!\d)\d{4}-\d\d-(?:\d\d)?")


def days_in(node: ast.AST) -> list[str]:
    """The ISO days of a string, or of the part of an f-string; what `date` or `datetime` is called with."""
    match node:
        case ast.Constant(value=str(text)):
            return DAY.findall(text)
        case ast.Call(func=ast.Name(id="date" | "datetime") | ast.Attribute(attr="date" | "datetime")):
            numbers = [part.value for part in node.args[:3] if isinstance(part, ast.Constant)]
            return ["-".join(f"{number:02}" for number in numbers if isinstance(number, int))]
    return []


def fixes_clock(tree: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in {"time_machine", "travel", "move_to"}
        for node in ast.walk(tree)
    )


def days_to_come(code: str) -> list[str]:
    """The absolute days after LAST_OVER, of functions and modules whose clock goes on."""
    module = ast.parse(code)
    if any(fixes_clock(part) for part in module.body if isinstance(part, ast.Assign)):
        return []
    return [
        day
        for part in module.body
        if not fixes_clock(part if isinstance(part, ast.FunctionDef) else module)
        for node in ast.walk(part)
        for day in days_in(node)
        if LAST_OVER < day < NEVER
    ]


@pytest.mark.time_machine("2026-11-25T10:00Z")
@pytest.mark.parametrize(
    ("code", "days"),
    [
        ('OPENS = "2027-03-31T18:00"', ["2027-03-31"]),
        ('call("?from=2031-05-01")', ["2031-05-01"]),
        ('f"2027-05-{day:02}T{hour}"', ["2027-05-"]),
        ("datetime(2031, 5, 5, tzinfo=UTC)", ["2031-05-05"]),
        ("datetime.date(2027, month, 1)", ["2027-01"]),
        ('"2026-11-30", "2999-01-01", "A/2031", "72031-01-01"', []),
        ("datetime(now().year + 1, 5, 5), date(2020, 1, 1)", []),
        ('@pytest.mark.time_machine("2027-01-01")\ndef test(): assert day("2031-05-05")', []),
        ('pytestmark = pytest.mark.time_machine("2027-01-01")\ndef test(): assert day("2031-05-05")', []),
        ('DAY = "2031-05-05"\ndef test(time_machine): time_machine.move_to(DAY)', []),
        (
            'def test_one(): time_machine.travel("2031-05-05")\ndef test_other(): say("2031-05-06")',
            ["2031-05-06"],
        ),
    ],
)
def test_which_days_are_refused(code, days):
    assert days_to_come(code) == days


def test_no_test_waits_for_a_day():
    refused = {
        str(path.relative_to(TESTS)): days
        for path in sorted(TESTS.rglob("*.py"))
        if (days := days_to_come(path.read_text(encoding="utf-8")))
    }
    assert refused == {}

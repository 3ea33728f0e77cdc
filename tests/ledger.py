"""Writes docs/behaviours.md from the marks in the tests: `make behaviours`; `--check` only compares."""

import ast
import csv
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "behaviours.md"
AREAS = {
    "D": "Directory and vetting",
    "K": "Library",
    "R": "Reviews, contributions, dialogues",
    "E": "Events",
    "A": "Accounts and notifications",
    "S": "Surveys, funding and training",
    "X": "Across everything",
}
with (ROOT / "tests" / "behaviours.csv").open(encoding="utf-8", newline="") as rows:
    BEHAVIOURS = {row["id"]: row["behaviour"] for row in csv.DictReader(rows)}
# A test drives the portal when it is a journey in the browser, or takes a client: a fixture that is named one
# of these first or last, as `client`, `page`, `as_applicant`.
JOURNEYS = "tests/browser/"
DRIVERS = ("client", "page", "browser", "as_")


class WrongMarkError(LookupError):
    pass


def marks_of(expressions: list[ast.expr]) -> Iterator[str]:
    for expression in expressions:
        if isinstance(expression, ast.Call) and ast.unparse(expression.func).endswith("mark.behaviour"):
            for argument in expression.args:
                yield ast.literal_eval(argument)


def marks_of_all(module: ast.Module) -> Iterator[str]:
    """Yield the behaviours of `pytestmark`; each test of the module that drives the portal shows them."""
    for node in module.body:
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "pytestmark":
            yield from marks_of(node.value.elts if isinstance(node.value, ast.List) else [node.value])


def drives_the_portal(function: ast.FunctionDef) -> bool:
    names = [argument.arg for argument in (*function.args.args, *function.args.kwonlyargs)]
    return any(name.endswith(DRIVERS) or name.startswith(DRIVERS) for name in names)


def find(source: str, where: str) -> Iterator[tuple[str, str]]:
    """Yield (behaviour ID, "file::test") for every mark in one test file."""
    module = ast.parse(source)
    of_all = list(marks_of_all(module))
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef):
            continue
        is_driving = where.startswith(JOURNEYS) or drives_the_portal(node)
        shared = of_all if node.name.startswith("test_") and is_driving else []
        for behaviour in [*shared, *marks_of(node.decorator_list)]:
            if behaviour not in BEHAVIOURS:
                raise WrongMarkError(f"{where}::{node.name} is marked {behaviour!r}, which is no behaviour.")
            if not is_driving:
                raise WrongMarkError(
                    f"{where}::{node.name} is marked {behaviour} but drives neither a client nor a browser."
                )
            yield behaviour, f"{where}::{node.name}"


def shown() -> dict[str, list[str]]:
    tests: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        where = path.relative_to(ROOT).as_posix()
        for behaviour, test in find(path.read_text(encoding="utf-8"), where):
            tests[behaviour].append(test)
    return tests


def render() -> str:
    tests = shown()
    lines = [
        "# Behaviours",
        "",
        "What the portal promises, and the tests that show it through a client or a browser.",
        "Written by `make behaviours`; a behaviour without a test is not there yet.",
        "",
        f"Shown: {len(tests)} of {len(BEHAVIOURS)}.",
    ]
    for prefix, area in AREAS.items():
        lines += ["", f"## {area}", "", "| ID | Behaviour | Shown by |", "|---|---|---|"]
        for behaviour, text in BEHAVIOURS.items():
            if behaviour.startswith(f"{prefix}-"):
                shown_by = "<br>".join(f"`{test}`" for test in sorted(tests.get(behaviour, ())))
                lines.append(f"| {behaviour} | {text} | {shown_by or 'not yet'} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    page = render()
    if "--check" in sys.argv:
        if PAGE.read_text(encoding="utf-8") == page:
            return 0
        sys.stderr.write("docs/behaviours.md is not current. Run `make behaviours` and commit it.\n")
        return 1
    PAGE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

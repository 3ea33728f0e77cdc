"""Faults put into the apps on purpose, and which of them the tests find.

    python -m tools.mutants draw                       write tests/mutants.csv: sixty faults, by seed
    REACHED=/folder python -m pytest -p tools.mutants  record which lines each test reaches, and its seconds
    python -m tools.mutants try /folder --column make_test --only "not night" --seconds 300
                                                       try each fault in a copy of the tree, note who finds it
                                                       (again, with more seconds: those that nobody found)

A fault is a text put in the place of another at one place of one file. Each is tried with the tests that
reach its line, the nearest and quickest first, until one fails. One that changes nothing that anybody could
meet is noted as `equivalent: ` with the reason.
"""

import argparse
import ast
import csv
import fcntl
import os
import pickle
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from array import array
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from types import CodeType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
LIST = ROOT / "tests" / "mutants.csv"
APPS = ["whatson", *sorted(path.parent.name for path in ROOT.glob("*/apps.py"))]
# How many faults of each kind.
KINDS = {
    "permission dropped": 10,
    "sight widened": 10,
    "lock removed": 8,
    "condition turned": 10,
    "bound moved": 8,
    "recipient swapped": 7,
    "message kind changed": 7,
}
STRICTER = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
LOOKUPS = {"__lt": "__lte", "__lte": "__lt", "__gt": "__gte", "__gte": "__gt"}
TELLING = {
    "notify": "type({0})._base_manager.order_by('-pk').first()",
    "notify_all": "list({0})[1:]",
    "mail_address": "'x' + {0}",
}
type Fault = Callable[[str, ast.expr | ast.keyword, str], Mutant]


@dataclass(frozen=True)
class Mutant:
    kind: str
    file: str
    line: int
    column: int
    before: str
    after: str

    def apply(self, root: Path) -> None:
        """Write the fault into the file; ValueError where the file no longer says what it said."""
        path = root / self.file
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        start = sum(map(len, lines[: self.line - 1])) + self.column
        text = "".join(lines)
        if text[start : start + len(self.before)] != self.before:
            raise ValueError(f"{self.file}:{self.line} has changed; draw it anew.")
        path.write_text(text[:start] + self.after + text[start + len(self.before) :], encoding="utf-8")


# --- Which faults there could be ----------------------------------------------------------------------


def sources() -> Iterator[tuple[str, Path]]:
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            if not {"migrations", "embedded", "settings"} & set(path.parts) and not path.name.startswith(
                "demo"
            ):
                yield app, path


def candidates(path: Path) -> Iterator[Mutant]:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    file = str(path.relative_to(ROOT))

    def fault(kind: str, node: ast.expr | ast.keyword, after: str) -> Mutant:
        # The syntax tree counts bytes.
        column = len(lines[node.lineno - 1].encode()[: node.col_offset].decode())
        return Mutant(kind, file, node.lineno, column, ast.get_source_segment(text, node) or "", after)

    tree = ast.parse(text)
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            for node in ast.walk(function):
                yield from _faults_of(node, text, fault)


def _faults_of(node: ast.AST, text: str, fault: Fault) -> Iterator[Mutant]:
    def source(part: ast.AST) -> str:
        return ast.get_source_segment(text, part) or ""

    if isinstance(node, ast.If | ast.IfExp):
        yield fault("condition turned", node.test, f"not ({source(node.test)})")
    elif isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in STRICTER:
        after = f"{source(node.left)} {STRICTER[type(node.ops[0])]} {source(node.comparators[0])}"
        yield fault("bound moved", node, after)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        receiver = source(node.func.value)
        yield from _faults_of_method(node, node.func.attr, receiver, fault)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
        name = node.func.id
        if name in ("page_view", "form_view", "act_view"):
            for keyword in node.keywords:
                if keyword.arg == "permission":
                    yield fault("permission dropped", keyword, "permission=None")
        elif name in TELLING and len(node.args) > 1:
            whom, kind = node.args[:2]
            yield fault("recipient swapped", whom, TELLING[name].format(source(whom)))
            if isinstance(kind, ast.Constant) and isinstance(kind.value, str):
                yield fault("message kind changed", kind, "")
    elif isinstance(node, ast.keyword) and node.arg:
        for lookup, turned in LOOKUPS.items():
            if node.arg.endswith(lookup):
                yield fault(
                    "bound moved", node, f"{node.arg.removesuffix(lookup)}{turned}={source(node.value)}"
                )


def _faults_of_method(node: ast.Call, name: str, receiver: str, fault: Fault) -> Iterator[Mutant]:
    if name == "has_perm":
        yield fault("permission dropped", node, "True")
    elif name == "visible_to":
        yield fault("sight widened", node, f"{receiver}.all()")
    elif name == "select_for_update":
        yield fault("lock removed", node, f"{receiver}.all()")
    elif name == "update":
        # Compare and set: the condition on the state of the row goes.
        for part in ast.walk(node.func):
            if isinstance(part, ast.keyword) and (part.arg or "").partition("__")[0] in ("status", "version"):
                yield fault("lock removed", part, "pk__isnull=False")


def draw(seed: int) -> list[Mutant]:
    """Sixty faults: of each kind so many, one app after another in an order by seed."""
    chance = random.Random(seed)  # noqa: S311  a draw to be repeated
    candidates_by_kind: dict[str, dict[str, list[Mutant]]] = {kind: {} for kind in KINDS}
    for app, path in sources():
        for mutant in dict.fromkeys(candidates(path)):
            candidates_by_kind[mutant.kind].setdefault(app, []).append(mutant)
    named = (
        mutant.before for mutants in candidates_by_kind["message kind changed"].values() for mutant in mutants
    )
    kinds = sorted(set(named))
    drawn = []
    for kind, count in KINDS.items():
        apps = sorted(candidates_by_kind[kind])
        chance.shuffle(apps)
        for place in range(count):
            rest = candidates_by_kind[kind][apps[place % len(apps)]]
            mutant = rest.pop(chance.randrange(len(rest)))
            if not rest:
                apps.remove(apps[place % len(apps)])
            if kind == "message kind changed":
                other = kinds[(kinds.index(mutant.before) + 1) % len(kinds)]
                mutant = replace(mutant, after=other)
            drawn.append(mutant)
    return drawn


# --- Which tests reach which lines: a plugin of pytest ------------------------------------------------

TOOL = 3
_own = tuple(f"{ROOT / app}{os.sep}" for app in APPS)
_ids: dict[tuple[str, int], int] = {}
_now: set[tuple[str, int]] = set()
_reached: dict[str, bytes] = {}
_seconds: dict[str, float] = {}


def _relative(file: str) -> str:
    return file.removeprefix(f"{ROOT}{os.sep}")


def _begin_function(code: CodeType, _offset: int) -> Any:
    if code.co_filename.startswith(_own):
        sys.monitoring.set_local_events(TOOL, code, sys.monitoring.events.LINE)
        _now.add((_relative(code.co_filename), code.co_firstlineno))
    return sys.monitoring.DISABLE


def _begin_line(code: CodeType, line: int) -> Any:
    _now.add((_relative(code.co_filename), line))
    return sys.monitoring.DISABLE


def pytest_configure(config: pytest.Config) -> None:
    if "PYTEST_XDIST_WORKER" in os.environ or not config.getoption("numprocesses", None):
        sys.monitoring.use_tool_id(TOOL, "reached")
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.PY_START, _begin_function)
        sys.monitoring.register_callback(TOOL, sys.monitoring.events.LINE, _begin_line)
        sys.monitoring.set_events(TOOL, sys.monitoring.events.PY_START)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """Note each line once a test, in whichever thread; processes that a test starts are not seen."""
    _now.clear()
    sys.monitoring.restart_events()
    start = time.monotonic()
    outcome = yield
    _seconds[item.nodeid] = time.monotonic() - start
    numbers = sorted(_ids.setdefault(place, len(_ids)) for place in list(_now))
    _reached[item.nodeid] = zlib.compress(array("I", numbers).tobytes(), 1)
    return outcome


def pytest_sessionfinish() -> None:
    if _reached:
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        place = Path(os.environ["REACHED"]) / f"{worker}-{os.getpid()}.pickle"
        place.write_bytes(pickle.dumps((_ids, _reached, _seconds)))


# --- Trying them --------------------------------------------------------------------------------------


def tests_of(mutants: list[Mutant], folder: Path) -> list[dict[str, float]]:
    """For each fault the tests that reach it, with the seconds of each, from what the plugin has written.

    Who is refused reaches no line of a view, so of its permission it is every test in a module of which one
    reaches the view, and the access table.
    """
    tests: list[dict[str, float]] = [{} for _ in mutants]
    views = [_body_of(mutant) if mutant.kind == "permission dropped" else None for mutant in mutants]
    for place in sorted(folder.glob("*.pickle")):
        ids, reached, seconds = pickle.loads(place.read_bytes())  # noqa: S301  the plugin has written it
        wanted = [
            {ids[line] for line in lines if line in ids}
            for mutant, view in zip(mutants, views, strict=True)
            for lines in [view or [(mutant.file, mutant.line)]]
        ]
        lines_by_test = {test: set(array("I", zlib.decompress(lines))) for test, lines in reached.items()}
        for mine, lines in zip(tests, wanted, strict=True):
            mine.update({test: seconds[test] for test, own in lines_by_test.items() if own & lines})
    for mine, view in zip(tests, views, strict=True):
        if view:
            modules = {test.partition("::")[0] for test in mine}
            for place in sorted(folder.glob("*.pickle")):
                _ids, _reached, seconds = pickle.loads(place.read_bytes())  # noqa: S301
                near = {test for test in seconds if test.partition("::")[0] in modules or "/access/" in test}
                mine.update({test: seconds[test] for test in near})
    return tests


def _body_of(mutant: Mutant) -> list[tuple[str, int]] | None:
    """The lines of the view whose decorator the fault changes; None where it is no decorator."""
    for node in ast.walk(ast.parse((ROOT / mutant.file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            first = node.decorator_list[0].lineno
            if first <= mutant.line < node.lineno:
                return [(mutant.file, line) for line in range(node.lineno + 1, (node.end_lineno or 0) + 1)]
    return None


def chosen(tests: dict[str, float], mutant: Mutant, seconds: float) -> list[str]:
    """Those nearest to the fault first, the quicker before the slower, for so many seconds."""
    near = mutant.file.rpartition("/")[0]
    asks_for_access = mutant.after == "permission=None"

    def distance(test: str) -> tuple[bool, bool, bool, float]:
        first = asks_for_access and test.startswith("tests/access/test_access")
        app = near.partition("/")[0]
        return not first, f"tests/{near}/" not in test, f"tests/{app}/" not in test, tests[test]

    picked: list[str] = []
    spent = 0.0
    for test in sorted(tests, key=distance):
        spent += tests[test]
        if picked and spent > seconds:
            break
        picked.append(test)
    return picked


def attempt(mutant: Mutant, tests: list[str], tree: Path, only: str) -> str:
    """Try a fault in a copy of the tree; returns the test that finds it, or "-"."""
    mutant.apply(tree)
    try:
        options = ["-x", "--reuse-db", "--no-header", "-p", "no:randomly", *(["-m", only] if only else [])]
        command = [sys.executable, "-m", "pytest", *options, *tests]
        run = subprocess.run(command, cwd=tree, capture_output=True, text=True, check=False)
    finally:
        shutil.copy2(ROOT / mutant.file, tree / mutant.file)
    if run.returncode not in (0, 1, 5):  # passed, failed, none there
        raise SystemExit(f"{mutant.file}:{mutant.line}\n{run.stdout[-3000:]}{run.stderr[-3000:]}")
    failed = re.search(r"^(?:FAILED|ERROR) (tests/\S+)", run.stdout, re.MULTILINE)
    return failed[1] if failed else "-"


def rows_of_list() -> list[dict[str, str]]:
    with LIST.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(rows: list[dict[str, str]]) -> None:
    with LIST.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def note(place: int, column: str, finder: str) -> None:
    """Write who found a fault; another process may be at another part of the list."""
    with LIST.open(encoding="utf-8") as list_file:
        fcntl.flock(list_file, fcntl.LOCK_EX)
        rows = [{column: "", **row} for row in rows_of_list()]
        rows[place][column] = finder
        write([{**{name: row[name] for name in row if name != column}, column: row[column]} for row in rows])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("verb", choices=("draw", "try"))
    parser.add_argument("folder", nargs="?", type=Path, help="what the plugin has written")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--column", default="found_by", help="where in the list the finder is noted")
    parser.add_argument("--only", default="", help="marks, as pytest's -m takes them")
    parser.add_argument("--seconds", type=float, default=300, help="of tests for each fault")
    parser.add_argument("--part", default="1/1", help="2/3: the second third of the list")
    given = parser.parse_args()
    if given.verb == "draw":
        write([{name: str(value) for name, value in asdict(mutant).items()} for mutant in draw(given.seed)])
        return
    if given.column in Mutant.__dataclass_fields__:
        parser.error(f"{given.column} is a column of the fault itself.")
    part, parts = map(int, given.part.split("/"))
    mutants = [
        Mutant(row["kind"], row["file"], int(row["line"]), int(row["column"]), row["before"], row["after"])
        for row in rows_of_list()
    ]
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder) / "tree"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(tree)], check=True)
        (tree / ".venv").symlink_to(ROOT / ".venv")
        (tree / "node_modules").symlink_to(ROOT / "node_modules")
        subprocess.run([sys.executable, "-m", "whatson.embedded.messages"], cwd=tree, check=True)
        for place, (mutant, tests) in enumerate(zip(mutants, tests_of(mutants, given.folder), strict=True)):
            if place % parts == part - 1 and rows_of_list()[place].get(given.column, "-") in ("", "-"):
                picked = chosen(tests, mutant, given.seconds)
                finder = attempt(mutant, picked, tree, given.only) if picked else "-"
                note(place, given.column, finder)
                sys.stdout.write(f"{place + 1} {mutant.kind} {mutant.file}:{mutant.line} {finder}\n")
                sys.stdout.flush()


if __name__ == "__main__":
    main()

"""A plugin of pytest for `make test`: which tests a run takes, how far it is, and what became of each.

Loaded by tools/check.py with `-p tools.progress`. It imports nothing of the project: a copy of it also runs
tests of an older commit (tools/changes.py).
"""

import json
import time
from collections import Counter
from pathlib import Path
from zlib import crc32

import pytest

TICK_SECONDS = 30
LEAST_SHARE = 0.03  # before that the pace of a run says nothing


def duration(seconds: float) -> str:
    if seconds < 90:
        return f"{max(1, round(seconds))} s"
    return f"{round(seconds / 60)} minutes"


def function_of(nodeid: str) -> str:
    """A test without its parameters: times are kept for all its cases together."""
    return nodeid.partition("[")[0]


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("make test")
    group.addoption("--part", default="", help="k/N: the modules of one of N parts")
    group.addoption("--most", type=int, default=0, help="at most so many tests, those of named files first")
    group.addoption("--these", default="", help="a JSON file with a list of node ids: no others")
    group.addoption(
        "--times", default="", help="a JSON file with the seconds of each test function, as last measured"
    )
    group.addoption("--left-after", type=float, default=0, help="seconds that the checks after this run take")
    group.addoption("--results", default="", help="the JSON file that tells what became of the tests")


def pytest_configure(config: pytest.Config) -> None:
    if config.getoption("results") and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Progress(config))


# --- Which tests ----------------------------------------------------------------------------------------


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """After `-m` has taken away what is not asked for."""
    ids = [item.nodeid for item in items]
    if part := config.getoption("part"):
        ids = part_of(ids, part)
    if these := config.getoption("these"):
        ids = json.loads(Path(these).read_text(encoding="utf-8"))
    if most := config.getoption("most"):
        ids = sample(ids, most, {arg for arg in config.args if arg.endswith(".py")})
    chosen = set(ids)
    if dropped := [item for item in items if item.nodeid not in chosen]:
        config.hook.pytest_deselected(items=dropped)
        items[:] = [item for item in items if item.nodeid in chosen]


def part_of(ids: list[str], part: str) -> list[str]:
    """The tests of one part: as many as in any other, modules undivided, each mostly where it was before."""
    place, parts = map(int, part.split("/"))
    sizes = Counter(map(file_of, ids))
    chosen, before = set(), 0
    for name in sorted(sizes, key=lambda name: crc32(name.encode())):
        if int((before + sizes[name] / 2) * parts / len(ids)) == place - 1:
            chosen.add(name)
        before += sizes[name]
    return [nodeid for nodeid in ids if file_of(nodeid) in chosen]


def sample(ids: list[str], most: int, first: set[str]) -> list[str]:
    """At most so many: those of the files named first, then a case of each function, then a second one."""
    cases: Counter[str] = Counter()

    def rank(nodeid: str) -> tuple[bool, int, int]:
        cases[function_of(nodeid)] += 1
        return file_of(nodeid) not in first, cases[function_of(nodeid)], crc32(nodeid.encode())

    # The order of the ids is that of this run alone.
    return sorted(sorted(ids), key=rank)[:most]


# --- How far, and what became of them ---------------------------------------------------------------------


class Progress:
    """Instead of dots: a line now and then with the share done and the time left, one for each failure."""

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        times = config.getoption("times")
        self.times: dict[str, float] = json.loads(Path(times).read_text(encoding="utf-8")) if times else {}
        measured = sorted(self.times.values())
        self.usual = measured[len(measured) // 2] if measured else 1.0  # the median
        self.start = self.last_line = time.monotonic()
        self.ids: list[str] = []
        self.total = self.done = 0.0
        self.finished: set[str] = set()
        self.failures: Counter[str] = Counter()
        self.skipped: set[str] = set()
        self.seconds: dict[str, float] = {}

    def weight(self, nodeid: str) -> float:
        return self.times.get(function_of(nodeid), self.usual)

    def say(self, text: str) -> None:
        terminal = self.config.get_terminal_writer()
        terminal.line(f"    {text}")
        terminal.flush()
        self.last_line = time.monotonic()

    def begin(self, ids: list[str]) -> None:
        if not self.ids:
            self.ids = ids
            self.total = sum(map(self.weight, ids))
            self.start = time.monotonic()
            self.say(f"{len(ids)} test{'s' if len(ids) > 1 else ''}")

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        if session.items:
            self.begin([item.nodeid for item in session.items])

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids: list[str]) -> None:
        self.begin(list(ids))

    @pytest.hookimpl(wrapper=True)
    def pytest_report_teststatus(self, report: pytest.TestReport):
        category, _letter, word = yield
        return category, "", word if report.failed else ""

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.failures[report.nodeid] = 1

    # After the terminal, with whose report a test fails because of its subtests.
    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        is_part = isinstance(report, pytest.SubtestReport)
        if report.failed and not is_summary(report):
            self.failures[report.nodeid] += 1
            which = (report.head_line or "").removeprefix(report.location[2]) if is_part else ""
            self.say(f"FAILED {report.nodeid}{which}")
        if is_part:
            return
        if report.skipped:
            self.skipped.add(report.nodeid)
        self.seconds[report.nodeid] = self.seconds.get(report.nodeid, 0) + report.duration

    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        self.finished.add(nodeid)
        self.done += self.weight(nodeid)
        if time.monotonic() - self.last_line >= TICK_SECONDS:
            self.say(self.tick())

    def tick(self) -> str:
        share = self.done / self.total if self.total else 1.0
        text = f"{share:.0%} done ({len(self.finished)} of {len(self.ids)} tests)"
        if share < LEAST_SHARE:
            return text
        left = (time.monotonic() - self.start) * (1 - share) / share + self.config.getoption("left_after")
        return f"{text}, about {duration(left)} left in all"

    def pytest_sessionfinish(self) -> None:
        times: dict[str, list[float]] = {}
        for nodeid, seconds in self.seconds.items():
            times.setdefault(function_of(nodeid), []).append(seconds)
        results = {
            "passed": len(self.finished - set(self.failures) - self.skipped),
            "skipped": len(self.skipped - set(self.failures)),
            "failures": dict(self.failures),
            "times": {name: round(sum(each) / len(each), 3) for name, each in times.items()},
        }
        Path(self.config.getoption("results")).write_text(json.dumps(results), encoding="utf-8")


def is_summary(report: pytest.TestReport) -> bool:
    """Whether a test only says that subtests of it failed, each of which has a report of its own."""
    return isinstance(report.longrepr, str) and report.longrepr.startswith("contains ")

"""One honest client on loopback: every answer is read to its end, and gzip is accepted."""

import http.client
import os
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg


@dataclass(frozen=True)
class Answer:
    milliseconds: float
    body: bytes
    headers: http.client.HTTPMessage


@dataclass
class Times:
    """What several questions took: milliseconds of full HTTP, and of the processors of web and database."""

    waited: list[float] = field(default_factory=list)
    web: list[float] = field(default_factory=list)
    database: list[float] = field(default_factory=list)

    @property
    def p50(self) -> float:
        return statistics.median(self.waited)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.waited, n=20, method="inclusive")[-1]

    @property
    def processor(self) -> str:
        return f"{statistics.mean(self.web):.1f} + {statistics.mean(self.database):.1f}"


def fetch(port: int, path: str, session: str = "") -> Answer:
    """One answer over a connection of its own, opened before the time is taken."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    connection.connect()
    headers = {"Accept-Encoding": "gzip"} | ({"Cookie": f"sessionid={session}"} if session else {})
    began = time.perf_counter()
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - began) * 1000
    connection.close()
    if answer.status != http.HTTPStatus.OK:
        raise RuntimeError(f"{path} answered {answer.status}")
    return Answer(spent, body, answer.headers)


def time_page(port: int, path: str, *, rounds: int) -> Times:
    """One page asked again and again, after a few times that warm the workers."""
    answers = [fetch(port, path) for _round in range(rounds + 5)]
    return Times([answer.milliseconds for answer in answers[5:]])


class Processor:
    """How long the processors worked for one server and for the database behind it, in ms (Linux only).

    Of the database what its processes for `database` did; helpers of one parallel statement are left out.
    A server that has its rows in its own processes is given no database.
    """

    def __init__(self, leader: int, database: str = "") -> None:
        self.web = _processes_of(leader)
        self.connection: psycopg.Connection[Any] | None = None
        if database:
            self.connection = psycopg.connect(database, autocommit=True)

    def read(self) -> tuple[float, float]:
        """Return the milliseconds worked since their start: by the web processes, by the database."""
        if self.connection is None:
            return _seconds_worked(self.web), 0.0
        rows = self.connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return _seconds_worked(self.web), _seconds_worked([pid for (pid,) in rows])


def _processes_of(leader: int) -> list[int]:
    numbers = (int(place.name) for place in Path("/proc").glob("[0-9]*"))
    return [number for number in numbers if _group(number) == leader]


def _group(process: int) -> int:
    try:
        return os.getpgid(process)
    except ProcessLookupError:  # it ended meanwhile
        return 0


def _seconds_worked(processes: Sequence[int]) -> float:
    spent = 0
    for process in processes:
        for place in Path(f"/proc/{process}/task").glob("*/schedstat"):
            try:
                spent += int(place.read_text().split()[0])
            except (OSError, IndexError):
                continue  # the thread ended meanwhile
    return spent / 1e6


def peak_memory(leader: int) -> float:
    """The most resident memory, in MB, that any process of the server has had (Linux only, else 0)."""
    peak = 0
    for process in _processes_of(leader):
        try:
            text = Path(f"/proc/{process}/status").read_text()
        except OSError:
            continue  # it ended meanwhile
        lines = dict(line.split(":", 1) for line in text.splitlines() if ":" in line)
        peak = max(peak, int(lines.get("VmHWM", "0 kB").split()[0]))
    return peak / 1024

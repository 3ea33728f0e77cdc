"""`make bench`: each main page beside its floor, in one run, on one server, with the same workers.

The floor of a page is its SQL written by hand (bench/floors.py), run over one bare psycopg connection in a
trivial view of the same project that returns finished bytes; *bare* is that view without middleware.
What counts is the ratio to the floor, not milliseconds.
*First* is the page right after the directory has changed, when nothing of it is kept, its numbers neither;
*made* is the page made anew with its numbers kept; *kept* is what visitors get
(docs/decisions/README.md, 10).
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from bench import data
from bench.client import fetch, time_page
from bench.floors import PAGES

GZIP = {"Accept-Encoding": "gzip"}
SERVERS = {
    "granian": [
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        "{port}",
        "--workers",
        "2",
        "--blocking-threads",
        "2",
        "--log-level",
        "error",
        "bench.wsgi:application",
    ],
    "gunicorn": [
        "gunicorn",
        "--bind",
        "127.0.0.1:{port}",
        "--workers",
        "2",
        "--threads",
        "2",
        "--log-level",
        "error",
        "bench.wsgi:application",
    ],
}
COLUMNS = [
    "page",
    "bare p50 ms",
    "floor p50",
    "first p50 / p95",
    "first : floor",
    "made p50 / p95",
    "made : floor",
    "kept p50 / p95",
    "kept : floor",
    "statements",
    "kB",
    "kB gzip",
]
HEAD = f"\n| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(server: str, keep_seconds: int) -> Iterator[tuple[int, int]]:
    """Run one server; yields its port and the process that leads its workers."""
    port = free_port()
    env = {
        **os.environ,
        "KEEP_PAGES_SECONDS": str(keep_seconds),
        "LOG_LEVEL": "ERROR",
        "RELEASE": f"bench-{time.time()}",
        # Below a million *first* counts, however busy the machine is: late numbers would flatter it.
        "STAKEHOLDERS_LONG_COUNT_SECONDS": os.environ.get("STAKEHOLDERS_LONG_COUNT_SECONDS", "3600"),
    }
    call = [sys.executable, "-m", *(word.format(port=port) for word in SERVERS[server])]
    process = subprocess.Popen(call, cwd=ROOT, env=env, start_new_session=True)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                fetch(port, "/bare/none/")
                break
            except OSError:
                if time.monotonic() > deadline or process.poll() is not None:
                    raise
                time.sleep(0.2)
        yield port, process.pid
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def peak_memory(leader: int) -> float:
    """The most resident memory, in MB, that any process of the server has had (Linux only, else 0)."""
    peak = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if os.getpgid(int(status.parent.name)) == leader:
                lines = dict(line.split(":", 1) for line in status.read_text().splitlines() if ":" in line)
                peak = max(peak, int(lines.get("VmHWM", "0 kB").split()[0]))
        except (OSError, ValueError):
            continue  # it ended meanwhile
    return peak / 1024


def measure(server: str, pages: dict[str, str], finished: Path, rounds: int) -> None:
    with serving(server, keep_seconds=600) as (port, leader):
        kept = {name: time_page(port, address, rounds=rounds) for name, address in pages.items()}
        memory = peak_memory(leader)
        weight = data.first_visit(port, next(iter(pages.values())))
    with serving(server, keep_seconds=0) as (port, leader):
        for number, (name, address) in enumerate(pages.items()):
            plain = len(fetch(port, address)[1])
            (finished / str(number)).write_bytes(fetch(port, address, GZIP)[1])
            bare = time_page(port, f"/bare/{number}/", rounds=rounds)
            floor = time_page(port, f"/floor/{number}/", rounds=rounds)
            first = time_page(port, address, rounds=max(rounds // 4, 5), before=data.change)
            made, kept_one = time_page(port, address, rounds=rounds), kept[name]
            counted = data.statements(os.environ["DATABASE_URL"], address)
            print(
                f"| {name} | {bare.p50:.1f} | {floor.p50:.1f} "
                f"| {first.p50:.1f} / {first.p95:.1f} | {first.p50 / floor.p50:.2f} "
                f"| {made.p50:.1f} / {made.p95:.1f} | {made.p50 / floor.p50:.2f} "
                f"| {kept_one.p50:.1f} / {kept_one.p95:.1f} | {kept_one.p50 / floor.p50:.2f} "
                f"| {counted} | {plain / 1000:.1f} | {made.size / 1000:.1f} |",
                flush=True,
            )
        memory = max(memory, peak_memory(leader))
    print(f"\nPeak memory of a process: {memory:.0f} MB. {weight}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="749,51370", help="sizes of the directory, by comma")
    parser.add_argument("--server", default=",".join(SERVERS), help="servers, by comma")
    parser.add_argument(
        "--million", action="store_true", help="also 1,000,000 rows, made from the registry's"
    )
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--rounds", type=int, default=0, help="so many rounds of each page")
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    data.collect_static(os.environ["DATABASE_URL"])
    sizes = [int(number) for number in options.rows.split(",")] + [data.MILLION] * options.million
    for rows in sizes:
        database = data.prepare(rows)
        pk, slug = data.somebody(database)
        pages = {name: address.format(pk=pk, slug=slug) for name, (address, _statements) in PAGES.items()}
        for server in options.server.split(","):
            print(f"\n## {server}, {rows:,} stakeholders\n{HEAD}", flush=True)
            with tempfile.TemporaryDirectory() as finished:
                if rows == data.MILLION:
                    os.environ["STAKEHOLDERS_LONG_COUNT_SECONDS"] = "1"
                os.environ |= {"DATABASE_URL": database, "BENCH_PK": str(pk), "BENCH_FINISHED": finished}
                few = options.quick or rows == data.MILLION
                measure(server, pages, Path(finished), options.rounds or (40 if few else 200))


if __name__ == "__main__":
    main()

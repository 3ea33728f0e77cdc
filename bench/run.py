"""`make bench`: each main page beside its floor, in one run, on servers that run as production does.

What the columns are stands in docs/figures-appendix.md. All ways of one question take turns, so that
whatever else the machine does slows them alike: read the ratios, not the milliseconds. With BENCH_PEERS=1
the same questions go to other software as well (bench/peers).
"""

import argparse
import gzip
import json
import os
import re
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

import django

from bench import data, peers
from bench.client import Answer, Processor, Times, fetch, peak_memory
from bench.questions import questions
from bench.serving import serving

FLOOR, NEW, REPEATED, CACHED, SIGNED_IN, MEMBER = "floor", "new", "repeated", "kept", "signed in", "member"
AT_ONCE = "at once"
READERS = (NEW, SIGNED_IN, MEMBER)
STAFF = ("regional", "head")
CLIENTS = 8  # of visitors at once
WARM = 4  # questions at the beginning of each row that only warm the workers
ROWS_FOUND = re.compile(rb'class="found-head">\s*<p><strong>([\d,]+)')


@dataclass
class PageRow:
    """One page, or one kind of question: what each reader asks, and its floor."""

    name: str
    addresses: dict[str, list[str]]
    floor: list[str] = field(default_factory=list)
    is_page: bool = False  # without words: then *new* is the first after a change
    at_once: list[str] = field(default_factory=list)  # what several visitors ask at the same time


@dataclass
class Measurement:
    row: PageRow
    times: dict[str, Times] = field(default_factory=lambda: defaultdict(Times))
    numbers_found: dict[str, list[int | None]] = field(default_factory=lambda: defaultdict(list))
    at_once: dict[str, Times] = field(default_factory=dict)
    size: int = 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", default="51370", help="sizes of the directory, by comma")
    parser.add_argument(
        "--million", action="store_true", help="also 1,000,000 rows, made from the registry's"
    )
    parser.add_argument("--rounds", type=int, default=24, help="so many questions of each kind")
    parser.add_argument("--only", default="", help="rows whose names begin so, by comma")
    options = parser.parse_args()
    only = tuple(options.only.split(","))
    data.collect_static(os.environ["DATABASE_URL"])
    for rows in [int(number) for number in options.rows.split(",")] + [data.MILLION] * options.million:
        database = data.prepare(rows)
        with prepare_readers(database) as (finished, facts):
            print(f"\n## {rows:,} stakeholders, {options.rounds} questions of each kind", flush=True)
            chosen = [row for row in _rows(database, options.rounds) if row.name.startswith(only)]
            measure(database, chosen, facts, finished)


@contextmanager
def prepare_readers(database: str) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Readers with their sessions, the programme, and the rows that addresses name."""
    facts = json.loads(data.in_module(database, "bench.readers").splitlines()[-1])
    pk, slug = data.somebody(database)
    rows = {"pk": pk, "slug": slug, "event": facts["event"], "call": data.MADE_CALL}
    before = dict(os.environ)
    with tempfile.TemporaryDirectory() as finished:
        os.environ |= {
            "DATABASE_URL": database,
            "BENCH_ROWS": json.dumps(rows),
            "BENCH_FINISHED": finished,
            "RELEASE": f"bench-{time.time()}",
        }
        try:
            yield Path(finished), facts
        finally:
            os.environ.clear()
            os.environ |= before


def _rows(database: str, rounds: int) -> list[PageRow]:
    """Each reader asks other questions, so that nobody profits from what was counted for another."""
    django.setup()
    from bench.floors import OWN_PAGES, PAGES, fill_numbers  # noqa: PLC0415  the portal is only there now

    need = WARM + rounds
    rows = []
    groups = (*READERS, AT_ONCE)
    for kind, queries in questions(database, need * len(groups)).items():
        each = min(need, len(queries) // len(groups))
        if each <= WARM:
            print(f"Too few names for: {kind}")
            continue
        shares = {reader: queries[at * each : (at + 1) * each] for at, reader in enumerate(groups)}
        for name, page, floor in (
            (kind, "/en/stakeholders/", "/floor/stakeholders/"),
            (f"search over everything, {kind}", "/en/search/", "/floor/search/"),
        ):
            if page == "/en/search/" and kind not in ("common word", "rare word"):
                continue
            rows.append(
                PageRow(
                    name,
                    {reader: [f"{page}?{query}" for query in shares[reader]] for reader in READERS},
                    [f"{floor}?{query}" for query in shares[NEW]],
                    at_once=[f"{page}?{query}" for query in shares[AT_ONCE]],
                )
            )
    for number, (name, (address, statements)) in enumerate(PAGES.items()):
        page = fill_numbers(address)
        # Nothing reads the word `asked`; but no page that was kept stands under such an address.
        sign = "&" if "?" in page else "?"
        new = [f"{page}{sign}asked={at}" for at in range(need)]
        floors = [f"/floor/pages/{number}/"] * need if statements else []
        rows.append(PageRow(name, {NEW: new, SIGNED_IN: [page] * need, MEMBER: [page] * need}, floors, True))
    rows += [
        PageRow(name, {reader: [address] * need for reader in readers}, is_page=True)
        for name, (address, readers) in OWN_PAGES.items()
    ]
    return rows


def measure(database: str, rows: Sequence[PageRow], facts: dict[str, Any], finished: Path) -> None:
    with ExitStack() as stack:
        caching_port, leader = stack.enter_context(serving())
        unkept, _second = stack.enter_context(serving(keep_seconds=0))
        others = stack.enter_context(peers.beside(database)) if os.environ.get("BENCH_PEERS") else {}
        processor = Processor(leader, database)
        all_measured = []
        for row in rows:
            visitor = next(iter(row.addresses.get(NEW, [])), "")
            if row.floor:
                name = row.floor[0].partition("?")[0].strip("/").split("/")[-1]
                (finished / name).write_bytes(fetch(unkept, visitor).body)
            ways = {
                reader: Way(caching_port, addresses, processor, facts["sessions"].get(reader, ""))
                for reader, addresses in row.addresses.items()
            }
            if row.floor:
                ways[FLOOR] = Way(caching_port, row.floor, processor)
            for name, peer in others.items():
                if addresses := peer.addresses(row.name, row.addresses.get(NEW, [])):
                    ways[name] = Way(peer.port, addresses, peer.processor)
            measured = _turns(row, ways, caching_port, unkept)
            if not others.keys().isdisjoint(ways):
                measured.at_once = _all_at_once(row, unkept, others)
            all_measured.append(measured)
        say(all_measured, facts, others)
        print(f"\nPeak memory of a web process: {peak_memory(leader):.0f} MB.")
        print(data.first_visit(caching_port, "/en/stakeholders/"))
    _say_statements(database, rows)


@dataclass(frozen=True)
class Way:
    """Who is asked a row's questions: at which port, with which session, and whose processors work."""

    port: int
    addresses: list[str]
    processor: Processor
    session: str = ""


def _turns(row: PageRow, ways: dict[str, Way], caching_port: int, unkept: int) -> Measurement:
    """Each question once by each way, another first each time; then the visitor's again."""
    measured = Measurement(row)
    names = list(ways)
    for number in range(len(next(iter(row.addresses.values())))):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            way = ways[name]
            if name == NEW and row.is_page:
                data.change()
            before = way.processor.read()
            answer = fetch(way.port, way.addresses[number], way.session)
            web, database = (now - then for now, then in zip(way.processor.read(), before, strict=True))
            if number < WARM:
                continue
            _note(measured.times[name], answer, web, database)
            measured.numbers_found[name].append(_number_found(answer))
            if name == NEW:
                measured.size = len(answer.body)
        if NEW in ways:
            again, page = (fetch(port, ways[NEW].addresses[number]) for port in (unkept, caching_port))
            if number >= WARM:
                _note(measured.times[REPEATED], again)
                _note(measured.times[CACHED], page)
    return measured


def _all_at_once(row: PageRow, unkept: int, others: dict[str, peers.Peer]) -> dict[str, Times]:
    """Ask us, and whoever else answers this row, for several visitors at the same time."""
    ours = row.at_once or row.addresses[NEW]
    times = {NEW: _ask_at_once(unkept, ours)}
    for name, peer in others.items():
        if addresses := peer.addresses(row.name, ours):
            times[name] = _ask_at_once(peer.port, addresses)
    return times


def _ask_at_once(port: int, addresses: Sequence[str]) -> Times:
    """Let several clients ask all of it, each with one question under way."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = pool.map(partial(fetch, port), addresses)
        return Times([answer.milliseconds for answer in answers])


def _note(times: Times, answer: Answer, web: float = 0, database: float = 0) -> None:
    times.waited.append(answer.milliseconds)
    times.web.append(web)
    times.database.append(database)


def _number_found(answer: Answer) -> int | None:
    """How many a page says it has found."""
    if header := answer.headers.get("X-Found"):
        return int(header)
    body = gzip.decompress(answer.body) if answer.headers.get("Content-Encoding") == "gzip" else answer.body
    match = ROWS_FOUND.search(body) or peers.ROWS_FOUND.search(body)
    return int(match[1].replace(b",", b"")) if match else None


# --- What is said of it ---------------------------------------------------------------------------------
def say(all_measured: Sequence[Measurement], facts: dict[str, Any], others: dict[str, Any]) -> None:
    print(f"\nThe member has {facts['unread']} unread notices.")
    head = [FLOOR, NEW, "new : floor", REPEATED, SIGNED_IN, MEMBER, *STAFF]
    _table(
        "page, p50 ms",
        head,
        [(measured.row.name, _waiting_times(measured, head)) for measured in all_measured],
    )
    head = [FLOOR, NEW, SIGNED_IN, MEMBER, *STAFF]
    rows = [
        (measured.row.name, [_cell(measured, way, "processor") for way in head]) for measured in all_measured
    ]
    _table("processor ms, web + database", head, rows)
    visited = [measured for measured in all_measured if NEW in measured.times]
    rows = [(measured.row.name, [_many(measured, FLOOR), _many(measured, NEW)]) for measured in visited]
    _table("found, in the middle", [FLOOR, NEW], rows)
    rows = [
        (measured.row.name, [_cell(measured, CACHED), f"{measured.size / 1000:.1f}"]) for measured in visited
    ]
    _table("kept, answered from the page cache", ["p50 ms", "kB gzip"], rows)
    shared = [measured for measured in all_measured if not others.keys().isdisjoint(measured.times)]
    if shared:
        _table(
            "beside others, p50 ms (questions that count)",
            [NEW, *others],
            [
                (
                    measured.row.name,
                    [_cell(measured, NEW), *(_time_beside(measured, peer) for peer in others)],
                )
                for measured in shared
            ],
        )
        _table(
            "beside others, processor ms, web + database, of all questions",
            [FLOOR, NEW, *others],
            [
                (measured.row.name, [_cell(measured, way, "processor") for way in (FLOOR, NEW, *others)])
                for measured in shared
            ],
        )
        _table(
            f"beside others, {CLIENTS} clients at once, p50 / p95 ms, pages made anew",
            [NEW, *others],
            [
                (measured.row.name, [_cell_at_once(measured, way) for way in (NEW, *others)])
                for measured in shared
            ],
        )


def _table(title: str, head: Sequence[str], rows: Sequence[tuple[str, Sequence[str]]]) -> None:
    print(f"\n| {title} | {' | '.join(head)} |\n{'|---' * (len(head) + 1)}|")
    for name, cells in rows:
        print(f"| {name} | {' | '.join(cells)} |", flush=True)


def _cell(measured: Measurement, way: str, quantity: str = "p50") -> str:
    if way not in measured.times:
        return ""
    value = getattr(measured.times[way], quantity)
    return value if isinstance(value, str) else f"{value:.1f}"


def _cell_at_once(measured: Measurement, way: str) -> str:
    times = measured.at_once.get(way)
    return f"{times.p50:.0f} / {times.p95:.0f}" if times else ""


def _many(measured: Measurement, way: str) -> str:
    numbers = [number for number in measured.numbers_found.get(way, []) if number is not None]
    return f"{statistics.median(numbers):,.0f}" if numbers else ""


def _waiting_times(measured: Measurement, head: Sequence[str]) -> list[str]:
    cells = [_cell(measured, way) for way in head]
    if {FLOOR, NEW} <= measured.times.keys():
        ratio = measured.times[NEW].p50 / measured.times[FLOOR].p50
        cells[head.index("new : floor")] = f"{ratio:.2f}"
    return cells


def _time_beside(measured: Measurement, peer: str) -> str:
    """Of a peer only those questions of which it finds nearly as many as we do."""
    if peer not in measured.times:
        return ""
    counting = [
        time
        for time, its, ours in zip(
            measured.times[peer].waited,
            measured.numbers_found[peer],
            measured.numbers_found[NEW],
            strict=True,
        )
        if ours is None or (its is not None and its >= peers.LEAST * ours)
    ]
    total = len(measured.times[peer].waited)
    return f"{Times(counting).p50:.1f} ({len(counting)} of {total})" if counting else f"– (0 of {total})"


def _say_statements(database: str, rows: Sequence[PageRow]) -> None:
    # The last question of each kind; its numbers are forgotten before.
    last_addresses = {
        row.name: {reader: addresses[-1] for reader, addresses in row.addresses.items()} for row in rows
    }
    counted = data.statements(database, last_addresses)
    readers = sorted({reader for counts in counted.values() for reader in counts}, key=_place)
    _table(
        "statements",
        readers,
        [(name, [str(counts.get(reader, "")) for reader in readers]) for name, counts in counted.items()],
    )


def _place(reader: str) -> tuple[int, str]:
    return (READERS.index(reader) if reader in READERS else len(READERS), reader)


if __name__ == "__main__":
    main()

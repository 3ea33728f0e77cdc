"""Drills: rising traffic, a crowd, and everything around the portal stopped, killed, hung and filled in turn.

    python -m bench.drills [--only load,crowd,replica,closing,faults] [--seconds N] [--soak MINUTES] [--write]

`make drill` runs it. It starts a PostgreSQL, a Valkey, a mail server, web processes, a worker and beat of its
own, all on the loopback, and ends them. Readers ask pages that are kept, and pages that nobody has asked
before; members register for an event, each once. Of each drill it tells what people saw, what was lost (an
answer said yes, and there is no row), and how long until all was as before. `--write` puts it into
docs/drills.md.
"""

import argparse
import http.client
import itertools
import os
import random
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode, urlsplit

import psycopg
import redis

from bench import data
from bench.registrations import PEOPLE, PERSON, SECRET
from bench.serving import free_port, running
from bench.sink import Sink
from tests import servers
from whatson.embedded import places, postgres, valkey
from whatson.embedded.processes import Keeper, Process

REPORT = data.ROOT / "docs" / "drills.md"
MEMBERS = 6_000
STEPS = (1, 2, 4, 8, 16, 32, 64)
CROWD = 160
SLOW = 1.0  # seconds; p95 past it is where the load drill stops
STEADY = 4  # clients while something fails
HELD = 8  # seconds for which it fails
PATIENCE = 60  # seconds that a drill waits until all is as before
WORDS = ["river", "border", "justice", "women", "youth", "data", "mountain", "harbour", "law", "forest"]
COUNTRIES = ["KEN", "FRA", "BRA", "IND", "EGY", "CHN", "MEX", "NGA"]
NO_ANSWER = 0


@dataclass(frozen=True)
class Answer:
    at: float  # when it was there, by time.monotonic()
    act: str
    status: int
    seconds: float
    promises_return: bool = True  # a 503 says when to come again

    @property
    def is_good(self) -> bool:
        return self.status in (200, 302)


@dataclass
class Traffic:
    """So many clients at once; each waits for its answer before it asks again."""

    port: int
    path: str
    sessions: Iterator[str]
    clients: int
    answers: list[Answer] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __enter__(self) -> "Traffic":
        self.threads = [
            threading.Thread(target=self._ask_on, args=(number,), daemon=True)
            for number in range(self.clients)
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_of_fault: object) -> None:
        self.over.set()
        for thread in self.threads:
            thread.join(60)

    def _ask_on(self, number: int) -> None:
        rng, line = random.Random(number + time.time_ns()), None
        while not self.over.is_set():
            act, method, path, session = self._next(rng)
            began = time.monotonic()
            try:
                if line is None:
                    line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=45)
                head = {"Accept-Encoding": "gzip", "X-CSRFToken": SECRET}
                head["Content-Type"] = "application/x-www-form-urlencoded"
                if session:
                    head["Cookie"] = f"sessionid={session}; csrftoken={SECRET}"
                body = urlencode({"shown": "nobody", "agreed": "on", "mode": "in_person"})
                line.request(method, path, body=body if method == "POST" else None, headers=head)
                answer = line.getresponse()
                answer.read()
                status, promises = answer.status, bool(answer.headers["Retry-After"])
                if answer.will_close:
                    line.close()
                    line = None
            except (OSError, http.client.HTTPException):
                status, promises, line = NO_ANSWER, False, None
                time.sleep(0.1)
            now = time.monotonic()
            self.answers.append(Answer(now, act, status, now - began, promises))

    def _next(self, rng: random.Random) -> tuple[str, str, str, str]:
        chance = rng.random()
        if chance < 0.08:
            with self.lock:
                session = next(self.sessions, "")
            if session:
                return "registers", "POST", self.path, session
        if chance < 0.5:
            pages = ("/en/", "/en/stakeholders/", "/en/resources/", "/en/events/", "/fr/")
            return "kept page", "GET", rng.choice(pages), ""
        words = "+".join(rng.sample(WORDS, 2))
        if chance < 0.85:
            query = f"q={words}&country={rng.choice(COUNTRIES)}&asked={rng.random()}"
            return "new question", "GET", f"/en/stakeholders/?{query}", ""
        return "search", "GET", f"/en/search/?q={words}&asked={rng.random()}", ""

    def since(self, moment: float) -> list[Answer]:
        return [answer for answer in self.answers if answer.at >= moment]


def p95(answers: list[Answer]) -> float:
    return statistics.quantiles([answer.seconds for answer in answers], n=20, method="inclusive")[-1]


def describe_answers(answers: list[Answer]) -> str:
    """What people saw, in words."""
    counted = Counter(answer.status for answer in answers)
    good = counted.pop(200, 0) + counted.pop(302, 0)
    bad = [f"{number} × {status or 'no answer'}" for status, number in sorted(counted.items())]
    slowest = max((answer.seconds for answer in answers), default=0)
    return f"{good} pages{''.join(f', {refusal}' for refusal in bad)}; the slowest answer {slowest:.1f} s"


class Stage:
    """All servers of one drill."""

    def __init__(self, keeper: Keeper, folder: Any, sink: Sink, report: "Report") -> None:
        self.keeper, self.folder, self.sink, self.report = keeper, folder, sink, report
        self.database = postgres.start(keeper, folder)
        self.queue = valkey.start(keeper, folder)
        os.environ |= {
            "DATABASE_URL": self.database.url(postgres.APP),
            "DATABASE_OWNER_URL": self.database.url(postgres.OWNER),
            "REDIS_URL": self.queue,
            "MAIL_URL": f"smtp://127.0.0.1:{sink.port}/",
            "DJANGO_SETTINGS_MODULE": "bench.settings",
        }
        data.collect_static(os.environ["DATABASE_URL"])
        self.address = os.environ["DATABASE_URL"] = data.prepare(749)
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(PEOPLE, {"first": PERSON, "people": MEMBERS})
        call = [sys.executable, "-m", "bench.registrations", "--step", "prepare"]
        call += ["--people", str(MEMBERS // 2), "--seats", str(MEMBERS)]
        done = subprocess.run(call, check=True, capture_output=True, text=True, cwd=data.ROOT)
        self.path, _rules, *sessions = done.stdout.split()
        self.sessions = iter(sessions)
        self.background: dict[str, subprocess.Popen[bytes]] = {}
        self.begin_background()

    @contextmanager
    def served(self, workers: int) -> Iterator[int]:
        """The portal by gunicorn with so many processes; its port."""
        port = free_port()
        with TemporaryDirectory() as metrics:
            env = {"LOG_LEVEL": "ERROR", "PROMETHEUS_MULTIPROC_DIR": metrics, "WEB_WORKERS": str(workers)}
            call = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
            call += ["--bind", f"127.0.0.1:{port}", "whatson.wsgi:application"]
            with running(call, port, "/healthz", env=env) as self.leader:
                with self.traffic(port, 4):  # loads what each process loads with its first pages
                    time.sleep(4)
                yield port

    def traffic(self, port: int, clients: int) -> Traffic:
        return Traffic(port, self.path, self.sessions, clients)

    def begin_background(self) -> None:
        celery = [sys.executable, "-m", "celery", "--quiet", "--app", "whatson"]
        ways = {
            "worker": ["worker", "--pool=solo", "--queues=urgent,mail,default", "--hostname=drill@here"],
            "beat": ["beat", "--schedule", str(self.folder.path / "beat"), "--pidfile="],
        }
        for name, more in ways.items():
            if name not in self.background or self.background[name].poll() is not None:
                self.background[name] = subprocess.Popen(
                    [*celery, *more],
                    cwd=data.ROOT,
                    env=os.environ | {"DJANGO_SETTINGS_MODULE": "bench.crash_settings"},
                    start_new_session=True,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                )

    def kill_background(self, *names: str) -> None:
        for name in names:
            with suppress(ProcessLookupError):
                os.killpg(self.background[name].pid, signal.SIGKILL)
            self.background[name].wait(10)

    def process(self, name: str) -> Process:
        return next(candidate for candidate in self.keeper.processes if candidate.name == name)

    def end(self, name: str, by: int) -> None:
        process = self.process(name)
        os.kill(process.popen.pid, by)
        process.popen.wait(60)
        self.keeper.forget(process)

    def count(self, statement: str) -> int:
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute(statement).fetchone()
        return int(row[0]) if row else 0


# --- The drills -------------------------------------------------------------------------------------------
def load(stage: Stage, seconds: float) -> None:
    """Ever more clients until p95 passes a second."""
    rows = []
    for workers in (1, 2, 4):
        with stage.served(workers) as port:
            for clients in STEPS:
                with stage.traffic(port, clients) as traffic:
                    time.sleep(seconds)
                rate, late = len(traffic.answers) / seconds, p95(traffic.answers)
                middle = statistics.median(answer.seconds for answer in traffic.answers)
                bad = sum(not answer.is_good for answer in traffic.answers)
                rows.append([workers, clients, f"{rate:.1f}", f"{middle:.2f}", f"{late:.2f}", bad])
                print(rows[-1], flush=True)
                if late > SLOW:
                    break
    heads = ["Web processes", "Clients at once", "Answers a second", "p50 s", "p95 s", "Not answered well"]
    stage.report.table("Rising traffic", LOAD_WORDS, heads, rows)


def crowd(stage: Stage, seconds: float) -> None:
    """Far more than are served: who waits too long is sent away with a time; then all is as before."""
    with stage.served(1) as port:
        with stage.traffic(port, CROWD) as traffic:
            time.sleep(max(seconds, 15))
        over = max(time.monotonic() - 1, *(answer.at for answer in traffic.answers))
        with stage.traffic(port, 2) as calm:
            time.sleep(10)
    late = [answer.at for answer in calm.answers if not answer.is_good or answer.seconds > SLOW]
    back = max(late, default=over) - over
    sent_away = [answer for answer in traffic.answers if answer.status == http.HTTPStatus.SERVICE_UNAVAILABLE]
    promising = sum(answer.promises_return for answer in sent_away)
    broken = [
        answer
        for answer in (*traffic.answers, *calm.answers)
        if answer.status >= 500 and answer not in sent_away
    ]
    rows = [
        [
            f"{CROWD} clients at once, one process of four threads",
            describe_answers(traffic.answers),
            f"{promising} of {len(sent_away)} 503 say when to come again",
            f"{max(back, 0):.1f} s",
        ]
    ]
    stage.report.table("A crowd", CROWD_WORDS, ["What", "Seen", "Sent away", "Until normal"], rows)
    if broken or back > 10 or promising < len(sent_away):
        stage.report.faults.append("A crowd was not answered as it should be.")


def faults(stage: Stage, _seconds: float) -> None:
    """One thing after the other, under steady traffic."""
    rows = []
    with stage.served(2) as port:
        for name, act in FAULTS.items():
            row = one_fault(stage, port, name, act)
            rows.append(row)
            print(row, flush=True)
    rows_lost = settle(stage)
    heads = ["What", "Seen by readers and members", "Lost", "Until normal"]
    stage.report.table("Faults under steady traffic", FAULT_WORDS, heads, rows)
    stage.report.lines.append(rows_lost)


def one_fault(stage: Stage, port: int, name: str, act: Callable[[Stage], Callable[[], None]]) -> list[str]:
    before = stage.count(REGISTERED)
    with stage.traffic(port, STEADY) as traffic:
        time.sleep(3)
        began = time.monotonic()
        mend = act(stage)
        mend()
        mended = time.monotonic()
        # As before once nothing was refused or slow for three seconds.
        while time.monotonic() < mended + PATIENCE:
            time.sleep(0.5)
            bad = [
                answer.at for answer in traffic.since(began) if not answer.is_good or answer.seconds > SLOW
            ]
            if time.monotonic() - max([mended, *bad]) > 3:
                break
        normal = max([mended, *bad]) - mended
    answers = traffic.since(began)
    said_yes = sum(answer.act == "registers" and answer.status == 302 for answer in traffic.answers)
    lost = max(said_yes - (stage.count(REGISTERED) - before), 0)
    broken = [answer for answer in answers if answer.status == http.HTTPStatus.INTERNAL_SERVER_ERROR]
    if lost or broken:
        stage.report.faults.append(f"{name}: {lost} lost, {len(broken)} × 500.")
    return [name, describe_answers(answers), f"{lost} of {said_yes} registrations", f"{normal:.1f} s"]


REGISTERED = "SELECT count(*) FROM events_registration"


def settle(stage: Stage) -> str:
    """All mail is written in the end, each once; the sentence for the report."""
    until = time.monotonic() + 240
    waiting = f"{OF_MEMBERS} AND status IN ('queued', 'claimed', 'handing_over', 'failed_temporary')"
    while (left := stage.count(waiting)) and time.monotonic() < until:
        time.sleep(1)
    later = stage.count(f"{OF_MEMBERS} AND status = 'failed_temporary'")
    arrived = Counter(Path(os.environ["BENCH_SINK_IDS"]).read_text(encoding="utf-8").split())
    sent = stage.count(f"{OF_MEMBERS} AND status = 'sent'")
    doubt = stage.count(f"{OF_MEMBERS} AND status = 'unknown'")
    twice = sum(number > 1 for number in arrived.values())
    if left > later:
        stage.report.faults.append(f"{left - later} mails were still waiting after four minutes.")
    return (
        f"Mail at the end of all faults: {sent} sent, {doubt} in doubt (cut while they were handed over, and "
        f"listed so), {twice} came twice, {later} to be tried again later."
    )


OF_MEMBERS = f"SELECT count(*) FROM notifications_message WHERE user_id >= {PERSON}"


def restart_database(by: int) -> Callable[[Stage], Callable[[], None]]:
    def act(stage: Stage) -> Callable[[], None]:
        stage.end("PostgreSQL", by)

        def mend() -> None:
            stage.database = postgres.start(stage.keeper, stage.folder)

        return mend

    return act


def stop_database(stage: Stage) -> Callable[[], None]:
    mend = restart_database(signal.SIGINT)(stage)
    time.sleep(HELD)
    return mend


def kill_queue(stage: Stage) -> Callable[[], None]:
    stage.end("Valkey", signal.SIGKILL)
    time.sleep(HELD)

    def mend() -> None:
        valkey.start(stage.keeper, stage.folder, again=stage.queue)

    return mend


def flush_queue(stage: Stage) -> Callable[[], None]:
    with redis.Redis.from_url(stage.queue) as direct:
        direct.flushall()
    return lambda: None


def hang_queue(stage: Stage) -> Callable[[], None]:
    pid = stage.process("Valkey").popen.pid
    os.kill(pid, signal.SIGSTOP)
    time.sleep(HELD)
    return lambda: os.kill(pid, signal.SIGCONT)


def fill_queue(stage: Stage) -> Callable[[], None]:
    with redis.Redis.from_url(stage.queue) as direct:
        direct.config_set("maxmemory", 1)
        time.sleep(HELD)

    def mend() -> None:
        with redis.Redis.from_url(stage.queue) as direct:
            direct.config_set("maxmemory", 256 << 20)

    return mend


def kill_workers(stage: Stage) -> Callable[[], None]:
    stage.kill_background("worker", "beat")
    time.sleep(HELD)
    return stage.begin_background


def kill_web_process(stage: Stage) -> Callable[[], None]:
    children = subprocess.run(["pgrep", "-P", str(stage.leader)], capture_output=True, text=True, check=True)
    os.kill(int(children.stdout.split()[0]), signal.SIGKILL)
    return lambda: None


def mail_server(how: str) -> Callable[[Stage], Callable[[], None]]:
    def act(stage: Stage) -> Callable[[], None]:
        stage.sink.behave(how)
        time.sleep(HELD)
        return lambda: stage.sink.behave("well")

    return act


FAULTS: dict[str, Callable[[Stage], Callable[[], None]]] = {
    "one of two web processes killed": kill_web_process,
    "PostgreSQL restarted (fast)": restart_database(signal.SIGINT),
    "PostgreSQL restarted (immediate, as after a crash)": restart_database(signal.SIGQUIT),
    f"PostgreSQL away for {HELD} s": stop_database,
    f"Valkey killed, back after {HELD} s": kill_queue,
    "Valkey emptied": flush_queue,
    f"Valkey hung for {HELD} s": hang_queue,
    f"Valkey full for {HELD} s": fill_queue,
    f"worker and beat killed, back after {HELD} s": kill_workers,
    f"mail server slow for {HELD} s": mail_server("slow"),
    f"mail server refusing for {HELD} s": mail_server("refusing"),
    f"mail server silent for {HELD} s": mail_server("silent"),
}


def replica(stage: Stage, seconds: float) -> None:
    """The database with a copy for visitors: stopped, paused, and left alone by the primary."""
    socket, process = servers.follow(stage.keeper, stage.folder.path, stage.database.socket)
    copy, name = postgres.Postgres(socket, process), urlsplit(stage.address).path[1:]
    os.environ["DATABASE_REPLICA_URL"] = copy.url(postgres.APP, name)

    def stop(stage: Stage) -> Callable[[], None]:
        stage.end("replica", signal.SIGQUIT)
        time.sleep(HELD)

        def mend() -> None:
            servers.run_again(stage.keeper, stage.folder.path, socket)

        return mend

    def pause(stage: Stage) -> Callable[[], None]:
        with copy.connect(database=name) as line:
            line.execute("SELECT pg_wal_replay_pause()")
        time.sleep(2 * HELD)

        def mend() -> None:
            with copy.connect(database=name) as line:
                line.execute("SELECT pg_wal_replay_resume()")

        return mend

    acts = {
        f"the replica killed, back after {HELD} s": stop,
        f"its replay paused for {2 * HELD} s": pause,
        f"the primary away for {HELD} s": stop_database,
    }
    with stage.served(2) as port:
        before = [transactions(server, name) for server in (stage.database, copy)]
        with stage.traffic(port, STEADY):
            time.sleep(2 * seconds)
        after = [transactions(server, name) for server in (stage.database, copy)]
        primary, copied = (late - early for early, late in zip(before, after, strict=True))
        rows = [one_fault(stage, port, name, act) for name, act in acts.items()]
    del os.environ["DATABASE_REPLICA_URL"]
    words = (
        f"With nothing amiss, in {2 * seconds:.0f} s the replica had {copied} transactions and the primary "
        f"{primary}, those of the worker among them."
    )
    heads = ["What", "Seen by readers and members", "Lost", "Until normal"]
    stage.report.table("A replica for visitors", words, heads, rows)


def closing(stage: Stage, seconds: float) -> None:
    """Registration closes at an instant in the midst of the traffic: by the clock, with no act of anybody."""
    late = (
        "SELECT count(*) FROM events_registration JOIN events_registrationrules AS r ON r.id = rules_id "
        "WHERE received_at > r.closes_at + interval '{} s'"
    )
    closes = "UPDATE events_registrationrules SET closes_at = %s WHERE id = %s"
    with stage.served(2) as port, psycopg.connect(stage.address, autocommit=True) as connection:
        with stage.traffic(port, 2 * STEADY) as traffic:
            while not any(answer.act == "registers" for answer in traffic.answers):
                time.sleep(0.5)
        rules, before = stage.count("SELECT max(rules_id) FROM events_registration"), stage.count(REGISTERED)
        connection.execute(closes, [datetime.now(UTC) + timedelta(seconds=seconds), rules])
        with stage.traffic(port, 2 * STEADY) as traffic:
            time.sleep(2 * seconds)
        registered, after = stage.count(REGISTERED) - before, stage.count(late.format(1))
        on_the_way = stage.count(late.format(0)) - after
        connection.execute(closes, [None, rules])
    registering = [answer for answer in traffic.answers if answer.act == "registers"]
    said_yes = sum(answer.status == http.HTTPStatus.FOUND for answer in registering)
    broken = [answer for answer in traffic.answers if answer.status >= http.HTTPStatus.INTERNAL_SERVER_ERROR]
    if after or broken or registered != said_yes:
        stage.report.faults.append(f"Registration closed: {after} came in later, {len(broken)} × 500.")
    rows = [
        [
            f"it closes after {seconds:.0f} of {2 * seconds:.0f} s",
            describe_answers(traffic.answers),
            f"{said_yes} of {len(registering)} who asked; {registered} rows",
            f"{after}; {on_the_way} within a second, judged before",
        ]
    ]
    words = f"{2 * STEADY} clients, two web processes."
    heads = ["Registration", "Seen by readers and members", "Registered", "Registered after it had closed"]
    stage.report.table("The clock of an event under load", words, heads, rows)


def transactions(server: postgres.Postgres, name: str) -> int:
    with server.connect(database=name) as line:
        query = "SELECT xact_commit FROM pg_stat_database WHERE datname = %s"
        (done,) = line.execute(query, [name]).fetchone() or (0,)
    return int(done)


def soak(stage: Stage, minutes: float) -> None:
    """Steady traffic for long; what it does to memory."""
    rows = []
    with stage.served(2) as port, stage.traffic(port, STEADY) as traffic:
        for minute in itertools.count():
            pids = subprocess.run(
                ["pgrep", "-P", str(stage.leader)], capture_output=True, text=True, check=True
            ).stdout.split()
            memory = [int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4 // 1024 for pid in pids]
            late = traffic.since(time.monotonic() - 60)
            rows.append([minute, len(late), f"{p95(late):.2f}" if len(late) > 1 else "", sum(memory)])
            if minute >= minutes:
                break
            time.sleep(60)
    bad = sum(not answer.is_good for answer in traffic.answers)
    heads = ["Minute", "Answers", "p95 s", "Memory of the web processes, MB"]
    stage.report.table("Soak", f"{len(traffic.answers)} answers, {bad} not answered well.", heads, rows)


# --- The report -------------------------------------------------------------------------------------------
LOAD_WORDS = (
    "Of ten requests four ask a kept page, five a page not asked before, and nearly one registers. "
    "The clients run on the same processors as the portal and its database. With each number of processes it "
    "stops where p95 passes a second."
)
CROWD_WORDS = "A request that finds no thread for eight seconds is answered 503 with `Retry-After`."
FAULT_WORDS = (
    f"{STEADY} clients, two web processes. *Until normal* counts from the moment at which what failed was "
    "there again, to the last answer that was refused or took longer than a second."
)


@dataclass
class Report:
    lines: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def table(self, title: str, words: str, heads: list[str], rows: list[list[Any]]) -> None:
        self.lines += [f"\n## {title}\n", words, ""]
        for row in (heads, ["---"] * len(heads), *rows):
            self.lines.append(f"| {' | '.join(map(str, row))} |")
        self.lines.append("")

    def text(self, command: str, seconds: float) -> str:
        cores, load_now = os.cpu_count(), os.getloadavg()[1]
        head = [
            "# Drills",
            "",
            "Written by the drill itself; [operations](operations/growing.md#past-one-machine) reckons with "
            "it. What is not drilled stands at the end.",
            "",
            f"`{command}`, {datetime.now(UTC):%d %B %Y}, {seconds:.0f} s; {cores} cores, "
            f"load {load_now:.1f} in the last five minutes, of which the drill itself is a part. All on one "
            "machine, over loopback, 749 stakeholders and the demonstration.",
        ]
        tail = ["", f"**{'; '.join(self.faults) if self.faults else 'No 500, and nothing was lost.'}**", ""]
        return "\n".join([*head, *self.lines, *tail, NOT_DRILLED])


NOT_DRILLED = """## Not drilled

A wrong clock, a lost network between hosts, and more than one host. A full disk under uploads over HTTP is
held by `tests/core/test_full_disk.py` on a file system of 64 KB; the proxy by [the rehearsal](rehearsal.md).
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--only", default="load,crowd,replica,closing,faults")
    parser.add_argument("--seconds", type=float, default=8, help="of each step of rising traffic")
    parser.add_argument("--soak", type=float, default=0, help="minutes of steady traffic")
    parser.add_argument("--write", action="store_true", help="write docs/drills.md")
    options = parser.parse_args()
    began, report = time.monotonic(), Report()
    with places.throwaway() as folder, Keeper() as keeper, TemporaryDirectory() as box:
        os.environ["BENCH_SINK_IDS"] = str(Path(box) / "ids")
        Path(os.environ["BENCH_SINK_IDS"]).touch()
        with Sink() as sink:
            stage = Stage(keeper, folder, sink, report)
            try:
                for name in filter(None, options.only.split(",")):
                    DRILLS[name](stage, options.seconds)
                if options.soak:
                    soak(stage, options.soak)
            finally:
                stage.kill_background(*stage.background)
    command = " ".join(["python -m bench.drills", *sys.argv[1:]])
    text = report.text(command, time.monotonic() - began)
    print(text)
    if options.write:
        REPORT.write_text(text, encoding="utf-8")
    if report.faults:
        raise SystemExit("\n".join(report.faults))


DRILLS = {"load": load, "crowd": crowd, "replica": replica, "closing": closing, "faults": faults}

if __name__ == "__main__":
    main()

"""Many mails while everything around them is killed: workers, the queue with its data, the database.

    python -m bench.crashes [--mails N]

Starts a PostgreSQL, a Valkey and a mail server of its own, as throwaways. Half of the mails must arrive, half
are optional. Two workers send; in turn they are killed while they hold claimed mail, and while each hands one
over; the queue is killed with all it held; all connections of the database are cut, it restarts, and it is
killed; the mail server is slow, refuses, and asks for second tries. At the end each mail is sent, or unknown
with its reason; none came twice without saying so; and no more are in doubt than connections were cut.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg

from bench import data
from bench.sink import Sink
from whatson.embedded import places, postgres, valkey
from whatson.embedded.processes import Keeper

SETTINGS = "bench.crash_settings"
PEOPLE = """
INSERT INTO accounts_user (email, name, language, time_zone, password, is_active, is_demo)
SELECT 'member' || n || '@whatson.example', 'Member ' || n, 'en', 'Africa/Nairobi', '', true, false
FROM generate_series(1, %s) n
"""
MESSAGES = """
INSERT INTO notifications_message (kind, key, url, url_name, url_args, facts, subject_kind, user_id,
    address, language, status, attempts, claimed_by, message_id, error)
SELECT CASE WHEN id %% 2 = 0 THEN 'accounts.password_changed' ELSE 'tests.optional' END,
    'crash', '', '', '[]',
       '{"at": "2026-11-24T17:00:00+00:00"}', '', id, email, 'en', 'queued', 0, '',
       '<' || id || '@whatson.example>', ''
FROM accounts_user
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=10_000)
    mails = parser.parse_args().mails
    began = time.monotonic()
    with places.throwaway() as folder, Keeper() as keeper, tempfile.TemporaryDirectory() as box:
        os.environ["BENCH_SINK_IDS"] = str(Path(box) / "ids")
        with Sink() as sink:
            _Storm(keeper, folder, sink, mails).run()
    print(f"{time.monotonic() - began:.0f} s")


class _Storm:
    def __init__(self, keeper: Keeper, folder: Any, sink: Sink, mails: int) -> None:
        self.keeper, self.folder, self.sink, self.mails = keeper, folder, sink, mails
        self.database = postgres.start(keeper, folder)
        self.queue = valkey.start(keeper, folder)
        self.address = self.database.url(postgres.APP)
        self.workers: list[subprocess.Popen[bytes]] = []
        self.beat: subprocess.Popen[bytes] | None = None
        owner = self.database.url(postgres.OWNER)
        data.manage(owner, "migrate", "--verbosity", "0")
        data.manage(owner, "grant_app_role")
        with psycopg.connect(self.address, autocommit=True) as connection:
            connection.execute(PEOPLE, [mails])
            connection.execute(MESSAGES.replace("%%", "%"))

    def run(self) -> None:
        acts = (
            self.kill_workers_at_claimed,
            self.kill_workers_at_handing_over,
            self.kill_queue,
            self.cut_connections,
            self.restart_database,
            self.kill_database,
            self.slow_server,
            self.refusing_server,
            self.greylisting_server,
            self.kill_workers,
        )
        self.start(2)
        for number, act in enumerate(acts, start=1):
            self.wait(self.mails * number // (len(acts) + 1))
            print(f"{self.sink.taken:>6} taken: {act.__name__}", flush=True)
            act()
        self.finish()
        self.judge()

    def start(self, count: int) -> None:
        env = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": SETTINGS,
            "DATABASE_URL": self.address,
            "REDIS_URL": self.queue,
            "MAIL_URL": f"smtp://127.0.0.1:{self.sink.port}/",
        }
        celery = [sys.executable, "-m", "celery", "-A", "whatson"]
        quiet: dict[str, Any] = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.workers = [
            subprocess.Popen(
                [*celery, "worker", "--pool=solo", "--queues=urgent,mail", f"--hostname=w{number}@crash"],
                cwd=data.ROOT,
                env=env,
                start_new_session=True,
                **quiet,
            )
            for number in range(count)
        ]
        self.beat = subprocess.Popen(
            [*celery, "beat", "--schedule", str(self.folder.path / "beat"), "--pidfile="],
            cwd=data.ROOT,
            env=env,
            start_new_session=True,
            **quiet,
        )

    def stop(self) -> None:
        for process in (*self.workers, self.beat):
            if process is not None and process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)

    def kill_workers(self) -> None:
        self.stop()
        self.start(2)

    def kill_workers_at_claimed(self) -> None:
        self.kill_while("silent", "claimed")

    def kill_workers_at_handing_over(self) -> None:
        self.kill_while("deaf", "handing_over")

    def kill_while(self, how: str, status: str) -> None:
        """Kill both workers once the mail server keeps both waiting."""
        self.sink.behave(how)
        until = time.monotonic() + 120
        while self.sink.held < len(self.workers):
            if time.monotonic() > until:
                raise SystemExit(f"Only {self.sink.held} workers were held at {status}.")
            time.sleep(0.05)
        held = self.count(f"status = '{status}'")
        self.stop()
        print(f"       {held} were {status}", flush=True)
        if held < len(self.workers):
            raise SystemExit("The workers were not where they were meant to be.")
        self.sink.behave("well")
        self.start(2)

    def slow_server(self) -> None:
        self.sink.behave("slow")
        self.wait(self.sink.taken + 60)
        self.sink.behave("well")

    def refusing_server(self) -> None:
        self.sink.behave("refusing")
        self.until("status = 'failed_temporary'")
        self.sink.behave("well")

    def greylisting_server(self) -> None:
        self.sink.behave("greylist")
        self.until("error LIKE '451%'", most=100)
        self.sink.behave("well")

    def until(self, condition: str, *, most: int = 1) -> None:
        until = time.monotonic() + 120
        while (mails := self.count(condition)) < most:
            if time.monotonic() > until:
                raise SystemExit(f"Only {mails} of {most} mails: {condition}.")
            time.sleep(0.1)
        print(f"       {mails} mails: {condition}", flush=True)

    def count(self, condition: str) -> int:
        with psycopg.connect(self.address, autocommit=True) as connection:
            row = connection.execute(
                f"SELECT count(*) FROM notifications_message WHERE {condition}"
            ).fetchone()
        return int(row[0]) if row else 0

    def cut_connections(self) -> None:
        with psycopg.connect(self.address, autocommit=True) as connection:
            ended = connection.execute(
                "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                " WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
            ).fetchone()
        print(f"       {ended and ended[0]} connections ended", flush=True)

    def kill_queue(self) -> None:
        """Killed with all it held; another takes its place, at another address."""
        self.kill("Valkey")
        self.stop()
        self.queue = valkey.start(self.keeper, self.folder)
        self.start(2)

    def restart_database(self) -> None:
        self.kill("PostgreSQL", signal.SIGINT)
        self.database = postgres.start(self.keeper, self.folder)

    def kill_database(self) -> None:
        self.kill("PostgreSQL", signal.SIGQUIT)
        self.database = postgres.start(self.keeper, self.folder)

    def kill(self, name: str, by: int = signal.SIGKILL) -> None:
        process = next(candidate for candidate in self.keeper.processes if candidate.name == name)
        os.kill(process.popen.pid, by)
        process.popen.wait(30)
        self.keeper.forget(process)

    def wait(self, taken: int) -> None:
        until = time.monotonic() + 600
        while self.sink.taken < taken:
            if time.monotonic() > until:
                raise SystemExit(f"Only {self.sink.taken} of {taken} mails arrived.")
            time.sleep(0.1)

    def finish(self) -> None:
        """Until nothing is on its way any more."""
        until = time.monotonic() + 900
        while self.count("status NOT IN ('sent', 'unknown', 'failed')"):
            if time.monotonic() > until:
                self.stop()
                raise SystemExit("Some mails never ended.")
            time.sleep(1)
        self.stop()

    def judge(self) -> None:
        arrived = Counter(Path(os.environ["BENCH_SINK_IDS"]).read_text(encoding="utf-8").split())
        with psycopg.connect(self.address, autocommit=True) as connection:
            rows = connection.execute(
                "SELECT message_id, status, kind, doubtful_at IS NOT NULL, error FROM notifications_message"
            ).fetchall()
        ends = Counter(row[1] for row in rows)
        lost = [row for row in rows if row[1] == "sent" and not arrived[row[0]]]
        doubled = [row for row in rows if arrived[row[0]] > 1]
        unseen = [row for row in doubled if not row[3]]
        without = [row for row in rows if row[1] == "unknown" and not row[4]]
        doubted, cut = sum(row[3] for row in rows), self.sink.cut
        print(
            f"{dict(ends)}, in doubt {doubted} with {cut} connections cut, twice and listed so {len(doubled)}"
        )
        print(
            f"sent but not arrived {len(lost)}, twice unseen {len(unseen)}, "
            f"unknown without reason {len(without)}"
        )
        for reason, number in Counter(row[4] for row in rows if row[1] != "sent").items():
            print(f"       {number} not sent: {reason}")
        if lost or unseen or without or set(ends) - {"sent", "unknown"} or doubted > cut:
            raise SystemExit("Mail was lost or doubled.")


if __name__ == "__main__":
    main()

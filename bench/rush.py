"""A code beside a crowd and a newsletter: how long it waits, and whether anything stands still meanwhile.

    python tools/bootstrap.py exec --throwaway -- python -m bench.rush [--people N] [--subscribers N]

Runs on a database of its own, `whatson_bench_rush`, which it makes anew, with workers and beat by the
commands of docker-compose.yml, gunicorn by its own file, and a mail server on the loopback (bench/sink.py),
well or `--slow`. People register over HTTP, a newsletter leaves, and every few seconds somebody asks for a
code.
"""

import argparse
import http.client
import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode

import psycopg
import yaml

from bench import data
from bench.registrations import PEOPLE, PERSON, SECRET, run
from bench.serving import serving
from bench.sink import Sink

DATABASE = "whatson_bench_rush"
ASKERS = 2000  # people who ask for a code, once each
EVERY = 3.5  # seconds between two codes: one address may ask for twenty a minute
LONGEST = 1800  # seconds until it is given up
MINUTELY = ("notifications.sweep", "notifications.expand_left", "news.send_newsletters", "search.catch_up")
OPEN = "status IN ('queued', 'claimed', 'handing_over', 'failed_temporary')"

ADDRESSES = """
INSERT INTO account_emailaddress (user_id, email, verified, "primary")
SELECT id, email, true, true FROM accounts_user
"""
NEWSLETTER = (
    """
    INSERT INTO news_subscriber (address, languages, consent_version, consent_language, asked_at,
        confirmed_at, nonce)
    SELECT 'reader' || n || '@whatson.example', ARRAY['en'], 'bench', 'en', now(), now(), gen_random_uuid()
    FROM generate_series(1, %(subscribers)s) n
    """,
    """
    INSERT INTO news_issue (state, texts, version, is_demo, approved_at, scheduled_at, zone, reached,
        all_written, written, sent, failed, held, unknown, bounced, complained, "left")
    VALUES ('scheduled', '{"en": {"title": "News of May", "intro": "Dear reader,"}}', 1, false, now(), now(),
        'Europe/Vienna', 0, false, 0, 0, 0, 0, 0, 0, 0, 0)
    """,
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=5680)
    parser.add_argument("--subscribers", type=int, default=10_001)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument(
        "--slow", action="store_true", help="the mail server takes a third of a second a mail"
    )
    options = parser.parse_args()
    with Sink() as sink, TemporaryDirectory() as folder:
        sink.behave("slow" if options.slow else "well")
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "bench.mail_settings",
            "MAIL_URL": f"smtp://127.0.0.1:{sink.port}/",
        }
        data.collect_static(os.environ["DATABASE_URL"])
        database = os.environ["DATABASE_URL"] = data.make_database(DATABASE)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(PEOPLE, {"first": PERSON, "people": max(2 * options.people, ASKERS)})
            connection.execute(ADDRESSES)
        call = [sys.executable, "-m", "bench.registrations", "--step", "prepare"]
        call += ["--people", str(options.people), "--seats", "5000"]
        path, _rules, *sessions = subprocess.run(
            call, check=True, capture_output=True, text=True
        ).stdout.split()
        workers = start_workers(Path(folder))
        try:
            with serving() as (port, _leader):
                measure(database, port, path, sessions, options)
        finally:
            for worker in workers:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait()
        print(f"the mail server took {sink.taken}")


def start_workers(folder: Path) -> list[subprocess.Popen[bytes]]:
    """Workers and beat as compose starts them."""
    services = yaml.safe_load((data.ROOT / "docker-compose.yml").read_text(encoding="utf-8"))["services"]
    commands = [
        services[name]["command"] for name in services if name.startswith("worker-") or name == "beat"
    ]
    log = (folder / "workers.log").open("wb")
    return [
        subprocess.Popen(
            [sys.executable, "-m", *(word.replace("/tmp/", f"{folder}/") for word in command)],  # noqa: S108
            cwd=data.ROOT,
            start_new_session=True,
            stdout=log,
            stderr=log,
        )
        for command in commands
    ]


def measure(database: str, port: int, path: str, sessions: list[str], options: Any) -> None:
    form = urlencode({"shown": "nobody", "agreed": "on", "mode": "in_person"})

    def register(client: http.client.HTTPConnection, number: int) -> int:
        return _post(client, path, form, sessions[number - 1])

    watch = Watch(database)
    over = threading.Event()
    asking = threading.Thread(target=ask_for_codes, args=(port, over, answers := Counter[int]()), daemon=True)
    watching = threading.Thread(target=watch.look_on, args=(over,), daemon=True)
    asking.start()
    watching.start()
    time.sleep(15)  # some codes while nothing else happens
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in NEWSLETTER:
            connection.execute(statement, {"subscribers": options.subscribers})
    began = time.monotonic()
    spent, registered = run(port, range(1, options.people + 1), options.clients, register)
    print(f"registered {options.people} in {spent:.0f} s, answers {dict(registered)}", flush=True)
    while watch.others_left() and time.monotonic() < began + LONGEST:
        time.sleep(1)
    print(f"all other mail ended {time.monotonic() - began:.0f} s after the first registration", flush=True)
    over.set()
    asking.join()
    watching.join()
    time.sleep(5)
    watch.report(answers)


def ask_for_codes(port: int, over: threading.Event, answers: Counter[int]) -> None:
    number = PERSON + ASKERS
    while not over.wait(EVERY):
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        words = urlencode({"email": f"member{number}@whatson.example"})
        answers[_post(client, "/en/accounts/login/code/", words)] += 1
        client.close()
        number -= 1


def _post(client: http.client.HTTPConnection, path: str, body: str, session: str = "") -> int:
    head = {
        "Cookie": f"csrftoken={SECRET}" + (f"; sessionid={session}" if session else ""),
        "X-CSRFToken": SECRET,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    client.request("POST", path, body=body, headers=head)
    answer = client.getresponse()
    answer.read()
    return answer.status


class Watch:
    """What the database says meanwhile, once a second."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.latest: Counter[str] = Counter()  # job → the longest time without a success, in seconds
        self.waiting = 0

    def look_on(self, over: threading.Event) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            while not over.wait(1):
                for name, seconds in connection.execute(
                    "SELECT name, extract(epoch FROM now() - coalesce(succeeded_at, known_since)) "
                    "FROM notifications_job"
                ):
                    self.latest[name] = max(self.latest[name], round(seconds))
                self.waiting = max(self.waiting, self._number("true", connection))

    def others_left(self) -> int:
        with psycopg.connect(self.database, autocommit=True) as connection:
            unwritten = connection.execute("SELECT count(*) FROM news_issue WHERE NOT all_written").fetchone()
            return self._number("kind <> 'accounts.login_code'", connection) + (unwritten or (0,))[0]

    def _number(self, which: str, connection: psycopg.Connection[Any]) -> int:
        row = connection.execute(
            f"SELECT count(*) FROM notifications_message WHERE {OPEN} AND {which}"
        ).fetchone()
        return int(row[0]) if row else 0

    def report(self, answers: Counter[int]) -> None:
        with psycopg.connect(self.database, autocommit=True) as connection:
            ends = connection.execute(
                "SELECT kind, status, count(*), max(extract(epoch FROM sent_at - created_at))::int "
                "FROM notifications_message GROUP BY 1, 2 ORDER BY 1, 2"
            ).fetchall()
            waits = [
                float(row[0] if row[0] is not None else "inf")
                for row in connection.execute(
                    "SELECT extract(epoch FROM sent_at - created_at) FROM notifications_message "
                    "WHERE kind = 'accounts.login_code' ORDER BY created_at"
                )
            ]
        for kind, status, count, longest in ends:
            print(f"  {kind}: {count} {status}, the longest after {longest} s")
        print(f"at most {self.waiting} mails waited at a time")
        print("longest without a success, in seconds:", {name: self.latest[name] for name in MINUTELY})
        ordered = sorted(waits)
        print(
            f"{len(waits)} codes (asked: {dict(answers)}): median {statistics.median(ordered):.2f} s, "
            f"p95 {ordered[int(0.95 * (len(ordered) - 1))]:.2f} s, longest {ordered[-1]:.2f} s"
        )
        if ordered[-1] > 10:
            raise SystemExit("A code took longer than ten seconds.")


if __name__ == "__main__":
    main()

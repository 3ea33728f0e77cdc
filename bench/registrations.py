# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Very many people register over HTTP for fewer seats, by several clients at once.

    python -m bench.registrations [--people N] [--seats N] [--clients N] [--rounds N] [--server granian]

Runs on a database of its own, `whatson_bench_registrations`, which it makes anew. Says how many were
confirmed and how many wait, and whether those who wait do so in the order in which they were taken in.

The floor: a trivial view behind the same middleware that runs, on one bare connection for each thread, the
very statements of one registration as they were recorded, with the person and the row put in. *Bare* is that
view without middleware.

The people come in several rounds; after each, as many others go the ways of the floor, and what they left is
taken away again. So whatever else the machine does meanwhile slows all of them alike.
"""

import argparse
import http.client
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench import data

DATABASE = "whatson_bench_registrations"
# Numbers that occur in no statement by chance, so that they can be replaced in what was recorded.
PERSON, ROW = 700_000_000, 600_000_000
SECRET = "b" * 32
RECORDED = "BENCH_RECORDED"
WARM = 40  # people whose registrations are neither timed nor kept

PEOPLE = """
INSERT INTO accounts_user (id, email, name, language, time_zone, password, is_active, is_demo)
OVERRIDING SYSTEM VALUE
SELECT %(first)s + n, 'member' || (%(first)s + n) || '@whatson.example', 'Member ' || (%(first)s + n), 'en',
       'Africa/Nairobi', '', true, false
FROM generate_series(0, %(people)s) n
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--people", type=int, default=5680)
    parser.add_argument("--seats", type=int, default=5000)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--rounds", type=int, default=8)
    parser.add_argument("--server", default="granian")
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        prepare(options.people, options.seats)
        return
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    data.collect_static(os.environ["DATABASE_URL"])
    database = data.make_database(DATABASE)
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(PEOPLE, {"first": PERSON, "people": 2 * options.people})
    recorded = Path(tempfile.gettempdir()) / f"whatson-bench-registration-{os.getpid()}.sql"
    os.environ |= {"DATABASE_URL": database, RECORDED: str(recorded)}
    call = [sys.executable, "-m", "bench.registrations", "--step", "prepare"]
    call += ["--people", str(options.people), "--seats", str(options.seats)]
    path, *sessions = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split()
    from bench.run import serving

    with serving(options.server, keep_seconds=0) as (port, _leader):
        asked = urlencode({"shown": "nobody", "agreed": "on", "mode": "in_person"})

        def register(client: http.client.HTTPConnection, number: int) -> int:
            cookies = f"sessionid={sessions[number - 1]}; csrftoken={SECRET}"
            head = {
                "Cookie": cookies,
                "X-CSRFToken": SECRET,
                "Content-Type": "application/x-www-form-urlencoded",
            }
            client.request("POST", path, body=asked, headers=head)
            return _status(client)

        def by(way: str) -> Callable[[http.client.HTTPConnection, int], int]:
            def ask(client: http.client.HTTPConnection, number: int) -> int:
                client.request("GET", f"/{way}/registrations/{PERSON + options.people + number}/")
                return _status(client)

            return ask

        ways = {"registered": register, "floor": by("floor"), "bare": by("bare")}
        times = dict.fromkeys(ways, 0.0)
        answers = {way: Counter[int]() for way in ways}
        warm = range(options.people + 1, options.people + min(options.people, WARM) + 1)
        # Each worker loads the portal's words, addresses and broker with the first that it answers.
        for way, people in [(way, warm) for way in ways] + _turns(options.people, options.rounds, list(ways)):
            seconds, answered = run(port, people, options.clients, ways[way])
            times[way] += seconds * (people is not warm)
            answers[way] += answered if people is not warm else Counter()
            if people is warm or way != "registered":
                take_away(database, PERSON + options.people)
        held = report(database, options, times["registered"], answers["registered"])
    statements = recorded.read_text().count("\x00") - 1
    compare(options.people, statements, times, answers)
    recorded.unlink()
    if not held:
        raise SystemExit("The seats were not kept.")


def compare(people: int, statements: int, times: dict[str, float], answers: dict[str, Counter[int]]) -> None:
    for way in ("floor", "bare"):
        rate = people / times[way]
        print(f"{way}: {rate:.1f} a second, {statements} statements, answers {dict(answers[way])}")
        print(f"throughput : {way} = {times[way] / times['registered']:.2f}")


def _turns(people: int, rounds: int, ways: list[str]) -> list[tuple[str, range]]:
    """Who goes which way, turn by turn; numbers begin with 1."""
    ends = [1 + people * n // rounds for n in range(rounds + 1)]
    return [(way, range(first, last)) for first, last in pairwise(ends) for way in ways]


def take_away(database: str, above: int) -> None:
    """What the floor wrote for its own people, so that the next registration meets none of it."""
    with psycopg.connect(database, autocommit=True) as connection:
        for table in ("events_registration", "notifications_message", "notifications_notice"):
            connection.execute(f"DELETE FROM {table} WHERE user_id > %s", [above])
            connection.execute(f"VACUUM ANALYZE {table}")


def _status(client: http.client.HTTPConnection) -> int:
    answer = client.getresponse()
    answer.read()
    return answer.status


def run(
    port: int, people: range, clients: int, ask: Callable[[http.client.HTTPConnection, int], int]
) -> tuple[float, Counter[int]]:
    """Seconds until all were asked once, and how often each status was answered."""
    numbers, lock, answers = iter(people), threading.Lock(), Counter[int]()

    def work() -> None:
        client = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            with lock:
                number = next(numbers, None)
            if number is None:
                break
            status = ask(client, number)
            with lock:
                answers[status] += 1
        client.close()

    threads = [threading.Thread(target=work) for _client in range(clients)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.monotonic() - began, answers


def report(database: str, options: Any, spent: float, answers: Counter[int]) -> bool:
    with psycopg.connect(database) as connection:
        states: dict[str, int] = dict(
            connection.execute("SELECT status, count(*) FROM events_registration GROUP BY 1").fetchall()
        )
        line = connection.execute(
            "SELECT id FROM events_registration WHERE status = 'waiting' ORDER BY queued_at, id"
        ).fetchall()
        (latest,) = connection.execute(
            "SELECT max(id) FROM events_registration WHERE status = 'confirmed'"
        ).fetchone() or (0,)
    in_order = line == sorted(line) and (not line or line[0][0] > latest)
    rate = options.people / spent
    print(f"registered: {rate:.1f} a second with {options.clients} clients, answers {dict(answers)}")
    print(f"states {states}, waiting in order of arrival: {'yes' if in_order else 'NO'}")
    expected = {"confirmed": min(options.seats, options.people)}
    if options.people > options.seats:
        expected["waiting"] = options.people - options.seats
    return in_order and states == expected


# --- Inside the portal -----------------------------------------------------------------------------------
def prepare(people: int, seats: int) -> None:
    """The event, everybody's session, and the statements of one registration; prints path and sessions."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    import django

    django.setup()
    from datetime import timedelta

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.contrib.sessions.models import Session
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.urls import reverse
    from django.utils.timezone import now

    from accounts.people.models import User
    from events.events.models import Event
    from events.registrations.models import RegistrationRules
    from notifications.outbox.models import Message
    from taxonomy.seed import load_reference

    load_reference()
    event = Event.objects.create(
        kind="congress",
        title="Congress",
        language_id="en",
        status="published",
        starts_at=now() + timedelta(days=60),
        ends_at=now() + timedelta(days=65),
    )
    rules = RegistrationRules.objects.create(
        event=event, opens_at=now() - timedelta(days=1), seats_in_person=seats
    )
    path = reverse("events:register", args=[event.pk, event.slug])
    store, ends, sessions = SessionStore(), now() + timedelta(days=2), []
    for user in User.objects.filter(pk__gte=PERSON, pk__lte=PERSON + 2 * people).order_by("pk"):
        said = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "accounts.backends.GrantBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.append(
            Session(session_key=f"bench{user.pk:027d}", session_data=store.encode(said), expire_date=ends)
        )
    Session.objects.bulk_create(sessions)
    with data.as_owner(os.environ["DATABASE_URL"]) as owner:
        owner.execute(f"ALTER TABLE events_registration ALTER id RESTART WITH {ROW}")
    client = Client(HTTP_HOST="127.0.0.1")
    form = {"shown": "nobody", "agreed": "on", "mode": "in_person"}
    client.cookies["sessionid"] = sessions[-1].session_key
    client.post(
        path, form
    )  # what is kept for all is kept now, and the first of all asks more than the others
    client.cookies["sessionid"] = sessions[0].session_key
    with CaptureQueriesContext(connection) as seen:
        answer = client.post(path, form)
    if answer.status_code != http.HTTPStatus.FOUND:
        raise SystemExit(f"The recorded registration answered {answer.status_code}.")
    one, mail = rules.registrations.get(user_id=PERSON), Message.objects.get(user_id=PERSON)
    head = f"{PERSON} {one.pk} {one.code} {mail.message_id}"
    texts = [head, *(query["sql"] for query in seen.captured_queries)]
    Path(os.environ[RECORDED]).write_text("".join(f"{text}\x00" for text in texts))
    rules.registrations.all().delete()
    print(path, *(one.session_key for one in sessions[1:]))


if __name__ == "__main__":
    main()

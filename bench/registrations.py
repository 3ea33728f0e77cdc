# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Very many people register over HTTP for fewer seats, by several clients at once.

    python -m bench.registrations [--people N] [--seats N] [--clients N] [--rounds N]

Runs on a database of its own, `whatson_bench_registrations`, which it makes anew. Says how many were
confirmed and how many wait, and whether those who wait do so in the order in which they were taken in.

The floor: a view behind the same middleware that writes the same rows by hand, in two statements of one
transaction over one bare connection of each thread (bench/floors.py), for people signed in as well.

The people come in several rounds; after each, as many others go the ways of the floor, and what they left is
taken away again. So whatever else the machine does meanwhile slows all of them alike.
"""

import argparse
import http.client
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any
from urllib.parse import urlencode

import psycopg

from bench import data
from bench.serving import serving

DATABASE = "whatson_bench_registrations"
PERSON = 700_000_000  # the first of those who register
SECRET = "b" * 32
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
    os.environ["DATABASE_URL"] = database
    call = [sys.executable, "-m", "bench.registrations", "--step", "prepare"]
    call += ["--people", str(options.people), "--seats", str(options.seats)]
    path, rules, *sessions = subprocess.run(call, check=True, capture_output=True, text=True).stdout.split()
    with serving() as (port, _leader):
        body = urlencode({"shown": "nobody", "agreed": "on", "mode": "in_person"})

        def by(address: str, after: int = 0) -> Callable[[http.client.HTTPConnection, int], int]:
            def ask(client: http.client.HTTPConnection, number: int) -> int:
                head = {
                    "Cookie": f"sessionid={sessions[after + number - 1]}; csrftoken={SECRET}",
                    "X-CSRFToken": SECRET,
                    "Content-Type": "application/x-www-form-urlencoded",
                }
                client.request("POST", address, body=body, headers=head)
                return _status(client)

            return ask

        ways = {"registered": by(path), "floor": by(f"/floor/registrations/{rules}/", options.people)}
        times = dict.fromkeys(ways, 0.0)
        answers = {way: Counter[int]() for way in ways}
        warm = range(1, min(options.people, WARM) + 1)
        # Each worker loads the portal's words, addresses and broker with the first that it answers.
        for ask in ways.values():
            run(port, warm, options.clients, ask)
            take_away(database, PERSON)
        for way, people in _turns(options.people, options.rounds, list(ways)):
            seconds, answered = run(port, people, options.clients, ways[way])
            times[way] += seconds
            answers[way] += answered
            if way == "floor":
                take_away(database, PERSON + options.people)
        held = report(database, options, times["registered"], answers["registered"])
    print(f"floor: {options.people / times['floor']:.1f} a second, answers {dict(answers['floor'])}")
    print(f"throughput : floor = {times['floor'] / times['registered']:.2f}")
    if not held:
        raise SystemExit("The seats were not kept.")


def _turns(people: int, rounds: int, ways: list[str]) -> list[tuple[str, range]]:
    """Who goes which way, turn by turn; numbers begin with 1."""
    ends = [1 + people * n // rounds for n in range(rounds + 1)]
    return [(way, range(first, last)) for first, last in pairwise(ends) for way in ways]


def take_away(database: str, above: int) -> None:
    """What was written for people whose registrations do not count, so that the next meets none of it."""
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
    from django.urls import reverse
    from django.utils.timezone import now

    from accounts.people.models import User
    from events.events.models import Event
    from events.registrations.models import RegistrationRules
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
        content = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: "accounts.backends.GrantBackend",
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        sessions.append(
            Session(session_key=f"bench{user.pk:027d}", session_data=store.encode(content), expire_date=ends)
        )
    Session.objects.bulk_create(sessions)
    print(path, rules.pk, *(session.session_key for session in sessions[1:]))


if __name__ == "__main__":
    main()

"""A list of the API beside its floor, within one process: a visitor's, made and kept, and with a token.

    python -m bench.lists [--rows 749] [--rounds 60]

Runs on the database of `make bench` with so many stakeholders. All ways take turns, by Django's
own client through the whole middleware: read the ratios. The floor returns the finished bytes of the same
answer after the same rows were asked in the fewest statements, over a bare connection and without REST
framework. Counted is the processor's time of this process, which other work on the machine changes least;
what the database and the cache work is not in it. No HTTP, no second process.
"""

import argparse
import os
import statistics
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from bench import data

SIZES = (20, 100)
RENDERED, CACHED, TOKEN, FLOOR = "visitor, made", "visitor, kept", "with a token", "floor"
LIMITS = {"API_PER_MINUTE": "1000000", "API_PER_MINUTE_PERSON": "1000000"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=749)
    parser.add_argument("--rounds", type=int, default=60)
    options = parser.parse_args()
    database = data.prepare(options.rows)
    data.collect_static(database)
    os.environ.update(
        DATABASE_URL=database, DJANGO_SETTINGS_MODULE="bench.settings", LOG_LEVEL="WARNING", **LIMITS
    )
    import django  # noqa: PLC0415  once its settings are said

    django.setup()
    print("| List | Way | ms, p50 | ms, best | : floor | Statements | kB |")
    print("|---|---|---|---|---|---|---|")
    for size in SIZES:
        measure(size, options.rounds)
    print(f"Load: {', '.join(f'{load:.1f}' for load in os.getloadavg())}")


def measure(size: int, rounds: int) -> None:
    ways = _ways(size)
    times: dict[str, list[float]] = {name: [] for name in ways}
    names = list(ways)
    for number in range(rounds + 5):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            spent = ways[name]()
            if number >= 5:  # the first ones warm
                times[name].append(spent)
    floor = statistics.median(times[FLOOR])
    for name, spent in times.items():
        middle = statistics.median(spent)
        counted, weight = _cost(ways[name])
        print(
            f"| {size} to a page | {name} | {middle:.2f} | {min(spent):.2f} "
            f"| {middle / floor:.1f} | {counted} | {weight / 1000:.1f} |",
            flush=True,
        )


def _ways(size: int) -> dict[str, Callable[[], Any]]:
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    visitor, bearer = Client(HTTP_HOST="127.0.0.1"), Client(HTTP_HOST="127.0.0.1", headers=_bearer())
    bare = Client(HTTP_HOST="127.0.0.1")

    def way_of(client: Client, address: str, keep: int) -> Callable[[], float]:
        def ask() -> float:
            settings.KEEP_PAGES_SECONDS = keep
            began = time.process_time()
            answer = ask.answer = client.get(address)  # type: ignore[attr-defined]
            spent = (time.process_time() - began) * 1000
            if answer.status_code != HTTPStatus.OK:
                raise SystemExit(f"{address} answered {answer.status_code}")
            return spent

        return ask

    path = f"/api/v1/stakeholders/?page_size={size}"
    ways = {
        RENDERED: way_of(visitor, path, 0),
        CACHED: way_of(visitor, path, 600),
        TOKEN: way_of(bearer, path, 600),
        FLOOR: way_of(bare, f"/floor/lists/{size}/", 0),
    }
    from bench import floors  # noqa: PLC0415

    floors.finished_lists[size] = visitor.get(path).content
    return ways


def _bearer() -> dict[str, str]:
    """A member of the demonstration asks with a token that may read all."""
    from accounts.people.models import User  # noqa: PLC0415
    from accounts.tokens.actions import make_token  # noqa: PLC0415
    from accounts.tokens.enums import TokenScope  # noqa: PLC0415
    from bench.readers import READERS  # noqa: PLC0415

    person = User.objects.get(email=READERS["member"])
    person.access_tokens.all().delete()
    _token, secret = make_token(actor=person, name="bench", scopes=TokenScope.values, days=1)
    return {"Authorization": f"Bearer {secret}"}


def _cost(way: Callable[[], Any]) -> tuple[str, int]:
    """How many statements of the portal's own connection, and how many bytes."""
    from django.db import connection  # noqa: PLC0415
    from django.test.utils import CaptureQueriesContext  # noqa: PLC0415

    with CaptureQueriesContext(connection) as taken:
        way()
    return str(len(taken) or "–"), len(way.answer.content)  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()

# ruff: noqa: PLC0415  the portal is only there once its settings are
"""The programme of 130 meetings in 12 rooms over 5 days, within one process: its calendar beside building the
bytes from rows that are in memory, and the check of the board after one move.

    python -m bench.programme [--rounds 40]

Runs on a database of its own, `whatson_bench_programme`, filled once and then kept. The page itself is
measured by bench/run.py.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from bench import data

DATABASE = "whatson_bench_programme"
TITLE = "Congress"
MEETINGS, ROOMS, DAYS, ITEMS = 130, 12, 5, 10
FIRST = datetime(2027, 5, 3, 7, tzinfo=UTC)
WORDS = (
    "illegal",
    "fishing",
    "forests",
    "firearms",
    "trafficking",
    "persons",
    "money",
    "witness",
    "border",
    "ports",
    "youth",
    "sport",
    "evidence",
    "wildlife",
    "corruption",
    "courts",
    "victims",
    "data",
    "networks",
    "prisons",
    "medicines",
    "cargo",
    "islands",
    "cities",
    "women",
    "law",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--step", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        inside(options.rounds)
        return
    database = data.make_database(DATABASE, anew=False)
    data.manage(database, "load_reference")
    print(data.in_module(database, "bench.programme", "--step", "--rounds", str(options.rounds)).rstrip())


def congress() -> int:
    """The event; 130 meetings, each with a co-organizer and three speakers, ten official items; released."""
    from django.db import transaction

    from events.events.models import Event

    known = Event.objects.filter(title=TITLE).first()
    if known:
        return known.pk
    with transaction.atomic():
        return _fill()


def _fill() -> int:
    from accounts.people.enums import Role
    from accounts.people.models import Grant, User
    from events.board.actions_releasing import release
    from events.events.models import Event
    from events.programme.models import OfficialItem, Placement, Room
    from events.proposals.models import Partner, Proposal, Speaker
    from stakeholders.entries.models import Stakeholder
    from taxonomy.terms.models import Topic

    chance = random.Random(7)
    desk = User.objects.create(email="congress@bench.example", name="Desk")
    Grant.objects.create(user=desk, role=Role.EVENTS, confirmed_at=datetime.now(UTC))
    event = Event.objects.create(
        kind="congress",
        title=TITLE,
        language_id="en",
        status="published",
        has_programme=True,
        starts_at=FIRST,
        ends_at=FIRST + timedelta(days=DAYS),
    )
    rooms = [Room.objects.create(event=event, name=f"Room {n + 1}", position=n) for n in range(ROOMS)]
    topics = list(Topic.objects.values_list("pk", flat=True)[:20])
    for n in range(ITEMS):
        starts = FIRST + timedelta(days=n % DAYS, hours=3 if n % 2 else 8)
        OfficialItem.objects.create(
            event=event,
            title=f"Plenary, part {n + 1}",
            starts_at=starts,
            place="Plenary hall",
            ends_at=starts + timedelta(hours=3),
        )
    for n in range(MEETINGS):
        lead, partner = (
            Stakeholder.objects.create(
                kind="ngo",
                status="active",
                listing="public",
                country_id="KEN",
                approved_at=FIRST,
                name=f"{part} {_make_words(chance, 4)}",
            )
            for part in ("Institute of", "Network for")
        )
        meeting = Proposal.objects.create(
            event=event,
            lead=lead,
            status="accepted",
            number=n + 1,
            title=_make_words(chance, 9).capitalize(),
            summary=_make_words(chance, 120),
            language_id="en",
            mode="in_person",
            theme_id=topics[n % len(topics)],
        )
        Partner.objects.create(proposal=meeting, stakeholder=partner, status="confirmed")
        for _each in range(3):
            Speaker.objects.create(proposal=meeting, name=_make_words(chance, 2).title())
        day, rest = divmod(n, MEETINGS // DAYS)
        starts = FIRST + timedelta(days=day, minutes=(rest // ROOMS) * 75)
        Placement.objects.create(
            proposal=meeting, room=rooms[rest % ROOMS], starts_at=starts, ends_at=starts + timedelta(hours=1)
        )
    release(event, actor=desk, known_version=0)
    return event.pk


def inside(rounds: int) -> None:
    """Times within one process: the calendar's bytes, and the check of the board."""
    import django

    django.setup()
    from django.contrib.auth.models import AnonymousUser
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from events.board.queries_clashes import clashes_of
    from events.events.models import Event
    from events.programme.files import calendar
    from events.programme.queries import released_meetings

    event = Event.objects.get(pk=congress())
    rows = released_meetings(AnonymousUser(), event)
    build = _median(lambda: calendar(event, rows, name="Programme"), rounds)
    whole = _median(
        lambda: calendar(event, released_meetings(AnonymousUser(), event), name="Programme"), rounds
    )
    with CaptureQueriesContext(connection) as queries:
        warnings = len(clashes_of(event.pk))
    check = _median(lambda: clashes_of(event.pk), rounds)
    print(
        f"calendar: bytes from rows in memory {build:.1f} ms; with its statement {whole:.1f} ms, "
        f"{whole / build:.2f} times\n"
        f"check of the board: {check:.1f} ms, {len(queries)} statement(s), {warnings} warnings"
    )


def _make_words(chance: random.Random, number: int) -> str:
    return " ".join(chance.choice(WORDS) for _n in range(number))


def _median(act: Callable[[], object], rounds: int) -> float:
    taken = []
    for _n in range(rounds + 3):
        began = time.perf_counter()
        act()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken[3:])


if __name__ == "__main__":
    main()

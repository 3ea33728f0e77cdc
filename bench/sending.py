# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Mail to very many: a happening told to all who follow, mails sent, digests made, each beside its floor.

    python -m bench.sending [--followers N] [--mails N] [--members N] [--rounds N] [--only sent]

Runs on a database server of its own that writes every commit to the disk, as production does; the server of
`make bench` does not.

told      one happening to all its followers; the floor is INSERT … SELECT of the very same rows, notices and
          messages, into the same tables with all their indexes
sent      personal mails in two languages to a mail server on the loopback that keeps up, by one process and
          by two; beside it smtplib, one connection a process, which fills the words into ready sentences, has
          Python write the mail and keeps no record; with BENCH_PEERS=1 also django-post-office, which is
          given ready words
digests   the digests of all members; statements and memory
"""

import argparse
import json
import os
import resource
import smtplib
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from typing import Any

import psycopg

from bench import data, peers
from bench.sink import Sink
from whatson.embedded import places, postgres
from whatson.embedded.processes import Keeper

DATABASE = "whatson_bench_sending"
PROCESSES = (1, 2)
KIND = "bench.told"
LANGUAGES = ("en", "ar")
TERM = "country:KEN"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--followers", type=int, default=20_000)
    parser.add_argument("--mails", type=int, default=10_000)
    parser.add_argument("--members", type=int, default=4_000)
    parser.add_argument("--happenings", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--only", default="told,sent,digests")
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        STEPS[options.step]()
        return
    began = time.monotonic()
    with places.throwaway() as folder, Keeper() as keeper:
        server = postgres.start(keeper, folder)
        os.environ["DATABASE_URL"] = server.url(postgres.APP)
        os.environ["DATABASE_OWNER_URL"] = server.url(postgres.OWNER)
        database = data.make_database(DATABASE)
        for part in options.only.split(","):
            PARTS[part](database, options)
    print(f"\n{time.monotonic() - began:.0f} s")


# --- Told ---------------------------------------------------------------------------------------------
PEOPLE = """
INSERT INTO accounts_user (email, name, language, time_zone, password, is_active, is_demo)
SELECT 'member' || n || '@whatson.example', 'Member ' || n, (ARRAY['en', 'ar'])[1 + n %% 2],
       'Africa/Nairobi', '', true, false
FROM generate_series(1, %s) n
"""
FOLLOWS = """
INSERT INTO notifications_follow (user_id, terms, level)
SELECT id, ARRAY['country:KEN'], 'all' FROM accounts_user
"""
TOLD_ROWS = ("notifications_notice", "notifications_message")


def measure_expansion(database: str, options: Any) -> None:
    print("\n| followers | told s | floor s | ratio | statements |\n|---|---|---|---|---|", flush=True)
    for followers in (options.followers // 100, options.followers):
        _empty(database, followers)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(FOLLOWS)
            connection.execute("VACUUM ANALYZE")
        for _round in range(options.rounds):
            seconds, statements = map(float, _in_process(database, "expand")[0].split())
            floor = _floor_of_expansion(database)
            print(
                f"| {followers:,} | {seconds:.2f} | {floor:.2f} | {seconds / floor:.2f} | {statements:.0f} |",
                flush=True,
            )


def _empty(database: str, people: int) -> None:
    with data.as_owner(database) as connection:
        connection.execute("TRUNCATE accounts_user, notifications_happening, notifications_outlet CASCADE")
        connection.execute(PEOPLE, [people])


def _floor_of_expansion(database: str) -> float:
    """Seconds of INSERT … SELECT of the rows that were written, into the same tables, emptied."""
    with data.as_owner(database) as connection:
        for table in TOLD_ROWS:
            connection.execute(f"CREATE TEMPORARY TABLE copied_{table} AS TABLE {table}")
        connection.execute("TRUNCATE notifications_notice, notifications_message CASCADE")
        began = time.monotonic()
        for table in TOLD_ROWS:
            connection.execute(f"INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM copied_{table}")
        seconds = time.monotonic() - began
        connection.execute("TRUNCATE notifications_happening CASCADE")
    return seconds


def step_expand() -> None:
    _set_up()
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from notifications.follows import actions as follows_actions
    from notifications.happenings.models import Happening

    happening = Happening.objects.create(
        kind=KIND,
        key="1",
        terms=[TERM],
        facts={"name": "Heron Relief", "city": "Mombasa"},
        url_name="notifications:inbox",
        subject_kind="bench.one",
        subject_id=1,
    )
    with CaptureQueriesContext(connection) as queries:
        began = time.monotonic()
        follows_actions.expand([happening.pk])
        seconds = time.monotonic() - began
    print(seconds, len(queries))


# --- Sent ---------------------------------------------------------------------------------------------
MESSAGES = """
INSERT INTO notifications_message (kind, key, url, url_name, url_args, facts, subject_kind, subject_id,
    user_id, address, language, status, attempts, claimed_by, message_id, error)
SELECT 'bench.told', 'bench', '', 'notifications:inbox', '[]',
       jsonb_build_object('name', 'Heron Relief ' || id, 'city', 'Mombasa'), 'bench.one', 1,
       id, email, language,       'queued', 0, '', '<' || id || '@whatson.example>', ''
FROM accounts_user
"""


def measure_sending(database: str, options: Any) -> None:
    print("\n| who sends | mails | processes | mails a second |\n|---|---|---|---|", flush=True)
    _empty(database, options.mails)
    with Sink() as sink:
        for _round in range(options.rounds):
            for processes in PROCESSES:
                for who, seconds in _seconds_of_each(database, options.mails, sink, processes):
                    rate = options.mails / seconds
                    print(f"| {who} | {options.mails:,} | {processes} | {rate:.0f} |", flush=True)


def _seconds_of_each(database: str, mails: int, sink: Sink, processes: int) -> Iterator[tuple[str, float]]:
    for who, step in (("smtplib", "bare"), ("the portal", "work")):
        with data.as_owner(database) as connection:
            connection.execute("TRUNCATE notifications_message CASCADE")
            connection.execute(MESSAGES)
            connection.execute("VACUUM ANALYZE notifications_message")
        before = sink.taken
        lines = _in_process(database, step, processes=processes, port=sink.port)
        if (arrived := sink.taken - before) != mails:
            raise SystemExit(f"{who}: {arrived} mails arrived of {mails}")
        yield who, max(float(line) for line in lines)
    with psycopg.connect(database) as connection:
        ends = connection.execute("SELECT status, count(*) FROM notifications_message GROUP BY 1").fetchall()
    if ends != [("sent", mails)]:
        raise SystemExit(f"the portal: {ends}")
    if os.environ.get("BENCH_PEERS"):
        sample = json.loads(_in_process(database, "sample")[0])
        yield "django-post-office", peers.seconds_of_post_office(sample, mails, sink.port, processes)


def step_work() -> None:
    _set_up()
    from notifications.delivery import run
    from whatson.serving import load_ahead

    load_ahead()  # as a worker does before its processes part
    _print_seconds(lambda: run.sweep(seconds=3600))


def step_bare() -> None:
    """The finished words of one mail of each language, with the facts of each person put in."""
    _set_up()
    from notifications.delivery.compose import compose
    from notifications.outbox.models import Message

    part, processes = int(os.environ["BENCH_PART"]), int(os.environ["BENCH_OF"])
    parts: dict[str, tuple[str, ...]] = {}
    for language in LANGUAGES:
        message = Message.objects.select_related("user").filter(language=language)[0]
        mail = compose(message)
        texts = [str(mail.subject), str(mail.body), str(mail.alternatives[0][0])]
        for old, new in (
            (message.facts["name"], "\0name\0"),
            (message.user.name if message.user else "", "\0who\0"),
            (message.address, "\0to\0"),
        ):
            texts = [text.replace(old, new) for text in texts]
        parts[language] = tuple(texts)
    rows = list(
        Message.objects.values_list("pk", "language", "address", "user__name", "facts__name", "message_id")
    )

    def act() -> None:
        with smtplib.SMTP("127.0.0.1", int(os.environ["BENCH_SMTP"])) as server:
            for pk, language, address, who, name, message_id in rows:
                if pk % processes != part:
                    continue
                subject, text, html = (
                    words.replace("\0name\0", name).replace("\0who\0", who).replace("\0to\0", address)
                    for words in parts[language]
                )
                mail = EmailMessage()
                mail["Subject"], mail["From"], mail["To"] = subject, "no-reply@whatson.example", address
                mail["Message-ID"] = message_id
                mail.set_content(text)
                mail.add_alternative(html, subtype="html")
                server.send_message(mail)

    _print_seconds(act)


def step_sample() -> None:
    """The words of one mail, for other software to send."""
    _set_up()
    from notifications.delivery.compose import compose
    from notifications.outbox.models import Message

    mail = compose(Message.objects.select_related("user").filter(language="en")[0])
    print(json.dumps({"subject": mail.subject, "text": mail.body, "html": mail.alternatives[0][0]}))


# --- Digests ------------------------------------------------------------------------------------------
GATHERED = """
INSERT INTO notifications_notice (kind, key, url, url_name, url_args, facts, subject_kind, subject_id,
    user_id, mail, in_app, via, created_at)
SELECT 'bench.told', 'bench:' || n, '', 'notifications:inbox', '[]',
       jsonb_build_object('name', 'Heron Relief ' || n, 'city', 'Mombasa'), 'bench.one', 1,
       person.id, 'daily', true, '',       now() - interval '2 days'
FROM generate_series(0, %s - 1) n
JOIN (SELECT id, row_number() OVER (ORDER BY id) - 1 AS place FROM accounts_user) person
    ON person.place = n %% %s
"""


def digests(database: str, options: Any) -> None:
    print(
        "\n| members | happenings | s | statements | by 500 members | peak MB |\n|---|---|---|---|---|---|",
        flush=True,
    )
    for part in (10, 1):
        members, happenings = options.members // part, options.happenings // part
        _empty(database, members)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(GATHERED, [happenings, members])
            connection.execute("VACUUM ANALYZE")
        for step in ("digests", "digest_mails"):
            seconds, statements, peak = map(float, _in_process(database, step)[0].split())
            name = "made" if step == "digests" else "composed and sent"
            print(
                f"| {members:,} {name} | {happenings:,} | {seconds:.1f} | {statements:.0f} "
                f"| {statements / (members / 500):.1f} | {peak:.0f} |",
                flush=True,
            )


def step_digests() -> None:
    _set_up()
    from notifications.digests.actions import make_digests
    from notifications.inbox.models import Digest

    _print_costs(make_digests)
    if not Digest.objects.exists():
        raise SystemExit("No digest was made.")


def step_digest_mails() -> None:
    """The mails of all digests to a backend that throws them away: statements of reading and memory."""
    _set_up()
    from notifications.delivery import run

    _print_costs(lambda: run.sweep(seconds=3600))


# --- What they share ----------------------------------------------------------------------------------
def _set_up() -> None:
    import django

    django.setup()
    from django.conf import settings

    from notifications.hooks import kind

    settings.TEMPLATES[0]["DIRS"] = [*settings.TEMPLATES[0]["DIRS"], data.ROOT / "bench" / "templates"]
    kind(KIND, label="Told", group="Bench", readers=lambda people, _pk: people, visible_pairs=set)
    if port := os.environ.get("BENCH_SMTP"):
        from notifications.mail_url import mailer_from_url

        settings.MAILERS = {"default": mailer_from_url(f"smtp://127.0.0.1:{port}/")}


def _in_process(database: str, step: str, *, processes: int = 1, port: int = 0) -> list[str]:
    """What so many processes of one step printed last, all started together."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database,
        "LOG_LEVEL": "ERROR",
    }
    if port:
        environment["BENCH_SMTP"] = str(port)
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "bench.sending", "--step", step],
            cwd=data.ROOT,
            env={**environment, "BENCH_PART": str(part), "BENCH_OF": str(processes)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for part in range(processes)
    ]
    lines = [process.communicate()[0].strip() for process in running]
    if any(process.returncode for process in running):
        raise SystemExit("\n".join(lines))
    return [line.splitlines()[-1] for line in lines]


def _print_seconds(act: Callable[[], Any]) -> None:
    began = time.monotonic()
    act()
    print(time.monotonic() - began)


def _print_costs(act: Callable[[], Any]) -> None:
    """Seconds, statements and peak memory in MB; counted without keeping the statements."""
    from django.db import connection

    count = 0

    def counting(execute: Any, sql: str, *rest: Any) -> Any:
        nonlocal count
        count += 1
        return execute(sql, *rest)

    began = time.monotonic()
    with connection.execute_wrapper(counting):
        act()
    seconds = time.monotonic() - began
    print(seconds, count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


PARTS = {"told": measure_expansion, "sent": measure_sending, "digests": digests}
STEPS = {
    "expand": step_expand,
    "work": step_work,
    "bare": step_bare,
    "sample": step_sample,
    "digests": step_digests,
    "digest_mails": step_digest_mails,
}

if __name__ == "__main__":
    main()

"""Other software that answers the same questions, for BENCH_PEERS=1: on the same rows, machine and database.

What each is and how it is set stands in docs/figures-appendix.md. Their packages are locked in
bench/peers/uv.lock; each has an environment of its own (in .data/peers), in which runs what stands beside
this file.
"""

import csv
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import psycopg
from psycopg.rows import dict_row

from bench import data
from bench.client import Processor
from bench.serving import ROOT, free_port, running

HOME = Path(__file__).parent
# A peer's answer counts where it finds this part of what we find.
LEAST = 0.9
ROWS_FOUND = re.compile(rb"([\d,]+) rows?\b")  # as Datasette says it
SERVER = ["gunicorn", "--workers", "2", "--threads", "4"]  # as many as ours

ENTRIES = """
SELECT row_number() OVER (ORDER BY sort_key, s.id) AS id, name, kind, country_id AS country, city, mission,
       concat_ws(' ', name_latin, acronym,
           (SELECT string_agg(text, ' ') FROM stakeholders_othername o WHERE o.stakeholder_id = s.id)
       ) AS other_names
FROM stakeholders_stakeholder s WHERE status IN ('listed', 'active') AND listing = 'public'
"""
MEETINGS = """
SELECT m.title, m.summary, r.name AS room, s.starts_at::text AS starts, s.ends_at::text AS ends
FROM events_shown s JOIN events_proposal m ON m.id = s.proposal_id JOIN events_room r ON r.id = s.room_id
WHERE m.event_id = %s AND NOT s.is_off ORDER BY s.starts_at
"""


@dataclass(frozen=True)
class Peer:
    port: int
    processor: Processor
    # Name of a row, and what we are asked there → what the peer is asked; nothing where it has no answer.
    addresses: Callable[[str, Sequence[str]], list[str]]


@contextmanager
def beside(database: str) -> Iterator[dict[str, Peer]]:
    """All of them, installed, filled and running."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        place = Path(folder)
        _write_entries(database, place / "entries.csv")
        yield {
            "Datasette": stack.enter_context(_datasette(place)),
            "Wagtail": stack.enter_context(_wagtail(place)),
            "pretalx": stack.enter_context(_pretalx(database, place)),
        }


def python_of(group: str) -> str:
    """The Python of a peer's environment, made of the lock file where it is not there."""
    uv = shutil.which("uv") or str(ROOT / ".data" / "tools" / "uv" / "bin" / "uv")
    call = [uv, "sync", "--quiet", "--frozen", "--project", str(HOME), "--only-group", group]
    place = ROOT / ".data" / "peers" / group
    subprocess.run(call, env={**os.environ, "UV_PROJECT_ENVIRONMENT": str(place)}, check=True)
    return str(place / "bin" / "python")


def make_database(name: str) -> str:
    """An empty database on the server of the portal's; answers its address for the owner of the server."""
    with data.as_owner(os.environ["DATABASE_URL"]) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        connection.execute(f'CREATE DATABASE "{name}"')
    return data.address(os.environ["DATABASE_OWNER_URL"], name)


def call(python: str, *arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [python, *arguments], cwd=HOME, env={**os.environ, **env}, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def _write_entries(database: str, file: Path) -> None:
    with psycopg.connect(database) as connection, file.open("w", encoding="utf-8", newline="") as out:
        cursor = connection.execute(ENTRIES)
        writer = csv.writer(out)
        writer.writerow(column.name for column in cursor.description or ())
        writer.writerows(cursor)


def _questions_of(addresses: Sequence[str]) -> list[dict[str, str]]:
    """Of each question to the directory what is asked; of other pages nothing."""
    if not all(urlsplit(address).path == "/en/stakeholders/" for address in addresses):
        return []
    return [dict(parse_qsl(urlsplit(address).query)) for address in addresses]


@contextmanager
def _datasette(place: Path) -> Iterator[Peer]:
    file = place / "directory.db"
    with sqlite3.connect(file) as connection, (place / "entries.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(lines)
        names = ("id", "name", "other_names", "kind", "country", "city", "mission")
        connection.execute(f"CREATE TABLE entries ({', '.join(names)}, PRIMARY KEY (id))")
        connection.executemany(
            f"INSERT INTO entries VALUES ({', '.join('?' * len(names))})",
            ([int(row["id"]), *(row[name] for name in names[1:])] for row in rows),
        )
        for name in ("kind", "country"):
            connection.execute(f"CREATE INDEX by_{name} ON entries ({name})")
        connection.execute(
            'CREATE VIRTUAL TABLE entries_fts USING fts5(name, other_names, mission, content="entries", '
            "content_rowid='id')"
        )
        connection.execute("INSERT INTO entries_fts (entries_fts) VALUES ('rebuild')")
    connection.close()

    def addresses(_row: str, ours: Sequence[str]) -> list[str]:
        paths = []
        for question in _questions_of(ours):
            parameters = [("_facet", "kind"), ("_facet", "country"), ("_size", "20")]
            parameters += [(name, question[name]) for name in ("kind", "country") if name in question]
            parameters += [("_search", question["q"])] if "q" in question else []
            parameters += [("_next", str(20 * int(question["page"]) - 20))] if "page" in question else []
            paths.append(f"/directory/entries?{urlencode(parameters)}")
        return paths

    port = free_port()
    settings = {"suggest_facets": "off", "sql_time_limit_ms": "60000", "facet_time_limit_ms": "60000"}
    serve = [python_of("datasette"), "-m", "datasette", "serve", str(file), "--port", str(port)]
    for name, value in settings.items():
        serve += ["--setting", name, value]
    with running(serve, port, "/-/versions.json", env={}, cwd=HOME) as leader:
        yield Peer(port, Processor(leader), addresses)


@contextmanager
def _wagtail(place: Path) -> Iterator[Peer]:
    python, port = python_of("wagtail"), free_port()
    env = {
        "PEER_DATABASE": make_database("bench_peers_wagtail"),
        "DJANGO_SETTINGS_MODULE": "wagtail_site.settings",
        "PYTHONPATH": str(HOME),
    }
    call(python, "-m", "wagtail_site.fill", str(place / "entries.csv"), env=env)

    def addresses(_row: str, ours: Sequence[str]) -> list[str]:
        return [f"/?{urlencode(question)}" for question in _questions_of(ours)]

    serve = [python, "-m", *SERVER, "--bind", f"127.0.0.1:{port}", "wagtail_site.views:application"]
    with running(serve, port, "/", env=env, cwd=HOME) as leader:
        yield Peer(port, Processor(leader, env["PEER_DATABASE"]), addresses)


@contextmanager
def _pretalx(database: str, place: Path) -> Iterator[Peer]:
    """The same meetings; its page that needs no JavaScript, as ours does not."""
    with psycopg.connect(database, row_factory=dict_row) as connection:
        meetings = connection.execute(MEETINGS, [json.loads(os.environ["BENCH_ROWS"])["event"]]).fetchall()
    file = place / "meetings.json"
    file.write_text(json.dumps(meetings))
    python, port = python_of("pretalx"), free_port()
    address = make_database("bench_peers_pretalx")
    parts = psycopg.conninfo.conninfo_to_dict(address)
    env = {
        "PRETALX_DATA_DIR": str(place),
        "PRETALX_DB_TYPE": "postgresql",
        "PRETALX_DB_NAME": str(parts["dbname"]),
        "PRETALX_DB_USER": str(parts["user"]),
        "PRETALX_DB_PASS": str(parts.get("password", "")),
        "PRETALX_DB_HOST": str(parts["host"]),
        "PRETALX_DB_PORT": str(parts.get("port", "")),
        "PRETALX_REDIS": f"{os.environ['REDIS_URL'].rstrip('/')}/5",
        "PRETALX_SITE_URL": f"http://127.0.0.1:{port}",
        "DJANGO_SETTINGS_MODULE": "pretalx.settings",
    }
    for step in (["migrate"], ["collectstatic", "--no-input"]):
        call(python, "-m", "pretalx", *step, env=env)
    call(python, "fill_pretalx.py", str(file), env=env)

    def addresses(row: str, ours: Sequence[str]) -> list[str]:
        pages = {
            "programme": "/congress/schedule/nojs",
            "calendar of the programme": "/congress/schedule.ics",
        }
        return [pages[row]] * len(ours) if row in pages else []

    serve = [python, "-m", *SERVER, "--bind", f"127.0.0.1:{port}", "pretalx.wsgi:application"]
    with running(serve, port, "/congress/schedule/nojs", env=env, cwd=HOME) as leader:
        yield Peer(port, Processor(leader, address), addresses)


def seconds_of_post_office(mail: dict[str, str], number: int, port: int, processes: int) -> float:
    """django-post-office sends so many mails of these words to the server at `port`."""
    env = {"PEER_DATABASE": make_database("bench_peers_post_office"), "BENCH_SMTP": str(port)}
    job = json.dumps({"mail": mail, "number": number, "processes": processes})
    return float(call(python_of("post-office"), "send_by_post_office.py", job, env=env).splitlines()[-1])

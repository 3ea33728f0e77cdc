"""The rows that the bench runs over: the real registry where it lies beside, else made-up names."""

import csv
import gzip
import os
import random
import re
import subprocess
import sys
import tempfile
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg

from bench.client import fetch

ROOT = Path(__file__).resolve().parent.parent
REGISTRY = ROOT.parent / "shared" / "data" / "organisations"
FILES = {749: REGISTRY / "ror_sample_per_country.csv", 51370: REGISTRY / "ror_all_51370.csv.gz"}


def address(owner: str, name: str) -> str:
    return urlunsplit(urlsplit(owner)._replace(path=f"/{name}"))


def manage(database: str, *arguments: str) -> str:
    return _run(database, "manage.py", *arguments)


def _run(database: str, *arguments: str) -> str:
    env = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database,
        "DATABASE_OWNER_URL": database,
    }
    call = [sys.executable, *arguments]
    done = subprocess.run(call, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(arguments)} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def in_module(database: str, module: str, *arguments: str) -> str:
    return _run(database, "-m", module, *arguments)


def made_up(rows: int) -> Path:
    """A file in the registry's own columns, for checkouts without it; the same names at each run."""
    rng = random.Random(2026)
    words = ["river", "border", "justice", "women", "youth", "data", "mountain", "harbour", "law", "forest"]
    kinds = ["education", "nonprofit", "company"]
    path = Path(tempfile.gettempdir()) / f"whatson-bench-{rows}.csv"
    source = ROOT / "taxonomy" / "data" / "countries.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        codes = [row["iso2"] for row in csv.DictReader(lines) if row.get("iso2")]
    columns = ["ror_id", "name", "name_lang", "acronyms", "aliases", "labels", "types", "status", "website",
               "country_code", "country_name", "city"]  # fmt: skip
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for number in range(rows):
            name = " ".join(rng.sample(words, 3)).title()
            writer.writerow(
                {
                    "ror_id": f"https://ror.org/0{number:08d}",
                    "name": f"{name} Institute {number}",
                    "types": rng.choice(kinds),
                    "status": "active",
                    "country_code": rng.choice(codes),
                    "city": rng.choice(words).title(),
                }
            )
    return path


def all_listed(file: Path) -> Path:
    """A copy in which every row is of a type that is listed, so that as many are measured as are named."""
    copy = Path(tempfile.mkstemp(suffix=".csv")[1])
    opener: Any = gzip.open if file.suffix == ".gz" else open
    with (
        opener(file, "rt", encoding="utf-8", newline="") as rows,
        copy.open("w", encoding="utf-8", newline="") as out,
    ):
        reader = csv.DictReader(rows)
        writer = csv.DictWriter(out, reader.fieldnames or [])
        writer.writeheader()
        for row in reader:
            known = {"education", "nonprofit", "company"} & set(row["types"].split(";"))
            writer.writerow(row | {"types": min(known, default="nonprofit"), "status": "active"})
    return copy


def collect_static(database: str) -> None:
    manage(database, "collectstatic", "--no-input", "--verbosity", "0")


def prepare(owner: str, rows: int) -> str:
    """The address of a database that holds about so many listed stakeholders; filled once, then kept."""
    name = f"whatson_bench_{rows}"
    with psycopg.connect(owner, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            connection.execute(f'CREATE DATABASE "{name}"')
    database = address(owner, name)
    manage(database, "migrate", "--verbosity", "0")
    with psycopg.connect(database, autocommit=True) as connection:
        have = connection.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone()
        if have and have[0] >= rows * 0.9:
            return database
    file = FILES.get(rows)
    if file is None or not file.exists():
        print(f"The registry's file for {rows:,} rows is not beside this checkout: made-up names stand in.")
        file = made_up(rows)
    manage(database, "load_reference")
    everybody = all_listed(file)
    manage(database, "import_stakeholders", str(everybody), "--source", "ror", "--without-refused")
    everybody.unlink()
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
    return database


def somebody(database: str) -> tuple[int, str]:
    """The id and slug of the stakeholder whose profile is measured."""
    with psycopg.connect(database) as connection:
        row = connection.execute(
            "SELECT id, slug FROM stakeholders_stakeholder "
            "WHERE status = 'listed' ORDER BY id LIMIT 1 OFFSET 300"
        ).fetchone()
    if row is None:
        raise SystemExit("No stakeholder to measure.")
    return row


def statements(database: str, path: str) -> str:
    """How many statements a visitor's page takes: with an empty cache, and right after."""
    return in_module(database, "bench.statements", path).strip()


def first_visit(port: int, path: str) -> str:
    """What a first visit to `path` weighs on the wire: the page and every file that it names."""
    gzip_too = {"Accept-Encoding": "gzip"}
    _status, page = fetch(port, path)
    weights = {path: len(fetch(port, path, gzip_too)[1])}
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', page.decode()):
        weights[name.split("?")[0]] = len(fetch(port, name, gzip_too)[1])
    parts = ", ".join(
        f"{PurePosixPath(name).name or name} {size / 1000:.1f}" for name, size in weights.items()
    )
    return f"First visit to {path}: {sum(weights.values()) / 1000:.1f} kB ({parts})"

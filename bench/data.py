"""The rows that the bench runs over: the real registry where it lies beside, else made-up names."""

import csv
import gzip
import json
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
# Where the registry's files lie, if they do.
REGISTRY = Path(os.environ.get("BENCH_REGISTRY") or ROOT.parent / "shared" / "data" / "organisations")
MILLION = 1_000_000
LISTED = ("education", "nonprofit", "company")
FILES = {749: REGISTRY / "ror_sample_per_country.csv", 51370: REGISTRY / "ror_all_51370.csv.gz"}


def address(known: str, name: str) -> str:
    return urlunsplit(urlsplit(known)._replace(path=f"/{name}"))


def owner_address(database: str) -> str:
    """Where the owner of the tables reaches a database whose address for the plain role is given."""
    if not (owner := os.environ.get("DATABASE_OWNER_URL")):
        raise SystemExit("Set DATABASE_OWNER_URL beside DATABASE_URL, or start with `make bench`.")
    return address(owner, urlsplit(database).path[1:])


def as_owner(database: str) -> psycopg.Connection[Any]:
    """For what the plain role may not: to empty a table, to make one."""
    return psycopg.connect(owner_address(database), autocommit=True)


def make_database(name: str, *, anew: bool = True, template: str = "") -> str:
    """A database with the portal's tables; answers its address for the plain role, as in production."""
    database = address(os.environ["DATABASE_URL"], name)
    with as_owner(os.environ["DATABASE_URL"]) as connection:
        if anew:
            connection.execute(f'DROP DATABASE IF EXISTS "{name}"')
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
        if not known:
            made_from = f' TEMPLATE "{template}"' if template else ""
            connection.execute(f'CREATE DATABASE "{name}"{made_from}')
    # Production's own settings refuse a database with the demonstration.
    manage(owner_address(database), "migrate", "--verbosity", "0", settings="whatson.settings.dev")
    manage(owner_address(database), "grant_app_role")
    return database


def manage(database: str, *arguments: str, settings: str = "bench.settings") -> str:
    return _run(database, "manage.py", *arguments, settings=settings)


def _run(database: str, *arguments: str, settings: str = "bench.settings") -> str:
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": settings, "DATABASE_URL": database}
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
    path = Path(tempfile.gettempdir()) / f"whatson-bench-{rows}.csv"
    source = ROOT / "taxonomy" / "data" / "countries.csv"
    with source.open(encoding="utf-8", newline="") as lines:
        codes = [row["iso2"] for row in csv.DictReader(lines) if row.get("iso2")]
    columns = [
        "ror_id",
        "name",
        "name_lang",
        "acronyms",
        "aliases",
        "labels",
        "types",
        "status",
        "website",
        "country_code",
        "country_name",
        "city",
    ]
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, columns)
        writer.writeheader()
        for number in range(rows):
            name = " ".join(rng.sample(words, 3)).title()
            writer.writerow(
                {
                    "ror_id": f"https://ror.org/0{number:08d}",
                    "name": f"{name} Institute {number}",
                    "types": rng.choice(LISTED),
                    "status": "active",
                    "country_code": rng.choice(codes),
                    "city": rng.choice(words).title(),
                }
            )
    return path


def all_listed(file: Path) -> Path:
    """A copy in which every row is of a type that is listed, so that as many are measured as are named.

    The first listed type that a row names, as the import has it; those of no such type stand as non-profits.
    """
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
            named = (type_ for type_ in row["types"].split("|") if type_ in LISTED)
            writer.writerow(row | {"types": next(named, "nonprofit"), "status": "active"})
    return copy


def collect_static(database: str) -> None:
    manage(database, "collectstatic", "--no-input", "--verbosity", "0")


def prepare(rows: int) -> str:
    """The address of a database that holds about so many listed stakeholders; filled once, then kept."""
    if rows == MILLION:
        return prepare_million()
    database = make_database(f"{os.environ.get('BENCH_PREFIX', 'whatson_bench')}_{rows}", anew=False)
    _reviews(database)
    with psycopg.connect(database, autocommit=True) as connection:
        have = connection.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone()
        if have and have[0] >= rows * 0.9:
            _calls(database)
            return database
    file = FILES.get(rows)
    if file is None or not file.exists():
        print(f"The registry's file for {rows:,} rows is not beside this checkout: made-up names stand in.")
        file = made_up(rows)
    everybody = all_listed(file)
    manage(database, "import_stakeholders", str(everybody), "--source", "ror", "--without-refused")
    everybody.unlink()
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in SPREAD:
            connection.execute(statement)
    manage(database, "load_demo", settings="whatson.settings.dev")
    _calls(database)
    _settle(database)
    return database


def prepare_as_imported() -> str:
    """The address of a database into which the portal's own import has just taken the registry.

    Nothing has run since but what the import itself started.
    """
    rows = max(FILES)
    database = make_database(f"{os.environ.get('BENCH_PREFIX', 'whatson_bench')}_as_imported", anew=False)
    manage(database, "load_reference")
    with psycopg.connect(database, autocommit=True) as connection:
        have = connection.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone()
    if not (have and have[0]):
        file = FILES[rows] if FILES[rows].exists() else made_up(rows)
        os.environ["BENCH_AT_ONCE"] = "1"  # what the import nudges, as a worker would do at once
        manage(database, "import_stakeholders", str(file), "--source", "ror", "--without-refused")
    return database


# The registry says nothing of topics and the like: each entry gets a few, the same ones at each run.
SPREAD = [
    f"""
    INSERT INTO stakeholders_stakeholder_{field} (stakeholder_id, {column})
    SELECT s.id, t.code FROM stakeholders_stakeholder s CROSS JOIN taxonomy_{model} t
    WHERE abs(hashtextextended(t.code, s.id)) % {one_in} = 0
    """
    for field, column, model, one_in in (
        ("topics", "topic_id", "topic", 12),
        ("articles", "article_id", "article", 60),
        ("engagement_areas", "engagementarea_id", "engagementarea", 5),
        ("languages", "language_id", "language", 90),
    )
]


def _reviews(database: str) -> None:
    """All that comes with the software, and a record for each step of each phase of each country."""
    manage(database, "load_reference")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute(
            "INSERT INTO reviews_steprecord (review_id, cluster_id, step_id, status, date, source_kind, "
            "source, source_url, source_date, note, is_demo) "
            "SELECT r.id, c.code, s.code, 'done', '2024-01', 'link', "
            "'Made up for the bench', '', '', '', true "
            "FROM reviews_countryreview r, taxonomy_cluster c, reviews_stepkind s "
            "WHERE NOT EXISTS (SELECT 1 FROM reviews_steprecord WHERE source = 'Made up for the bench')"
        )


def _calls(database: str) -> None:
    """A call about one country that a hundred answered, and what documents observe there."""
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in CALL:
            connection.execute(statement)


MADE_CALL = 1_000_000  # far from what the demonstration has
_ONCE = f"WHERE NOT EXISTS (SELECT 1 FROM reviews_contribution WHERE call_id = {MADE_CALL})"
CALL = [
    "INSERT INTO reviews_call (id, title, guidance, translations, language_id, status, opens_at, closes_at, "
    "published_at, zone, answerers, summary, version, is_demo) OVERRIDING SYSTEM VALUE "
    f"VALUES ({MADE_CALL}, 'Made up for the bench', 'Tell what you know.', '{{}}', 'en', 'published', "
    "now() - interval '1 day', now() + interval '10 years', now(), 'Europe/Vienna', 'all', '', 0, true) "
    "ON CONFLICT DO NOTHING",
    f"INSERT INTO reviews_call_countries (call_id, country_id) VALUES ({MADE_CALL}, 'KEN') "
    "ON CONFLICT DO NOTHING",
    "INSERT INTO reviews_question (id, call_id, position, text, help, translations, is_required, most_words) "
    f"OVERRIDING SYSTEM VALUE SELECT {MADE_CALL} + n, {MADE_CALL}, n, 'Question ' || n, '', "
    "'{}', false, 500 FROM generate_series(1, 8) n ON CONFLICT DO NOTHING",
    "INSERT INTO reviews_contribution (call_id, stakeholder_id, status, visibility, language_id, "
    "digest, version, "
    "submitted_at, decided_at, published_at) "
    f"SELECT {MADE_CALL}, id, 'published', CASE WHEN id % 3 = 0 THEN 'unnamed' ELSE 'public' END, 'en', "
    "repeat('a', 64), 1, "
    f"now(), now(), now() FROM stakeholders_stakeholder {_ONCE} ORDER BY id LIMIT 100",
    "INSERT INTO reviews_answer (contribution_id, question_id, text, words) "
    "SELECT c.id, q.id, repeat('Courts hear victims. ', 60), 180 FROM reviews_contribution c, "
    "reviews_question q "
    f"WHERE c.call_id = {MADE_CALL} AND q.call_id = {MADE_CALL} ON CONFLICT DO NOTHING",
    "INSERT INTO reviews_observation (country_id, kind, article_id, text, language_id, source, source_url, "
    "source_date, published_at, version, is_demo) "
    "SELECT 'KEN', 'gap', a.code, 'Made up for the bench', 'en', 'Made up for the bench', '', "
    "'2026-01-01', now(), 0, "
    "true FROM taxonomy_article a WHERE a.instrument_id = 'UNTOC' AND NOT EXISTS "
    "(SELECT 1 FROM reviews_observation WHERE source = 'Made up for the bench')",
]


def _settle(database: str) -> None:
    """The words for other spellings, the sets that are counted, and the planner's figures."""
    manage(database, "learn_words")
    manage(database, "take_up_changes")
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def prepare_million() -> str:
    """A database in which each entry of the registry's stands so often that there are a million."""
    source = prepare(max(FILES))
    name = f"{os.environ.get('BENCH_PREFIX', 'whatson_bench')}_{MILLION}"
    database = make_database(name, anew=False, template=urlsplit(source).path[1:])
    with as_owner(database) as connection:
        have = connection.execute("SELECT count(*) FROM stakeholders_stakeholder").fetchone() or (0,)
        if have[0] >= MILLION * 0.9:
            return database
        _multiply(connection)
    _settle(database)
    return database


def _multiply(connection: psycopg.Connection[Any]) -> None:
    """Copies with a number after their names; their index goes with them."""
    have, step = connection.execute("SELECT count(*), max(id) FROM stakeholders_stakeholder").fetchone() or (
        0,
        0,
    )
    times = round(MILLION / have) - 1
    number = f"id + copy * {step}"
    changed = {
        "stakeholders_stakeholder": {
            "id": number,
            "name": "name || ' ' || copy",
            "sort_key": "sort_key || ' ' || copy",
            "name_key": "name_key || ' ' || copy",
            "ror_id": "''",
        },
        "search_document": {
            "object_id": f"object_id + copy * {step}",
            "title": "title || ' ' || copy",
            "sort_key": "sort_key || ' ' || copy",
        },
        **{
            f"stakeholders_stakeholder_{field}": {"stakeholder_id": f"stakeholder_id + copy * {step}"}
            for field in ("topics", "articles", "engagement_areas", "languages")
        },
    }
    # Rows first and the large indexes after them: a third of the time.
    slow = connection.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s) "
        "AND indexdef LIKE '%%USING gin%%'",
        [list(changed)],
    ).fetchall()
    connection.execute("SET maintenance_work_mem = '512MB'")
    for name, _definition in slow:
        connection.execute(f'DROP INDEX "{name}"')
    for table, others in changed.items():
        rows = connection.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' "
            "AND table_name = %s AND is_generated = 'NEVER'",
            [table],
        ).fetchall()
        columns = [row[0] for row in rows if row[0] != "id" or "id" in others]
        given = ", ".join(others.get(column, f'"{column}"') for column in columns)
        names = ", ".join(f'"{column}"' for column in columns)
        # Each entry is noted once, with the entry itself, and not again with all that belongs to it.
        is_noted = table == "stakeholders_stakeholder"
        connection.execute(f"ALTER TABLE {table} {'ENABLE' if is_noted else 'DISABLE'} TRIGGER facets")
        connection.execute(
            f"INSERT INTO {table} ({names}) OVERRIDING SYSTEM VALUE SELECT {given} "
            f"FROM {table}, generate_series(1, {times}) AS copy"
        )
        connection.execute(f"ALTER TABLE {table} ENABLE TRIGGER facets")
    for _name, definition in slow:
        connection.execute(definition)


def change() -> None:
    """Say that the directory has changed, as an act does that changes it."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(
            "INSERT INTO stakeholders_directoryversion (id, n) VALUES (1, 1) "
            "ON CONFLICT (id) DO UPDATE SET n = stakeholders_directoryversion.n + 1"
        )
        connection.execute("UPDATE reviews_reviewsversion SET n = n + 1")


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


def statements(database: str, addresses: dict[str, dict[str, str]]) -> dict[str, dict[str, int]]:
    """Page → reader → how many statements it takes, of {page: {reader: address}}; no page is kept."""
    counted: dict[str, dict[str, int]] = json.loads(
        in_module(database, "bench.statements", json.dumps(addresses)).splitlines()[-1]
    )
    return counted


def first_visit(port: int, path: str) -> str:
    """What a first visit to `path` weighs on the wire: the page and every file that it names."""
    page = fetch(port, path).body
    weights = {path: len(page)}
    for name in re.findall(r'(?:href|src)="(/static/[^"]+)"', gzip.decompress(page).decode()):
        weights[name.split("?")[0]] = len(fetch(port, name).body)
    parts = ", ".join(
        f"{PurePosixPath(name).name or name} {size / 1000:.1f}" for name, size in weights.items()
    )
    return f"First visit to {path}: {sum(weights.values()) / 1000:.1f} kB ({parts})"

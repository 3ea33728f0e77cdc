# ruff: noqa: PLC0415  the portal is only there once its settings are
"""The search over everything among 1,000,000 rows of the index, of mixed kinds and languages.

    python -m bench.search [--rows 1000000] [--rounds 40]

Runs on a database of its own, `whatson_bench_search`, filled once and then kept: names of the registry, or
made-up ones, each with some words of text in one of six languages, spread over the registered kinds. The
floor of a page is one statement by hand (bench/floors.py), what is found with all numbers and the snippets of
one page. Each question is asked again and again; new questions to the search are in bench/run.py.
"""

import argparse
import csv
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from bench import data
from bench.client import fetch, time_page
from bench.serving import serving

DATABASE = "whatson_bench_search"
ADDRESS = "/en/search/"
# Name → its page, and whether it has a floor.
SEARCHES = {
    "rare word": (f"{ADDRESS}?q=ornithology", True),
    "two words": (f"{ADDRESS}?q=cancer+institute", True),
    "common word": (f"{ADDRESS}?q=university", True),
    "common word, one kind": (f"{ADDRESS}?q=university&kind=stakeholders.stakeholder", True),
    "Russian": (f"{ADDRESS}?q={quote('суды')}", True),
    "inside a Japanese name": (f"{ADDRESS}?q={quote('大学')}", True),
    "phrase": (f"{ADDRESS}?q=%22cancer+institute%22", False),
    "misspelt word": (f"{ADDRESS}?q=ornitholgy", False),
    "suggestions, 4 letters": (f"{ADDRESS}suggest/?q=univ", False),
    "suggestions, 6 letters": (f"{ADDRESS}suggest/?q=ornith", False),
}
STOCK = 40_000  # rows that are written as the portal writes them; the others are copies under other numbers
# Kind → how many of a hundred rows are of it, the page that it leads to, and what that is told.
KINDS = {
    "stakeholders.stakeholder": (52, "stakeholders:detail", lambda pk: [pk, "x"]),
    "reviews.contribution": (16, "calls:contribution", lambda pk: [pk]),
    "events.event": (12, "events:event", lambda pk: [pk, "x"]),
    "events.proposal": (10, "events:meeting", lambda pk: [pk, "x", 1]),
    "reviews.observation": (8, "calls:observations", lambda pk: []),
    "reviews.call": (2, "calls:call", lambda pk: [pk]),
}
SENTENCES = {
    "en": "trafficking firearms evidence witness courts border money victims forests reports",
    "fr": "traite armes preuves témoins tribunaux frontière argent victimes forêts rapports",
    "es": "trata armas pruebas testigos tribunales frontera dinero víctimas bosques informes",
    "ru": "торговля оружие доказательства свидетели суды граница деньги жертвы леса отчёты предупреждение",
    "ar": "الاتجار الأسلحة الأدلة الشهود المحاكم الحدود الأموال الضحايا الغابات التقارير الوقاية",
    "zh": "贩运 枪支 证据 证人 法院 边境 洗钱 受害者 森林 报告 预防",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=data.MILLION)
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--fill", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--prepare", action="store_true", help="only fill the database")
    options = parser.parse_args()
    if options.fill:
        fill(options.rows)
        return
    database = data.make_database(DATABASE, anew=False)
    data.manage(database, "load_reference")
    print(_in_process(database, options.rows), flush=True)
    if options.prepare:
        return
    data.collect_static(database)
    with tempfile.TemporaryDirectory() as finished:
        os.environ.update(
            DATABASE_URL=database, BENCH_FINISHED=finished, DJANGO_SETTINGS_MODULE="bench.settings"
        )
        measure(Path(finished), options.rounds)


def measure(finished: Path, rounds: int) -> None:
    with serving() as (port, _leader):
        cached = {name: time_page(port, page, rounds=rounds) for name, (page, _) in SEARCHES.items()}
    print("\n| search | floor p50 | repeated p50 / p95 | : floor | kept p50 |")
    print("|---|---|---|---|---|", flush=True)
    with serving(keep_seconds=0) as (port, _leader):
        (finished / "search").write_bytes(fetch(port, f"{ADDRESS}?q=university").body)
        for name, (page, has_floor) in SEARCHES.items():
            again = time_page(port, page, rounds=rounds)
            row = f"| {name} | | {again.p50:.1f} / {again.p95:.1f} | | {cached[name].p50:.1f} |"
            if has_floor:
                floor = time_page(port, page.replace(ADDRESS, "/floor/search/"), rounds=rounds)
                row = (
                    f"| {name} | {floor.p50:.1f} | {again.p50:.1f} / {again.p95:.1f} "
                    f"| {again.p50 / floor.p50:.2f} | {cached[name].p50:.1f} |"
                )
            print(row, flush=True)


def _in_process(database: str, rows: int) -> str:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "bench.settings", "DATABASE_URL": database}
    call = [sys.executable, "-m", "bench.search", "--fill", "--rows", str(rows)]
    done = subprocess.run(call, cwd=data.ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    return done.stdout.rstrip()


def fill(rows: int) -> None:
    """So many rows, where there are fewer: rows first and the large index after them."""
    import django

    django.setup()
    from django.db import connection

    from search.actions import BATCH, learn_words
    from search.models import Document

    have = Document.objects.count()
    if have >= rows * 0.95:
        print(f"{have} rows of the index.")
        return
    began = time.monotonic()
    owner = data.as_owner(os.environ["DATABASE_URL"])
    owner.execute("DROP INDEX IF EXISTS document_words")
    with connection.cursor() as cursor:
        Document.objects.all().delete()
        _write_stock(min(STOCK, rows), BATCH)
        copies = max(0, round(rows / STOCK) - 1)
        names = [str(field.column) for field in Document._meta.local_concrete_fields if field.column != "id"]
        changed = {
            "object_id": f"object_id + copy * {STOCK}",
            "title": "title || ' ' || copy",
            "sort_key": "sort_key || ' ' || copy",
        }
        cursor.execute(
            f"INSERT INTO search_document ({', '.join(names)}) "
            f"SELECT {', '.join(changed.get(name, name) for name in names)} "
            f"FROM search_document, generate_series(1, {copies}) AS copy"
        )
    owner.execute("SET maintenance_work_mem = '512MB'")
    owner.execute(
        "CREATE INDEX document_words ON search_document USING gin (kind, tsv) "
        "WITH (fastupdate = on, gin_pending_list_limit = 256)"
    )
    owner.close()
    learn_words()
    connection.cursor().execute("VACUUM ANALYZE search_document")
    print(f"{Document.objects.count()} rows of the index, made in {time.monotonic() - began:.0f} s.")


def _write_stock(rows: int, batch: int) -> None:
    from search.actions import _write
    from search.enums import Audience
    from search.hooks import Entry
    from taxonomy.places.models import Country
    from taxonomy.terms.models import Topic

    chance = random.Random(7)
    countries = dict(Country.objects.values_list("iso2", "pk"))
    topics = list(Topic.objects.values_list("pk", flat=True))
    kinds, weights = list(KINDS), [part for part, _name, _args in KINDS.values()]
    waiting: dict[str, list[Entry]] = {kind: [] for kind in kinds}
    for pk, (name, aliases, iso2) in enumerate(_names(rows), 1):
        kind = chance.choices(kinds, weights)[0]
        language = chance.choice(list(SENTENCES))
        _part, url_name, args = KINDS[kind]
        waiting[kind].append(
            Entry(
                pk,
                name,
                url_name,
                Audience.PUBLIC if chance.random() < 0.9 else Audience.MEMBERS,
                args(pk),
                aliases=aliases,
                text=" ".join(chance.choices(SENTENCES[language].split(), k=20)),
                language=language,
                country=countries.get(iso2, ""),
                facets=[f"topic:{code}" for code in chance.sample(topics, 2)],
            )
        )
        if len(waiting[kind]) == batch:
            _write(kind, waiting.pop(kind))
            waiting[kind] = []
    for kind, entries in waiting.items():
        if entries:
            _write(kind, entries)


def _names(rows: int) -> Iterator[tuple[str, list[str], str]]:
    """Names, their other names, and a country (ISO 3166-1 alpha-2)."""
    real = data.FILES[51370]
    path = real if real.exists() else data.made_up(rows)
    opened = gzip.open if real.exists() else open
    with opened(path, "rt", encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines)):
            if number == rows:
                return
            others = [label.partition(":")[2] for label in (row["labels"] or "").split("|") if label]
            yield row["name"], others, row["country_code"]


if __name__ == "__main__":
    main()

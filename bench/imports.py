# ruff: noqa: PLC0415  the portal is only there once its settings are
"""Import, export, screening and undoing of the whole directory, beside their floors: time and peak memory.

    python -m bench.imports [rows]

Runs on a database of its own, `whatson_bench_import`, which it makes anew. The floor of the import is COPY
of the same finished rows, entries and documents of the index, into bare tables, and the building of their
indexes; of the export, COPY of the same columns to a file. The index follows by two workers, as many as the
import nudges.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from bench import data

DATABASE = "whatson_bench_import"
NAMES = 1_000
ENTRY, DOCUMENT = "stakeholders_stakeholder", "search_document"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=51370)
    parser.add_argument("--step", default="", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.step:
        STEPS[options.step]()
        return
    database = data.make_database(DATABASE)
    data.manage(database, "load_reference")
    file = data.FILES.get(options.rows)
    listed = data.all_listed(file if file and file.exists() else data.made_up(options.rows))
    print("\n| work | s | floor s | ratio | peak MB |\n|---|---|---|---|---|", flush=True)
    try:
        for step, floor in _MEASURED:
            seconds, peak = _in_process(database, step, listed)
            bare = floor(database) if floor else 0.0
            ratio = f"{seconds / bare:.1f}" if bare else ""
            print(f"| {step} | {seconds:.1f} | {bare:.1f} | {ratio} | {peak:.0f} |", flush=True)
    finally:
        listed.unlink()


def _in_process(database: str, step: str, file: Path) -> tuple[float, float]:
    """Seconds and peak memory of one step in a process of its own."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "DATABASE_URL": database,
        "BENCH_FILE": str(file),
    }
    call = [sys.executable, "-m", "bench.imports", "--step", step]
    done = subprocess.run(call, cwd=data.ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    *notes, (seconds, peak) = [line.split() for line in done.stdout.splitlines()]
    for note in notes:
        print(" ".join(note), flush=True)
    return float(seconds), float(peak)


def _print_seconds(act: Callable[[], Any]) -> None:
    began = time.monotonic()
    act()
    print(time.monotonic() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def _importer() -> Any:
    from accounts.people.enums import Role
    from accounts.people.models import User
    from tests.factories.accounts import person_with

    return User.objects.filter(name="Importer").first() or person_with(Role.HEAD, name="Importer")


def step_import() -> None:
    import django

    django.setup()
    from datetime import date

    from django.core.files.uploadedfile import TemporaryUploadedFile

    from core.spreadsheet_reader import look_at
    from search.actions import catch_up
    from stakeholders.imports import actions as imports_actions
    from stakeholders.imports import actions_worker as imports_actions_worker

    person, path = _importer(), Path(os.environ["BENCH_FILE"])
    upload = TemporaryUploadedFile(path.name, "text/csv", path.stat().st_size, None)
    with path.open("rb") as lines:
        while piece := lines.read(1 << 20):
            upload.write(piece)
    upload.seek(0)

    other = _other_worker()

    def act() -> None:
        sheet = look_at(upload)
        of = imports_actions.send(upload, sheet, source="Bench", url="", day=date(2026, 6, 1), actor=person)
        imports_actions.check(of, columns={}, kind="", country="", actor=person)
        imports_actions_worker.work(of.pk)
        of.refresh_from_db()
        imports_actions.decide(of, {}, actor=person, rest="another")
        imports_actions.take_in(of, without_refused=True, actor=person)
        imports_actions_worker.work(of.pk)
        of.refresh_from_db()
        if of.status != "taken_in":
            raise SystemExit(f"{of.status} {of.fault} {of.counts}")
        of.file.delete(save=False)
        began = time.monotonic()
        other.stdin.close()  # type: ignore[union-attr]  # as above
        while catch_up():
            pass
        other.wait()
        print(f"Of it, until the index was no longer behind: {time.monotonic() - began:.1f} s.")

    _print_seconds(act)


def _other_worker() -> subprocess.Popen[str]:
    """A process that brings the index in line, too, once it is told."""
    call = [sys.executable, "-m", "bench.imports", "--step", "follow"]
    worker = subprocess.Popen(call, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    worker.stdout.readline()  # type: ignore[union-attr]  # it is a pipe
    return worker


def step_follow() -> None:
    import django

    django.setup()
    from search.actions import catch_up

    print("Ready.", flush=True)
    sys.stdin.readline()
    while catch_up():
        pass


def step_undo() -> None:
    import django

    django.setup()
    from stakeholders.imports import actions as imports_actions
    from stakeholders.imports import actions_worker as imports_actions_worker
    from stakeholders.imports.models import Import

    of = Import.objects.get(status="taken_in")

    def act() -> None:
        imports_actions.undo(of, actor=_importer())
        imports_actions_worker.work(of.pk)

    _print_seconds(act)
    of.refresh_from_db()
    if of.status != "undone" or of.counts["left"]:
        raise SystemExit(f"{of.status} {of.fault} {of.counts}")


def step_export() -> None:
    import django

    django.setup()
    from stakeholders.directory.queries import query_of
    from stakeholders.exports import actions as exports_actions

    person = _importer()
    export = exports_actions.ask_export(actor=person, question=query_of(""), kind="csv", language="en")
    _print_seconds(lambda: exports_actions.make_export(export.pk))
    export.refresh_from_db()
    if not export.is_ready:
        raise SystemExit(export.fault)
    export.file.delete(save=False)


def step_screening() -> None:
    """Everybody against 1,000 names: a tenth stand in the directory, the others are made of its own words."""
    import django

    django.setup()
    from datetime import date

    from stakeholders.entries.models import Stakeholder
    from stakeholders.screening import actions as screening_actions
    from stakeholders.screening.enums import ListedKind
    from stakeholders.screening.reader import ListedEntry, ReadList

    listed_names = list(Stakeholder.objects.order_by("pk").values_list("name", flat=True))
    words = [word for name in listed_names for word in name.split() if len(word) > 3]
    rng = random.Random(2026)
    names = listed_names[:: max(len(listed_names) // (NAMES // 10), 1)][: NAMES // 10]
    names += [" ".join(rng.sample(words, 4)) for _number in range(NAMES - len(names))]
    del listed_names, words
    entries = [
        ListedEntry(kind=ListedKind.ENTITY, reference=f"B.{number}", forms=(name[:200],))
        for number, name in enumerate(names)
    ]
    read_list = ReadList(generated=date(2026, 6, 1), sha256="0" * 64, entries=entries)
    screening_actions.load_list(read_list, actor=None)
    _print_seconds(screening_actions.screen_all)


def floor_of_import(database: str) -> float:
    """COPY of what the import wrote into tables without indexes, and then their indexes; bare psycopg."""
    with data.as_owner(database) as connection, tempfile.TemporaryDirectory() as folder:
        files = {}
        for table in (ENTRY, DOCUMENT):
            files[table] = Path(folder) / table
            copied = f"COPY {table} TO STDOUT"
            with files[table].open("wb") as out, connection.cursor().copy(copied) as copy:
                for piece in copy:
                    out.write(piece)
        connection.execute("DROP SCHEMA IF EXISTS bare CASCADE")
        connection.execute("CREATE SCHEMA bare")
        for table in files:
            connection.execute(f"CREATE TABLE bare.{table} (LIKE public.{table} INCLUDING DEFAULTS)")
        definitions = [
            row[0].replace(" ON public.", " ON bare.")
            for row in connection.execute(
                "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename = ANY(%s)",
                [list(files)],
            )
        ]
        began = time.monotonic()
        for table, file in files.items():
            with connection.cursor().copy(f"COPY bare.{table} FROM STDIN") as copy:
                copy.write(file.read_bytes())
        for definition in definitions:
            connection.execute(definition)
        seconds = time.monotonic() - began
        connection.execute("DROP SCHEMA bare CASCADE")
    return seconds


def floor_of_export(database: str) -> float:
    columns = (
        "id, name, name_latin, acronym, kind, country_id, city, website, status, listing, source_name, "
        "source_url, ror_id"
    )
    copied = f"COPY (SELECT {columns} FROM {ENTRY} ORDER BY sort_key, id) TO STDOUT (FORMAT csv)"
    began = time.monotonic()
    with (
        psycopg.connect(database) as connection,
        tempfile.TemporaryFile() as out,
        connection.cursor().copy(copied) as copy,
    ):
        for piece in copy:
            out.write(piece)
    return time.monotonic() - began


_MEASURED = (("import", floor_of_import), ("export", floor_of_export), ("screening", None), ("undo", None))
STEPS = {
    "import": step_import,
    "follow": step_follow,
    "export": step_export,
    "screening": step_screening,
    "undo": step_undo,
}

if __name__ == "__main__":
    main()

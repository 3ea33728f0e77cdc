"""A database of the first release is brought to now, and what a release has frozen is not written again."""

import gzip
import json
import os
import re
import subprocess
import sys
from importlib import import_module
from urllib.parse import urlsplit

import psycopg
import pytest
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.operations import AddConstraintNotValid, AddIndexConcurrently
from django.db import migrations, models
from psycopg import sql

from tests import support
from tests.databases import drop_databases
from tests.whatson import ROOT
from tests.whatson.migrations import FROZEN, SAFE, faults, frozen_digests, hashes

# whatson/schema.sql as it was, and the rows of its demonstration (invented): pg_dump --data-only --inserts.
FIRST = ROOT / "tests" / "whatson" / "first_release.sql.gz"


def test_what_a_release_has_frozen_stays_as_it_is():
    now = hashes()
    changed = [path for path, digest in frozen_digests().items() if now.get(path) != digest]
    assert changed == [], (
        f"Databases were made by them: write a new migration. Before a release: {FROZEN.name}"
    )


@pytest.mark.parametrize("path", sorted(hashes().keys() - frozen_digests().keys()) or ["none"])
def test_a_new_migration_is_one_that_a_running_portal_can_bear(path):
    if path == "none":
        return
    if SAFE.search((ROOT / path).read_text(encoding="utf-8")):
        return
    module = import_module(path.removesuffix(".py").replace("/", "."))
    problems = faults(path.split("/")[0], module.Migration.operations)
    assert problems == [], f"{path}: or write `# safe: ` and why, 20 letters or more"


TEXT = models.CharField(max_length=9)
INDEX = models.Index(fields=["kind"], name="of_this_test")
UNIQUE = models.UniqueConstraint(fields=["kind"], name="one_of_this_test")


@pytest.mark.parametrize(
    ("operation", "refused"),
    [
        (migrations.AddField("message", "more", TEXT), True),
        (migrations.AddField("message", "more", models.CharField(max_length=9, db_default="")), False),
        (migrations.AddField("message", "more", models.CharField(max_length=9, null=True)), False),
        (migrations.AddField("message", "more", models.IntegerField(null=True, db_index=True)), True),
        (migrations.AddField("message", "more", models.ManyToManyField("notifications.Message")), False),
        (migrations.RemoveField("message", "error"), True),
        (migrations.RenameField("message", "error", "fault"), True),
        (migrations.RenameModel("Message", "Mail"), True),
        (migrations.DeleteModel("Message"), True),
        (migrations.AlterField("message", "error", TEXT), True),
        (migrations.AddIndex("message", INDEX), True),
        (migrations.AddIndex("job", INDEX), False),
        (AddIndexConcurrently("message", INDEX), False),
        (migrations.AddConstraint("message", UNIQUE), True),
        (
            AddConstraintNotValid("message", models.CheckConstraint(condition=models.Q(pk__gt=0), name="c")),
            False,
        ),
        (
            migrations.AddConstraint("message", ExclusionConstraint(name="e", expressions=[("kind", "=")])),
            True,
        ),
        (migrations.RunSQL("SELECT 1"), True),
        (migrations.SeparateDatabaseAndState([migrations.DeleteModel("Message")]), True),
        (migrations.SeparateDatabaseAndState([], [migrations.DeleteModel("Message")]), False),
        (migrations.RunPython(migrations.RunPython.noop), False),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_a_new_migration_may_not_do(operation, refused):
    assert bool(faults("notifications", [operation])) is refused


def test_a_table_that_the_same_migration_makes_may_have_what_it_wants():
    new_model = migrations.CreateModel("Message", [("id", models.BigAutoField(primary_key=True))])
    assert faults("notifications", [new_model, migrations.AddIndex("message", INDEX)]) == []


ASK = """
import json, sys, django
django.setup()
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError
call_command("migrate", verbosity=0, interactive=False)
unreadable = []
for model in apps.get_models():
    try:
        list(model._base_manager.all()[:3])
    except (DatabaseError, ValueError, TypeError) as fault:
        unreadable.append(f"{model._meta.label}: {fault}")
print(json.dumps(unreadable))
"""


def counts(database: psycopg.Connection) -> dict[str, int]:
    """table → how many rows it has."""
    names = [
        row[0] for row in database.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    ]
    count = sql.SQL("SELECT count(*) FROM public.{}")
    return {
        name: database.execute(count.format(sql.Identifier(name))).fetchone()[0]
        for name in names
        if name != "django_migrations"
    }


def shape(database: psycopg.Connection) -> set[tuple]:
    """Columns, constraints and indexes, however they came about."""
    columns = """
        SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public'
    """
    rules = """
        SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
    """
    indexes = "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
    rows = [row for query in (columns, rules, indexes) for row in database.execute(query).fetchall()]
    return {(*row[:-1], as_first_written(row[-1])) for row in rows}


def as_first_written(definition: str) -> str:
    """Return a definition with its lists of texts in one form.

    PostgreSQL casts the list as a whole where a migration made it, and each text of it where it was read from
    what it had written itself.
    """
    whole = re.sub(r"\('((?:[^']|'')*)'::character varying\)::text", r"'\1'::character varying", definition)
    return re.sub(r"\(ARRAY\[([^\]]*)\]\)::text\[\]", r"ARRAY[\1]", whole)


@pytest.mark.slow
@pytest.mark.skipif("WHATSON_EMBEDDED" not in os.environ, reason="rows are loaded before their keys")
@pytest.mark.django_db
def test_a_database_of_the_first_release_is_brought_to_now(worker_id):
    """With its rows: none is lost, each model reads its own, and the tables are those of a new database."""
    database_name = f"whatson_first_{worker_id}"
    place = urlsplit(support.database_url(owner=True))
    url = place._replace(path=f"/{database_name}").geturl()
    with psycopg.connect(place._replace(path="/postgres").geturl(), autocommit=True) as server:
        drop_databases(server, database_name)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(database_name)))
        try:
            with psycopg.connect(url) as database:
                database.execute("SET session_replication_role = replica")
                database.execute(gzip.decompress(FIRST.read_bytes()).decode())
            with psycopg.connect(url) as database:
                before = counts(database)
            env = os.environ | {"DATABASE_URL": url, "DATABASE_OWNER_URL": url}
            env["DJANGO_SETTINGS_MODULE"] = "whatson.settings.dev"
            done = subprocess.run(
                [sys.executable, "-c", ASK], cwd=ROOT, env=env, capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            with psycopg.connect(url) as database:
                after, brought = counts(database), shape(database)
        finally:
            drop_databases(server, database_name)
    assert sum(before.values()) > 1000
    assert {table: (n, after.get(table)) for table, n in before.items() if after.get(table, 0) < n} == {}
    assert json.loads(done.stdout.splitlines()[-1]) == []
    assert brought == shape(support.owner())

"""What all migrations come to, as SQL: `make schema` writes whatson/schema.sql.

Runs beside the embedded services, with the pg_dump of the server's own version. An empty database begins with
the file (core/management/commands/migrate.py); tests/whatson/test_schema.py holds it against the migrations.
"""

import os
import re
import subprocess
import sys
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from whatson.embedded import postgres
from whatson.embedded.processes import ROOT

FILE = ROOT / "whatson" / "schema.sql"
HEAD = """-- What all migrations come to: an empty database begins with it. Written by `make schema`.
SET LOCAL check_function_bodies = false;
SELECT set_config('search_path', '', true);
"""
# The owner of the tables may neither set these nor comment on an extension.
LEFT_OUT = re.compile(r"^(SET |SELECT pg_catalog\.set_config|COMMENT ON EXTENSION|\\|--)")


def schema_of(database_url: str) -> str:
    """Tables of a migrated database and names of its migrations, as statements for their owner to execute."""
    tables = ("--schema-only", "--no-owner", "--no-privileges")
    migrations = ("--data-only", "--table=django_migrations", "--inserts")
    parts = [postgres.run_tool("pg_dump", *choice, database_url) for choice in (tables, migrations)]
    # When each was applied is not known before it is; the order of the names is that of the application.
    lines = [
        re.sub(r"(INSERT INTO public\.django_migrations .*, )'[^']*'\);", r"\1now());", line)
        for part in parts
        for line in part.splitlines()
        if line and not LEFT_OUT.match(line)
    ]
    return HEAD + "\n".join(lines) + "\n"


def migrated(owner_url: str, name: str = "whatson_schema") -> str:
    """The schema after every migration by itself, in a database that is made for it and dropped."""
    place = urlsplit(owner_url)
    url = place._replace(path=f"/{name}").geturl()
    with psycopg.connect(place._replace(path="/postgres").geturl(), autocommit=True) as server:
        # WITH (FORCE) would be refused while autovacuum, which is the superuser's, works in it.
        drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
        server.execute(drop)
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            env = os.environ | dict.fromkeys(("DATABASE_URL", "DATABASE_OWNER_URL"), url)
            command = [sys.executable, "manage.py", "migrate", "--each", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=env, check=True)
            return schema_of(url)
        finally:
            server.execute(drop)


if __name__ == "__main__":
    FILE.write_text(migrated(os.environ["DATABASE_OWNER_URL"]), encoding="utf-8")

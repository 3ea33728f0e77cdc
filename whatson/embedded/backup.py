"""Backup and restore of a data folder: `python -m whatson.embedded.backup save|restore DATA FOLDER`.

Run beside the services (`make backup`, `make restore`), with the pg_dump of the server's own version.

The portal may run meanwhile. The backup has the database as it was at one moment, and each file that a row of
that moment names, if the file was there before the backup began or is there when it ends. Of a file that was
added and removed in between it may have the row alone.
"""

import json
import os
import shutil
import sys
import tarfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

from whatson.embedded import postgres
from whatson.embedded.launcher import EMBEDDED
from whatson.embedded.places import Data, write_private
from whatson.embedded.prepare import Stamps, signins_of
from whatson.embedded.report import Trouble, say

RESTORED = "whatson_restored"


def superuser_url(env: Mapping[str, str], database: str) -> str:
    """The address of the embedded server for its superuser; one that we did not start is not ours to save."""
    if EMBEDDED not in env:
        raise Trouble("DATABASE_URL names a database of your own: save and restore it by its own means.")
    place = urlsplit(env["DATABASE_OWNER_URL"]).netloc.rpartition("@")[2]
    return f"postgres://{postgres.SUPERUSER}@{place}/{database}"


def save(data: Data, folder: Path, env: Mapping[str, str]) -> Path:
    """Database, uploads and secret key, in a new folder below `folder`, with its name once it is whole."""
    database = superuser_url(env, postgres.DATABASE)
    target = folder / f"whatson-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}"
    draft = target.with_name(f"{target.name}.unfinished")
    draft.mkdir(mode=0o700, parents=True)
    media = Path(env["MEDIA_ROOT"])
    dump = f"--file={draft / 'database.dump'}"
    with tarfile.open(draft / "media.tar.gz", "w:gz") as archive:
        # Files before and after the database: of what is removed meanwhile the row may still be in the dump,
        # and of what is added it may already be. A file without its row does no harm.
        saved = save_files(archive, media, {})
        # An unlogged table holds what no backup may have: answers that still stand beside who gave them.
        postgres.run_tool("pg_dump", database, "--format=custom", "--no-unlogged-table-data", dump)
        save_files(archive, media, saved)
    write_private(draft / "secret-key", env["SECRET_KEY"])
    for place in (signins_of(data), Stamps(data, None).place):
        if place.is_file():
            shutil.copy2(place, draft)
    draft.rename(target)
    return target


def save_files(archive: tarfile.TarFile, media: Path, saved: Mapping[str, Any]) -> dict[str, Any]:
    """Add each file that is not `saved` as it is now; answers what was seen, by name.

    One that goes meanwhile is left out.
    """
    states = {}
    for path in sorted(media.rglob("*")):
        name = str(path.relative_to(media))
        try:
            state = path.stat()
            states[name] = (state.st_size, state.st_mtime_ns, state.st_ino)
            if path.is_file() and saved.get(name) != states[name]:
                archive.add(path, name, recursive=False)
        except FileNotFoundError:
            continue
    return states


def restore(data: Data, folder: Path, env: Mapping[str, str]) -> None:
    """Bring back what `save` made. The database that was there before stays until this one is whole."""
    if not (folder / "database.dump").is_file():
        raise Trouble(f"{folder} is no backup: make restore FROM=/backups/whatson-DATE")
    try:
        with psycopg.connect(superuser_url(env, "postgres"), autocommit=True) as server:
            restored, portal = sql.Identifier(RESTORED), sql.Identifier(postgres.DATABASE)
            owner, app = sql.Identifier(postgres.OWNER), sql.Identifier(postgres.APP)
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(restored))
            server.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(restored, owner))
            postgres.run_tool(
                "pg_restore",
                "--exit-on-error",
                f"--dbname={superuser_url(env, RESTORED)}",
                str(folder / "database.dump"),
            )
            server.execute(sql.SQL("DROP DATABASE {}").format(portal))
            server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(restored, portal))
            server.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(portal))
            server.execute(sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(portal, app))
    except psycopg.errors.ObjectInUse:
        raise Trouble("The portal runs on this folder. Stop it first, then restore.") from None
    media = Path(env["MEDIA_ROOT"])
    media.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tarfile.open(folder / "media.tar.gz") as archive:
        archive.extractall(media, filter="data")
    write_private(data.path / "secret-key", (folder / "secret-key").read_text(encoding="utf-8"))
    if (folder / signins_of(data).name).is_file():
        shutil.copy2(folder / signins_of(data).name, data.path)
    # What had been done to the database that was saved had been done to this one.
    stamps = Stamps(data, env[EMBEDDED])
    for name, value in json.loads((folder / stamps.place.name).read_text(encoding="utf-8")).items():
        stamps.set(name, value.partition(" ")[2])


def main() -> int:
    verb, where, folder = sys.argv[1:]
    os.umask(0o077)
    if not folder:
        sys.stderr.write("make: Say where: make backup TO=/folder, make restore FROM=/folder/whatson-DATE\n")
        return 2
    try:
        data = Data.at(where)
        if verb == "save":
            say(f"Saved: {save(data, Path(folder).expanduser().resolve(), os.environ)}")
        else:
            restore(data, Path(folder).expanduser().resolve(), os.environ)
            say(f"Restored: make run DATA={where}")
    except Trouble as trouble:
        sys.stderr.write(f"make: {trouble}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

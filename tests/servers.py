"""Servers that stand around the database in large installations, started by tests and drills themselves."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import psycopg

from whatson.embedded import places, postgres, valkey
from whatson.embedded.processes import SERVICES, Keeper, Process

START_SECONDS = 60


def follow(keeper: Keeper, folder: Path, primary: Path, name: str = "replica") -> tuple[Path, Process]:
    """A streaming replica of the cluster whose socket lies in `primary`: its own socket folder, its process.

    `folder` is one that the database's user may enter.
    """
    person = places.database_person()
    home = places.owned_folder(folder / name, person)
    socket = places.owned_folder(folder / f"{name}-run", person)
    bin_ = postgres.binaries(person)
    env = {"PATH": os.defpath, "LC_ALL": postgres.LETTERS}
    copy: list[object] = [bin_ / "pg_basebackup", "--host", primary, "--port", "5432"]
    copy += ["--username", postgres.SUPERUSER]
    copy += ["--pgdata", home / "18", "--write-recovery-conf", "--checkpoint", "fast", "--no-sync"]
    subprocess.run([str(part) for part in copy], env=env, cwd="/", check=True, **person.credentials)
    return socket, run_again(keeper, folder, socket, name)


def run_again(keeper: Keeper, folder: Path, socket: Path, name: str = "replica") -> Process:
    """The server of a replica that was made before."""
    person = places.database_person()
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "port": "5432",
        "max_connections": "120",
        "fsync": "off",
    }
    process = keeper.start(
        name,
        [
            postgres.binaries(person) / "postgres",
            "-D",
            folder / name / "18",
            *(f"--{key}={value}" for key, value in settings.items()),
        ],
        env={"PATH": os.defpath, "LC_ALL": postgres.LETTERS},
        stage=SERVICES,
        ask=signal.SIGINT,
        log=folder / f"{name}.log",
        cwd=Path("/"),
        **person.credentials,
    )
    postgres.wait_until_ready(postgres.Postgres(socket, process))
    return process


def pooler(keeper: Keeper, folder: Path, database: Path, *, size: int) -> int:
    """PgBouncer in transaction mode before the cluster whose socket lies in `database`: its port on loopback.

    It has `size` connections for each database and role, and lets in anyone on this machine, as the cluster
    itself does.
    """
    person = places.database_person()
    home = places.owned_folder(folder / "pooler", person)
    port = valkey.free_port()
    roles = "".join(f'"{role}" ""\n' for role in (postgres.APP, postgres.OWNER, postgres.SUPERUSER))
    (home / "users.txt").write_text(roles, encoding="utf-8")
    (home / "pgbouncer.ini").write_text(
        f"""[databases]
* = host={database} port=5432
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = trust
auth_file = {home}/users.txt
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
admin_users = {postgres.SUPERUSER}
""",
        encoding="utf-8",
    )
    keeper.start(
        "PgBouncer",
        [PGBOUNCER, home / "pgbouncer.ini"],
        env={"PATH": os.defpath},
        log=folder / "pgbouncer.log",
        cwd=Path("/"),
        **person.credentials,
    )
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(address(port, "pgbouncer"), autocommit=True, prepare_threshold=None).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)
        else:
            return port


def address(port: int, database: str, role: str = postgres.SUPERUSER) -> str:
    return f"postgres://{role}@127.0.0.1:{port}/{database}"


PGBOUNCER = shutil.which("pgbouncer", path=f"{os.defpath}:/usr/sbin:/sbin")

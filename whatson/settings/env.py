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
    """Django's entry; what the address asks for (`?sslmode=require`) stays, beside our pool."""
    found: dict[str, Any] = dict(dj_database_url.parse(url))
    pool = {"min_size": 1, "max_size": env.int("DATABASE_POOL_MAX", 4), "timeout": 10}
    return {**found, "CONN_MAX_AGE": 0, "OPTIONS": {**found.get("OPTIONS", {}), "pool": pool}}

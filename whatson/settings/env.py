"""The one reader of the environment: every value typed, secrets from a file where one is named."""

from pathlib import Path

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

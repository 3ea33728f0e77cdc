"""What lies between an empty database and the portal: a step is skipped when nothing it reads has changed."""

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from whatson.embedded import messages
from whatson.embedded.places import Data, write_private
from whatson.embedded.processes import ROOT, Keeper
from whatson.embedded.report import say, step

MIGRATIONS = ("*/migrations/*.py", "uv.lock", "*/models.py", "*/*/models*.py", "whatson/schema.sql")
REFERENCE = ("*/data/**/*", "taxonomy/**/*.py", "*/reference.py", "*/seed.py")
CONTENT = ("content/*.csv*", "portal/content.py")
SHOWN = ("role", "email", "password", "note")
DEMONSTRATION = ("*/demo*.py", "*/demo/**/*", "*/management/commands/load_demo.py", "*/data/demo/**/*")


def manage(*arguments: str) -> list[str]:
    return [sys.executable, "manage.py", *arguments]


def digest(patterns: Iterable[str]) -> str:
    """One value for the content of every file that the patterns name, whatever their dates."""
    hashed = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file()}):
        if path.suffix != ".pyc":
            hashed.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes() + b"\0")
    return hashed.hexdigest()


class Stamps:
    """What was done already to this database, and from which files. Of a foreign one nothing is known."""

    def __init__(self, data: Data, identity: str | None) -> None:
        self.identity = identity
        self.place = data.path / "stamps.json"
        try:
            self.known: dict[str, str] = json.loads(self.place.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.known = {}

    def is_current(self, name: str, value: str) -> bool:
        return self.identity is not None and self.known.get(name) == f"{self.identity} {value}"

    def has(self, name: str) -> bool:
        """Whether it was ever done to this database."""
        return self.identity is not None and self.known.get(name, "").startswith(f"{self.identity} ")

    def set(self, name: str, value: str) -> None:
        self.known[name] = f"{self.identity} {value}"
        write_private(self.place, json.dumps(self.known))


def translations() -> None:
    with step("Translations"):
        messages.compile_changed()
        messages.carry_chinese()


def tables(keeper: Keeper, data: Data, env: Mapping[str, str], stamps: Stamps) -> None:
    """Tables as the owner, then what the app's plain role may do with them."""
    as_owner = {**env, "DATABASE_URL": env.get("DATABASE_OWNER_URL") or env["DATABASE_URL"]}
    want = digest(MIGRATIONS)
    if not stamps.is_current("tables", want):
        with step("Tables"):
            log = data.logs / "tables.log"
            grant = ["--grant"] if "DATABASE_OWNER_URL" in env else []
            keeper.run("Making the tables", manage("migrate", "--no-input", *grant), env=as_owner, log=log)
        stamps.set("tables", want)


def reference(keeper: Keeper, data: Data, env: Mapping[str, str], stamps: Stamps) -> None:
    want = digest(REFERENCE)
    if not stamps.is_current("reference", want):
        with step("Reference data: countries, articles, topics, pages"):
            log = data.logs / "reference.log"
            keeper.run("Loading the reference data", manage("load_reference"), env=env, log=log)
        stamps.set("reference", want)


def content(keeper: Keeper, data: Data, env: Mapping[str, str], stamps: Stamps) -> None:
    """The reference data and what is real beside them, in one process."""
    want = digest((*REFERENCE, *CONTENT))
    if not stamps.is_current("content", want):
        with step("Reference data, texts, library, organizations, events, news"):
            command = manage("load_content", "--reference")
            keeper.run("Loading the content", command, env=env, log=data.logs / "content.log")
        stamps.set("reference", digest(REFERENCE))
        stamps.set("content", want)


def demonstration(keeper: Keeper, data: Data, env: Mapping[str, str], stamps: Stamps) -> None:
    """The demonstration, once; what the desk removed stays removed until its source changes."""
    want = digest(DEMONSTRATION)
    if not stamps.is_current("demonstration", want):
        with step("The demonstration"):
            keeper.run(
                "Loading the demonstration",
                manage("load_demo", "--signins", str(signins_of(data))),
                env=env,
                log=data.logs / "demonstration.log",
            )
            if signins_of(data).is_file():
                signins_of(data).chmod(0o600)
        stamps.set("demonstration", want)


def signins_of(data: Data) -> Path:
    return data.path / "signins.json"


def say_signins(data: Data) -> None:
    """One sign-in per role, as `load_demo --signins` wrote them: rows of role, email, password, note."""
    try:
        signins = json.loads(signins_of(data).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    of_role = {signin["role"]: signin for signin in reversed(signins)}  # the first of each role stays
    rows = [
        tuple(str(signin.get(key, "")) for key in SHOWN)
        for signin in signins
        if of_role[signin["role"]] is signin
    ]
    if not rows:
        return
    say("\n  Sign in as one of these (all invented, and only here):\n")
    widths = [max(len(row[column]) for row in rows) for column in range(len(SHOWN))]
    for row in rows:
        say("    " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if len(rows) < len(signins):
        say(f"\n  {len(signins) - len(rows)} more are in {signins_of(data)}.")

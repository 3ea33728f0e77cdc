"""Every check that decides whether a change may land, in one go; stops at the first that fails.

    python -m tools.check                 what `make test` runs
    python -m tools.check --all           with the tests that are marked `night`
    python -m tools.check --part 2/6      the second of six parts of the tests that are marked `night`
    python -m tools.check types tests     only these checks
    python -m tools.check fast            what tells most in two minutes, while one works

Called by `make test`, which starts a throwaway database and queue for it. It says at the start what it
will do and how long that took last time here, and at each step what is left.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tools import changes
from tools.chromium import NoChromium, chromium
from tools.progress import duration
from tools.tally import Count, Times

ROOT = Path(__file__).resolve().parent.parent
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "whatson.settings.prod",
    "SECRET_KEY": "only-for-the-deploy-check-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG",
    "DATABASE_URL": "postgres://whatson@127.0.0.1:1/whatson",
    "REDIS_URL": "redis://127.0.0.1:1",
    "MAIL_URL": "smtp://mail.example.org:587/?tls=1",
    "SITE_URL": "https://whatson.example.org",
    "DEFAULT_FROM_EMAIL": "no-reply@whatson.example.org",
    "DESK_EMAIL": "desk@whatson.example.org",
}
TIMES = ROOT / ".data" / "times.json"
COMPILED = ROOT / ".data" / "compiled"
TOTALS = "WHATSON_TOTALS"  # names the file in which the counts of several calls add up

FAST = ("format", "templates", "imports", "settings", "pages", "house", "changed", "types")
PART = ("tests", "browser")
# Some of `tests` and `browser`, so that they run only where they are named.
NAMED = ("changed", "api")
MOST_CHANGED = 400  # so many tests and the other checks of `fast` take two minutes
NOTHING_COLLECTED = 5
TESTS_FAILED = 1


class Failed(Exception):
    pass


def say(text: str = "") -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def run(*command: str, env: dict[str, str] | None = None, hint: str = "", quiet: bool = False) -> None:
    """Run one tool; when it fails, what it said stands above, and `hint` tells what to do."""
    done = subprocess.run(
        command,
        cwd=ROOT,
        env={**os.environ, **(env or {})},
        check=False,
        text=True,
        stdout=subprocess.PIPE if quiet else None,
        stderr=subprocess.STDOUT if quiet else None,
    )
    if done.returncode:
        if quiet:
            say(done.stdout.rstrip())
        raise Failed(f"{' '.join(command)[:100]}\n{hint}".rstrip())


def python(*arguments: str, **options: object) -> None:
    run(sys.executable, *arguments, **options)  # type: ignore[arg-type]


def tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)


# --- The checks, in order -----------------------------------------------------------------------------


def formatting() -> None:
    hint = "Run `make format`, and mend what is left by hand."
    run(tool("ruff"), "format", "--check", ".", hint=hint, quiet=True)
    run(tool("ruff"), "check", ".", hint=hint)


def templates() -> None:
    listed = sorted(
        str(path.relative_to(ROOT))
        for kind in ("html", "txt")
        for path in (ROOT / "templates").rglob(f"*.{kind}")
    )
    pages = [name for name in listed if name.endswith(".html")]
    run(tool("djade"), "--check", "--target-version", "6.1", *listed, hint="Run `make format`.")
    run(tool("djlint"), "--lint", "--profile=django", "--quiet", *pages)


def imports() -> None:
    run(
        tool("lint-imports"),
        "--no-cache",
        quiet=True,
        hint="docs/architecture.md tells which app may import which.",
    )


class Beside:
    """A command that the other processor does while checks go on; who calls it waits for it."""

    def __init__(self, *command: str, env: dict[str, str] | None = None) -> None:
        self.command = command
        self.env = env or {}
        self.started: subprocess.Popen[str] | None = None

    def begin(self) -> subprocess.Popen[str]:
        self.started = self.started or subprocess.Popen(
            self.command,
            cwd=ROOT,
            env=os.environ | self.env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        return self.started

    def __call__(self) -> None:
        process = self.begin()
        say(process.communicate()[0].rstrip())
        if process.returncode:
            raise Failed(" ".join(self.command))

    def end(self) -> None:
        """End what nobody waits for, another check having failed."""
        if self.started and self.started.poll() is None:
            self.started.kill()
            self.started.communicate()


# What a run over a part of the code left in the cache has made the whole fail.
types = Beside(sys.executable, "-m", "mypy", "--no-incremental", ".")

# With the settings of development, in one start of Django.
SETTINGS = """
import django
from django.core.management import call_command
django.setup()
call_command("check", fail_level="WARNING")
call_command("makemigrations", check_changes=True, dry_run=True)
"""


def settings() -> None:
    # A generated column asks the database for its version, so one has to answer: the one at hand.
    at_hand = PRODUCTION | {"DATABASE_URL": os.environ.get("DATABASE_URL", PRODUCTION["DATABASE_URL"])}
    deploy = Beside(sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", env=at_hand)
    deploy.begin()
    try:
        python("-c", SETTINGS, hint="Where a migration is missing: make migrations APP=… NAME=what_it_does")
        deploy()
    finally:
        deploy.end()


def messages() -> None:
    python("-m", "whatson.embedded.messages")


def pages() -> None:
    hint = "Run `make behaviours` and commit."
    python("manage.py", "workflow_docs", "--check", hint=hint)
    python("-m", "tests.ledger", "--check", hint=hint)
    python("tools/draw_apps.py", "--check", hint=hint)


@dataclass
class Runner:
    """Runs the checks; those that are tests as gate, as one part of the night, or all."""

    all: bool = False
    part: str = ""
    names: list[str] = field(default_factory=list)
    times: Times = field(default_factory=lambda: Times(TIMES))
    count: Count = field(default_factory=Count)

    def key(self, name: str) -> str:
        """By what the time of a check is kept: the same tests, the same time."""
        mode = "all" if self.all else "part" if self.part else ""
        return f"{name} {mode}" if mode and name in PART else name

    def left_after(self, name: str) -> float:
        """Seconds that the checks after this one took last time."""
        names = self.names[self.names.index(name) + 1 :]
        return sum(self.times.checks.get(self.key(later), 0) for later in names)

    def pytest(self, name: str, *arguments: str, env: dict[str, str] | None = None) -> None:
        # The launcher names the settings of development, which would win over those of the tests.
        ours = {"DJANGO_SETTINGS_MODULE": "whatson.settings.test", **(env or {})}
        with tempfile.TemporaryDirectory() as folder:
            times, results = Path(folder) / "times.json", Path(folder) / "results.json"
            times.write_text(json.dumps(self.times.tests), encoding="utf-8")
            options = ["-p", "tools.progress", "-o", "console_output_style=classic"]
            options += [
                f"--times={times}",
                f"--left-after={self.left_after(name):.0f}",
                f"--results={results}",
            ]
            command = [sys.executable, "-m", "pytest", *options, *arguments]
            code = subprocess.run(command, cwd=ROOT, env=os.environ | ours, check=False).returncode
            outcome = json.loads(results.read_text(encoding="utf-8")) if results.is_file() else {}
        failures: dict[str, int] = outcome.get("failures", {})
        self.count.add(outcome.get("passed", 0), sum(failures.values()), outcome.get("skipped", 0))
        self.times.tests.update(outcome.get("times", {}))
        if code == TESTS_FAILED and self.part and failures:
            self.excuse(failures, ours)
        elif code and not (code == NOTHING_COLLECTED and (self.part or name == "changed")):
            raise Failed(f"pytest {' '.join(arguments)}")

    def excuse(self, failures: dict[str, int], env: dict[str, str]) -> None:
        """Let tests of the night fail that fail without this change too; they count as skipped."""
        base = changes.base_commit()
        say(f"\n    The same tests at {base[:12]}, before this change:")
        before = changes.failing_before(list(failures), base, env)
        say()
        for nodeid in sorted(before):
            say(f"    failed before this change as well: {nodeid}")
            self.count.add(0, -failures[nodeid], failures[nodeid])
        if new := sorted(failures.keys() - before):
            raise Failed(f"It does not fail before this change ({base[:12]}): {', '.join(new)}")

    def chosen(self, *unmarked: str) -> list[str]:
        """The arguments that choose tests by their marks."""
        if self.part:
            return ["-m", "night", f"--part={self.part}"]
        without = [*([] if self.all else ["night"]), *unmarked]
        return ["-m", " and ".join(f"not {mark}" for mark in without)] if without else []

    def house(self) -> None:
        """In one process, while types keep the other processor busy; fills the database for all tests."""
        self.pytest("house", "-n", "0", *self.chosen(), *map(str, sorted(ROOT.glob("tests/test_*.py"))))

    def tests(self) -> None:
        without = ("--ignore=tests/browser", f"--ignore-glob={ROOT}/tests/test_*.py")
        self.pytest("tests", "-n", "auto", "--dist", "worksteal", *self.chosen(), *without, "tests")

    def changed(self) -> None:
        places = changes.tests_about(changes.changed_files())
        say(f"    Tests in {', '.join(places) or 'no place'}; at most {MOST_CHANGED}, none that is slow.")
        if places:
            quick = self.chosen("slow", "real_transactions")
            most = f"--most={MOST_CHANGED}"
            self.pytest("changed", "-n", "auto", "--dist", "worksteal", *quick, most, *places)

    def api(self) -> None:
        self.pytest("api", "-n", "auto", "--dist", "worksteal", "tests/api")

    def browser(self) -> None:
        env = {"WHATSON_CHROMIUM": chromium()}
        self.pytest("browser", "-n", "2", "--dist", "worksteal", *self.chosen(), "tests/browser", env=env)

    def checks(self) -> dict[str, tuple[str, Callable[[], None]]]:
        return {
            "format": ("Format and lint of the code", formatting),
            "templates": ("Format and lint of the templates", templates),
            "imports": ("Who may import whom", imports),
            "settings": ("System checks, settings of production, migrations", settings),
            "messages": ("Translations compile", messages),
            "pages": ("Generated pages of the documentation are current", pages),
            "house": ("Rules of the house", self.house),
            "types": ("Types", types),
            "tests": ("Tests", self.tests),
            "browser": ("Journeys in a real browser", self.browser),
            "changed": ("Tests of what has changed", self.changed),
            "api": ("Tests of the API, with every operation of its schema tried", self.api),
        }

    def say_plan(self, command: str) -> None:
        seconds = [self.times.checks.get(self.key(name)) for name in self.names]
        say("What is done, and how long it took last time here:")
        for name, last in zip(self.names, seconds, strict=True):
            label = self.checks()[name][0]
            say(f"  {name:<10} {label:<58} {duration(last) if last is not None else 'not known yet'}")
        if None not in seconds:
            say(f"In all about {duration(sum(filter(None, seconds)))}.")
        elif figure := readme_figure(command):
            say(f"README says: {figure}")

    def run(self) -> str:
        """Run the checks by their names; returns what went wrong, if anything did."""
        checks = self.checks()
        for name in self.names:
            label, check = checks[name]
            say(f"\n=== {label} ({name})")
            begun = time.monotonic()
            try:
                check()
            except (Failed, NoChromium, changes.NoBase) as failure:
                night = " ALL=1" if self.all or self.part else ""
                return f"\nFAILED: {label}. {failure}\nAlone: make test ONLY={name}{night}"
            took = self.times.checks[self.key(name)] = time.monotonic() - begun
            left = self.left_after(name)
            say(f"    fine, {duration(took)}" + (f"; about {duration(left)} left" if left else ""))
        return ""


def readme_figure(command: str) -> str:
    """What README says beside this command."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    return next((line for line in lines if re.match(rf"{command} +# ", line)), "")


def keep_compiled() -> None:
    """Where Python may not write beside the code, it compiles all of it at each of its many starts."""
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(COMPILED))


def part(text: str) -> str:
    place, _, parts = text.partition("/")
    if place.isdigit() and parts.isdigit() and 1 <= int(place) <= int(parts):
        return text
    raise argparse.ArgumentTypeError(f"PART is k/N, as 2/6, not {text!r}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="make test")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--all", action="store_true", help="the tests that are marked night too")
    parser.add_argument("--part", type=part, help="k/N: one of N parts of the tests marked night")
    options = parser.parse_args(arguments)
    runner = Runner(options.all, options.part or "")
    checks = runner.checks()
    names = [part for name in options.names for part in (FAST if name == "fast" else [name])]
    if unknown := [name for name in names if name not in checks]:
        say(f"There is no check {', '.join(unknown)}. Known: {', '.join(checks)}, fast")
        return 2
    runner.names = names or [name for name in (PART if options.part else checks) if name not in NAMED]
    start = time.monotonic()
    keep_compiled()
    mode = " PART" if options.part else " ALL=1" if options.all else ""
    runner.say_plan(f"make test{mode}" + (f" ONLY={' '.join(options.names)}" if options.names else ""))
    try:
        if "types" in runner.names:
            types.begin()
        failed = runner.run()
    finally:
        types.end()
        runner.times.save()
    say(failed or f"\nAll fine in {duration(time.monotonic() - start)}.")
    if failed and not runner.count.failed:
        runner.count.failed = 1  # a check that is no test has failed: the closing line must not look green
    if file := os.environ.get(TOTALS):
        runner.count.add_up(Path(file))
    say(runner.count.line())
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

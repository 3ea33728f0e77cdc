"""Every check that decides whether a change may land, in one go; stops at the first that fails.

    python tools/check.py                 all, in order
    python tools/check.py types tests     only these
    python tools/check.py fast            what tells most in four minutes, while one works

Called by `make test`, which starts a throwaway database and queue for it.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

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
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROME = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"


FAST = ("format", "templates", "imports", "types", "quick-tests")
# Some of `tests`, so that they run only where they are named.
PARTS = ("quick-tests", "api")


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


class Types:
    """mypy, begun while the other processor does the checks before it: it takes as long as all of them."""

    # What a run over a part of the code left in the cache has made the whole fail.
    command = (sys.executable, "-m", "mypy", "--no-incremental", ".")

    def __init__(self) -> None:
        self.started: subprocess.Popen[str] | None = None

    def begin(self) -> subprocess.Popen[str]:
        self.started = self.started or subprocess.Popen(
            self.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        return self.started

    def __call__(self) -> None:
        mypy = self.begin()
        say(mypy.communicate()[0].rstrip())
        if mypy.returncode:
            raise Failed(" ".join(self.command))

    def end(self) -> None:
        """End what nobody waits for, another check having failed."""
        if self.started and self.started.poll() is None:
            self.started.kill()
            self.started.communicate()


types = Types()


def settings() -> None:
    python("manage.py", "check", "--fail-level", "WARNING")
    # A generated column asks the database for its version, so one has to answer: the one at hand.
    at_hand = PRODUCTION | {"DATABASE_URL": os.environ.get("DATABASE_URL", PRODUCTION["DATABASE_URL"])}
    python("manage.py", "check", "--deploy", "--fail-level", "WARNING", env=at_hand)
    hint = "Run `manage.py makemigrations`, name the file by what it does, and commit it."
    python("manage.py", "makemigrations", "--check", "--dry-run", hint=hint)


def messages() -> None:
    python("-m", "whatson.embedded.messages")


def pages() -> None:
    hint = "Run `make behaviours` and commit."
    python("manage.py", "workflow_docs", "--check", hint=hint)
    python("-m", "tests.ledger", "--check", hint=hint)
    python("tools/draw_apps.py", "--check", hint=hint)


@dataclass
class Count:
    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def add(self, report: Path) -> None:
        """Add what pytest wrote about one run; a run that wrote nothing adds nothing."""
        if not report.is_file():
            return
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314  pytest has just written it
            total, failures, errors, skipped = (
                int(suite.get(key, 0)) for key in ("tests", "failures", "errors", "skipped")
            )
            self.failed += failures + errors
            self.skipped += skipped
            self.passed += max(0, total - failures - errors - skipped)

    def line(self) -> str:
        return f"{self.passed} passed, {self.failed} failed" + (
            f", {self.skipped} skipped" if self.skipped else ""
        )


@dataclass
class Runner:
    count: Count = field(default_factory=Count)

    def pytest(self, *arguments: str, env: dict[str, str] | None = None) -> None:
        messages()  # pages of six languages, whichever part is asked for alone
        with tempfile.TemporaryDirectory() as folder:
            report = Path(folder) / "report.xml"
            try:
                # The launcher names the settings of development, which would win over those of the tests.
                ours = {"DJANGO_SETTINGS_MODULE": "whatson.settings.test", **(env or {})}
                python("-m", "pytest", "--reuse-db", f"--junitxml={report}", *arguments, env=ours)
            finally:
                self.count.add(report)

    def tests(self, leave_out: str = "browser") -> None:
        without = ("-m", f"not ({leave_out})", "--ignore=tests/browser")
        self.pytest("-n", "auto", "--dist", "worksteal", "--create-db", *without, "tests")

    def quick_tests(self) -> None:
        self.tests("browser or slow or real_transactions")

    def api(self) -> None:
        self.pytest("-n", "auto", "--dist", "worksteal", "--create-db", "tests/api")

    def browser(self) -> None:
        env = {"WHATSON_CHROMIUM": chromium()}
        self.pytest("-n", "2", "--dist", "worksteal", "tests/browser", env=env)

    def checks(self) -> dict[str, tuple[str, Callable[[], None]]]:
        return {
            "format": ("Format and lint of the code", formatting),
            "templates": ("Format and lint of the templates", templates),
            "imports": ("Who may import whom", imports),
            "settings": ("System checks, settings of production, migrations", settings),
            "messages": ("Translations compile", messages),
            "pages": ("Generated pages of the documentation are current", pages),
            "types": ("Types", types),
            "tests": ("Tests", self.tests),
            "browser": ("Journeys in a real browser", self.browser),
            "quick-tests": ("Tests that are neither slow nor empty the database", self.quick_tests),
            "api": ("Tests of the API, with every operation of its schema tried", self.api),
        }


# --- A browser --------------------------------------------------------------------------------------


def works(browser: str) -> bool:
    try:
        asked = subprocess.run(
            [browser, "--version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0 and bool(re.search(r"\d+\.\d+", asked.stdout))


def found_chromium() -> str | None:
    given = os.environ.get("WHATSON_CHROMIUM")
    on_path = [found for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    for candidate in [*([given] if given else []), *on_path, MAC_CHROME, playwright_chromium()]:
        if candidate and works(candidate):
            return candidate
    return None


def playwright_chromium() -> str:
    """The path of Playwright's own browser, whether or not it is there."""
    code = (
        "from playwright.sync_api import sync_playwright\n"
        "with sync_playwright() as p: print(p.chromium.executable_path)"
    )
    asked = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    return asked.stdout.strip()


def chromium() -> str:
    """A working Chromium: one that is here, else Playwright's own, else the distribution's package."""
    if found := found_chromium():
        return found
    say("No Chromium here; fetching Playwright's own.")
    subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=False, timeout=600)
    if found := found_chromium():
        return found
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("That did not work; installing the distribution's package.")
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=False, env=quiet)
        subprocess.run(
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], check=False, env=quiet
        )
        if found := found_chromium():
            return found
    raise Failed(
        "No Chromium could be found or installed. Install it (Debian: apt install chromium; macOS: "
        "brew install chromium), or name one: WHATSON_CHROMIUM=/path make test"
    )


def main(wanted: list[str]) -> int:
    runner = Runner()
    checks = runner.checks()
    names = [part for name in wanted for part in (FAST if name == "fast" else [name])]
    if unknown := [name for name in names if name not in checks]:
        say(f"There is no check {', '.join(unknown)}. Known: {', '.join(checks)}, fast")
        return 2
    names = names or [name for name in checks if name not in PARTS]
    failed = ""
    start = time.monotonic()
    try:
        if "types" in names:
            types.begin()
        for name in names:
            label, check = checks[name]
            say(f"\n=== {label} ({name})")
            begun = time.monotonic()
            try:
                check()
            except Failed as failure:
                failed = f"\nFAILED: {label}. {failure}\nAlone: make test ONLY={name}"
                break
            say(f"    fine, {time.monotonic() - begun:.0f} s")
    finally:
        types.end()
    say(failed or f"\nAll fine in {time.monotonic() - start:.0f} s.")
    if failed and not runner.count.failed:
        runner.count.failed = 1  # a check that is no test has failed: the closing line must not look green
    say(runner.count.line())
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

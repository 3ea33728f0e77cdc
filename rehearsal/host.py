"""A throw-away host: a clone of the checkout, a project of compose of its own, and its containers."""

import http.client
import json
import os
import re
import shutil
import ssl
import subprocess
import threading
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PROJECT = "whatson-rehearsal"
STANDINS = ("python", "node", "uv", "caddy", "database", "queue", "scanner", "mailcatcher")
# Each row of each table, and what a table is beside its rows.
DIGESTS = r"""
SELECT format('SELECT %L, md5(t::text) FROM %I t', relname, relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname \gexec
SELECT '(owners and rights)', md5(relname || relowner::regrole || coalesce(relacl::text, ''))
FROM pg_class WHERE relnamespace = 'public'::regnamespace;
SELECT '(triggers)', md5(pg_get_triggerdef(oid)) FROM pg_trigger WHERE NOT tgisinternal;
SELECT '(rights on the database)', md5(datacl::text) FROM pg_database WHERE datname = 'whatson';
"""


class Failed(Exception):
    """What was expected and did not come, in a sentence for the report."""


class Host:
    def __init__(self, work: Path, *, standins: bool) -> None:
        self.work, self.standins = work, standins
        self.folder = work / "portal"
        self.ran: list[str] = []
        self.version = subprocess.run(
            ["git", "log", "-1", "--format=%h"], cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
        self.env = {
            **{name: value for name, value in os.environ.items() if name not in settable_names()},
            "COMPOSE_FILE": f"docker-compose.yml:{ROOT / 'rehearsal' / 'loopback.yml'}",
            "COMPOSE_PROJECT_NAME": PROJECT,
            "COMPOSE_PROFILES": "dev",  # with the mail catcher
            "BUILDKIT_PROGRESS": "plain",
        }

    # --- Commands ---------------------------------------------------------------------------------------

    def run(self, command: str, *, seconds: int = 3000) -> str:
        """Run a command in the clone and return its output, which is also written to commands.log."""
        done = subprocess.run(
            ["sh", "-c", command],
            cwd=self.folder,
            env=self.env,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
        )
        with (self.work / "commands.log").open("a", encoding="utf-8") as log:
            log.write(f"$ {command}\n{done.stdout}{done.stderr}\n")
        if done.returncode:
            raise Failed(f"`{command}` ended with {done.returncode}: {(done.stderr or done.stdout)[-300:]}")
        return done.stdout

    def run_outside(self, command: str) -> str:
        """Run a command outside of every folder of the portal."""
        return subprocess.run(
            ["sh", "-c", command], cwd=self.work, env=self.env, capture_output=True, text=True, check=False
        ).stdout.strip()

    def run_as_written(self, command: str, **instead: str) -> str:
        """Run a command of the page, with this host's words in place of the example's."""
        for example, ours in {"/backups": str(self.work / "backups"), **instead}.items():
            command = command.replace(example, ours)
        self.ran.append(command.replace(str(self.work), "…"))
        return self.run(command)

    def clone(self, folder: str) -> None:
        upstream = self.work / "upstream"
        if not upstream.exists():
            subprocess.run(["git", "clone", "--quiet", ROOT, upstream], check=True)
        self.folder = self.work / folder
        subprocess.run(["git", "clone", "--quiet", upstream, self.folder], check=True)

    def version_of_the_last_release(self) -> str:
        """Return the commit that froze its migrations last."""
        command = ["git", "log", "-1", "--format=%H", "--", "tests/whatson/migrations_frozen.txt"]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    def migrations_since(self, commit: str) -> int:
        """Count the migrations that came after it."""
        listed = ["git", "diff", "--name-only", "--diff-filter=A", commit, "--", "*/migrations/*.py"]
        return len(
            subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
        )

    def settings(self, **values: str) -> None:
        """Set lines of .env."""
        file = self.folder / ".env"
        text = file.read_text(encoding="utf-8")
        for name, value in values.items():
            text = re.sub(rf"^#?{name}=.*\n", "", text, flags=re.MULTILINE) + f"{name}={value}\n"
        file.write_text(text, encoding="utf-8")

    def settings_of_a_rehearsal(self) -> None:
        images = {f"{name.upper()}_IMAGE": f"whatson-standin/{name}" for name in STANDINS}
        self.settings(
            SITE_URL="https://localhost",
            DEFAULT_FROM_EMAIL="WhatsOn <no-reply@localhost>",
            DESK_EMAIL="desk@localhost",
            RELEASE="rehearsal",  # so that no image of a real portal on this machine is replaced
            **(images if self.standins else {}),
        )

    # --- Containers -------------------------------------------------------------------------------------

    def containers(self, service: str = "", *, gone: bool = False) -> list[dict[str, Any]]:
        return inspect_containers(self.env, service, gone=gone)

    def wait_until_well(self, seconds: int = 900) -> None:
        """Wait until every container is healthy and `migrate` has ended well. Raises Failed."""
        end = time.monotonic() + seconds
        while ill := [
            f"{name(container)} {state(container)}"
            for container in self.containers(gone=True)
            if not is_well(container)
        ]:
            if time.monotonic() > end:
                raise Failed(f"Not well after {seconds} s: {', '.join(ill)}")
            time.sleep(2)

    def run_inside(self, service: str, command: str) -> str:
        return self.run(f"docker compose exec -T {service} {command}")

    def digests(self) -> tuple[Counter[str], Counter[str]]:
        """Return ("table digest" of each row, "digest path" of each file)."""
        query = self.work / "digests.sql"
        query.write_text(DIGESTS, encoding="utf-8")
        ask = f"psql --username postgres --dbname whatson -At -F ' ' --set ON_ERROR_STOP=1 <{query}"
        rows = self.run_inside("database", ask)
        files = self.run_inside("web", "find /media -type f -exec sha256sum {} +")
        return Counter(rows.splitlines()), Counter(files.splitlines())

    def tls(self) -> ssl.SSLContext:
        """Return a context that trusts the proxy's own authority and no other."""
        authority = self.run_inside("proxy", "cat /certificates/caddy/pki/authorities/local/root.crt")
        return ssl.create_default_context(cadata=authority)

    def secrets(self) -> set[str]:
        """Return the texts of the files of secrets that are long enough to be one."""
        texts = {path.read_text(encoding="utf-8") for path in self.work.glob("*/secrets/*")}
        return {text for text in texts if len(text) >= 12 and text != "smtp://mailcatcher:1025/"}

    def remove(self) -> None:
        self.run("docker compose down --volumes --remove-orphans")
        shutil.rmtree(self.folder)


def settable_names() -> set[str]:
    """Return what .env may set, which variables of the shell would override."""
    text = (ROOT / "compose.env.example").read_text(encoding="utf-8")
    return set(re.findall(r"^#?([A-Z0-9_]+)=", text, re.MULTILINE))


def inspect_containers(env: dict[str, str], service: str = "", *, gone: bool = False) -> list[dict[str, Any]]:
    labels = [f"project={PROJECT}"] + ([f"service={service}"] if service else [])
    filters = [word for label in labels for word in ("--filter", f"label=com.docker.compose.{label}")]
    ids = subprocess.run(
        ["docker", "ps", "--quiet", *(["--all"] if gone else []), *filters],
        env=env, capture_output=True, text=True, check=True,
    ).stdout.split()  # fmt: skip
    if not ids:
        return []
    output = subprocess.run(
        ["docker", "inspect", *ids], env=env, capture_output=True, text=True, check=False
    ).stdout
    return list(json.loads(output or "[]"))


def name(container: dict[str, Any]) -> str:
    return str(container["Name"]).removeprefix(f"/{PROJECT}-")


def state(container: dict[str, Any]) -> str:
    here = container["State"]
    return str(here["Health"]["Status"] if here.get("Health") and here["Running"] else here["Status"])


def is_well(container: dict[str, Any]) -> bool:
    if name(container).startswith("migrate"):
        return container["State"]["Status"] == "exited" and container["State"]["ExitCode"] == 0
    return state(container) == "healthy"


class Logs(threading.Thread):
    """Keeps what every container says in a file of its own, also of those that go."""

    def __init__(self, host: Host) -> None:
        super().__init__(daemon=True)
        self.host, self.done = host, threading.Event()
        self.folder = host.work / "logs"
        self.folder.mkdir()
        self.followers: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> None:
        while not self.done.wait(2):
            for container in inspect_containers(self.host.env, gone=True):
                known = self.followers.get(container["Id"])
                if known is None or (known.poll() is not None and container["State"]["Running"]):
                    self.follow(container)

    def follow(self, container: dict[str, Any]) -> None:
        """Write the log from its first line, so that the file of a restarted container is complete."""
        with (self.folder / f"{name(container)}-{container['Id'][:12]}.log").open("wb") as file:
            self.followers[container["Id"]] = subprocess.Popen(
                ["docker", "logs", "--follow", container["Id"]],
                env=self.host.env, stdout=file, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def stop(self) -> None:
        self.done.set()
        self.join()
        for follower in self.followers.values():
            follower.terminate()
            follower.wait()

    def find_words(self, words: set[str]) -> tuple[int, list[str]]:
        """Return (lines, "file: how many of the words") of all logs but the mail catcher's."""
        lines, findings = 0, []
        for file in sorted(self.folder.glob("*.log")):
            text = file.read_text(encoding="utf-8", errors="replace")
            lines += text.count("\n")
            held = [word for word in words if word in text]
            if held and not file.name.startswith("mailcatcher"):
                findings.append(f"{file.name}: {len(held)}")
        return lines, findings


class Load:
    """Asks a page some times a second beside what stands in its `with`; `losses` tells what was lost."""

    def __init__(self, tls: ssl.SSLContext, *, path: str = "/en/", rate: int = 20) -> None:
        self.tls, self.path, self.pause = tls, path, 1 / rate
        self.answers: list[tuple[float, str, float]] = []  # when, what, seconds
        self.done = threading.Event()
        self.thread = threading.Thread(target=self.keep_asking)

    def __enter__(self) -> "Load":
        self.thread.start()
        time.sleep(3)
        return self

    def __exit__(self, *_: object) -> None:
        time.sleep(10)  # what is wrong afterwards counts as well
        self.done.set()
        self.thread.join()

    def keep_asking(self) -> None:
        asking, due = [], time.monotonic()
        while not self.done.wait(max(0.0, due - time.monotonic())):
            due += self.pause
            asking.append(threading.Thread(target=self.ask))
            asking[-1].start()
        for thread in asking:
            thread.join()

    def ask(self) -> None:
        start = time.monotonic()
        connection = http.client.HTTPSConnection("localhost", 443, timeout=20, context=self.tls)
        try:
            connection.request("GET", self.path)
            answer = connection.getresponse()
            answer.read()
            status = str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            status = type(error).__name__
        finally:
            connection.close()
        self.answers.append((start, status, time.monotonic() - start))

    @property
    def lost(self) -> Counter[str]:
        return Counter(status for _at, status, _seconds in self.answers if status != "200")

    @property
    def losses(self) -> str:
        of = f"{self.lost.total()} of {len(self.answers):,} requests"
        if not self.lost:
            return of
        bad = [at for at, status, _seconds in self.answers if status != "200"]
        kinds = ", ".join(f"{count} × {status}" for status, count in self.lost.most_common())
        return f"{of} ({kinds}; the last {max(bad) - min(bad):.0f} s after the first)"

    @property
    def pace(self) -> str:
        """Return the rate and the duration, and how long the answers took."""
        taken = sorted(seconds for _at, status, seconds in self.answers if status == "200") or [0.0]
        span = max(at for at, *_ in self.answers) - min(at for at, *_ in self.answers)
        return (
            f"{len(self.answers) / max(span, 1):.0f} requests/s over {span:.0f} s, answers in "
            f"{taken[len(taken) // 2]:.2f} s (half), {taken[-1]:.1f} s (longest)"
        )

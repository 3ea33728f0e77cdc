"""Starts the portal on one machine and watches over it; ends with everything it started ended too."""

import errno
import os
import signal
import socket
import sys
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from whatson.embedded import places, postgres, prepare, valkey
from whatson.embedded.places import Data
from whatson.embedded.processes import Keeper, Process
from whatson.embedded.report import Trouble, say, step, stop_on_signals

READY_SECONDS = 90
MOST_RESTARTS, WITHIN_SECONDS = 5, 60
EMBEDDED = "WHATSON_EMBEDDED"  # the identity of the database that we started
WATCH_PARENT = "WHATSON_WATCH_PARENT"


@contextmanager
def stopped_by_signals() -> Iterator[None]:
    """Ctrl-C, SIGTERM and a closed terminal end us in order; so does the end of a `make` that started us."""
    stop_on_signals()
    if os.environ.pop(WATCH_PARENT, ""):
        parent = os.getppid()

        def watch() -> None:
            while os.getppid() == parent:
                time.sleep(0.5)
            os.kill(os.getpid(), signal.SIGTERM)

        threading.Thread(target=watch, daemon=True).start()
    yield


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            if error.errno == errno.EACCES:
                raise Trouble(f"Port {port} needs root. Choose one above 1023: make run PORT=8001") from None
            raise Trouble(
                f"Port {port} is taken by another program. Choose another: make run PORT={valkey.free_port()}"
            ) from None


def services(keeper: Keeper, data: Data, *, throwaway: bool = False) -> dict[str, str]:
    """Start what the environment does not name already; answers the variables that lead there."""
    addresses: dict[str, str] = {}
    if not os.environ.get("DATABASE_URL") and not os.environ.get("DATABASE_URL_FILE"):
        with step("PostgreSQL"):
            server = postgres.start(keeper, data, throwaway=throwaway)
        addresses |= {
            "DATABASE_URL": server.url(postgres.APP),
            "DATABASE_OWNER_URL": server.url(postgres.OWNER),
            EMBEDDED: server.identity,
        }
    if not os.environ.get("REDIS_URL") and not os.environ.get("REDIS_URL_FILE"):
        with step("Valkey"):
            addresses["REDIS_URL"] = valkey.start(keeper, data)
    return addresses


def environment(data: Data, addresses: Mapping[str, str]) -> dict[str, str]:
    env = {
        "DJANGO_SETTINGS_MODULE": "whatson.settings.dev",
        "MEDIA_ROOT": str(data.path / "media"),
        "SECRET_KEY": data.secret_key(),
        **os.environ,
        **addresses,
        "PYTHONUNBUFFERED": "1",
    }
    env["PATH"] = f"{Path(sys.executable).parent}{os.pathsep}{env.get('PATH', os.defpath)}"
    return env


# --- make run ----------------------------------------------------------------------------------------


@dataclass
class Part:
    """A process of the portal that is started again when it ends by itself, but not for ever."""

    name: str
    command: list[str]
    grace: float
    started: deque[float] = field(default_factory=lambda: deque(maxlen=MOST_RESTARTS))
    process: Process | None = None


def parts(data: Data, port: int) -> list[Part]:
    python = [sys.executable, "-m"]
    bind = [f"127.0.0.1:{port}"]
    if _has_ipv6(port):
        bind.append(f"[::1]:{port}")  # some browsers ask there first for "localhost"
    return [
        Part(
            "web",
            [
                *python,
                "gunicorn",
                "--config",
                "python:whatson.embedded.gunicorn_dev",
                *(word for address in bind for word in ("--bind", address)),
                "whatson.wsgi:application",
            ],
            5,
        ),
        Part(
            "worker",
            [
                *python,
                "celery",
                "--app",
                "whatson.embedded.worker",
                "worker",
                "--queues",
                "urgent,mail,default,heavy",
                "--concurrency",
                "2",
                "--loglevel",
                "INFO",
                "--without-gossip",
                "--without-mingle",
                "--hostname",
                f"whatson-{data.key}@%h",
                "--schedule",
                str(data.path / "beat"),
            ],
            8,
        ),
    ]


def _has_ipv6(port: int) -> bool:
    try:
        with socket.socket(socket.AF_INET6) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("::1", port))
    except OSError:
        return False
    return True


def launch(keeper: Keeper, data: Data, part: Part, env: Mapping[str, str]) -> None:
    part.started.append(time.monotonic())
    log = data.logs / f"{part.name}.log"
    if len(part.started) == 1:
        log.write_bytes(b"")
    # What people upload here is for nobody else on this machine.
    part.process = keeper.start(part.name, part.command, env=env, log=log, grace=part.grace, umask=0o077)


def wait_until_ready(port: int, part: Part) -> None:
    end = time.monotonic() + READY_SECONDS
    answer = ""
    while time.monotonic() < end and part.process is not None and not part.process.ended:
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            connection.request("GET", "/readyz")
            response = connection.getresponse()
            answer = response.read().decode(errors="replace")
            if response.status == 200:
                return
        except (OSError, HTTPException):
            pass
        finally:
            connection.close()
        time.sleep(0.1)
    words = part.process.last_words(25) if part.process else ""
    raise Trouble(f"The web server does not answer. {answer}\n{words}")


def watch(keeper: Keeper, data: Data, running: list[Part], env: Mapping[str, str]) -> None:
    """Until somebody stops us: start again what ended, give up on what ends again and again."""
    names = {part.name for part in running}
    queue_started: deque[float] = deque(maxlen=MOST_RESTARTS)
    while True:
        time.sleep(0.5)
        for process in [ended for ended in keeper.processes if ended.ended and ended.name not in names]:
            if process.name != valkey.NAME:
                raise Trouble(f"{process.name} ended by itself. Its last words:\n{process.last_words()}")
            clear_away(keeper, process, queue_started)
            queue_started.append(time.monotonic())
            valkey.start(keeper, data, again=env["REDIS_URL"])
        for part in running:
            if part.process is not None and part.process.ended:
                clear_away(keeper, part.process, part.started)
                launch(keeper, data, part, env)


def clear_away(keeper: Keeper, process: Process, started: deque[float]) -> None:
    """End what a process that ended by itself left behind in its group, unless it does so again and again."""
    if len(started) == started.maxlen and time.monotonic() - started[0] < WITHIN_SECONDS:
        raise Trouble(f"{process.name} ends again and again. Its last words:\n{process.last_words(25)}")
    say(f"  {process.name} ended by itself and is started again; see {process.log}.")
    keeper.end(process)


def run(folder: str, port: int, *, demonstration: bool = True) -> None:
    """Start everything and stay until stopped; leaves by Stopped or Trouble only.

    Invented people come only into a database of our own making, which nobody else can reach.
    """
    start = time.monotonic()
    with stopped_by_signals():
        data = Data.at(folder)
        with data.locked(f"the portal at http://localhost:{port}/"), Keeper() as keeper:
            require_free(port)
            say("WhatsOn")
            try:
                addresses = services(keeper, data)
                stamps = prepare.Stamps(data, addresses.get(EMBEDDED))
                if not demonstration and stamps.has("demonstration"):
                    raise Trouble(
                        f"{data.path} holds the demonstration. DEMO=0 needs a folder without it: leave DATA "
                        "out, or name another one."
                    )
                demonstration = demonstration and EMBEDDED in addresses
                env = {
                    **environment(data, addresses),
                    "PORT": str(port),
                    "DEMONSTRATION": str(int(demonstration)),
                }
                prepare.translations()
                prepare.tables(keeper, data, env, stamps)
                running = parts(data, port)
                launch(keeper, data, running[0], env)  # starts beside what is loaded meanwhile
                prepare.content(keeper, data, env, stamps)
                if demonstration:
                    prepare.demonstration(keeper, data, env, stamps)
                with step("Web server"):
                    wait_until_ready(port, running[0])
                for part in running[1:]:
                    launch(keeper, data, part, env)
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise places.full_disk(data.path) from None
                raise
            data.tell_services(addresses)
            say(f"\n  Ready in {time.monotonic() - start:.1f} s: http://localhost:{port}/")
            if demonstration:
                prepare.say_signins(data)
                say(f"\n  One-time codes of the desk: http://localhost:{port}/dev/")
            else:
                say("\n  Nobody can sign in to the desk yet. Name two people, in a second terminal:")
                say(f"    make admins DATA={data.path} EMAILS='a@example.org b@example.org'")
            if not os.environ.get("MAIL_URL"):
                say(f"  Mail stays here: http://localhost:{port}/dev/mail/")
            say(f"  Logs: {data.logs}    Stop with Ctrl-C; the data stay in {data.path}.\n")
            watch(keeper, data, running, env)


# --- make test, make shell, … --------------------------------------------------------------------------


def beside(folder: str, command: list[str], *, throwaway: bool = False, services_only: bool = False) -> int:
    """Run one command with the services, started for it or running already; answers its exit code."""
    if not command:
        raise Trouble("exec needs a command: exec -- python manage.py shell")
    with stopped_by_signals():
        if throwaway:
            with places.throwaway() as data, Keeper() as keeper:
                env = environment(data, services(keeper, data, throwaway=True))
                return foreground(keeper, command, env)
        data = Data.at(folder)
        try:
            with data.locked(" ".join(command)[:60]), Keeper() as keeper:
                addresses = services(keeper, data)
                data.tell_services(addresses)
                env = environment(data, addresses)
                if not services_only:
                    prepare.translations()
                    stamps = prepare.Stamps(data, addresses.get(EMBEDDED))
                    prepare.tables(keeper, data, env, stamps)
                    prepare.reference(keeper, data, env, stamps)
                return foreground(keeper, command, env)
        except places.InUse:
            told_before = data.told_services()
            if told_before is None:
                raise
            with Keeper() as keeper:
                return foreground(keeper, command, environment(data, told_before))


def foreground(keeper: Keeper, command: list[str], env: Mapping[str, str]) -> int:
    """The command owns the terminal, where there is one: then Ctrl-C is its own affair."""
    interactive = sys.stdin.isatty()
    if interactive:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    process = keeper.start(
        command[0], command, env=env, group=not interactive, grace=15, **_default_signals(interactive)
    )
    code = process.popen.wait()
    keeper.forget(process)
    return code if code >= 0 else 128 - code


def _default_signals(interactive: bool) -> dict[str, Any]:
    if not interactive:
        return {}
    # What we ignore, a child would ignore too.
    return {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}

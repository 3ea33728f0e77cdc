"""Run the child beside a worker and pass on what it tells, until its end or the end of its time.

`read` is called by workers. `child` runs beside them with limits of its own, knows neither Django nor the
database nor any secret, and tells what it finds as lines of JSON.
"""

import base64
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from resources.extraction import child

# An hour of a worker is worth more than a slow file: the limits of the child hold first, this one always.
WALL_SECONDS = 120
MOST_OUTPUT = 100 << 20


@dataclass(frozen=True, slots=True)
class About:
    """What the document says of itself, "" where it does not; the language by its code."""

    title: str
    language: str


@dataclass(frozen=True, slots=True)
class Pages:
    """How many there are; not `numbered` where a text without pages was cut in pieces."""

    all: int
    numbered: bool


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Read:
    """All text has been passed on; a picture may follow."""


@dataclass(frozen=True, slots=True)
class Fault:
    """The end where something went wrong: encrypted, broken, hostile, too_large, too_slow, too_long."""

    code: str


Fact = About | Pages | Page | Picture | Read | Fault


def read(path: Path, media_type: str, *, seconds: float = WALL_SECONDS) -> Iterator[Fact]:
    """Yield what is in the file, page by page. It never raises for a file, and tells it nothing of ours."""
    running = subprocess.Popen(
        [sys.executable, "-E", "-s", "-B", "-m", child.__package__, str(path), media_type],
        cwd=settings.BASE_DIR,
        env={"LANG": "C.UTF-8"},
        close_fds=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert running.stdout is not None  # noqa: S101  it is a pipe
    late = threading.Event()

    def end() -> None:
        late.set()
        running.kill()

    clock = threading.Timer(seconds, end)
    clock.daemon = True
    clock.start()
    ended = False
    try:
        room = MOST_OUTPUT
        while line := running.stdout.readline(room):
            room -= len(line)
            fact = _fact_of(line)
            if fact is None:
                break
            if isinstance(fact, Fault):
                ended = True
            yield fact
        code = running.wait()
        if late.is_set() or code in {-signal.SIGXCPU, -signal.SIGKILL}:
            yield Fault("too_slow")
        elif code and not ended:
            yield Fault("broken")
    finally:
        clock.cancel()
        if running.poll() is None:
            running.kill()
        running.wait()
        running.stdout.close()


def _fact_of(line: bytes) -> Fact | None:
    """Return the fact of a line, or None for an incomplete one, as from a child that died while writing."""
    try:
        facts = json.loads(line)
    except ValueError:
        return None
    fact: Fact
    match facts:
        case {"fault": code}:
            fact = Fault(str(code))
        case {"title": title}:
            fact = About(str(title), str(facts["language"]))
        case {"pages": pages}:
            fact = Pages(int(pages), bool(facts["numbered"]))
        case {"page": number}:
            fact = Page(int(number), str(facts["text"]))
        case {"picture": picture}:
            fact = Picture(base64.b64decode(picture))
        case _:
            fact = Read()
    return fact

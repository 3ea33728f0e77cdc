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


Told = About | Pages | Page | Picture | Read | Fault


def read(path: Path, media_type: str, *, seconds: float = WALL_SECONDS) -> Iterator[Told]:
    """What is in the file, page by page. Never raises for what a file does; nothing of ours is told to it."""
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
            told = _told(line)
            if told is None:
                break
            if isinstance(told, Fault):
                ended = True
            yield told
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


def _told(line: bytes) -> Told | None:
    """None where the line is not whole, as of a child that died while writing it."""
    try:
        said = json.loads(line)
    except ValueError:
        return None
    told: Told
    match said:
        case {"fault": code}:
            told = Fault(str(code))
        case {"title": title}:
            told = About(str(title), str(said["language"]))
        case {"pages": pages}:
            told = Pages(int(pages), bool(said["numbered"]))
        case {"page": number}:
            told = Page(int(number), str(said["text"]))
        case {"picture": picture}:
            told = Picture(base64.b64decode(picture))
        case _:
            told = Read()
    return told

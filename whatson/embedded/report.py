"""What the launcher says: one line per step with its time, one clear line when something is wrong."""

import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Trouble(Exception):
    """One clear line that says what is wrong and what to do about it."""


class Stopped(BaseException):
    """Ctrl-C, a signal, or the end of the process that started us: stop everything we started."""


class _Held:
    """Whether a signal has to wait because a process is being started that nobody has noted down yet."""

    depth = 0
    came = False


def stop_on_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, _stop)


def ignore_signals() -> None:
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _stop(number: int, frame: object) -> None:
    ignore_signals()  # we end in order; a second Ctrl-C must not cut that short
    if _Held.depth:
        _Held.came = True
    else:
        raise Stopped


@contextmanager
def signals_held() -> Iterator[None]:
    _Held.depth += 1
    try:
        yield
    finally:
        _Held.depth -= 1
    if _Held.came and not _Held.depth:
        _Held.came = False
        raise Stopped


def say(text: str = "") -> None:
    try:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
    except OSError:  # the terminal is gone; stopping in order matters more than telling of it
        pass


@contextmanager
def step(label: str) -> Iterator[None]:
    """Say what is being done and, once it is, how many seconds it took."""
    start = time.monotonic()
    sys.stdout.write(f"  {label} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        say("stopped")
        raise
    say(f"{time.monotonic() - start:.1f} s")

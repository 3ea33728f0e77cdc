"""Ends what the launcher started, even when the launcher was killed and could not do it.

A small process beside the launcher reads a pipe whose other end only the launcher holds. Each line names one
child; the end of the pipe without a `bye` says that the launcher is gone. It works the same on Linux and
macOS, and needs nothing but the standard library, so it starts at once.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Child:
    """A process of ours. `group`: it leads a process group that ends with it. Lower stages stop first."""

    pid: int
    stage: int
    signal: int
    grace: float
    group: bool

    def line(self) -> str:
        return f"+ {self.pid} {self.stage} {self.signal} {self.grace} {int(self.group)}\n"

    @classmethod
    def of(cls, line: str) -> "Child":
        pid, stage, number, grace, group = line.split()[1:]
        return cls(int(pid), int(stage), int(number), float(grace), group == "1")

    def send(self, number: int, *, to_all: bool) -> bool:
        """Whether there was still somebody to receive it."""
        try:
            if self.group and to_all:
                os.killpg(self.pid, number)
            else:
                os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        except PermissionError:  # macOS says so of a group of which only the dead are left
            return number != 0
        return True

    def is_there(self) -> bool:
        return self.send(0, to_all=True)


def stop(children: Iterable[Child], reap: Callable[[], object] = lambda: None) -> None:
    """End the children stage by stage: ask, wait for the grace of the slowest, then kill what is left."""
    children = list(children)
    for stage in sorted({child.stage for child in children}):
        now = [child for child in children if child.stage == stage]
        for child in now:
            child.send(child.signal, to_all=False)
        end = time.monotonic() + max(child.grace for child in now)
        while time.monotonic() < end:
            reap()
            now = [child for child in now if child.is_there()]
            if not now:
                break
            time.sleep(0.05)
        for child in now:
            child.send(signal.SIGKILL, to_all=True)
            reap()


def main() -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    children: dict[int, Child] = {}
    for line in sys.stdin:
        if line.startswith("+"):
            child = Child.of(line)
            children[child.pid] = child
        elif line.startswith("-"):
            children.pop(int(line.split()[1]), None)
        elif line.startswith("bye"):
            return
    stop(children.values())


if __name__ == "__main__":
    main()

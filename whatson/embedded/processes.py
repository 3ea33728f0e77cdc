"""The processes that we started, and only those: watched, and ended in order."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from whatson.embedded import guard
from whatson.embedded.report import Trouble, ignore_signals, signals_held

SERVICES, PORTAL = 2, 1  # stages of stopping: the portal first, then what it stands on
ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Process:
    name: str
    popen: subprocess.Popen[bytes]
    child: guard.Child
    log: Path | None = None

    @property
    def ended(self) -> bool:
        return self.popen.poll() is not None

    def last_words(self, lines: int = 12) -> str:
        if self.log is None or not self.log.is_file():
            return ""
        return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])


@dataclass
class Keeper:
    """Starts processes, each in a session of its own, and tells the guard of every one."""

    processes: list[Process] = field(default_factory=list)
    _guard: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Keeper":
        self._guard = subprocess.Popen(
            [sys.executable, "-I", guard.__file__],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self

    def __exit__(self, *exception: object) -> None:
        ignore_signals()  # we are ending already; nothing may cut that short
        self.stop_all()
        self._tell("bye\n")
        if self._guard is not None:
            with contextlib.suppress(OSError):
                self._guard.communicate(timeout=5)

    def start(
        self,
        name: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        stage: int = PORTAL,
        log: Path | None = None,
        ask: int = signal.SIGTERM,
        grace: float = 8,
        group: bool = True,
        given: bytes | None = None,
        cwd: Path = ROOT,
        **credentials: Any,
    ) -> Process:
        """Start one process. `ask` is the signal that ends it in order, `given` what it reads."""
        with signals_held():
            popen = self._open(
                command,
                log,
                given,
                cwd=cwd,
                env=dict(env),
                start_new_session=group,
                stdin=subprocess.DEVNULL if group else None,
                **credentials,
            )
            child = guard.Child(popen.pid, stage, ask, grace, group)
            self._tell(child.line())
            process = Process(name, popen, child, log)
            self.processes.append(process)
            if given is not None and popen.stdin:
                with contextlib.suppress(BrokenPipeError):
                    popen.stdin.write(given)
                    popen.stdin.close()
            return process

    @staticmethod
    def _open(
        command: Sequence[str | Path], log: Path | None, given: bytes | None, **options: Any
    ) -> subprocess.Popen[bytes]:
        output: IO[bytes] | None = log.open("ab") if log else None
        if given is not None:
            options["stdin"] = subprocess.PIPE
        try:
            return subprocess.Popen(
                [str(part) for part in command],
                stdout=output,
                stderr=subprocess.STDOUT if output else None,
                **options,
            )
        finally:
            if output:
                output.close()

    def run(self, name: str, command: Sequence[str | Path], *, env: Mapping[str, str], log: Path) -> None:
        """Run one command to its end; a failure shows its last words."""
        log.write_bytes(b"")
        process = self.start(name, command, env=env, log=log)
        code = process.popen.wait()
        self.forget(process)
        if code:
            if "No space left on device" in (words := process.last_words(30)):
                raise Trouble("The disk is full. Make room and start again.")
            raise Trouble(f"{name} failed:\n{words}\nThe whole output is in {log}.")

    def forget(self, process: Process) -> None:
        self.processes.remove(process)
        self._tell(f"- {process.child.pid}\n")

    def end(self, process: Process) -> None:
        guard.stop([process.child], reap=self._reap)
        self._reap()
        self.forget(process)

    def stop_all(self) -> None:
        if self.processes:
            guard.stop((process.child for process in self.processes), reap=self._reap)
            self._reap()
            for process in self.processes:
                self._tell(f"- {process.child.pid}\n")
            self.processes.clear()

    def _reap(self) -> None:
        for process in self.processes:
            process.popen.poll()

    def _tell(self, line: str) -> None:
        if self._guard is not None and self._guard.stdin is not None:
            with contextlib.suppress(BrokenPipeError, ValueError):
                os.write(self._guard.stdin.fileno(), line.encode())

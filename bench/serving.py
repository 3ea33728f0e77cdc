"""The portal served as in production: gunicorn by its own file, INFO in the log, numbers for Prometheus."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.client import fetch

ROOT = Path(__file__).resolve().parent.parent


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(keep_seconds: int | None = None) -> Iterator[tuple[int, int]]:
    """The portal; yields its port and the process that leads its workers.

    Pages are kept for `keep_seconds`, or for as long as production keeps them.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as metrics:
        env = {"LOG_LEVEL": "INFO", "PROMETHEUS_MULTIPROC_DIR": metrics}
        if keep_seconds is not None:
            env["KEEP_PAGES_SECONDS"] = str(keep_seconds)
        call = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py"]
        call += ["--bind", f"127.0.0.1:{port}", "whatson.wsgi:application"]
        with running(call, port, "/healthz", env=env) as leader:
            yield port, leader


@contextmanager
def running(
    call: Sequence[str], port: int, ready: str, *, env: Mapping[str, str], cwd: Path = ROOT
) -> Iterator[int]:
    """A server in a group of processes of its own, from its first answer on; its log goes to a file."""
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            call, cwd=cwd, env={**os.environ, **env}, start_new_session=True, stdout=log, stderr=log
        )
        try:
            deadline = time.monotonic() + 120
            while True:
                try:
                    fetch(port, ready)
                    break
                except (OSError, RuntimeError):
                    if time.monotonic() > deadline or process.poll() is not None:
                        log.seek(0)
                        raise SystemExit(f"{call} does not answer:\n{log.read()[-3000:]}") from None
                    time.sleep(0.2)
            yield process.pid
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)

"""Ask ClamAV whether a file is known to be harmful, over the socket that settings.CLAMD_URL names.

`unix:///run/clamav/clamd.ctl` or `tcp://clamav:3310`. Where none is set nobody looks, and whoever shows the
file to staff says so.
"""

import contextlib
import socket
import struct
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

CHUNK = 1 << 16
TIMEOUT = 30.0
MOST_ANSWER = 4096


class CannotScan(Exception):
    """The scanner does not take this file; the words are for the log."""


class ScannerAway(CannotScan):
    """Nobody answers: the file is to be tried again."""


def is_set() -> bool:
    return bool(settings.CLAMD_URL)


def what_is_in(file: IO[bytes]) -> str:
    """The name of what was found in the file, "" where nothing was. Raises CannotScan, ScannerAway."""
    try:
        with _connected() as line:
            with contextlib.suppress(ConnectionError):  # it may refuse before it has heard all
                line.sendall(b"zINSTREAM\0")
                file.seek(0)
                while chunk := file.read(CHUNK):
                    line.sendall(struct.pack("!I", len(chunk)) + chunk)
                line.sendall(struct.pack("!I", 0))
            answer = _answer(line)
    except OSError as why:
        raise ScannerAway(str(why)) from why
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND") or "?"
    if not answer:
        raise ScannerAway("no answer")
    raise CannotScan(answer)


def _connected() -> socket.socket:
    where = urlsplit(settings.CLAMD_URL)
    if where.scheme == "unix":
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(TIMEOUT)
        line.connect(where.path)
        return line
    return socket.create_connection((where.hostname or "localhost", where.port or 3310), timeout=TIMEOUT)


def _answer(line: socket.socket) -> str:
    reply = b""
    while not reply.endswith(b"\0") and len(reply) < MOST_ANSWER:
        piece = line.recv(MOST_ANSWER)
        if not piece:
            break
        reply += piece
    return reply.rstrip(b"\0").decode("utf-8", "replace").strip()

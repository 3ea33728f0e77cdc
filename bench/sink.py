"""A mail server on the loopback, in a process of its own, that does as it is told and counts.

    with Sink() as sink: sink.port, sink.taken, sink.behave("slow")

taken   finished texts that it has; with BENCH_SINK_IDS their Message-IDs are written to that file
cut     connections that ended without a goodbye
held    connections that it keeps waiting now

well       takes everything at once
slow       takes everything, a third of a second each
silent     says nothing, not even a greeting: who connects has claimed mail and handed none over; whoever is
           connected is sent away
deaf       takes the text and never answers: who waits is handing a mail over
refusing   answers 421 to whoever connects, or is connected
greylist   asks for a second try of each recipient, and takes it then
"""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MESSAGE_ID = re.compile(rb"(?im)^Message-ID: (\S+)")
BEHAVIOURS = ("well", "slow", "silent", "deaf", "refusing", "greylist")
SLOW = 1 / 3  # seconds a mail


class Sink:
    def __enter__(self) -> "Sink":
        call = [sys.executable, "-m", "bench.sink"]
        self._process = subprocess.Popen(
            call, cwd=ROOT, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True
        )
        self.port = int(self._process.stdout.readline())  # type: ignore[union-attr]
        return self

    def __exit__(self, *_of_fault: object) -> None:
        self._process.kill()
        self._process.wait()

    @property
    def taken(self) -> int:
        return self._ask("")["taken"]

    @property
    def cut(self) -> int:
        return self._ask("")["cut"]

    @property
    def held(self) -> int:
        return self._ask("")["held"]

    def behave(self, how: str) -> None:
        if how not in BEHAVIOURS:
            raise ValueError(how)
        self._ask(how)

    def _ask(self, line: str) -> dict[str, int]:
        self._process.stdin.write(f"{line}\n")  # type: ignore[union-attr]
        self._process.stdin.flush()  # type: ignore[union-attr]
        counts: dict[str, int] = json.loads(self._process.stdout.readline())  # type: ignore[union-attr]
        return counts


class _Server:
    def __init__(self) -> None:
        self.how = "well"
        self.taken = self.cut = self.held = 0
        self.seen: set[bytes] = set()
        named = os.environ.get("BENCH_SINK_IDS")
        self.ids = Path(named).open("a", encoding="utf-8") if named else None  # noqa: SIM115  until killed

    async def session(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            if not await self._talk(reader, writer):
                self.cut += 1
        except (OSError, asyncio.IncompleteReadError):
            self.cut += 1
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Whether it ended as it should."""
        if self.how == "silent":
            return await self._hold(reader)
        if self.how == "refusing":
            writer.write(b"421 not now\r\n")
            return True
        writer.write(b"220 sink\r\n")
        while line := await reader.readline():
            verb = line[:4].upper()
            if verb == b"MAIL" and self.how in {"silent", "refusing"}:
                writer.write(b"421 closing\r\n")
                return True
            if verb == b"RCPT" and self.how == "greylist" and line not in self.seen:
                self.seen.add(line)
                writer.write(b"451 4.7.1 try again later\r\n")
                continue
            if verb == b"DATA":
                writer.write(b"354 go on\r\n")
                self._take(await reader.readuntil(b"\r\n.\r\n"))
                if self.how == "deaf":
                    return await self._hold(reader)
                if self.how == "slow":
                    await asyncio.sleep(SLOW)
            writer.write(b"221 bye\r\n" if verb == b"QUIT" else b"250 ok\r\n")
            if verb == b"QUIT":
                return True
        return False

    async def _hold(self, reader: asyncio.StreamReader) -> bool:
        self.held += 1
        try:
            await reader.read()  # until the other end is gone
        finally:
            self.held -= 1
        return False

    def _take(self, text: bytes) -> None:
        self.taken += 1
        if self.ids:
            if match := MESSAGE_ID.search(text):
                self.ids.write(match[1].decode() + "\n")
            self.ids.flush()

    async def serve(self) -> None:
        server = await asyncio.start_server(self.session, "127.0.0.1", 0, limit=1 << 22)
        print(server.sockets[0].getsockname()[1], flush=True)
        threading.Thread(target=self._answer, daemon=True).start()
        await server.serve_forever()

    def _answer(self) -> None:
        for line in sys.stdin:
            self.how = line.strip() or self.how
            print(json.dumps({"taken": self.taken, "cut": self.cut, "held": self.held}), flush=True)


if __name__ == "__main__":
    asyncio.run(_Server().serve())

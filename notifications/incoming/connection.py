"""A mailbox read by IMAP (RFC 3501), by the standard library: what is new, by number, and what may go."""

import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from time import mktime
from types import TracebackType
from typing import Any, NamedTuple, Self

MOST_BYTES = 512 * 1024  # read of one mail: its headers, a report, and words stand at its beginning
WINDOW = 20_000  # numbers asked for at a time, so that no answer is longer than a line may be


class MailboxAway(Exception):
    """The mailbox cannot be read now. Says nothing of the password."""


class Fetched(NamedTuple):
    uid: int
    arrived_at: datetime
    raw: bytes


class Connection:
    """Open within `with`. All that the server does wrong is MailboxAway; each answer may take `timeout`."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        self.uidvalidity = self.uidnext = 0

    def __enter__(self) -> Self:
        host, port, timeout = (self.options[name] for name in ("host", "port", "timeout"))
        try:
            if self.options["tls"] == "at_once":
                trusted = ssl.create_default_context()
                self.imap: Any = imaplib.IMAP4_SSL(host, port, ssl_context=trusted, timeout=timeout)
            else:
                self.imap = imaplib.IMAP4(host, port, timeout=timeout)
        except (OSError, imaplib.IMAP4.error) as fault:
            raise MailboxAway(type(fault).__name__) from None
        try:
            if self.options["tls"] == "starttls":
                self._say("starttls", ssl.create_default_context())
            self._say("login", _quote(self.options["username"]), self.options["password"])
            self._say("select", _quote(self.options["folder"]))
            self.uidvalidity, self.uidnext = self._number("UIDVALIDITY"), self._number("UIDNEXT")
        except BaseException:
            self._hang_up()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if fault is None:
            with suppress(OSError, imaplib.IMAP4.error):
                self.imap.logout()
        self._hang_up()

    def after(self, uid: int) -> Iterator[int]:
        """Yield the numbers of the mails after this one, in order."""
        first = uid + 1
        while first < self.uidnext:
            last = first + WINDOW - 1
            (uid_list,) = self._say("uid", "SEARCH", None, f"UID {first}:{last}")
            yield from sorted(int(number) for number in (uid_list or b"").split())
            first = last + 1

    def fetch(self, uid: int) -> Fetched | None:
        """The beginning of a mail, which stays unread; None where it is gone."""
        answer = self._say("uid", "FETCH", str(uid), f"(UID INTERNALDATE BODY.PEEK[]<0.{MOST_BYTES}>)")
        for line in answer:
            if isinstance(line, tuple):
                return Fetched(uid, _arrival_time(line[0]), line[1])
        return None

    def remove(self, uids: Sequence[int]) -> None:
        """Only these: what others marked as deleted is theirs (RFC 4315). Without that, they are marked."""
        uid_set = ",".join(map(str, uids))
        self._say("uid", "STORE", uid_set, "+FLAGS.SILENT", r"(\Deleted)")
        if "UIDPLUS" in self.imap.capabilities:
            self._say("uid", "EXPUNGE", uid_set)

    def _say(self, command: str, *args: Any) -> list[Any]:
        try:
            state, answer = getattr(self.imap, command)(*args)
            if command in ("login", "starttls"):  # what it can do may only be told now
                self.imap.capabilities = tuple(self.imap.capability()[1][-1].decode().upper().split())
        except (OSError, imaplib.IMAP4.error, ValueError, LookupError) as fault:
            raise MailboxAway(f"{args[0] if command == 'uid' else command}: {type(fault).__name__}") from None
        if state != "OK":
            raise MailboxAway(f"{args[0] if command == 'uid' else command}: {state}")
        return list(answer)

    def _number(self, name: str) -> int:
        answer = self.imap.response(name)[1][0]
        if not answer or not answer.isdigit():
            raise MailboxAway(f"select: no {name}")
        return int(answer)

    def _hang_up(self) -> None:
        """Without a word: who hangs would not answer to it either."""
        with suppress(OSError):
            self.imap.shutdown()


def _quote(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _arrival_time(line: bytes) -> datetime:
    parsed_time = imaplib.Internaldate2tuple(re.sub(rb"\r|\n", b" ", line))
    now = datetime.now(UTC)
    return min(datetime.fromtimestamp(mktime(parsed_time), UTC), now) if parsed_time else now

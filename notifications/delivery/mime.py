"""How a mail is written as bytes: its addresses whole, and what is the same in all mails made once."""

import re
from base64 import encodebytes
from binascii import b2a_qp
from datetime import UTC, datetime
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, default
from email.utils import format_datetime
from functools import cache, lru_cache
from typing import Any
from uuid import uuid4

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE, USUAL_LINE = 998, 78  # RFC 5322, 2.1.1
# Headers with few values, that nearly all mails share.
SHARED = frozenset(
    name.lower()
    for name in (
        "From",
        "MIME-Version",
        "Auto-Submitted",
        "Content-Language",
        "Content-Type",
        "Content-Transfer-Encoding",
        "List-Id",
        "List-Unsubscribe-Post",
    )
)


class _Headers(HeaderRegistry):
    """Python's own headers, but the class of each is made once, and what mails share is parsed once."""

    def __getitem__(self, name: str) -> Any:
        return _class_of(name)

    def __call__(self, name: str, value: str) -> Any:
        return _parse_shared(name, value) if _is_shared(name, value) else super().__call__(name, value)


_plain = HeaderRegistry()


@lru_cache(256)
def _class_of(name: str) -> Any:
    return _plain[name]


@lru_cache(1024)
def _parse_shared(name: str, value: str) -> Any:
    return _class_of(name)(name, value)


class MailPolicy(EmailPolicy):
    """Python's own rules, but one long word stays one word.

    They would write it as encoded words (RFC 2047), and no mail program finds the address in a
    List-Unsubscribe that is written so.
    """

    def fold(self, name: str, value: str) -> str:
        return _whole_line(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        if _is_shared(name, value):
            return _fold_shared(self.linesep, name, value)
        whole = _whole_line(name, value, self.linesep)
        return whole.encode("ascii") if whole else super().fold_binary(name, value)


@cache
def _policy(linesep: str) -> MailPolicy:
    return MailPolicy(linesep=linesep, header_factory=_Headers())


@lru_cache(1024)
def _fold_shared(linesep: str, name: str, value: str) -> bytes:
    return EmailPolicy(linesep=linesep).fold_binary(name, value)


def _is_shared(name: str, value: str) -> bool:
    return name.lower() in SHARED and "boundary" not in value


def _whole_line(name: str, value: str, linesep: str) -> str:
    """Return the line of a header that is one word of ASCII; an empty text for others and for long ones."""
    word = str(value)
    if not word.isascii() or word.split() != [word] or len(name) + 2 + len(word) > LONGEST_LINE:
        return ""
    return f"{name}: {word}{linesep}"


class Mail(EmailMultiAlternatives):
    """A mail of the portal. `return_path`: the sender of its envelope, where that is another than it says."""

    return_path = ""

    def message(self, *, policy: Any = default) -> EmailMessage:
        mime_message: EmailMessage = super().message(policy=_policy(policy.linesep))
        return mime_message

    def as_bytes(self) -> bytes:
        """As it leaves. Text and HTML alone are put together here, once; Python walks through them thrice."""
        addresses = ", ".join(self.to)
        if self.attachments or len(self.alternatives) != 1 or not addresses.isascii():
            return self.message(policy=SMTP).as_bytes()
        boundary = f"{'=' * 15}{uuid4().hex}"
        head = {
            "Subject": str(self.subject),
            "From": str(self.from_email),
            "To": addresses,
            "Date": format_datetime(datetime.now(UTC)),
            **self.extra_headers,
            "MIME-Version": "1.0",
        }
        edge = f"\r\n--{boundary}".encode()
        return b"".join(
            [
                *(_line(name, value) for name, value in head.items()),
                f'Content-Type: multipart/alternative;\r\n boundary="{boundary}"\r\n'.encode(),
                edge,
                _part("plain", str(self.body)),
                edge,
                _part("html", str(self.alternatives[0][0])),
                edge,
                b"--\r\n",
            ]
        )


def _line(name: str, value: str) -> bytes:
    """One header. Plain words that fit a line stand as they are; Python's own rules write all others."""
    most = USUAL_LINE if " " in value else LONGEST_LINE
    if (
        value.isascii()
        and value.isprintable()
        and "=?" not in value
        and value == value.strip()
        and len(name) + 2 + len(value) <= most
    ):
        return f"{name}: {value}\r\n".encode()
    policy = _policy("\r\n")
    return policy.fold_binary(*policy.header_store_parse(name, value))


def _part(kind: str, text: str) -> bytes:
    """A text of some kind with its own headers, in the shorter of the two ways to write it in ASCII.

    Base64 makes four of three; the other way makes three of each byte that is not ASCII.
    """
    raw = f"{_LINE_END.sub('\r\n', text)}\r\n".encode()
    if 6 * len(raw.translate(None, _ASCII)) <= len(raw):
        way, encoded = "quoted-printable", b2a_qp(raw)
    else:
        way, encoded = "base64", encodebytes(raw).replace(b"\n", b"\r\n")
    head = f'\r\nContent-Type: text/{kind}; charset="utf-8"\r\nContent-Transfer-Encoding: {way}\r\n\r\n'
    return head.encode() + encoded


_ASCII = bytes(range(128))
_LINE_END = re.compile(r"\r\n?|\n")

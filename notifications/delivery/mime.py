"""How a mail is written as bytes: its addresses whole, and what is the same in all mails made once."""

from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy, default
from functools import cache, lru_cache
from typing import Any

from django.core.mail import EmailMultiAlternatives

LONGEST_LINE = 998  # RFC 5322, 2.1.1
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
        return _parsed(name, value) if _is_shared(name, value) else super().__call__(name, value)


_plain = HeaderRegistry()


@lru_cache(256)
def _class_of(name: str) -> Any:
    return _plain[name]


@lru_cache(1024)
def _parsed(name: str, value: str) -> Any:
    return _class_of(name)(name, value)


class MailPolicy(EmailPolicy):
    """Python's own rules, but one long word stays one word.

    They would write it as encoded words (RFC 2047), and no mail program finds the address in a
    List-Unsubscribe that is written so.
    """

    def fold(self, name: str, value: str) -> str:
        return _whole(name, value, self.linesep) or super().fold(name, value)

    def fold_binary(self, name: str, value: str) -> bytes:
        if _is_shared(name, value):
            return _folded(self.linesep, name, value)
        whole = _whole(name, value, self.linesep)
        return whole.encode("ascii") if whole else super().fold_binary(name, value)


@cache
def _policy(linesep: str) -> MailPolicy:
    return MailPolicy(linesep=linesep, header_factory=_Headers())


@lru_cache(1024)
def _folded(linesep: str, name: str, value: str) -> bytes:
    return EmailPolicy(linesep=linesep).fold_binary(name, value)


def _is_shared(name: str, value: str) -> bool:
    return name.lower() in SHARED and "boundary" not in value


def _whole(name: str, value: str, linesep: str) -> str:
    """The line of a header that is one word of ASCII; empty where it is not, or too long for a line."""
    word = str(value)
    if not word.isascii() or len(word.split()) != 1 or len(name) + 2 + len(word) > LONGEST_LINE:
        return ""
    return f"{name}: {word}{linesep}"


class Mail(EmailMultiAlternatives):
    """A mail of the portal."""

    def message(self, *, policy: Any = default) -> EmailMessage:
        made: EmailMessage = super().message(policy=_policy(policy.linesep))
        return made

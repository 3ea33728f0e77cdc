"""Ways out for a mail: a real mail server that says how far it came, and the mailbox page of development."""

import re
import smtplib
import time
from collections.abc import Generator, Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# Seconds that a mail server may take to greet, and to answer a command; for the text of a mail, and wherever
# it is less, what MAIL_URL says.
GREETING_SECONDS, COMMAND_SECONDS = 5, 10
# Addresses that are nothing else (RFC 5322, dot-atom): nobody needs to take them apart to see it.
_PLAIN = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)*", re.ASCII)
_DOT_AT_START = re.compile(rb"^\.", re.MULTILINE)
GOES_AWAY = 421  # the last word of a mail server


class _Speaking:
    """Mixed into smtplib's connections: waits for each answer as long as it should take, and remembers
    whether the text of a mail began to leave."""

    data_begun = False
    sock: Any

    def __init__(self, *args: Any, timeout: float, **kwargs: Any) -> None:
        self.patience = timeout
        super().__init__(*args, timeout=min(timeout, GREETING_SECONDS), **kwargs)  # type: ignore[call-arg]
        self._wait_at_most(COMMAND_SECONDS)

    def talk(self: Any, sender: str, recipient: str, text: bytes) -> Generator[None]:
        """One mail as `sendmail` hands it over, but it stops before each answer that it waits for."""
        self.data_begun = False
        self.ehlo_or_helo_if_needed()
        size = f" size={len(text)}" if self.has_extn("size") else ""
        answer = yield from self._ask(f"mail FROM:{smtplib.quoteaddr(sender)}{size}\r\n".encode("ascii"))
        if answer[0] != 250:
            raise smtplib.SMTPSenderRefused(answer[0], answer[1], sender)
        answer = yield from self._ask(f"rcpt TO:{smtplib.quoteaddr(recipient)}\r\n".encode("ascii"))
        if answer[0] not in {250, 251}:
            raise smtplib.SMTPRecipientsRefused({recipient: answer})
        self.data_begun = True
        answer = yield from self._ask(b"data\r\n", self.patience)
        if answer[0] == 354:
            answer = yield from self._ask(_DOT_AT_START.sub(b"..", text) + b".\r\n", self.patience)
            if answer[0] == 250:
                return
        raise smtplib.SMTPDataError(*answer)

    def _ask(
        self: Any, words: bytes, seconds: float = COMMAND_SECONDS
    ) -> Generator[None, None, tuple[int, bytes]]:
        """The answer to these words; the time in which others get theirs counts."""
        until = time.monotonic() + min(self.patience, seconds)
        self._wait_at_most(seconds)
        self.send(words)
        yield
        self.sock.settimeout(max(until - time.monotonic(), 0.01))
        answer: tuple[int, bytes] = self.getreply()
        if answer[0] == GOES_AWAY:
            self.close()
        return answer

    def _wait_at_most(self, seconds: float) -> None:
        if self.sock is not None:
            self.sock.settimeout(min(self.patience, seconds))


class _Smtp(_Speaking, smtplib.SMTP):
    pass


class _SmtpSsl(_Speaking, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's own; besides, it can tell whether a line that broke may have carried the mail.

    `connections`: how many like this one worker may hold at a time.
    """

    def __init__(self, *args: Any, connections: int = 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.connections = connections

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SmtpSsl if self.use_ssl else _Smtp

    def talk(self, mail: Any) -> Generator[None]:
        """Hand over a mail of the portal, which writes itself, over the open connection. It stops before
        each answer that it waits for, so that other connections go on meanwhile.
        """
        line: Any = self.connection
        returns_to = getattr(mail, "return_path", "") or mail.from_email
        sender, recipient = map(self.prep_address, (returns_to, *mail.recipients()))
        yield from line.talk(sender, recipient, mail.as_bytes())

    def prep_address(self, address: str, force_ascii: bool = True) -> str:
        return address if _PLAIN.fullmatch(address) else str(super().prep_address(address, force_ascii))

    @property
    def may_have_left(self) -> bool:
        """Of the mail handed over last: had its text begun to leave?"""
        return getattr(self.connection, "data_begun", False)

    def start_over(self) -> bool:
        """After a refusal, make ready for the next mail; false where the connection is at its end."""
        line = self.connection
        if line is None or line.sock is None:
            return False
        try:
            return bool(line.rset()[0] == 250)
        except (OSError, smtplib.SMTPException):
            return False


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail in the database, to be read at /dev/mail/. For development and demonstrations."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from notifications.outbox.models import MailboxMessage  # noqa: PLC0415  settings name this module early

        rows = []
        for mail in email_messages:
            built = mail.message()
            html = [
                part.content for part in getattr(mail, "alternatives", ()) if part.mimetype == "text/html"
            ]
            rows.append(
                MailboxMessage(
                    to=", ".join(mail.recipients()),
                    subject=str(mail.subject),
                    headers=[[name, str(value)] for name, value in built.items()],
                    text=str(mail.body),
                    html=html[0] if html else "",
                )
            )
        return len(MailboxMessage.objects.bulk_create(rows))

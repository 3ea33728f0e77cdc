"""Ways out for a mail: a real mail server that says how far it came, and the mailbox page of development."""

import re
import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend

# Seconds that a mail server may take to greet, and to answer a command; for the text of a mail, and wherever
# it is less, what MAIL_URL says.
GREETING_SECONDS, COMMAND_SECONDS = 5, 10
# Addresses that are nothing else (RFC 5322, dot-atom): nobody needs to take them apart to see it.
_PLAIN = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*@[\w-]+(\.[\w-]+)*", re.ASCII)


class _Speaking:
    """Mixed into smtplib's connections: waits for each answer as long as it should take, and remembers
    whether the text of a mail began to leave."""

    data_begun = False
    sock: Any

    def __init__(self, *args: Any, timeout: float, **kwargs: Any) -> None:
        self.patience = timeout
        super().__init__(*args, timeout=min(timeout, GREETING_SECONDS), **kwargs)  # type: ignore[call-arg]
        self._wait_at_most(COMMAND_SECONDS)

    def mail(self, sender: str, options: Sequence[str] = ()) -> Any:
        self.data_begun = False
        self._wait_at_most(COMMAND_SECONDS)
        return super().mail(sender, options)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self.data_begun = True
        self._wait_at_most(self.patience)
        return super().data(msg)  # type: ignore[misc]

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

    def _send(self, email_message: EmailMessage) -> bool:
        """As Django does; a mail of the portal writes itself."""
        as_bytes = getattr(email_message, "as_bytes", None)
        if as_bytes is None:
            return bool(super()._send(email_message))  # type: ignore[misc]  # Django has it
        returns_to = getattr(email_message, "return_path", "") or email_message.from_email
        sender, *recipients = map(self.prep_address, (returns_to, *email_message.recipients()))
        line: Any = self.connection
        line.sendmail(sender, recipients, as_bytes())
        return True

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

        kept = []
        for mail in email_messages:
            built = mail.message()
            html = [
                part.content for part in getattr(mail, "alternatives", ()) if part.mimetype == "text/html"
            ]
            kept.append(
                MailboxMessage(
                    to=", ".join(mail.recipients()),
                    subject=str(mail.subject),
                    headers=[[name, str(value)] for name, value in built.items()],
                    text=str(mail.body),
                    html=html[0] if html else "",
                )
            )
        return len(MailboxMessage.objects.bulk_create(kept))

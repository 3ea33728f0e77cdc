"""Ways out for a mail: a real mail server that says how far it came, and the mailbox page of development."""

import smtplib
from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.smtp import EmailBackend


class _Speaking:
    """Mixed into smtplib's connections: remembers whether the text of a mail began to leave."""

    data_begun = False

    def mail(self, sender: str, options: Sequence[str] = ()) -> Any:
        self.data_begun = False
        return super().mail(sender, options)  # type: ignore[misc]

    def data(self, msg: Any) -> Any:
        self.data_begun = True
        return super().data(msg)  # type: ignore[misc]


class _Smtp(_Speaking, smtplib.SMTP):
    pass


class _SmtpSsl(_Speaking, smtplib.SMTP_SSL):
    pass


class SmtpBackend(EmailBackend):
    """Django's own; besides, it can tell whether a line that broke may have carried the mail."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        return _SmtpSsl if self.use_ssl else _Smtp

    @property
    def may_have_left(self) -> bool:
        """Of the mail handed over last: had its text begun to leave?"""
        return getattr(self.connection, "data_begun", False)


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail in the database, to be read at /dev/mail/. For development and demonstrations."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        from notifications.models import MailboxMessage  # noqa: PLC0415  settings name this module early

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

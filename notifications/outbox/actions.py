"""Telling people: a line in their inbox and a row of the outbox each, in the caller's transaction."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import make_msgid
from django.db import models
from django.db.models.functions import Now

from accounts.people.models import User
from core.later import nudge
from notifications.happenings.models import Happening
from notifications.hooks import Channel, Kind, kinds
from notifications.inbox.models import Notice
from notifications.outbox.models import Message
from notifications.outbox.queries import quiet_until, wishes_of

BATCH = 50  # messages that share one connection to the mail server


def notify(
    user: User,
    kind: str,
    *,
    key: str,
    url: str = "",
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
    subject: models.Model | None = None,
) -> Message | None:
    """Tell one person, once per (person, key), by mail and in their inbox, as their preferences say.

    Give the page it is about as `url_name` and `url_args`: it is resolved in the recipient's language.
    `facts` are strings, numbers and ISO dates. None is returned where no message is written now: the key was
    used before, the account is closed, or the person wants this kind in a digest or not by mail. An
    unregistered kind raises LookupError.
    """
    return notify_all(
        [user], kind, key=key, url=url, url_name=url_name, url_args=url_args, facts=facts, subject=subject
    ).first()


def notify_all(
    users: Iterable[User],
    kind: str,
    *,
    key: str,
    url: str = "",
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
    subject: models.Model | None = None,
) -> models.QuerySet[Message]:
    """As `notify`, for many people in a fixed number of statements; returns the messages written now.

    They are read where the caller looks at them: most do not.
    """
    content = _content(
        kind, key=key, url=url, url_name=url_name, url_args=url_args, facts=facts, subject=subject
    )
    people = {user.pk: user for user in users if user.is_active}
    return _tell([(kinds[kind], [(user, content, None) for user in people.values()])])


class Telling(NamedTuple):
    """What one person is told, where each of many is told something of their own."""

    user: User
    key: str
    url_name: str
    url_args: Sequence[Any]
    facts: Mapping[str, Any]
    subject: models.Model
    # What its mail is paused and counted by, among many.
    happening: Happening | None = None


_APART = ("user", "happening")


def notify_each(kind: str, tellings: Iterable[Telling]) -> models.QuerySet[Message]:
    """As `notify`, for many people with a key and facts each, in a fixed number of statements."""
    return notify_mixed({kind: tellings})


def notify_mixed(tellings: Mapping[str, Iterable[Telling]]) -> models.QuerySet[Message]:
    """As `notify_each`, for several kinds at once, by the name of the kind."""
    return _tell(
        (
            kinds[kind],
            [
                (
                    telling.user,
                    _content(
                        kind,
                        url="",
                        **{name: v for name, v in telling._asdict().items() if name not in _APART},
                    ),
                    telling.happening,
                )
                for telling in tellings_of_kind
                if telling.user.is_active
            ],
        )
        for kind, tellings_of_kind in tellings.items()
    )


def mail_address(
    address: str,
    kind: str,
    *,
    key: str,
    language: str,
    url: str = "",
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
    subject: models.Model | None = None,
    user: User | None = None,
) -> Message | None:
    """Write to an address, which need not belong to an account; nothing appears in an inbox.

    `user` may be given where the mail is theirs, so that it goes with their account.
    """
    content = _content(
        kind, key=key, url=url, url_name=url_name, url_args=url_args, facts=facts, subject=subject
    )
    return _write([_message(address, language, user=user, **content)]).first()


class Letter(NamedTuple):
    """What is written to one of many addresses, which need not belong to accounts."""

    address: str
    language: str
    key: str
    url: str
    facts: Mapping[str, Any]
    subject: models.Model


def mail_each(kind: str, letters: Iterable[Letter]) -> models.QuerySet[Message]:
    """As `mail_address`, for many in a fixed number of statements."""
    return _write(
        [
            _message(
                address,
                language,
                **_content(kind, key=key, url=url, url_name="", url_args=(), facts=facts, subject=subject),
            )
            for address, language, key, url, facts, subject in letters
        ]
    )


def _tell(
    by_kind: Iterable[tuple[Kind, list[tuple[User, dict[str, Any], Happening | None]]]],
) -> models.QuerySet[Message]:
    """Write a notice to everybody, as their preferences say, and a message to those who want it at once."""
    notices, messages = [], []
    for kind, rows in by_kind:
        wishes = wishes_of(kind, [user.pk for user, _fields, _happening in rows]) if rows else {}
        for user, content, happening in rows:
            wish = wishes[user.pk]
            notices.append(Notice(user=user, mail=wish.mail, in_app=wish.in_app, **content))
            if wish.mail == Channel.AT_ONCE:
                not_before = quiet_until(wish, user.time_zone) or Now()
                messages.append(
                    _message(
                        user.email,
                        user.language,
                        user=user,
                        not_before=not_before,
                        happening=happening,
                        **content,
                    )
                )
    Notice.objects.bulk_create(notices, ignore_conflicts=True)
    return _write(messages)


def _content(
    kind: str,
    *,
    key: str,
    url: str,
    url_name: str,
    url_args: Sequence[Any],
    facts: Mapping[str, Any] | None,
    subject: models.Model | None,
) -> dict[str, Any]:
    """Return the fields that the notice and the message of one thing share."""
    return {
        "kind": kinds[kind].name,
        "key": key,
        "url": url,
        "url_name": url_name,
        "url_args": list(url_args),
        "facts": dict(facts or {}),
        "subject_kind": subject._meta.label_lower if subject else "",
        "subject_id": subject.pk if subject else None,
    }


def message_to(
    user: User,
    kind: str,
    *,
    key: str,
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
    subject: models.Model | None = None,
) -> Message:
    """An unsaved message to a person in their language, for `write_messages`."""
    content = _content(
        kind, key=key, url="", url_name=url_name, url_args=url_args, facts=facts, subject=subject
    )
    return _message(user.email, user.language, user=user, **content)


def message_to_address(
    address: str,
    language: str,
    kind: str,
    *,
    key: str,
    url_name: str = "",
    url_args: Sequence[Any] = (),
    facts: Mapping[str, Any] | None = None,
    subject: models.Model | None = None,
    happening: Happening | None = None,
) -> Message:
    """As `message_to`, to an address that need not belong to an account."""
    content = _content(
        kind, key=key, url="", url_name=url_name, url_args=url_args, facts=facts, subject=subject
    )
    return _message(address, language, happening=happening, **content)


def write_messages(messages: Iterable[Message]) -> None:
    """Put many messages into the outbox, each once per recipient and key. The caller nudges the sweep."""
    Message.objects.bulk_create(messages, ignore_conflicts=True)


def host_of_mail() -> str:
    """The right half of every Message-ID."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _message(address: str, language: str, **fields: Any) -> Message:
    return Message(address=address, language=language, message_id=make_msgid(domain=host_of_mail()), **fields)


def _write(messages: list[Message]) -> models.QuerySet[Message]:
    """Put them into the outbox; the rows returned, once they are read, are those not written before."""
    if not messages:
        return Message.objects.none()
    Message.objects.bulk_create(messages, ignore_conflicts=True)
    names = [message.message_id for message in messages]
    nudge_sending(messages)
    return Message.objects.filter(message_id__in=names).only("kind").order_by("pk")


def nudge_sending(messages: Iterable[Message]) -> None:
    """What is urgent has a queue of its own, which nothing else fills; the rest waits for its turn."""
    for optional in {message.declared.is_optional for message in messages}:
        nudge("notifications.sweep" if optional else "notifications.deliver")

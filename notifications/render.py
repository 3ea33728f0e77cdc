"""From a kind and its facts to words, in the recipient's language and direction."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi, override

from notifications.links import PREFERENCES, STOP, key_of
from notifications.mime import Mail
from notifications.models import Message, Told
from notifications.providers import carried_headers


@dataclass(frozen=True)
class Words:
    """The parts of one message, as plain text or, in mail of two parts, already escaped for HTML."""

    subject: str
    happened: str
    todo: str
    button: str
    why: str


def words(told: Told, context: dict[str, Any], *, html: bool = False) -> Words:
    """The words of `told` in the active language; `html` says whether facts must be escaped."""
    return Words(
        **{
            part: _part(told, part, context, html=html)
            for part in ("subject", "happened", "todo", "button", "why")
        }
    )


def headline(told: Told, context: dict[str, Any]) -> SafeString:
    """What happened, alone, escaped: the line of an inbox."""
    return SafeString(_part(told, "happened", context, html=True))


def headline_plain(told: Told, context: dict[str, Any]) -> str:
    """What happened, alone, as plain text."""
    return " ".join(_part(told, "happened", context, html=False).split())


def path_of(told: Told) -> str:
    """Its page, as a path in the active language or a full address; empty where there is none."""
    return reverse(told.url_name, args=told.url_args) if told.url_name else told.url


def address_of(told: Told) -> str:
    """Its page as a full address."""
    path = path_of(told)
    return urljoin(f"{settings.SITE_URL}/", path) if path else ""


def facts_of(told: Told, user: Any) -> dict[str, Any]:
    """What the words of a kind may use."""
    return {
        "facts": told.facts,
        "recipient_name": user.name if user else "",
        "time_zone": user.time_zone if user else "",
        "url": address_of(told),
        "address": getattr(told, "address", ""),
        "site_url": settings.SITE_URL,
        "desk_email": settings.DESK_EMAIL,
    }


def compose(message: Message, prepared: Mapping[str, Any] | None = None) -> Mail:
    """The mail that `message` stands for: text and HTML of equal content. Needs its user loaded.

    `prepared` is what its kind prepared; what can be called in it is called in the recipient's language.
    """
    with override(message.language):
        context = {
            **facts_of(message, message.user),
            **{name: value() if callable(value) else value for name, value in (prepared or {}).items()},
        }
        direction = "rtl" if get_language_bidi() else "ltr"
        ways_out = _ways_out(message)
        frame = {**context, **ways_out, "lang": get_language(), "dir": direction, "to": message.address}
        plain = words(message, context)
        text = _render("mail/frame.txt", {**frame, "parts": plain}, html=False)
        html = _render("mail/frame.html", {**frame, "parts": words(message, context, html=True)}, html=True)
        files = message.declared.attach(message) if message.declared.attach else ()
    mail = Mail(
        subject=plain.subject,
        body=text,
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[message.address],
        headers={
            "Message-ID": message.message_id,
            "Auto-Submitted": "auto-generated",
            "Content-Language": message.language,
            **_list_headers(message, ways_out),
            **carried_headers(settings.MAIL_PROVIDER, message.message_id),
        },
    )
    mail.attach_alternative(html, "text/html")
    for name, content, media_type in files:
        mail.attach(name, content, media_type)
    return mail


def _ways_out(message: Message) -> dict[str, str]:
    """Full addresses of the pages where mail of this kind can be stopped; none for what always arrives."""
    if not message.declared.is_optional:
        return {}
    own = message.declared.ways_out
    ways = (
        dict(own(message)) if own else {"stop_url": reverse("mail:stop", args=[key_of(message, salt=STOP)])}
    )
    if message.user_id and not own:
        ways["preferences_url"] = reverse("mail:preferences", args=[key_of(message, salt=PREFERENCES)])
    return {name: urljoin(f"{settings.SITE_URL}/", path) for name, path in ways.items()}


def _list_headers(message: Message, ways_out: Mapping[str, str]) -> dict[str, str]:
    """RFC 2919 and RFC 8058: which list it is, and one click to leave it."""
    if not ways_out:
        return {}
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return {
        "List-Id": f"<{message.kind.replace('_', '-')}.{host}>",
        "List-Unsubscribe": f"<{ways_out['stop_url']}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _part(told: Told, part: str, context: dict[str, Any], *, html: bool) -> str:
    text = _render(f"{told.declared.template}#{part}", context, html=html)
    if part in {"todo", "why", "happened"}:
        return SafeString(text) if html else text
    line = " ".join(text.split())
    return SafeString(line) if html else line


def _render(name: str, context: dict[str, Any], *, html: bool) -> str:
    # Plain text holds an apostrophe as it is; Django's own `render` would escape it.
    template = get_template(name).template  # type: ignore[attr-defined]
    return str(template.render(Context(context, autoescape=html))).strip()
